"""Radars as text: the CSV of Build Your Own Radar, and the Markdown files of the AOE radar."""

import re
from collections.abc import Iterator

from assessments.importing.radars.radar import Blip, Radar, in_order
from assessments.importing.radars.values import day
from evidence.importing.tables import Grid, Line, read_grid
from intake.errors import IntakeError

BYOR = "radar table (Build Your Own Radar)"
AOE_FILES = "set of AOE radar files"
NEEDED = ("name", "ring", "quadrant")
_KNOWN = {"name", "ring", "quadrant", "isnew", "status", "description"}
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)")
_SLUG = re.compile(r"[^a-z0-9]+")
AOE_KNOWN = {"title", "ring", "quadrant", "segment", "tags", "featured", "id", "release", "info"}


def key_of(name: str) -> str:
    return _SLUG.sub("-", name.casefold()).strip("-") or name.casefold()


def read_byor(text: str) -> Radar:
    grid = read_grid(text)
    header = [name.casefold() for name in grid.header]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise IntakeError(f"Line 1 has no column {', '.join(missing)}. A radar needs {NEEDED}.")
    blips = [_byor_blip(line, dict(zip(header, line.cells, strict=True))) for line in grid.lines]
    return Radar(
        format=BYOR,
        why=f"Line 1 names the columns {', '.join(grid.header[:8])}.",
        dated=None,
        rings=in_order((), (blip.ring for blip in blips)),
        sectors=in_order((), (blip.sector for blip in blips)),
        blips=tuple(blips),
        aside=tuple(_aside(grid)),
    )


def _aside(grid: Grid) -> Iterator[str]:
    unknown = [name for name in grid.header if name.casefold() not in _KNOWN]
    if unknown:
        yield f"Kept as facts of each row: {', '.join(unknown)}."


def _byor_blip(line: Line, said: dict[str, str]) -> Blip:
    name = said["name"].strip()
    facts = [
        (column, value.strip())
        for column, value in said.items()
        if column not in {*NEEDED, "description"} and value.strip()
    ]
    return Blip(
        place=line.place,
        key=key_of(name),
        name=name,
        ring=said["ring"].strip(),
        sector=said["quadrant"].strip(),
        text=said.get("description", "").strip(),
        facts=tuple(facts),
    )


def read_aoe_files(text: str) -> Radar:
    """One file or several in a row, each begun by its front matter."""
    blips: list[Blip] = []
    releases: list[str] = []
    for number, (front, body) in enumerate(_files(text), start=1):
        place = f"file {number}"
        sector = front.get("quadrant") or front.get("segment", "")
        name, ring = front.get("title", ""), front.get("ring", "")
        releases.append(front.get("release", ""))
        facts = tuple(pair for pair in front.items() if pair[0] not in _IN_BLIP and pair[1])
        key = front.get("id") or key_of(name)
        blips.append(Blip(place, key, name, ring, sector, body, facts))
    days = [found for release in releases if (found := day(release))]
    return Radar(
        format=AOE_FILES,
        why="It begins with front matter between lines of “---”, with title and ring.",
        dated=max(days) if days else None,
        rings=in_order((), (blip.ring for blip in blips)),
        sectors=in_order((), (blip.sector for blip in blips)),
        blips=tuple(blips),
    )


_IN_BLIP = {"title", "ring", "quadrant", "segment", "id"}


def _files(text: str) -> Iterator[tuple[dict[str, str], str]]:
    """Front matter and body of each file; a rule inside a body is no front matter."""
    parts = _FENCE.split(text.lstrip("\ufeff"))
    front: dict[str, str] | None = None
    body: list[str] = []
    for part in parts[1:]:
        found = _front(part)
        if found is not None and (front is None or "title" in found):
            if front is not None:
                yield front, "---".join(body).strip()
            front, body = found, []
        else:
            body.append(part)
    if front is not None:
        yield front, "---".join(body).strip()


def _front(part: str) -> dict[str, str] | None:
    """The pairs of a front matter; None where a line is no pair, and so the part is a body."""
    found: dict[str, str] = {}
    last = ""
    for line in part.strip("\n").split("\n"):
        pair = _PAIR.fullmatch(line.rstrip())
        if pair:
            last = pair[1].casefold()
            found[last] = pair[2].strip().strip("\"'")
        elif last and re.match(r"\s*-\s+\S", line):
            more = line.strip().lstrip("- ").strip("\"'")
            found[last] = ", ".join(filter(None, (found[last], more)))
        elif line.strip() and not line.lstrip().startswith("#"):
            return None
    return found or None
