"""Highlights as the CSV of Readwise: one line a highlight, the lines of one text one item."""

from collections.abc import Iterable, Mapping

from evidence.importing.brought import BroughtItem, reference_of, refuse_many
from evidence.importing.tables import Line, read_grid
from evidence.values.item import ADDRESS, ItemFacts, PassageFacts
from intake.errors import IntakeError

HIGHLIGHT = "highlight"
_NAMES = {
    "highlight": HIGHLIGHT,
    "text": HIGHLIGHT,
    "title": "title",
    "book title": "title",
    "author": "author",
    "book author": "author",
    "url": "url",
    "source_url": "url",
    "source url": "url",
    "note": "note",
    "location": "location",
    "tags": "tags",
    "document tags": "tags",
}


def read_readwise(text: str) -> list[BroughtItem]:
    """One item for each title and address, with its highlights as quotations."""
    grid = read_grid(text)
    places: dict[str, int] = {}
    others: dict[str, int] = {}
    for place, name in enumerate(grid.header):
        known = _NAMES.get(name.casefold())
        if known and known not in places:
            places[known] = place
        else:
            others[name or f"column {place + 1}"] = place
    if HIGHLIGHT not in places:
        raise IntakeError(
            "The column Highlight is missing: the first line of Readwise's CSV names Highlight,"
            " and any of Title, Author, URL, Note and Location."
        )
    groups = _grouped(grid.lines, places)
    refuse_many(len(groups), "titles")
    return [_item(lines, places, others) for lines in groups]


def _grouped(lines: Iterable[Line], places: Mapping[str, int]) -> list[list[Line]]:
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        if not _cell(line, places, HIGHLIGHT):
            raise IntakeError(
                f"Line {line.number}, Highlight: it is empty. Take the line out, or fill it in."
            )
        key = (
            _cell(line, places, "title"),
            _cell(line, places, "author"),
            _cell(line, places, "url"),
        )
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _cell(line: Line, places: Mapping[str, int], name: str) -> str:
    return line.cells[places[name]].strip() if name in places else ""


def _item(lines: list[Line], places: Mapping[str, int], others: Mapping[str, int]) -> BroughtItem:
    first = lines[0]
    title, url = _cell(first, places, "title"), _cell(first, places, "url")
    author = _cell(first, places, "author")
    is_address = url.casefold().startswith(("https://", "http://")) and len(url) <= ADDRESS
    left = [f"URL: {url}"] if url and not is_address else []
    left += [
        f"{name}, line {line.number}: {line.cells[place].strip()}"
        for line in lines
        for name, place in others.items()
        if line.cells[place].strip()
    ]
    tags = [tag.strip() for line in lines for tag in _cell(line, places, "tags").split(",")]
    name = url or f"{author}|{title}" if url or title else _cell(first, places, HIGHLIGHT)
    return BroughtItem(
        place=first.place if len(lines) == 1 else f"lines {first.number} to {lines[-1].number}",
        reference=reference_of("readwise", name),
        facts=ItemFacts(
            kind="quotation",
            title=title or (_cell(first, places, HIGHLIGHT)[:80] if not is_address else ""),
            url=url if is_address else "",
            authors=(author,) if author else (),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            notes="\n".join(f"- {line}" for line in left),
            passages=tuple(_passage(line, places) for line in lines),
        ),
        left=tuple(left),
        places=tuple(line.place for line in lines),
    )


def _passage(line: Line, places: Mapping[str, int]) -> PassageFacts:
    location = _cell(line, places, "location")
    return PassageFacts(
        kind="quotation",
        text=_cell(line, places, HIGHLIGHT),
        comment=_cell(line, places, "note"),
        heading=f"Location {location}" if location else "",
    )
