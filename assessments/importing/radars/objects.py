"""Radars as JSON: Build Your Own Radar, Zalando, AOE and Backstage."""

from collections.abc import Iterator, Sequence
from datetime import date

from assessments.importing.radars.radar import Blip, Radar, in_order
from assessments.importing.radars.texts import AOE_KNOWN, BYOR, key_of
from assessments.importing.radars.values import day, fields, number, others, rows, told, words

ZALANDO, AOE, BACKSTAGE = "Zalando radar", "AOE radar", "Backstage radar"
_MOVES = {-1: "moved out", 0: "not moved", 1: "moved in", 2: "new"}


def _blip(
    place: str, names: tuple[str, str, str], key: str, text: str, facts: Sequence[tuple[str, str]]
) -> Blip:
    """A blip from its name, ring and sector, whichever of them are there."""
    name, ring, sector = names
    kept = tuple((what, said) for what, said in facts if said)
    return Blip(place, key or key_of(name), name, ring, sector, text, kept)


def read_byor_list(items: list[object]) -> Radar:
    def each() -> Iterator[Blip]:
        for place, item in enumerate(items):
            said = fields(item)
            names = (words(said.get("name")), words(said.get("ring")), words(said.get("quadrant")))
            known = {"name", "ring", "quadrant", "description"}
            yield _blip(
                f"item {place + 1}", names, "", words(said.get("description")), others(said, known)
            )

    blips = tuple(each())
    return Radar(
        BYOR,
        "It is a list of objects with name, ring and quadrant.",
        None,
        in_order((), (blip.ring for blip in blips)),
        in_order((), (blip.sector for blip in blips)),
        blips,
    )


def read_zalando(said: dict[str, object]) -> Radar:
    """Rings are numbered from the inside; without names they keep their numbers."""
    rings, sectors = _named(said, "rings", "ring"), _named(said, "quadrants", "quadrant")

    def each() -> Iterator[Blip]:
        for place, item in enumerate(rows(said.get("entries"))):
            entry = fields(item)
            ring = _at(rings, number(entry.get("ring")), "ring")
            sector = _at(sectors, number(entry.get("quadrant")), "quadrant")
            name = words(entry.get("label"))
            moved = number(entry.get("moved"))
            facts = [("moved", _MOVES.get(moved, words(moved))) if moved is not None else ("", "")]
            if entry.get("active") is False:
                facts.append(("active", "no"))
            known = {"label", "ring", "quadrant", "moved", "active"}
            facts += others(entry, known)
            yield _blip(f"entry {place + 1}", (name, ring, sector), "", "", facts)

    blips = tuple(each())
    aside = _aside(said, {"date", "entries", "rings", "quadrants"})
    return Radar(
        ZALANDO,
        "It is an object whose entries have label, quadrant and ring.",
        day(said.get("date")),
        in_order(rings, (blip.ring for blip in blips)),
        in_order(sectors, (blip.sector for blip in blips)),
        blips,
        aside,
    )


def _named(said: dict[str, object], key: str, noun: str) -> list[str]:
    names = [words(fields(one).get("name")) or words(one) for one in rows(said.get(key))]
    return [name or f"{noun} {place}" for place, name in enumerate(names)]


def _at(names: list[str], place: int | None, noun: str) -> str:
    if place is None or place < 0:
        return ""
    return names[place] if place < len(names) else f"{noun} {place}"


def read_aoe(said: dict[str, object]) -> Radar:
    """The newest state of each item; what an item was before stands among its facts."""

    def each() -> Iterator[Blip]:
        for place, one in enumerate(rows(said.get("items"))):
            item = fields(one)
            sector = words(item.get("quadrant")) or words(item.get("segment"))
            names = (
                words(item.get("title")) or words(item.get("name")),
                words(item.get("ring")),
                sector,
            )
            earlier = "; ".join(map(_revision, map(fields, rows(item.get("revisions")))))
            facts = [
                ("flag", words(item.get("flag"))),
                ("tags", ", ".join(map(words, rows(item.get("tags"))))),
                ("featured", words(item.get("featured"))),
                ("release", words(item.get("release"))),
                ("earlier", earlier),
                ("info", words(item.get("info"))),
                *others(item, AOE_KNOWN | {"name", "body", "flag", "revisions", "position"}),
            ]
            key, body = words(item.get("id")), words(item.get("body"))
            yield _blip(f"item {place + 1}", names, key, body, facts)

    blips = tuple(each())
    days = [found for one in rows(said.get("releases")) if (found := day(one))]
    return Radar(
        AOE,
        "It is an object with items, each with title, ring and quadrant.",
        max(days) if days else None,
        in_order((), (blip.ring for blip in blips)),
        in_order((), (blip.sector for blip in blips)),
        blips,
        _aside(said, {"items", "releases", "tags"}),
    )


def _revision(old: dict[str, object]) -> str:
    """What an item was in an earlier release, with its text and whatever else is said of it."""
    said = [f"{words(old.get('release'))}: {words(old.get('ring'))}", words(old.get("body"))]
    said.append(told(old, {"release", "ring", "body"}))
    return " · ".join(filter(None, said))


def read_backstage(said: dict[str, object]) -> Radar:
    """The ring is that of the newest entry of the timeline; older ones stand among the facts."""
    rings, sectors = _ids(said.get("rings")), _ids(said.get("quadrants"))
    days: list[date] = []

    def each() -> Iterator[Blip]:
        for place, one in enumerate(rows(said.get("entries"))):
            entry = fields(one)
            # A day that cannot be read sorts before all others, and the order of the file holds.
            timeline = sorted(
                map(fields, rows(entry.get("timeline"))),
                key=lambda step: day(step.get("date")) or date.min,
            )
            newest = timeline[-1] if timeline else {}
            days.extend(filter(None, [day(newest.get("date"))]))
            ring = words(newest.get("ringId")) or _ref(entry.get("ring"))
            sector = _ref(entry.get("quadrant"))
            name = words(entry.get("title"))
            names = (name, rings.get(ring, ring), sectors.get(sector, sector))
            key = words(entry.get("key")) or words(entry.get("id"))
            texts = (words(entry.get("description")), words(newest.get("description")))
            text = "\n\n".join(dict.fromkeys(filter(None, texts)))
            facts = _backstage_facts(entry, newest, timeline, rings)
            facts += _described("ring", said.get("rings"), ring)
            facts += _described("sector", said.get("quadrants"), sector)
            yield _blip(f"entry {place + 1}", names, key, text, facts)

    blips = tuple(each())
    return Radar(
        BACKSTAGE,
        "It is an object with quadrants and rings by id, and entries with a title.",
        max(days) if days else None,
        in_order(rings.values(), (blip.ring for blip in blips)),
        in_order(sectors.values(), (blip.sector for blip in blips)),
        blips,
        _aside(said, {"entries", "rings", "quadrants"}),
    )


def _backstage_facts(
    entry: dict[str, object],
    newest: dict[str, object],
    timeline: list[dict[str, object]],
    rings: dict[str, str],
) -> list[tuple[str, str]]:
    moved = number(newest.get("moved")) if newest else number(entry.get("moved"))
    links = [
        f"{words(link.get('title'))} {words(link.get('url'))}".strip()
        for link in map(fields, rows(entry.get("links")))
    ]
    earlier = [_step(step, rings) for step in timeline[:-1]]
    known = {"key", "id", "quadrant", "ring", "title", "url", "description", "links"}
    return [
        ("moved", _MOVES.get(moved, words(moved)) if moved is not None else ""),
        ("link", words(entry.get("url"))),
        ("links", "; ".join(links)),
        ("earlier", "; ".join(earlier)),
        *others(entry, known | {"timeline", "moved"}),
        *others(newest, _STEP),
    ]


_STEP = {"date", "ringId", "description", "moved"}


def _step(step: dict[str, object], rings: dict[str, str]) -> str:
    """An older entry of a timeline, with its text and whether it moved."""
    ring, moved = words(step.get("ringId")), number(step.get("moved"))
    said = [
        " ".join(filter(None, (f"{words(step.get('date'))[:10]}:", rings.get(ring, ring)))),
        _MOVES.get(moved, words(moved)) if moved is not None else words(step.get("moved")),
        words(step.get("description")),
        told(step, _STEP),
    ]
    return " · ".join(filter(None, said))


def _described(what: str, value: object, key: str) -> list[tuple[str, str]]:
    """What the file says that its ring or sector means; its colour is for drawing alone."""
    one = next((row for row in map(fields, rows(value)) if words(row.get("id")) == key), {})
    known = {"id", "name", "color", "description"}
    facts = [(f"{what}, described", words(one.get("description")))]
    return facts + [(f"{what}, {name}", said) for name, said in others(one, known)]


def _ids(value: object) -> dict[str, str]:
    """Names by id, in the order of the file."""
    found = {}
    for one in map(fields, rows(value)):
        key = words(one.get("id"))
        if key:
            found[key] = words(one.get("name")) or key
    return found


def _ref(value: object) -> str:
    """An id, or the object that stands in its place."""
    return words(value) or words(fields(value).get("id"))


def _aside(said: dict[str, object], known: set[str]) -> tuple[str, ...]:
    unknown = [name for name in said if name not in known]
    if not unknown:
        return ()
    return (f"Not part of any entry and left in the file: {', '.join(unknown)[:300]}.",)
