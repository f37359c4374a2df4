"""CSL JSON, as Zotero and others export their references."""

import re
from collections.abc import Mapping
from datetime import date

from evidence.importing.brought import (
    BroughtItem,
    OddRow,
    known_once,
    list_of,
    reference_of,
    refuse_many,
    refuse_strange,
    spelt,
    unknown,
)
from evidence.importing.marks import split_tags
from evidence.values.item import NOTES, TITLE, ItemFacts
from intake.strict_json import loads
from record.canonical import digest

_KINDS = {
    "article-journal": "paper",
    "article": "paper",
    "paper-conference": "paper",
    "chapter": "paper",
    "book": "paper",
    "thesis": "paper",
    "manuscript": "paper",
    "report": "paper",
    "patent": "paper",
    "article-newspaper": "news",
    "article-magazine": "news",
    "broadcast": "news",
    "interview": "interview",
    "dataset": "dataset",
    "webpage": "link",
    "post": "link",
    "post-weblog": "link",
}
_KNOWN = frozenset(
    {
        *("id", "type", "title", "author", "issued", "accessed", "URL", "DOI"),
        *("container-title", "publisher", "abstract", "note", "keyword"),
    }
)
_TEXTS = ("id", "type", "title", "URL", "DOI", "container-title", "publisher", "keyword")
_NAME = ("given", "non-dropping-particle", "dropping-particle", "family", "suffix")
_TAGS = re.compile(r"<[^<>]{1,40}>")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


def read_csl(text: str) -> list[BroughtItem]:
    """One item a reference; what one of them says oddly stands in its notes.

    IntakeError for what is no JSON, or no list of references."""
    value = loads(text)
    # The list inside an answer of Zotero's site.
    inside = value.get("items") if isinstance(value, dict) and len(value) == 1 else None
    value = inside if isinstance(inside, list) else value
    rows = list_of([value] if isinstance(value, dict) else value, "The file")
    refuse_many(len(rows), "references")
    refuse_strange(rows, _KNOWN, "references")
    return known_once(_item(row, f"/{place}") for place, row in enumerate(rows))


def _item(value: object, pointer: str) -> BroughtItem:
    row = OddRow(value)
    said = {part: row.text(part) for part in _TEXTS}
    accessed = _date(row, "accessed")
    day = date.fromisoformat(accessed) if len(accessed) == len("2023-05-04") else None
    if accessed and day is None:
        row.left.append(f"accessed: {accessed}")
    if said["type"] not in _KINDS:
        row.left.append(f"type: {said['type'] or 'none is given'}")
    reference = _reference(row, said)
    title = _TAGS.sub("", said["title"]).strip()
    if len(title) > 2 * TITLE:
        row.leave("title", said["title"])
    authors, published = _authors(row), _date(row, "issued")
    # What has a place in the notes comes before what has none, for it may be left as well.
    words = _words(row, said)
    row.left += unknown(row.said, _KNOWN)
    return BroughtItem(
        place=pointer,
        reference=reference,
        facts=ItemFacts(
            kind=_KINDS.get(said["type"], "link"),
            title=title[: 2 * TITLE].strip(),
            url=said["URL"] or (f"https://doi.org/{_bare_doi(said['DOI'])}" if said["DOI"] else ""),
            authors=authors,
            publisher=said["container-title"] or said["publisher"],
            published=published,
            accessed_on=day,
            notes=_notes(words, row.left),
            tags=split_tags(said["keyword"].replace(";", ",")),
        ),
        left=tuple(row.left),
    )


def _reference(row: OddRow, said: Mapping[str, str]) -> str:
    """Of the id; without one of DOI, address or title, whichever comes first, and it says so."""
    if said["id"]:
        return reference_of("csl", said["id"])
    names = {"DOI": _bare_doi(said["DOI"]).casefold(), "URL": said["URL"], "title": said["title"]}
    known = next((name for name in names if names[name]), "")
    row.left.append(f"id: none is given, so it is known again by {known or 'all that it says'}")
    name = f"{known}:{names[known]}" if known else digest(spelt(row.said).encode())
    return reference_of("csl-without-id", name)


def _bare_doi(doi: str) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.IGNORECASE)


def _words(row: OddRow, said: Mapping[str, str]) -> list[str]:
    """Abstract and note, and the two that have a field only where another is empty."""
    parts = [_TAGS.sub("", row.text("abstract")), row.text("note")]
    if said["DOI"] and said["URL"]:
        parts.append(f"DOI: {said['DOI']}")
    if said["container-title"] and said["publisher"]:
        parts.append(f"Publisher: {said['publisher']}")
    return parts


def _notes(words: list[str], left: list[str]) -> str:
    """The words, and below them what has no field of its own."""
    parts = [*words, "\n".join(f"- {line}" for line in left)]
    return "\n\n".join(part for part in parts if part)[: 2 * NOTES]


def _authors(row: OddRow) -> tuple[str, ...]:
    names = []
    for place, entry in enumerate(row.listed("author")):
        name, used = _name(entry)
        if not name or not isinstance(entry, dict):
            row.leave(f"author {place + 1}", entry)
            continue
        names.append(name)
        row.leave_others(f"author {place + 1}", entry, used)
    return tuple(dict.fromkeys(names))


def _name(entry: object) -> tuple[str, tuple[str, ...]]:
    """Whom an entry names, and the keys that say it; nobody where one of them is no text."""
    person = OddRow(entry)
    literal = person.text("literal")
    spelling = [] if literal else [person.text(part) for part in _NAME]
    name = literal or " ".join(part for part in spelling if part)
    return ("", ()) if person.left else (name, ("literal",) if literal else _NAME)


def _date(row: OddRow, name: str) -> str:
    """As much of a date as is given; one that cannot be read is left whole, and so is its rest."""
    value = row.said.get(name)
    if isinstance(value, str):
        value = {"raw": value}
    known = value if isinstance(value, dict) else {}
    key = next((key for key in ("date-parts", "raw", "literal") if known.get(key)), "")
    later: list[object] = []
    if key == "date-parts":
        first, later = _spans(known[key])
        found = _from_parts(first)
    else:
        found = _existing(str(known.get(key, "")).strip())
    if not found:
        row.leave(name, row.said.get(name))
        return ""
    row.leave_others(name, known, {key})
    row.leave(f"{name}, to", later)
    return found


def _spans(value: object) -> tuple[object, list[object]]:
    """The first day, and those after it."""
    return (value[0], value[1:]) if isinstance(value, list) else (None, [])


def _from_parts(parts: object) -> str:
    numbers = [str(part).strip() for part in parts] if isinstance(parts, list) else []
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        return ""
    lengths = ("04", "02", "02")
    spelling = [f"{int(n):{size}}" for n, size in zip(numbers, lengths, strict=False)]
    return _existing("-".join(spelling)) if len(numbers) <= len(lengths) else ""


def _existing(text: str) -> str:
    """The text where it is a year, a month or a day that exists."""
    if not _DATE.fullmatch(text):
        return ""
    try:
        date(*[*map(int, text.split("-")), 1, 1][:3])
    except ValueError:
        return ""
    return text
