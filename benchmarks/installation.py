"""A made-up installation, written in bulk through the builders that the services use."""

import datetime
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.services import create_user
from assessments.models import (
    Alias,
    Card,
    Domain,
    Link,
    Opening,
    Publication,
    ReviewEvent,
    Revision,
    Score,
    Technology,
)
from assessments.services.drafting import revision_row, score_rows
from assessments.services.publication import (
    publication_body,
    publication_entry,
    publication_row,
)
from assessments.services.technologies import domain_slug
from assessments.values.card import CardDocument, parse_card
from assessments.values.scale import Dimension
from benchmarks.documents import (
    LEAD_AUTHORS,
    OPINION_AUTHORS,
    CardPlan,
    TechnologyPlan,
    technology_plans,
)
from jobs.models import Job
from jobs.services import execute_job
from record.clock import now, today
from record.errors import DomainError
from record.models import Change, PublicChange
from record.services import ChangeEntry
from scoring.models import OF_THE_RECORD, Run
from scoring.services.runs import Question, open_run

EDITORS = ("ben", "carla")
BATCH = 200
PASSWORD = "only-for-a-made-up-record"
ONE, TWO = "approved by one editor", "approved by two editors"


@dataclass
class _Saved:
    """A revision on its way: what it says and the day on which it was saved."""

    revision: Revision
    document: CardDocument
    at: datetime.datetime
    kind: str
    before: Revision | None = None


@dataclass
class _Writer:
    people: dict[str, User]
    domains: dict[str, Domain]
    technologies: dict[str, Technology] = field(default_factory=dict)
    saved: list[_Saved] = field(default_factory=list)
    changes: list[tuple[datetime.datetime, ChangeEntry]] = field(default_factory=list)


def fill(*, technologies: int, seed: int) -> None:
    """The empty record holds that many published technologies and the runs that they ask for."""
    if Technology.objects.exists() or Publication.objects.exists():
        raise DomainError("The record is not empty; name an empty database in DATABASE_URL.")
    plans = technology_plans(technologies=technologies, seed=seed, today=today())
    # A line of the log for each change that is written here would be tens of thousands.
    logging.disable(logging.INFO)
    try:
        with transaction.atomic():
            _write(plans)
        finish_runs()
    finally:
        logging.disable(logging.NOTSET)
    _gather_statistics()


def _write(plans: Sequence[TechnologyPlan]) -> None:
    writer = _Writer(
        people=_people(), domains={domain.slug: domain for domain in Domain.objects.all()}
    )
    _write_technologies(writer, plans)
    _write_links(writer, plans)
    cards = _write_cards(writer, plans)
    for number in range(max(len(_documents(plan)) for plan, _ in cards)):
        _write_revisions(writer, cards, number)
    _write_reviews(writer)
    _write_publications(writer)
    _write_changes(writer)


def _people() -> dict[str, User]:
    named = dict.fromkeys((*LEAD_AUTHORS, *OPINION_AUTHORS), "analyst")
    named |= dict.fromkeys(EDITORS, "editor")
    return {
        name: create_user(username=name, role=role, password=PASSWORD)
        for name, role in named.items()
    }


def _write_technologies(writer: _Writer, plans: Sequence[TechnologyPlan]) -> None:
    anna = writer.people["anna"]
    rows = [
        Technology(
            slug=plan.facts.slug,
            name=plan.facts.name,
            created_by=anna,
            is_yardstick=plan.is_yardstick,
        )
        for plan in plans
    ]
    Technology.objects.bulk_create(rows, batch_size=BATCH)
    writer.technologies = {row.slug: row for row in rows}
    Alias.objects.bulk_create(
        Alias(technology=row, name=name)
        for row, plan in zip(rows, plans, strict=True)
        for name in plan.facts.aliases
    )
    belongs = Technology.domains.through
    belongs.objects.bulk_create(
        belongs(technology_id=row.pk, domain_id=writer.domains[domain_slug(name)].pk)
        for row, plan in zip(rows, plans, strict=True)
        for name in plan.facts.domains
    )
    Opening.objects.bulk_create(
        Opening(
            technology=row,
            status=Opening.Status.OPEN,
            year=plan.opened,
            evidence="The first product was sold in that year.",
            recorded_by=anna,
            confirmed_by=writer.people["ben"],
        )
        for row, plan in zip(rows, plans, strict=True)
        if plan.opened
    )


def _write_links(writer: _Writer, plans: Sequence[TechnologyPlan]) -> None:
    rows = []
    for plan in plans:
        source = writer.technologies[plan.facts.slug]
        variant = [("variant of", plan.facts.variant_of)] if plan.facts.variant_of else []
        for kind, slug in (*plan.links, *variant):
            rows.append(Link(source=source, target=writer.technologies[slug], kind=kind))
    Link.objects.bulk_create(rows, batch_size=BATCH)


def _write_cards(writer: _Writer, plans: Sequence[TechnologyPlan]) -> list[tuple[CardPlan, Card]]:
    cards = [
        (
            card,
            Card(
                technology=writer.technologies[plan.facts.slug],
                role=card.role,
                owner=writer.people[card.author],
            ),
        )
        for plan in plans
        for card in plan.cards
    ]
    Card.objects.bulk_create([card for _, card in cards], batch_size=BATCH)
    prefetch_related_objects(list(writer.technologies.values()), "aliases", "domains")
    return cards


def _documents(plan: CardPlan) -> list[tuple[str, dict[str, object]]]:
    """The revisions of the card, oldest first, and what became of each."""
    last = [("waiting", plan.waiting), ("draft", plan.draft)]
    return [
        *(("published", document) for document in plan.published),
        *((kind, document) for kind, document in last if document),
    ]


def _write_revisions(writer: _Writer, cards: Sequence[tuple[CardPlan, Card]], number: int) -> None:
    """The revisions of that number: each builds on one that is written already."""
    heads = {saved.revision.card_id: saved.revision for saved in writer.saved}
    fresh = []
    for plan, card in cards:
        documents = _documents(plan)
        if number < len(documents):
            kind, document = documents[number]
            fresh.append(_next(writer, card, heads.get(card.pk), kind, parse_card(document)))
    Revision.objects.bulk_create([saved.revision for saved in fresh], batch_size=BATCH)
    scores = chain.from_iterable(score_rows(saved.revision, saved.document) for saved in fresh)
    Score.objects.bulk_create(scores, batch_size=BATCH)
    writer.saved += fresh


def _next(
    writer: _Writer, card: Card, head: Revision | None, kind: str, document: CardDocument
) -> _Saved:
    if head:
        document = replace(document, parent=head.content_hash)
    row = revision_row(card, head, document, writer.people[document.author or ""])
    saved_at = now().replace(hour=9) - datetime.timedelta(days=(today() - document.as_of).days)
    row.recorded_at = saved_at
    entry = ChangeEntry(
        kind="card.saved",
        subject_kind="card",
        subject_key=str(card.pk),
        actor_id=row.author_id,
        reason=document.reason,
        after={"technology": card.technology.slug, "revision": row.number},
    )
    writer.changes.append((saved_at, entry))
    return _Saved(row, document, saved_at, kind, before=head)


def _write_reviews(writer: _Writer) -> None:
    events = [event for saved in writer.saved for event in _reviews(writer, saved)]
    events.sort(key=lambda event: event.at)
    ReviewEvent.objects.bulk_create(events, batch_size=BATCH)
    for event in events:
        card = event.revision.card
        entry = ChangeEntry(
            kind=f"card.{event.kind}",
            subject_kind="card",
            subject_key=str(card.pk),
            actor_id=event.by_id,
            after={"technology": card.technology.slug, "revision": event.revision.number},
        )
        writer.changes.append((event.at, entry))


def _reviews(writer: _Writer, saved: _Saved) -> Iterator[ReviewEvent]:
    if saved.kind == "draft":
        return
    revision = saved.revision
    steps = [("submitted", revision.author)]
    if saved.kind == "published":
        steps += [("approved", writer.people[name]) for name in EDITORS[: _approvers(saved)]]
    for hours, (kind, by) in enumerate(steps, start=1):
        yield ReviewEvent(
            revision=revision,
            kind=kind,
            by=by,
            revision_author=revision.author,
            content_hash=revision.content_hash,
            at=saved.at + datetime.timedelta(hours=hours),
        )


def _approvers(saved: _Saved) -> int:
    impact = saved.document.scores[Dimension.IMPACT].to_json()
    return 2 if "5+" in {impact["level"], impact["level_to"]} else 1


def _write_publications(writer: _Writer) -> None:
    ben, rows = writer.people["ben"], []
    shown = [saved for saved in writer.saved if saved.kind == "published"]
    for saved in sorted(shown, key=lambda saved: (saved.at, saved.revision.pk)):
        row = publication_row(
            saved.revision,
            publication_body(saved.revision),
            kind=Publication.Kind.CARD,
            by=ben,
            oversight=TWO if _approvers(saved) == 2 else ONE,
        )
        row.at = saved.at + datetime.timedelta(hours=5)
        rows.append((row, saved.before))
    Publication.objects.bulk_create([row for row, _ in rows], batch_size=BATCH)
    for row, before in rows:
        writer.changes.append((row.at, publication_entry(row, before, ben)))


def _write_changes(writer: _Writer) -> None:
    """In the order of their time; the public ones have numbers without gaps."""
    ordered = sorted(writer.changes, key=lambda change: change[0])
    rows = [Change(at=at, **entry) for at, entry in ordered]
    Change.objects.bulk_create(rows, batch_size=BATCH)
    public = [row for row in rows if row.is_public]
    PublicChange.objects.bulk_create(
        [PublicChange(seq=seq, change=row) for seq, row in enumerate(public, start=1)],
        batch_size=BATCH,
    )


def finish_runs() -> list[Run]:
    """A ranking and an outlook of the record as it stands, computed in this process."""
    runs = [
        open_run(question=Question(kind=kind, as_of=today()), reason="a made-up record")
        for kind in OF_THE_RECORD
    ]
    for run in runs:
        execute_job(job_id=run.job_id)
        run.job.refresh_from_db()
        if run.job.state != Job.State.DONE:
            raise DomainError(f"Run {run.seq} is {run.job.state}; stop the workers and try again.")
    return runs


def _gather_statistics() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
