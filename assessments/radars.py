"""A radar beside the record: what each of its entries would become, before anything is saved."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify

from accounts.models import User
from assessments.importing.radars.radar import Blip, Radar
from assessments.models import Alias, Card, Revision, Technology
from assessments.services.technologies import RESERVED
from assessments.values import limits
from assessments.values.card import CardDocument, CardInvalid, content_json, parse_card
from assessments.values.scale import (
    HOUSE_SERIES,
    LEVEL_DIMENSIONS,
    Detail,
    Dimension,
    Origin,
    UnscoredReason,
    WindowWord,
    window_of_word,
)
from intake.errors import IntakeError
from intake.showing import shown
from intake.text import clean_name, clean_text
from record.models import Change

NO_LEVEL = "none"
LEFT_OUT = ""
# What may differ between two imports of the same entry.
_FRAME = ("parent", "reason", "as_of")


class Fate(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    UNREADABLE = "cannot be read"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class RadarMapping:
    """What the person said of the radar: its name and day, a key such as "diffusion=4" or
    "timing=Soon" for each ring, and a field for each sector, empty where it is left out."""

    name: str
    as_of: date
    rings: Mapping[str, str]
    sectors: Mapping[str, str]


@dataclass(frozen=True)
class RadarRow:
    """`technology` is the one that is there, `card` the sketch that an earlier import made."""

    place: str
    name: str
    fate: Fate
    words: str = ""
    field: str = ""
    slug: str = ""
    document: CardDocument | None = None
    technology: Technology | None = None
    head: Revision | None = None

    @property
    def scored(self) -> str:
        """The one level that its ring stands for."""
        scores = [self.document.score_of(key) for key in Dimension] if self.document else []
        named = zip(Dimension, scores, strict=False)
        said = [f"{key} {score.printed}" for key, score in named if score.is_scored]
        return said[0] if said else "not yet assessed"


@dataclass(frozen=True)
class Remembered:
    """What rings and sectors of a radar of that name became, and when."""

    on: date
    rings: Mapping[str, str]
    sectors: Mapping[str, str]


def remembered_mapping(name: str) -> Remembered | None:
    """That of the last import of a radar of that name, as the log has it."""
    rows = Change.objects.filter(subject_kind="radar", subject_key=name, kind="radar.imported")
    last = rows.order_by("-seq").first()
    if last is None or not isinstance(last.after, dict):
        return None
    return Remembered(last.at.date(), last.after["rings"], last.after["sectors"])


class _Record:
    """What there is to be found, read once."""

    def __init__(self, by: User) -> None:
        self.by = by
        technologies = {one.pk: one for one in Technology.objects.all()}
        self.names = {one.name.casefold(): one for one in technologies.values()}
        for name, pk in Alias.objects.values_list("name", "technology_id"):
            self.names.setdefault(name.casefold(), technologies[pk])
        self.slugs = {one.slug: one for one in technologies.values()}
        self.heads: dict[int, Revision] = {}
        self.references: dict[str, Revision] = {}
        heads = Revision.objects.filter(children__isnull=True, card__role=Card.Role.LEAD)
        for head in heads.select_related("card__technology", "author"):
            self.heads[head.card.technology_id] = head
            if head.origin == Origin.IMPORTED and head.detail == Detail.SKETCH:
                for source in json.loads(head.content)["sources"]:
                    self.references[source["title"]] = head


def rows_of(radar: Radar, mapping: RadarMapping, by: User) -> tuple[RadarRow, ...]:
    """One row an entry, in the order of the file."""
    record, seen = _Record(by), dict[str, str]()
    return tuple(_row(blip, mapping, record, seen) for blip in radar.blips)


def _row(blip: Blip, mapping: RadarMapping, record: _Record, seen: dict[str, str]) -> RadarRow:
    if not blip.is_taken:
        return RadarRow(blip.place, blip.name, Fate.LEFT_OUT)
    if wrong := [*(trouble.words for trouble in blip.troubles), *_unmapped(blip, mapping)]:
        return RadarRow(blip.place, blip.name, Fate.UNREADABLE, " ".join(wrong))
    try:
        name = clean_name(blip.name, field="The name", max_length=limits.NAME)
        clean_text(blip.key, multiline=False, field="The key", max_length=limits.NAME)
    except IntakeError as error:
        return RadarRow(blip.place, "name", Fate.UNREADABLE, error.message)
    reference = f"{mapping.name}: {blip.key}"
    before = record.references.get(reference)
    technology = before.card.technology if before else record.names.get(name.casefold())
    slug = technology.slug if technology else slugify(name)[: limits.SLUG].strip("-_")
    slug = slug.replace("_", "-")
    problem = _problem(name, slug, technology, record, seen)
    if problem:
        return RadarRow(blip.place, name, *problem)
    seen[slug] = blip.place
    try:
        document = parse_card(_card(blip, mapping, slug, name, reference))
    except CardInvalid as invalid:
        first = invalid.errors[0]
        return RadarRow(blip.place, first.field, Fate.UNREADABLE, first.message)
    head = before or (record.heads.get(technology.pk) if technology else None)
    fate, words = _fate(document, technology, head, is_ours=before is not None)
    field = mapping.sectors.get(blip.sector, LEFT_OUT)
    return RadarRow(blip.place, name, fate, words, field, slug, document, technology, head)


def _unmapped(blip: Blip, mapping: RadarMapping) -> list[str]:
    """What was typed for a ring or a sector and is none of the file."""
    pairs = (("ring", blip.ring, mapping.rings), ("sector", blip.sector, mapping.sectors))
    return [
        f"The {what} is {shown(name)}, none of the file; choose one of {', '.join(known)[:300]}."
        for what, name, known in pairs
        if name.strip() and name not in known
    ]


def _problem(
    name: str,
    slug: str,
    technology: Technology | None,
    record: _Record,
    seen: Mapping[str, str],
) -> tuple[Fate, str] | None:
    if slug in seen:
        return Fate.SKIPPED, f"twice in the file: the same as {seen[slug]}"
    if technology is not None:
        return None
    by_hand = "Add it by hand, with an address of its own, and send the radar again."
    if not slug:
        return Fate.UNREADABLE, f"No address can be made from this name. {by_hand}"
    if slug in RESERVED:
        return Fate.UNREADABLE, f"The address “{slug}” is a page of this site. {by_hand}"
    if slug in record.slugs:
        return Fate.UNREADABLE, f"Its address belongs to {record.slugs[slug].name}. {by_hand}"
    return None


def _fate(
    document: CardDocument, technology: Technology | None, head: Revision | None, *, is_ours: bool
) -> tuple[Fate, str]:
    if technology is None:
        return Fate.CREATED, "a new technology with its sketch"
    if head is None:
        return Fate.CREATED, "a sketch of a technology that is there already"
    if not is_ours:
        who = head.author.get_username()
        return Fate.SKIPPED, f"there already, with a card by {who}; it is left alone"
    if says_the_same(document, head):
        return Fate.SKIPPED, "as it was imported before"
    return Fate.UPDATED, f"revision {head.number + 1} of the sketch that was imported before"


def says_the_same(document: CardDocument, head: Revision) -> bool:
    """Whether the entry says what the sketch of an earlier import says."""
    new, old = document_content(document), json.loads(head.content)
    return all(new[key] == old[key] for key in new if key not in _FRAME)


def document_content(document: CardDocument) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.dumps(content_json(document)))
    return content


def _card(
    blip: Blip, mapping: RadarMapping, slug: str, name: str, reference: str
) -> dict[str, object]:
    plain = strip_tags(blip.text).strip()
    summary = _summary(plain) or f"{blip.ring} in “{mapping.name}”."
    said = [("ring", blip.ring), ("sector", blip.sector), *blip.facts]
    facts = "\n".join(f"- {line}" for line in fact_lines(said))
    longer = blip.text if blip.text != summary else ""
    return {
        "technology": {"slug": slug, "name": name},
        "role": Card.Role.LEAD.value,
        "author": None,
        "origin": Origin.IMPORTED.value,
        "series": HOUSE_SERIES,
        "detail": Detail.SKETCH.value,
        "as_of": mapping.as_of.isoformat(),
        "reason": f"Imported from “{mapping.name}”.",
        "parent": None,
        "summary": summary,
        "text": "\n\n".join(filter(None, (longer, f"In “{mapping.name}”:\n\n{facts}"))),
        "scores": {
            key.value: _score(key, mapping.rings.get(blip.ring, NO_LEVEL), mapping.as_of)
            for key in Dimension
        },
        "sources": [{"title": reference, "url": None, "accessed_on": None}],
    }


def fact_lines(facts: Iterable[tuple[str, str]]) -> list[str]:
    """One line each; a line without a name stands alone."""
    return [
        f"{what}: {' '.join(words.split())}" if what else " ".join(words.split())
        for what, words in facts
    ]


def _summary(text: str) -> str:
    """So many whole sentences as a summary holds; the text is kept whole beside it."""
    if len(text) <= limits.SUMMARY:
        return text
    cut = text[: limits.SUMMARY - 1]
    end = max(cut.rfind(". "), cut.rfind("\n"))
    return cut[: end + 1].strip() if end > 0 else f"{cut.rstrip()}…"


def _score(dimension: Dimension, chosen: str, on: date) -> dict[str, object]:
    key, _, value = chosen.partition("=")
    is_it = key == dimension.value
    reason = None if is_it else UnscoredReason.NOT_YET_ASSESSED.value
    shared: dict[str, object] = {"certainty": None, "rationale": "", "unscored_reason": reason}
    if dimension in LEVEL_DIMENSIONS:
        return shared | {"level": value if is_it else None, "level_to": None}
    years = window_of_word(WindowWord(value), on=on) if is_it else (None, None)
    return shared | {"from": years[0], "to": years[1]}


def count_of(rows: Sequence[RadarRow], fate: Fate) -> int:
    return sum(row.fate is fate for row in rows)
