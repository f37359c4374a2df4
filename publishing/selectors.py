"""The published record and the last finished runs on it, as every page needs them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet

from assessments.models import Domain, Technology
from assessments.openings import count_openings
from assessments.retractions import public_retractions
from assessments.selectors import (
    PublishedCard,
    SketchedCard,
    publication_days,
    published_cards,
    published_history,
    standing_publications,
)
from jobs.selectors import progress_of
from publishing.field_beaten import days_of_history
from publishing.fields import Field, field_of
from publishing.link_results import contradictions_of, link_effects_of, with_links_of
from publishing.memory import Remembered
from publishing.pages.changes import publication_of
from publishing.pages.published import Moment, Past, Published, RecordDates
from publishing.readings import ranking_from
from publishing.results import (
    Outlook,
    Progress,
    Projected,
    Ranking,
    RankingOfDay,
    RunFacts,
)
from record.clock import now, today
from record.models import Change, PublicChange
from record.prepared import Prepared
from record.selectors import newest_forgotten_seq
from scoring.models import OF_THE_RECORD, RunKind
from scoring.selectors import (
    DEFAULT_LENS,
    OUTLOOK_DRAWS,
    RANKING_DRAWS,
    Finished,
    arrays_of,
    day_rankings,
    latest_finished,
    latest_finished_seq,
    lens_of,
    read_arrays,
    run_in_progress,
)
from scoring.services.dated import DatedRanking
from scoring.services.private_rankings import rank_privately

ASKED = {RunKind.RANKING: RANKING_DRAWS, RunKind.OUTLOOK: OUTLOOK_DRAWS}


DAYS_OF_HISTORY = 40
_histories: Remembered[tuple[RankingOfDay, ...]] = Remembered(most=2)
_private: Remembered[Ranking] = Remembered(most=12)
_under: Remembered[Ranking] = Remembered(most=12)
_snapshots: Remembered[Published] = Remembered(most=2)
# Kept apart, so that a walk through many dates never drops the record of now.
_past_snapshots: Remembered[Published] = Remembered(most=6)


@dataclass(frozen=True)
class _Reading:
    """What a snapshot is read from; the instants tell records apart whose numbers agree."""

    moment: Moment
    changed_at: datetime | None
    ended_at: tuple[datetime | None, ...]


_NEWEST_CHANGE = Prepared(
    lambda: PublicChange.objects.order_by("-seq").values_list("seq", "change__at")[:1]
)


def moment() -> Moment:
    """How far the record has come, in a few short questions to the database."""
    return replace(_reading().moment, computing=_computing())


def _reading() -> _Reading:
    changed = _NEWEST_CHANGE.first()
    ranking, ranking_end = latest_finished_seq(RunKind.RANKING)
    outlook, outlook_end = latest_finished_seq(RunKind.OUTLOOK)
    links, links_end = latest_finished_seq(RunKind.LINKS)
    seq, changed_at = changed or (0, None)
    now = Moment(
        today=today(),
        seq=seq,
        ranking_run=ranking,
        outlook_run=outlook,
        links_run=links,
        forgotten=newest_forgotten_seq(),
    )
    return _Reading(now, changed_at, (ranking_end, outlook_end, links_end))


def settled() -> tuple[Moment, datetime]:
    """How far the record and its finished runs have come, and when they came there: with the
    last of them, or with the day that answers speak of."""
    reading = _reading()
    now = reading.moment
    instants = [reading.changed_at, *reading.ended_at]
    if now.forgotten:
        instants.append(Change.objects.values_list("at", flat=True).get(seq=now.forgotten))
    midnight = datetime.combine(now.today, time.min, tzinfo=UTC)
    return now, max([midnight, *filter(None, instants)])


def published(*, as_of: date | None = None, known_on: date | None = None) -> Published:
    """What readers may see at this moment, or saw of one date on another.

    The record only grows, so a process reads each state of it once.
    """
    if as_of is not None or known_on is not None:
        return _published_past(Past(as_of, known_on))
    reading = _reading()
    found = _snapshots.get(reading, lambda: _read(reading.moment))
    return replace(found, computing=computing) if (computing := _computing()) else found


def _read(now: Moment) -> Published:
    cards = tuple(published_cards())
    names = {card.slug: card.technology["name"] for card in cards if card.role == "lead"}
    ranking, outlook = latest_finished(RunKind.RANKING), latest_finished(RunKind.OUTLOOK)
    links = latest_finished(RunKind.LINKS)
    return Published(
        today=now.today,
        seq=now.seq,
        cards=cards,
        fields=_fields(cards),
        ranking=_ranking(ranking, names) if ranking else None,
        outlook=_outlook(outlook, names) if outlook else None,
        links=link_effects_of(links.headline, _facts(links), names) if links else None,
        openings=count_openings(),
        retracted=public_retractions(),
        forgotten=now.forgotten,
        dates=_dates(),
    )


def _published_past(past: Past) -> Published:
    reading = _reading()
    return _past_snapshots.get((reading, past), lambda: _read_past(past, reading.moment))


def _read_past(past: Past, now: Moment) -> Published:
    """What was withdrawn since is not read, whatever the date."""
    cards = published_cards(as_of=past.as_of, known_on=past.known_on)
    seen = standing_publications(seqs=[card.seq for card in cards])
    kept = tuple(card for card in cards if card.seq in seen)
    return Published(
        today=past.as_of or past.known_on or now.today,
        seq=now.seq,
        cards=kept,
        fields=_fields(kept),
        retracted=public_retractions(),
        forgotten=now.forgotten,
        past=past,
        dates=_dates(),
    )


def _dates() -> RecordDates:
    days = publication_days()
    return RecordDates(
        today=today(),
        spoken=tuple(sorted({as_of for as_of, _ in days})),
        known=tuple(sorted({came for _, came in days})),
    )


def ranking_under(lens_key: str) -> Ranking | None:
    """The last finished ranking under a lens; None for one that is not known or not computed."""
    if lens_key == DEFAULT_LENS:
        return published().ranking
    if lens_of(lens_key) is None:
        return None
    seq, ended_at = latest_finished_seq(RunKind.RANKING, lens_key)
    record = published()
    if not seq:
        return None
    key = (lens_key, seq, ended_at, record.seq, record.forgotten)
    return _under.get(key, lambda: _read_under(lens_key, record))


def _read_under(lens_key: str, record: Published) -> Ranking:
    found = latest_finished(RunKind.RANKING, lens_key)
    if found is None:
        raise LookupError(f"The ranking under {lens_key} went away while it was read.")
    return ranking_of(found, record)


def ranking_history() -> tuple[RankingOfDay, ...]:
    """The rankings of the last days that have one, oldest first."""
    days = day_rankings(most=DAYS_OF_HISTORY)
    return _histories.get(tuple(days), lambda: days_of_history(days))


def publications_of(slug: str) -> list[PublishedCard]:
    """Every publication of a published technology, newest first; none of any other."""
    technology = Technology.objects.published().filter(slug=slug).first()
    return published_history(technology=technology) if technology else []


def ranking_of(found: Finished, published: Published) -> Ranking:
    """A finished ranking of any date, without the technologies that readers do not see now."""
    names = {card.slug: card.technology["name"] for card in published.leads}
    return _ranking(found, names)


def ranking_dated(found: DatedRanking, past: Past, published: Published) -> Ranking:
    """A ranking of other dates, out of the ledger or not, without the technologies that readers
    did not see then or do not see now."""
    names = {card.slug: card.technology["name"] for card in published.leads}
    facts = RunFacts(
        id=found.run_id or 0,
        as_of=past.as_of or published.today,
        finished_at=found.finished_at,
        draws=found.headline["draws"],
        lens=found.lens,
        inputs_digest=found.inputs_digest,
        seed=found.seed,
        engine=found.engine,
        known_on=past.known_on,
    )
    return ranking_from(facts, found.headline, read_arrays(found.arrays), names)


def private_ranking(*, published: Published, own: Sequence[SketchedCard]) -> Ranking:
    """The ranking as if the team's own cards counted; kept in this process's memory alone."""
    if not own and published.ranking:
        return published.ranking
    reading = _reading()
    key = (reading, tuple(sorted(card.revision_id for card in own)))
    return _private.get(key, lambda: _read_private(published, own))


def _read_private(published: Published, own: Sequence[SketchedCard]) -> Ranking:
    """A sketch takes the place of what its own card published before."""
    sketched = {card.card_id for card in own}
    kept = [card for card in published.cards if card.card_id not in sketched]
    computed = rank_privately(published=kept, own=own)
    names = {card.slug: card.technology["name"] for card in published.leads}
    facts = RunFacts(id=0, as_of=computed.as_of, finished_at=now(), draws=computed.draws)
    names = {card.slug: card.name for card in own} | names
    return ranking_from(facts, computed.headline, computed.arrays, names)


def outlook_of(found: Finished, published: Published) -> Outlook:
    names = {card.slug: card.technology["name"] for card in published.leads}
    return _outlook(found, names)


def unpublished_for(actor: Any) -> QuerySet[Technology]:
    """Technologies that the team sees and readers do not; none for readers."""
    visible = Technology.objects.visible_to(actor)
    return visible.exclude(pk__in=Technology.objects.published().values("pk"))


def public_changes() -> QuerySet[PublicChange]:
    return PublicChange.objects.select_related("change").order_by("-seq")


def standing(changes: Iterable[Change]) -> set[int]:
    """The publications made by these changes that were not withdrawn since."""
    return standing_publications(seqs=[seq for row in changes if (seq := publication_of(row))])


def _fields(cards: Iterable[PublishedCard]) -> dict[str, Field]:
    """By the name of the domain; a domain below another is drawn as the one above it.

    Of the domains that readers see: the names of others tell of drafts.
    """
    used = {name for card in cards for name in card.technology["domains"]}
    rows = Domain.objects.filter(name__in=used).select_related("parent")
    return {domain.name: _field(domain.parent or domain) for domain in rows}


def _field(domain: Domain) -> Field:
    return field_of(name=domain.name, letter=domain.letter, tone=domain.tone, slug=domain.slug)


def _computing() -> tuple[Progress, ...]:
    return tuple(row for kind in OF_THE_RECORD if (row := _progress(kind)))


def _progress(kind: RunKind) -> Progress | None:
    run = run_in_progress(kind)
    if run is None:
        return None
    return Progress(kind.value, run.seq, *progress_of(run.job), ASKED[kind])


def _facts(found: Finished) -> RunFacts:
    run, job = found.run, found.run.job
    return RunFacts(
        id=run.seq,
        as_of=run.as_of,
        finished_at=job.ended_at or run.opened_at,
        draws=found.headline["draws"],
        lens=run.lens,
        inputs_digest=job.inputs_digest,
        seed=job.seed,
        engine=job.engine_version,
        known_on=run.known_on,
    )


def _ranking(found: Finished, names: Mapping[str, str]) -> Ranking:
    arrays = arrays_of(found)
    return ranking_from(_facts(found), found.headline, arrays, names)


def _outlook(found: Finished, names: Mapping[str, str]) -> Outlook:
    years = found.headline["years"]
    first = int(years[0]) if years else 0
    rows = {
        row["id"]: _projected(row, first)
        for row in found.headline["technologies"]
        if row["id"] in names
    }
    return Outlook(
        run=_facts(found),
        rows=rows,
        contradictions=contradictions_of(found.headline, names),
        with_links=with_links_of(found.headline, names),
    )


def _projected(row: Mapping[str, Any], first_year: int) -> Projected:
    return Projected(
        slug=row["id"],
        p_open_by_2030=row["p_open_by_2030"],
        year_p10=row["year_p10"],
        year_p50=row["year_p50"],
        year_p90=row["year_p90"],
        p_never=row["p_never"],
        is_never_guessed=row["is_never_guessed"],
        because=row["no_outlook_because"] or "",
        first_year=first_year,
        chances=tuple(row["p_open_by_year"]),
    )
