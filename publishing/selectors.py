"""The published record and the last finished runs on it, as every page needs them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from assessments.models import Domain, Technology
from assessments.selectors import (
    PublishedCard,
    newest_publication_seq,
    published_cards,
    published_history,
    standing_publications,
)
from publishing.fields import Field, field_of
from publishing.pages.changes import publication_of
from publishing.pages.published import Moment, Published
from publishing.results import Outlook, Progress, Projected, Ranked, Ranking, RunFacts
from record.clock import today
from record.models import Change
from scoring.models import RunKind
from scoring.selectors import (
    OUTLOOK_DRAWS,
    RANKING_DRAWS,
    Finished,
    arrays_of,
    latest_finished,
    latest_finished_seq,
    run_in_progress,
)

ASKED = {RunKind.RANKING: RANKING_DRAWS, RunKind.OUTLOOK: OUTLOOK_DRAWS}


def moment() -> Moment:
    """How far the record has come, in a few short questions to the database."""
    return Moment(
        today=today(),
        seq=newest_publication_seq(),
        ranking_run=latest_finished_seq(RunKind.RANKING),
        outlook_run=latest_finished_seq(RunKind.OUTLOOK),
        computing=_computing(),
    )


def published() -> Published:
    """What readers may see at this moment."""
    cards = tuple(published_cards())
    names = {card.slug: card.technology["name"] for card in cards if card.role == "lead"}
    ranking, outlook = latest_finished(RunKind.RANKING), latest_finished(RunKind.OUTLOOK)
    return Published(
        today=today(),
        seq=newest_publication_seq(),
        cards=cards,
        fields=_fields(),
        ranking=_ranking(ranking, names) if ranking else None,
        outlook=_outlook(outlook, names) if outlook else None,
        computing=_computing(),
    )


def publications_of(slug: str) -> list[PublishedCard]:
    """Every publication of a published technology, newest first; none of any other."""
    technology = Technology.objects.published().filter(slug=slug).first()
    return published_history(technology=technology) if technology else []


def unpublished_for(actor: Any) -> QuerySet[Technology]:
    """Technologies that the team sees and readers do not; none for readers."""
    visible = Technology.objects.visible_to(actor)
    return visible.exclude(pk__in=Technology.objects.published().values("pk"))


def public_changes() -> QuerySet[Change]:
    return Change.objects.filter(is_public=True).order_by("-seq")


def standing(changes: Iterable[Change]) -> set[int]:
    """The publications made by these changes that were not withdrawn since."""
    return standing_publications(seqs=[seq for row in changes if (seq := publication_of(row))])


def _fields() -> dict[str, Field]:
    """By the name of the domain; a domain below another is drawn as the one above it."""
    return {
        domain.name: _field(domain.parent or domain)
        for domain in Domain.objects.select_related("parent")
    }


def _field(domain: Domain) -> Field:
    return field_of(name=domain.name, letter=domain.letter, tone=domain.tone, slug=domain.slug)


def _computing() -> tuple[Progress, ...]:
    return tuple(row for kind in RunKind if (row := _progress(kind)))


def _progress(kind: RunKind) -> Progress | None:
    run = run_in_progress(kind)
    if run is None:
        return None
    job = run.job
    return Progress(kind.value, run.seq, job.progress_done, job.progress_total, ASKED[kind])


def _facts(found: Finished) -> RunFacts:
    run = found.run
    return RunFacts(
        id=run.seq,
        as_of=run.as_of,
        finished_at=run.job.ended_at or run.opened_at,
        draws=found.headline["draws"],
        lens=run.lens,
    )


def _ranking(found: Finished, names: Mapping[str, str]) -> Ranking:
    """Technologies that were withdrawn since the run are left out."""
    arrays = arrays_of(found)
    places = {str(slug): place for place, slug in enumerate(arrays["ids"])}
    acceptability, winning = arrays["rank_acceptability"], arrays["pairwise_winning"]

    def share_ahead(first: str, second: str) -> float:
        return float(winning[places[first], places[second]])

    rows = []
    for row in found.headline["technologies"]:
        slug = row["id"]
        if slug in names:
            place = places.get(slug)
            shares = () if place is None else tuple(acceptability[place].tolist())
            rows.append(_ranked(row, names[slug], shares))
    return Ranking(run=_facts(found), rows=tuple(rows), share_ahead=share_ahead)


def _ranked(row: Mapping[str, Any], name: str, shares: tuple[float, ...]) -> Ranked:
    if not row["is_ranked"]:
        return Ranked(
            slug=row["id"],
            name=name,
            is_ranked=False,
            not_ranked_because=row["not_ranked_because"],
            coverage=row["coverage"] or "",
        )
    return Ranked(
        slug=row["id"],
        name=name,
        is_ranked=True,
        not_ranked_because="",
        coverage=row["coverage"],
        expected_rank=row["expected_rank"],
        rank_low=row["rank_low"],
        rank_high=row["rank_high"],
        band=row["band"],
        p_top_3=row["p_top_3"],
        p_top_10=row["p_top_10"],
        shares=shares,
        lift={key: value for key, value in row["lift"].items() if value is not None},
    )


def _outlook(found: Finished, names: Mapping[str, str]) -> Outlook:
    years = found.headline["years"]
    first = int(years[0]) if years else 0
    rows = {
        row["id"]: _projected(row, first)
        for row in found.headline["technologies"]
        if row["id"] in names
    }
    return Outlook(run=_facts(found), rows=rows)


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
