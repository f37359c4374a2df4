"""Reads on the record of technologies and cards."""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from assessments.models import (
    Alias,
    Card,
    Publication,
    ReviewEvent,
    Revision,
    RoundAnswer,
    Score,
    Technology,
)
from assessments.states import State
from assessments.values.card import CardDocument, parse_card


@dataclass(frozen=True)
class PublishedCard:
    """A card as readers get it, with what stands beside its canonical JSON."""

    seq: int
    slug: str
    role: str
    author: str
    by: str
    at: datetime.datetime
    as_of: datetime.date
    oversight: str
    revision_id: int
    card_id: int
    is_demonstration: bool
    is_yardstick: bool
    body: dict[str, Any]

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = self.body["card"]
        return card

    @property
    def technology(self) -> dict[str, Any]:
        technology: dict[str, Any] = self.card["technology"]
        return technology


@dataclass(frozen=True)
class SketchedCard:
    """A sketch that readers do not see, as far as a private ranking and its page need it."""

    slug: str
    name: str
    role: str
    author: str
    author_id: int
    as_of: datetime.date
    revision_id: int
    card_id: int
    is_yardstick: bool
    card: dict[str, Any]

    @property
    def sentence(self) -> str:
        return str(self.card["summary"])


def _in_force(as_of: datetime.date | None, known_on: datetime.date | None) -> list[Publication]:
    """Per card the last publication that speaks of a date up to `as_of`."""
    rows = Publication.objects.order_by("seq")
    if as_of is not None:
        rows = rows.filter(as_of__lte=as_of)
    if known_on is not None:
        rows = rows.filter(at__lte=_end_of(known_on))
    newest = dict(rows.values_list("card", "seq"))
    chosen = Publication.objects.filter(seq__in=newest.values())
    kept = chosen.exclude(kind=Publication.Kind.WITHDRAWAL)
    return list(
        kept.select_related("technology", "card", "revision__author", "by").order_by(
            "technology__slug", "card__role", "seq"
        )
    )


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.max, tzinfo=datetime.UTC)


def published_cards(
    *, as_of: datetime.date | None = None, known_on: datetime.date | None = None
) -> list[PublishedCard]:
    """What the record, as known on one date, says about another; lead cards first.

    Without dates it is what readers see now.
    """
    return [_published(row) for row in _in_force(as_of, known_on)]


def published_history(*, technology: Technology) -> list[PublishedCard]:
    """Every publication of the technology's cards that was not withdrawn since, newest first."""
    rows = Publication.objects.filter(technology=technology).standing()
    chosen = rows.select_related("technology", "card", "revision__author", "by")
    return [_published(row) for row in chosen.order_by("-seq")]


def published_histories() -> dict[str, list[PublishedCard]]:
    """Every publication that was not withdrawn since, newest first, by the technology's slug."""
    rows = Publication.objects.standing()
    chosen = rows.select_related("technology", "card", "revision__author", "by")
    histories: dict[str, list[PublishedCard]] = {}
    for row in chosen.order_by("-seq"):
        histories.setdefault(row.technology.slug, []).append(_published(row))
    return histories


def series_of_leads() -> list[tuple[str, datetime.date, str]]:
    """Slug, day spoken of and series of every publication of a lead card that stands, in the
    order of those days."""
    rows = Publication.objects.standing().filter(card__role=Card.Role.LEAD).order_by("as_of", "seq")
    return list(rows.values_list("technology__slug", "as_of", "revision__series"))


def publication_days() -> list[tuple[datetime.date, datetime.date]]:
    """Of all that readers may read: the date that it speaks of, and the day on which it came."""
    rows = Publication.objects.standing().order_by("seq").values_list("as_of", "at")
    return [(as_of, at.astimezone(datetime.UTC).date()) for as_of, at in rows]


def standing_publications(*, seqs: Iterable[int]) -> set[int]:
    """Those of the publications that no withdrawal took back."""
    rows = Publication.objects.filter(seq__in=list(seqs)).standing()
    return set(rows.values_list("seq", flat=True))


def count_publications_by(*, day: datetime.date) -> int:
    """How many publications were recorded by the end of that day."""
    return Publication.objects.filter(at__lte=_end_of(day)).count()


def _published(row: Publication) -> PublishedCard:
    return PublishedCard(
        seq=row.seq,
        slug=row.technology.slug,
        role=row.card.role,
        author=row.revision.author.get_username(),
        by=row.by.get_username(),
        at=row.at,
        as_of=row.as_of,
        oversight=row.oversight,
        revision_id=row.revision_id,
        card_id=row.card_id,
        is_demonstration=row.technology.is_demonstration,
        is_yardstick=row.technology.is_yardstick,
        body=json.loads(row.body),
    )


def newest_publication_seq() -> int:
    """The number of the last publication, 0 in an empty record."""
    return Publication.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def has_demonstration() -> bool:
    return Technology.objects.filter(is_demonstration=True).exists()


def head_of(card: Card) -> Revision | None:
    """The newest revision of the card."""
    return card.revisions.select_related("author").order_by("-number").first()


def document_of(revision: Revision) -> CardDocument:
    """The revision as the contract's card, with today's facts of its technology."""
    return parse_card(card_json(revision))


def card_json(revision: Revision) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(revision.content)
    technology = revision.card.technology
    variant = technology.links_out.filter(kind="variant of").select_related("target").first()
    content["technology"] = {
        "slug": technology.slug,
        "name": technology.name,
        "aliases": [alias.name for alias in technology.aliases.all()],
        "domains": sorted(domain.name for domain in technology.domains.all()),
        "variant_of": variant.target.slug if variant else None,
    }
    content["author"] = revision.author.get_username()
    return content


def states_of(revisions: Iterable[Revision]) -> dict[int, State]:
    """The state of each revision, by its id."""
    wanted = [revision.pk for revision in revisions]
    states = dict.fromkeys(wanted, State.DRAFT)
    approvals: dict[int, set[int]] = {pk: set() for pk in wanted}
    events = ReviewEvent.objects.filter(revision__in=wanted).order_by("id")
    needed = dict.fromkeys(wanted, 1) | dict.fromkeys(_needing_two(wanted), 2)
    for event in events:
        pk = event.revision_id
        if event.kind == ReviewEvent.Kind.SUBMITTED:
            states[pk], approvals[pk] = State.IN_REVIEW, set()
        elif event.kind == ReviewEvent.Kind.RETURNED:
            states[pk] = State.RETURNED
        elif event.kind == ReviewEvent.Kind.APPROVED:
            approvals[pk].add(event.by_id)
            if event.override_reason or len(approvals[pk]) >= needed[pk]:
                states[pk] = State.APPROVED
    shown = Publication.objects.filter(revision__in=wanted).order_by("seq")
    for pk, kind in shown.values_list("revision", "kind"):
        withdrawn = kind == Publication.Kind.WITHDRAWAL
        states[pk] = State.WITHDRAWN if withdrawn else State.PUBLISHED
    return states


def state_of(revision: Revision) -> State:
    return states_of([revision])[revision.pk]


def _needing_two(revisions: list[int]) -> list[int]:
    """Impact 5+ needs two approvers."""
    reaching = Score.objects.filter(revision__in=revisions, dimension="impact")
    rows = reaching.filter(level="5+") | reaching.filter(level_to="5+")
    return list(rows.values_list("revision", flat=True))


def approvals_needed(revision: Revision) -> int:
    return 2 if _needing_two([revision.pk]) else 1


def approvals_of(revision: Revision) -> list[ReviewEvent]:
    """Approvals since the revision was last submitted."""
    return approvals_among(list(revision.events.select_related("by").order_by("id")))


def approvals_among(events: Sequence[ReviewEvent]) -> list[ReviewEvent]:
    """The same, of the events of one revision in their order."""
    submitted = [i for i, event in enumerate(events) if event.kind == "submitted"]
    since = events[submitted[-1] :] if submitted else []
    return [event for event in since if event.kind == "approved"]


def _unpublished_heads() -> QuerySet[Revision]:
    """Newest revisions that were never published; what was is published or withdrawn now."""
    published = Publication.objects.filter(revision=OuterRef("pk"))
    newer = Revision.objects.filter(parent=OuterRef("pk"))
    heads = Revision.objects.filter(~Exists(newer), ~Exists(published))
    return heads.select_related("card__technology", "author")


def revisions_in_review(seen: QuerySet[Revision]) -> list[Revision]:
    """Of those seen, the newest revisions that wait for a review or for publication, oldest
    first."""
    events = ReviewEvent.objects.filter(revision=OuterRef("pk"))
    heads = _unpublished_heads().filter(Exists(events), pk__in=seen.values("pk"))
    rows = list(heads.order_by("recorded_at", "pk"))
    states = states_of(rows)
    waiting = {State.IN_REVIEW, State.APPROVED}
    return [row for row in rows if states[row.pk] in waiting]


def drafts_of(user: User) -> list[Revision]:
    """The person's newest revisions that are not published yet."""
    rows = list(_unpublished_heads().filter(author=user).order_by("-recorded_at", "-pk"))
    states = states_of(rows)
    return [row for row in rows if states[row.pk] in {State.DRAFT, State.RETURNED}]


def last_published(card: Card) -> Revision | None:
    """The revision that readers see of the card."""
    row = card.publications.select_related("revision__author").order_by("-seq").first()
    if row is None or row.kind == Publication.Kind.WITHDRAWAL:
        return None
    revision: Revision = row.revision
    return revision


def last_published_of(cards: Iterable[int]) -> dict[int, Revision]:
    """The revision that readers see, by the id of its card; cards that they do not see are left
    out."""
    rows = Publication.objects.in_force().filter(card__in=list(cards)).select_related("revision")
    return {row.card_id: row.revision for row in rows}


def approvals_needed_of(revisions: Iterable[Revision]) -> dict[int, int]:
    wanted = [revision.pk for revision in revisions]
    return dict.fromkeys(wanted, 1) | dict.fromkeys(_needing_two(wanted), 2)


def unpublished_authors(revision: Revision) -> set[int]:
    """Everybody whose changes readers would first see with this revision."""
    shown = last_published(revision.card)
    since = revision.card.revisions.filter(
        number__gt=shown.number if shown else 0, number__lte=revision.number
    )
    return set(since.values_list("author", flat=True))


def exported_revisions() -> QuerySet[Revision]:
    """All published revisions that were not withdrawn since, in the order of an export file."""
    published = Publication.objects.filter(kind=Publication.Kind.CARD).standing()
    rows = Revision.objects.filter(pk__in=published.values("revision"))
    technologies = Technology.objects.prefetch_related("aliases", "domains", Prefetch("links_out"))
    return (
        rows.select_related("author", "card")
        .prefetch_related(Prefetch("card__technology", technologies))
        .order_by("card__technology__slug", "card__role", "author__username", "as_of", "number")
    )


def technology_names(*, slugs: Iterable[str]) -> dict[str, str]:
    return dict(Technology.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))


def technology_choices() -> list[tuple[str, str]]:
    """Slug and name of every technology that can be scored, by name."""
    rows = Technology.objects.filter(is_yardstick=False).order_by("name", "slug")
    return list(rows.values_list("slug", "name"))


def technologies_without_card() -> QuerySet[Technology]:
    """The backlog: what nobody has scored yet, the oldest first."""
    judged = Technology.objects.filter(is_yardstick=False)
    return judged.exclude(cards__revisions__isnull=False).order_by("created_at", "id")


def technologies_unspoken(*, by: User) -> QuerySet[Technology]:
    """Published ones on which the person has said nothing, by name."""
    judged = Technology.objects.published().filter(is_yardstick=False)
    return judged.exclude(cards__revisions__author=by)


def named_like(rows: QuerySet[Technology], words: str) -> QuerySet[Technology]:
    """Those whose name or other name holds the words; all where there are none."""
    if not words:
        return rows
    aliases = Alias.objects.filter(name__icontains=words)
    return rows.filter(Q(name__icontains=words) | Q(pk__in=aliases.values("technology")))


def private_sketches(*, actor: User, card_id: int | None = None) -> list[SketchedCard]:
    """The newest revisions of cards that the person sees, where they are sketches and were never
    published."""
    heads = _private_heads().filter(pk__in=Revision.objects.visible_to(actor).values("pk"))
    if card_id is not None:
        heads = heads.filter(card__pk=card_id)
    rows = heads.select_related("card__technology", "author")
    return [_sketched(row) for row in rows.order_by("-recorded_at", "-id")]


def _private_heads() -> QuerySet[Revision]:
    return Revision.objects.filter(children__isnull=True, detail="sketch", publications=None)


def _sketched(row: Revision) -> SketchedCard:
    technology = row.card.technology
    return SketchedCard(
        slug=technology.slug,
        name=technology.name,
        role=row.card.role,
        author=row.author.get_username(),
        author_id=row.author_id,
        as_of=row.as_of,
        revision_id=row.pk,
        card_id=row.card_id,
        is_yardstick=technology.is_yardstick,
        card=json.loads(row.content),
    )


def round_answers(*, since: datetime.date) -> dict[int, RoundAnswer]:
    """By card, the last answer of the monthly round since that day."""
    rows = RoundAnswer.objects.filter(as_of__gte=since).select_related("by", "revision")
    return {row.revision.card_id: row for row in rows.defer("revision__content").order_by("id")}


def count_sketches(*, author: User) -> int:
    return _private_heads().filter(author=author).count()
