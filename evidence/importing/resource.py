"""A page of a collection: a title with who and when, notes, tags, and what is related."""

import re
from collections.abc import Sequence

from evidence.importing.bylines import said_in_title
from evidence.importing.gathering import (
    HEADING,
    Gathered,
    find_title,
    set_aside_furniture,
    set_aside_repeat,
)
from evidence.importing.labels import is_furniture, label_of
from evidence.importing.marks import (
    ADDRESS,
    BULLET,
    addresses_in,
    is_decoration,
    quoted_whole,
    words_in,
)
from evidence.importing.paragraphs import paragraphs_of
from evidence.importing.reading import ReadPassage, ReadText, TextLine, refuse_too_long

_LABELS = ("notes", "related", "abstract", "legal", "page")
_INSIDE = re.compile(r"“([^“”]{20,})”|\"([^\"\n]{20,})\"")
_QUOTED_WORDS = 8


def read_resource(text: str) -> ReadText:
    """Notes go below each other; what is quoted in them becomes quotations as well."""
    refuse_too_long(text)
    lines = paragraphs_of(text)
    gathered = Gathered(text, "link")
    rest = _title(gathered, lines)
    section = ""
    for line in rest:
        label = label_of(line, *_LABELS)
        if label:
            section = section if label == "page" else label
            gathered.set_aside(line, HEADING, f"{line.name.capitalize()} names what follows.")
        elif not _said(gathered, line):
            _in_section(gathered, line, section)
    return gathered.result()


def _title(gathered: Gathered, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines beside the title, whose repetition is set aside."""
    candidates = [line for line in lines if not _is_no_title(line)]
    title, again, _ = find_title(candidates)
    if again is None:
        # A page's own title names author or date behind marks.
        title = next((line for line in candidates[:8] if len(said_in_title(line)) > 2), title)
    if title is None or words_in(title.text) > 60:
        return list(lines)
    gathered.take_title(title)
    if again is not None:
        set_aside_repeat(gathered, again)
    return [line for line in lines if line not in (title, again)]


def _is_no_title(line: TextLine) -> bool:
    return (
        is_decoration(line)
        or is_furniture(line)
        or bool(label_of(line, *_LABELS))
        or bool(ADDRESS.fullmatch(line.text))
        or line.text.startswith("#")
    )


def _said(gathered: Gathered, line: TextLine) -> bool:
    found = addresses_in(line.text)
    if len(found) == 1 and found[0].text == line.text and not gathered.has("url"):
        why = f"{line.name.capitalize()} is an address and nothing else."
        gathered.take_line(line, "url", why, is_sure=False)
        return True
    return gathered.take_said(line)


def _in_section(gathered: Gathered, line: TextLine, section: str) -> None:
    where = line.name.capitalize()
    if is_furniture(line) or section == "legal":
        set_aside_furniture(gathered, line)
    elif section == "related":
        gathered.places.put_line(
            line, "related", f"{where} stands below a label for related texts."
        )
        gathered.add("related", BULLET.sub("", line.text, count=1))
    elif section == "abstract":
        gathered.take_line(line, "abstract", f"{where} stands below a label for a summary.")
    elif not is_decoration(line):
        _note(gathered, line, section)


def _note(gathered: Gathered, line: TextLine, section: str) -> None:
    where = line.name.capitalize()
    whole = quoted_whole(line.text)
    if whole:
        why = f"{where} stands in quotation marks from its beginning to its end."
        at = line.start + line.text.index(whole)
        gathered.passages.append(_quotation(whole, at, why, is_sure=True))
        gathered.places.put_line(line, "passage", why)
        gathered.add("notes", f"> {line.text}")
        return
    is_below = section == "notes"
    why = "stands below a label for notes." if is_below else "is a paragraph below the title."
    gathered.take_line(line, "notes", f"{where} {why}", is_sure=is_below)
    for match in _INSIDE.finditer(line.text):
        words = match.group(1) or match.group(2)
        is_new = all(passage.text != words for passage in gathered.passages)
        if is_new and words_in(words) >= _QUOTED_WORDS:
            why = f"{where} quotes {words_in(words)} words."
            at = line.start + match.start() + 1
            gathered.passages.append(_quotation(words, at, why, is_sure=False))


def _quotation(words: str, at: int, why: str, *, is_sure: bool) -> ReadPassage:
    return ReadPassage("quotation", words, start=at, end=at + len(words), why=why, is_sure=is_sure)
