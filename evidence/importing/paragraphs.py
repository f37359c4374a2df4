"""Lines that an editor wrapped, put together again."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from evidence.importing.marks import ADDRESS, BULLET, NUMBERED, ends_sentence
from evidence.importing.reading import TextLine, lines_of

# Between these lengths a line was probably cut by an editor, not by its author.
_WRAPPED_FROM, _WRAPPED_TO = 45, 100
_MOST_ENDING = 0.5


def paragraphs_of(text: str) -> tuple[TextLine, ...]:
    """One line a paragraph or a point of a list, wherever the text was broken."""
    lines = lines_of(text)
    is_wrapped = _is_wrapped(lines)
    found: list[TextLine] = []
    last: TextLine | None = None
    for line in lines:
        if last and found and _continues(line, last, found[-1], is_wrapped=is_wrapped):
            found[-1] = _joined(text, found[-1], line)
        else:
            found.append(line)
        last = line
    return tuple(found)


def is_point(line: TextLine) -> bool:
    return bool(BULLET.match(line.text) or NUMBERED.match(line.text))


def _is_wrapped(lines: Sequence[TextLine]) -> bool:
    broken = [
        line
        for line, after in pairwise(lines)
        if after.gap == 0 and not is_point(after) and after.indent == line.indent
    ]
    fitting = [line for line in broken if _WRAPPED_FROM <= len(line.text) <= _WRAPPED_TO]
    ending = sum(ends_sentence(line.text) for line in fitting)
    return len(fitting) > len(broken) / 2 and ending <= _MOST_ENDING * len(fitting)


def _continues(line: TextLine, last: TextLine, whole: TextLine, *, is_wrapped: bool) -> bool:
    if line.gap or is_point(line) or ADDRESS.match(line.text) or ADDRESS.fullmatch(last.text):
        return False
    if line.text[0] in "#[>" or last.text.startswith("#"):
        return False
    if is_point(whole) and line.indent > whole.indent:
        return True
    fits = len(last.text) >= _WRAPPED_FROM and len(last.text) <= _WRAPPED_TO
    return is_wrapped and fits and line.indent == last.indent


def _joined(text: str, whole: TextLine, line: TextLine) -> TextLine:
    words = text[whole.start : line.end].replace("\n", " ")
    return replace(whole, end=line.end, text=words)


def plain(text: str) -> str:
    """With single blanks, as it is shown."""
    return " ".join(text.split())
