"""An essay: headings, sentences and points, each a statement of one kind, and footnotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.importing.footnotes import Footnotes, footnotes_in
from evidence.importing.gathering import HEADING, Gathered, set_aside_furniture
from evidence.importing.guesses import when_in
from evidence.importing.labels import is_furniture
from evidence.importing.marks import BULLET, NUMBERED, is_decoration, is_short, words_in
from evidence.importing.paragraphs import is_point, paragraphs_of, plain
from evidence.importing.reading import ReadGuess, ReadPassage, ReadText, TextLine, refuse_too_long
from evidence.importing.sentences import sentences_in
from evidence.importing.statements import FORECAST, typed

_BEFORE = re.compile(r"#{1,6}\s+(?=\S)")
_SITE = re.compile(
    r"\b(?:website|web\s?site|blog|weblog|newsletter|journal|home\s?page|notes by)\b", re.IGNORECASE
)
_POINTER = re.compile(
    r"\b(?:see|skip|jump|read|scroll|tl;?dr|subscribe|published|posted)\b", re.IGNORECASE
)
_LEAD_IN = re.compile(r":\s*$")
_HEADING_WORDS = 12
_LONGEST_HEADING = 500
_PARENT = 200
# "In summary" says nothing of what is foreseen.
_ASIDE = 3


@dataclass
class _Reading:
    """`parents` are the points that the next one may stand below, with their indents."""

    gathered: Gathered
    notes: Footnotes
    is_marked: bool
    headings: list[str] = field(default_factory=list)
    parents: list[tuple[int, str]] = field(default_factory=list)
    lead_in: str = ""
    is_below_heading: bool = False


def read_essay(text: str) -> ReadText:
    refuse_too_long(text)
    lines = paragraphs_of(text)
    notes = footnotes_in(text, lines)
    gathered = Gathered(text, "link")
    is_marked = sum(_is_marked(line) for line in lines) >= 2
    reading = _Reading(gathered, notes, is_marked)
    rest = _opening(reading, lines)
    of_notes = {*notes.lines.values(), notes.label}
    kept = [line for line in rest if line not in of_notes]
    for line, after in zip(kept, [*kept[1:], None], strict=False):
        _read(reading, line, after)
    _footnotes(reading)
    return gathered.result()


def _opening(reading: _Reading, lines: Sequence[TextLine]) -> list[TextLine]:
    """What is left below the title and what stands around it."""
    if not lines:
        return []
    gathered = reading.gathered
    end = next((at for at, line in enumerate(lines) if _begins(reading, line)), len(lines))
    top = [line for line in lines[:end] if not is_decoration(line)]
    free = [line for line in top if not gathered.take_said(line)]
    names = {_name(line).casefold() for line in lines[end:] if _is_marked(line)}
    fit = [line for line in free if not _is_beside_title(line, names)]
    title = next(iter(fit), None)
    if _heads_the_text(reading, free, title, lines[end : end + 1]):
        end = lines.index(free.pop())
    for line in free:
        if line is title:
            gathered.take_title(line)
        elif _SITE.search(line.text) and not gathered.has("publisher"):
            why = f"{line.name.capitalize()} names a site above the title."
            gathered.take_line(line, "publisher", why, is_sure=False)
        elif is_furniture(line):
            set_aside_furniture(gathered, line)
    return list(lines[end:])


def _heads_the_text(
    reading: _Reading,
    free: Sequence[TextLine],
    title: TextLine | None,
    after: Sequence[TextLine],
) -> bool:
    """Whether the last short line above the text is its first heading, and not its title."""
    if reading.is_marked or not free or not after or free[-1] is title:
        return False
    last = free[-1]
    return (
        last.end < after[0].start
        and not _SITE.search(last.text)
        and not is_furniture(last)
        and _is_heading(reading, last, after[0])
        and not reading.gathered.text[last.end : after[0].start].strip()
    )


def _begins(reading: _Reading, line: TextLine) -> bool:
    """Whether the text itself begins with the line: a marked heading, a paragraph or a point."""
    if reading.is_marked and _is_marked(line):
        # A title may be marked as its headings are.
        return reading.gathered.text[: line.start].strip() != "" or line.text.endswith(" #")
    return is_point(line) or not is_short(line, 20)


def _is_beside_title(line: TextLine, headings: set[str]) -> bool:
    words = line.text.casefold()
    return (
        bool(_SITE.search(line.text))
        or is_furniture(line)
        or (bool(_POINTER.search(line.text)) and any(name in words for name in headings if name))
    )


def _is_marked(line: TextLine) -> bool:
    """A heading whose page put a mark behind it, or one of Markdown."""
    is_short_enough = len(line.text) <= _LONGEST_HEADING
    behind = line.text.endswith("#") and line.text.rstrip("#").strip() != ""
    return is_short_enough and (behind or bool(_BEFORE.match(line.text)))


def _name(line: TextLine) -> str:
    return plain(line.text.strip("#"))


def _read(reading: _Reading, line: TextLine, after: TextLine | None) -> None:
    if is_decoration(line):
        return
    if is_furniture(line):
        set_aside_furniture(reading.gathered, line)
    elif _is_heading(reading, line, after):
        _heading(reading, line)
    elif is_point(line):
        _point(reading, line)
    elif not reading.gathered.take_said(line):
        reading.parents, reading.is_below_heading = [], False
        _paragraph(reading, line, after)


def _is_heading(reading: _Reading, line: TextLine, after: TextLine | None) -> bool:
    if _is_marked(line) and reading.is_marked:
        return True
    if reading.is_marked or is_point(line) or after is None:
        return False
    stands_alone = line.gap > 0 or after.gap > 0
    return stands_alone and is_short(line, _HEADING_WORDS) and not is_short(after, 6)


def _heading(reading: _Reading, line: TextLine) -> None:
    """A heading right below another one stands under it, with those that begin as it does."""
    name = _name(line)
    if reading.is_below_heading:
        reading.headings = [reading.headings[-1], name] if reading.headings else [name]
    elif len(reading.headings) == 2 and _first_word(name) == _first_word(reading.headings[1]):
        reading.headings = [reading.headings[0], name]
    else:
        reading.headings = [name]
    reading.parents, reading.lead_in, reading.is_below_heading = [], "", True
    why = f"{line.name.capitalize()} heads what follows."
    reading.gathered.places.put_line(line, HEADING, why, is_sure=reading.is_marked)


def _first_word(name: str) -> str:
    return name.casefold().split()[0]


def _point(reading: _Reading, line: TextLine) -> None:
    match = BULLET.match(line.text) or NUMBERED.match(line.text)
    skip = match.end() if match else 0
    reading.parents = [parent for parent in reading.parents if parent[0] < line.indent]
    parents = [words for _, words in reading.parents]
    context = [*([reading.lead_in] if reading.lead_in else []), *parents]
    words = _statement(reading, line.start, line.end, skip, context)
    reading.parents.append((line.indent, words[:_PARENT]))
    reading.is_below_heading = False


def _paragraph(reading: _Reading, line: TextLine, after: TextLine | None) -> None:
    """One statement a sentence; the last one may introduce the points that follow."""
    text = reading.gathered.text
    spans = sentences_in(text, line.start, line.end)
    reading.lead_in = ""
    leads = after is not None and is_point(after) and bool(spans)
    if leads and _LEAD_IN.search(line.text):
        start, end = spans.pop()
        reading.lead_in = plain(text[start:end]).rstrip(":")
        why = f"{line.name.capitalize()} introduces the points below it."
        reading.gathered.places.put(start, end, HEADING, why)
    for start, end in spans:
        words = _statement(reading, start, end, 0, [])
        reading.lead_in = words if leads and not _ends(line) else reading.lead_in


def _ends(line: TextLine) -> bool:
    return line.text.rstrip("\"'”’)]")[-1:] in {".", "!", "?", "…"}


def _statement(reading: _Reading, start: int, end: int, skip: int, context: list[str]) -> str:
    """The passage of a sentence or a point, with its footnotes' numbers taken out of its words."""
    gathered = reading.gathered
    marks = [mark for mark in reading.notes.marks if start <= mark.start < end]
    words = _without(gathered.text, start + skip, end, [(mark.start, mark.end) for mark in marks])
    kind = typed(words, tuple(reading.headings), lead_in=" ".join(context))
    line = gathered.text.count("\n", 0, start) + 1
    gathered.take_passage(
        ReadPassage(
            kind.kind,
            words,
            heading=" › ".join([*reading.headings, *context])[:500],
            mark=", ".join(mark.number for mark in marks)[:20],
            start=start,
            end=end,
            why=f"Line {line} {kind.why}",
            is_sure=kind.is_sure,
        )
    )
    if kind.kind == FORECAST:
        _guess(gathered, words, context, (start, end))
    return words


def _without(text: str, start: int, end: int, holes: list[tuple[int, int]]) -> str:
    parts = []
    for first, last in holes:
        parts.append(text[start:first])
        start = last
    return plain("".join([*parts, text[start:end]]))


def _guess(gathered: Gathered, words: str, context: list[str], span: tuple[int, int]) -> None:
    said = plain(" ".join([*(one for one in context if words_in(one) > _ASIDE), words]))
    when = when_in(words) or when_in(said)
    start, end = span
    if when is None:
        why = "It looks ahead without a time: give a day yourself."
        gathered.guesses.append(ReadGuess(said, "", None, why, start=start, end=end))
    else:
        gathered.guesses.append(
            ReadGuess(said, when.words, when.years, when.why, when.is_calendar, start, end)
        )


def _footnotes(reading: _Reading) -> None:
    notes, gathered = reading.notes, reading.gathered
    if notes.label:
        why = f"{notes.label.name.capitalize()} names the footnotes."
        gathered.set_aside(notes.label, HEADING, why)
    marked = {mark.number for mark in notes.marks}
    for number, line in notes.lines.items():
        is_marked = number in marked
        why = "its mark stands in the text." if is_marked else "no mark in the text was found."
        gathered.take_passage(
            ReadPassage(
                "footnote",
                plain(notes.words[number]),
                mark=number,
                start=line.start,
                end=line.end,
                why=f"{line.name.capitalize()} is footnote {number}; {why}",
                is_sure=is_marked,
            )
        )


def essay_parts(text: str) -> tuple[int, int, int]:
    """How many headings with a mark, how many sentences, and how many footnotes with a mark."""
    lines = paragraphs_of(text)
    headings = sum(_is_marked(line) for line in lines)
    sentences = sum(words_in(line.text) > 12 for line in lines)
    return headings, sentences, len(footnotes_in(text, lines).marks)
