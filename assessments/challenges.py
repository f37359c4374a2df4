"""Reads on challenges: where each stands, and what it changed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Prefetch

from assessments.models import Challenge, ChallengeEvent, Publication
from assessments.querysets import ChallengeQuerySet
from assessments.values.differences import score_changes

SOMEBODY = "a reader"
WAITING = "not answered yet"


@dataclass(frozen=True)
class ChallengeStep:
    kind: str
    note: str
    by: str
    on: date


@dataclass(frozen=True)
class ScoreMoved:
    """A score before and after, as the change log prints it."""

    dimension: str
    before: str
    after: str


@dataclass(frozen=True)
class ChallengeRecord:
    """A challenge as readers get it. `credit` is who they asked to be; `steps` are the answers
    that were given in public, `moved` the scores that changed by it."""

    key: str
    slug: str
    name: str
    dimension: str
    claim: str
    evidence: str
    evidence_url: str
    said_on: date
    is_from_mailbag: bool
    is_shown: bool
    outcome: str
    credit: str
    is_credited: bool
    steps: tuple[ChallengeStep, ...]
    moved: tuple[ScoreMoved, ...]
    revised_on: date | None
    is_demonstration: bool

    @property
    def is_waiting(self) -> bool:
        return self.outcome == WAITING


TOLD = {"replied", "accepted", "partly accepted", "declined", "reopened"}
OUTCOMES = {"accepted", "partly accepted", "declined"}


def challenge_records(rows: ChallengeQuerySet) -> list[ChallengeRecord]:
    """Each challenge whole, in five questions however many they are."""
    publications = Publication.objects.select_related("revision")
    events = ChallengeEvent.objects.select_related("by").prefetch_related(
        Prefetch("publication", publications)
    )
    related = rows.select_related("technology", "sender")
    found = list(related.prefetch_related(Prefetch("events", events)))
    names = published_names(row.technology_id for row in found)
    return [_record(row, names.get(row.technology_id, row.technology.name)) for row in found]


def published_names(keys: Iterable[int]) -> dict[int, str]:
    """What readers call the technologies: a name may be changed and not yet published."""
    rows = Publication.objects.in_force().filter(technology__in=set(keys)).order_by("seq")
    return {row.technology_id: json.loads(row.body)["card"]["technology"]["name"] for row in rows}


def challenges_on(slug: str) -> list[ChallengeRecord]:
    """Those on one technology that readers see, the newest first."""
    return challenge_records(Challenge.objects.shown().filter(technology__slug=slug))


def _record(row: Challenge, name: str) -> ChallengeRecord:
    events = list(row.events.all())
    decided = next((one for one in reversed(events) if one.kind in OUTCOMES | {"reopened"}), None)
    outcome = decided.kind if decided and decided.kind in OUTCOMES else WAITING
    publication = decided.publication if decided and outcome != WAITING else None
    showing = [one.kind for one in events if one.kind in {"shown", "hidden"}]
    return ChallengeRecord(
        key=row.key,
        slug=row.technology.slug,
        name=name,
        dimension=row.dimension,
        claim=row.claim,
        evidence=row.evidence,
        evidence_url=row.evidence_url,
        said_on=row.said_on,
        is_from_mailbag=row.origin == Challenge.Origin.MAILBAG,
        is_shown=showing[-1:] == ["shown"],
        outcome=outcome,
        credit=_credit(row) or SOMEBODY,
        is_credited=bool(_credit(row)),
        steps=tuple(_steps(events)),
        moved=_moved(publication) if publication else (),
        revised_on=publication.at.date() if publication else None,
        is_demonstration=row.is_demonstration,
    )


def _credit(row: Challenge) -> str:
    sender = getattr(row, "sender", None)
    return sender.credit if sender else ""


def _steps(events: Iterable[ChallengeEvent]) -> Iterable[ChallengeStep]:
    for event in events:
        if event.kind in TOLD:
            yield ChallengeStep(event.kind, event.note, event.by.get_username(), event.at.date())


def _moved(publication: Publication) -> tuple[ScoreMoved, ...]:
    """What the publication changed of what readers saw of the same card before."""
    rows = Publication.objects.filter(card=publication.card_id, seq__lt=publication.seq)
    before = rows.select_related("revision").order_by("-seq").first()
    if before is None:
        return ()
    old, new = json.loads(before.revision.content), json.loads(publication.revision.content)
    return tuple(
        ScoreMoved(dimension, was, now) for dimension, (was, now) in score_changes(old, new).items()
    )


def publications_since(challenge: Challenge) -> list[Publication]:
    """What was published of the technology's cards after the challenge came in."""
    rows = Publication.objects.filter(
        technology=challenge.technology_id, kind=Publication.Kind.CARD
    ).select_related("revision__author")
    return list(rows.filter(at__gte=earliest_effect(challenge)).order_by("-seq")[:20])


def earliest_effect(challenge: Challenge) -> datetime:
    """From when on a publication may follow from it. Of a letter of an issue, and of what was said
    before it was entered, the day alone is known."""
    received: datetime = challenge.received_at
    is_by_day = challenge.source_id is not None or challenge.said_on < received.date()
    return datetime.combine(challenge.said_on, time.min, UTC) if is_by_day else received
