"""CSL JSON, as Zotero and others export their references."""

import re
from collections.abc import Mapping
from datetime import date

from evidence.importing.brought import (
    BroughtItem,
    list_of,
    object_of,
    reference_of,
    refuse_many,
    text_of,
    unknown,
)
from evidence.importing.marks import split_tags
from evidence.values.item import NOTES, TITLE, ItemFacts
from intake.errors import IntakeError
from intake.showing import shown
from intake.strict_json import loads

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
_TAGS = re.compile(r"<[^<>]{1,40}>")


def read_csl(text: str) -> list[BroughtItem]:
    """One item a reference; IntakeError names the pointer of what cannot be read."""
    value = loads(text)
    rows = list_of(value if isinstance(value, list) else [value], "The file")
    refuse_many(len(rows), "references")
    items = [_item(object_of(row, f"/{place}"), f"/{place}") for place, row in enumerate(rows)]
    _refuse_twice(items)
    return items


def _item(row: Mapping[str, object], pointer: str) -> BroughtItem:
    name = text_of(row.get("id"), f"{pointer}/id")
    if not name:
        raise IntakeError(f"{pointer}/id is missing; every reference of CSL JSON has an id.")
    kind = text_of(row.get("type"), f"{pointer}/type")
    if not kind:
        raise IntakeError(f"{pointer}/type is missing; every reference of CSL JSON has a type.")
    said = {
        part: text_of(row.get(part), f"{pointer}/{part}")
        for part in ("title", "URL", "DOI", "container-title", "publisher", "keyword")
    }
    accessed = _date(row.get("accessed"), f"{pointer}/accessed")
    day = _day(accessed)
    left = (
        *(() if kind in _KINDS else (f"type: {kind}",)),
        *(() if day or not accessed else (f"accessed: {accessed}",)),
        *_rest_of_date(row.get("issued"), "issued"),
        *_rest_of_date(row.get("accessed"), "accessed"),
        *unknown(row, _KNOWN),
    )
    return BroughtItem(
        place=pointer,
        reference=reference_of("csl", name),
        facts=ItemFacts(
            kind=_KINDS.get(kind, "link"),
            title=_TAGS.sub("", said["title"])[: 2 * TITLE].strip(),
            url=said["URL"] or (f"https://doi.org/{_bare_doi(said['DOI'])}" if said["DOI"] else ""),
            authors=_authors(row.get("author"), f"{pointer}/author"),
            publisher=said["container-title"] or said["publisher"],
            published=_date(row.get("issued"), f"{pointer}/issued"),
            accessed_on=day,
            notes=_notes(row, pointer, left),
            tags=split_tags(said["keyword"].replace(";", ",")),
        ),
        left=left,
    )


def _bare_doi(doi: str) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.IGNORECASE)


def _notes(row: Mapping[str, object], pointer: str, left: tuple[str, ...]) -> str:
    """Abstract and note, and below them what has no field of its own."""
    abstract = text_of(row.get("abstract"), f"{pointer}/abstract")
    parts = [_TAGS.sub("", abstract), text_of(row.get("note"), f"{pointer}/note")]
    doi = text_of(row.get("DOI"), f"{pointer}/DOI")
    if doi and row.get("URL"):
        parts.append(f"DOI: {doi}")
    if row.get("container-title") and row.get("publisher"):
        parts.append(f"Publisher: {text_of(row['publisher'], pointer)}")
    if left:
        parts.append("\n".join(f"- {line}" for line in left))
    return "\n\n".join(part for part in parts if part)[: 2 * NOTES]


def _authors(value: object, pointer: str) -> tuple[str, ...]:
    names = []
    for place, entry in enumerate(list_of(value, pointer)):
        where = f"{pointer}/{place}"
        person = object_of(entry, where)
        parts = ("given", "non-dropping-particle", "dropping-particle", "family", "suffix")
        spelt = [text_of(person.get(part), f"{where}/{part}") for part in parts]
        literal = text_of(person.get("literal"), f"{where}/literal")
        name = literal or " ".join(part for part in spelt if part)
        if not name:
            raise IntakeError(f"{where} names nobody; give family and given, or literal.")
        names.append(name)
    return tuple(dict.fromkeys(names))


def _date(value: object, pointer: str) -> str:
    """As much of the date as is given; text that is no date stays unread and is refused."""
    if value is None:
        return ""
    known = object_of(value, pointer)
    parts = list_of(known.get("date-parts"), f"{pointer}/date-parts")
    if not parts:
        return _raw(known, pointer)
    first = list_of(parts[0], f"{pointer}/date-parts/0")
    numbers = [_number(part, f"{pointer}/date-parts/0/{at}") for at, part in enumerate(first)]
    if not 1 <= len(numbers) <= 3:
        raise IntakeError(f"{pointer}/date-parts/0 is {shown(first)}; give year, month and day.")
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        raise IntakeError(f"{pointer}/date-parts/0 is {numbers}, no date that exists.") from None
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def _raw(value: Mapping[str, object], pointer: str) -> str:
    raw = text_of(value.get("raw") or value.get("literal"), pointer)
    if not re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", raw, re.ASCII):
        raise IntakeError(f"{pointer} is {shown(raw)}; give date-parts such as [[2023, 5, 4]].")
    return raw


def _number(value: object, pointer: str) -> int:
    text = text_of(value, pointer)
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise IntakeError(f"{pointer} is {shown(value)}; give a whole number.")
    return int(text)


def _rest_of_date(value: object, name: str) -> tuple[str, ...]:
    """What a date says beside its first day: the end of a span, a season, a doubt."""
    known = value if isinstance(value, dict) else {}
    parts = known.get("date-parts")
    later = parts[1:] if isinstance(parts, list) else []
    used = {"date-parts"} if parts else {"date-parts", "raw" if known.get("raw") else "literal"}
    more = {key: said for key, said in known.items() if key not in used and said}
    more |= {"to": later} if later else {}
    return tuple(f"{name}, {key}: {shown(said)}" for key, said in more.items())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == len("2023-05-04") else None


def _refuse_twice(items: list[BroughtItem]) -> None:
    seen: dict[str, str] = {}
    for item in items:
        if item.reference in seen:
            raise IntakeError(
                f"{item.place}/id is the same as that of {seen[item.reference]}; an id stands once."
            )
        seen[item.reference] = item.place
