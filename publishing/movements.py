"""What moved between two rankings and why, with the names that readers see."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobs.models import Job
from publishing.memory import Remembered
from publishing.pages.published import Published
from publishing.results import Movement, Movements, RankingSide, SaidOtherwise
from scoring.models import Run, RunKind
from scoring.selectors import DEFAULT_LENS, run_inputs
from scoring.services.attributions import RankedFrom, attribution_between

_attributions: Remembered[Mapping[str, Any]] = Remembered(most=24)


class _Waiting(Exception):
    """A worker computes it."""


@dataclass(frozen=True)
class _Known:
    """One of the two rankings, and a key that no other ranking has."""

    key: tuple[object, ...]
    side: RankingSide
    ranked: RankedFrom


def ranking_runs() -> Any:
    """Finished rankings, newest first."""
    done = Run.objects.filter(kind=RunKind.RANKING, job__state=Job.State.DONE)
    return done.select_related("job").defer("job__inputs").order_by("-seq")


def movements_between(*, before: int, after: int, published: Published) -> Movements | None:
    """Between two finished rankings, by the numbers of their runs; None while a worker computes.

    Raises Run.DoesNotExist for what is no finished ranking.
    """
    return _movements(_of_run(before), _of_run(after), published)


def movements_since(*, day: date, published: Published) -> Movements | None:
    """From the last ranking of that day, or of one before it, to that of now; where none is that
    old, from the ranking of what the record, known today, says about the day."""
    if published.ranking is None:
        return None
    run = _last_run_of(day)
    before = _of_run(run) if run else _of_date(day, published)
    return _movements(before, _of_run(published.ranking.run.id), published)


def _last_run_of(day: date) -> int | None:
    rows = ranking_runs().filter(lens=DEFAULT_LENS, known_on=None, as_of__lte=day)
    seq: int | None = rows.order_by("-as_of", "-seq").values_list("seq", flat=True).first()
    return seq


def _of_run(seq: int) -> _Known:
    done = Run.objects.filter(kind=RunKind.RANKING, job__state=Job.State.DONE)
    run = done.select_related("job__result").defer("job__result__arrays").get(pk=seq)
    job = run.job
    rows = json.loads(job.result.headline)["technologies"]
    expected = {row["id"]: row["expected_rank"] for row in rows if row["is_ranked"]}
    values = json.loads(job.inputs)
    side = _side(values, run.as_of, job.engine_version, run=run)
    return _Known(
        ("run", run.pk, job.pk), side, RankedFrom(values, job.engine_version, job.seed, expected)
    )


def _of_date(day: date, published: Published) -> _Known:
    inputs = run_inputs(kind=RunKind.RANKING, as_of=day, known_on=None)
    side = _side(inputs.values, day, inputs.engine_version)
    ranked = RankedFrom(inputs.values, inputs.engine_version, inputs.seed, {})
    return _Known(("date", day, published.moment.of_record), side, ranked)


def _side(
    values: Mapping[str, Any], as_of: date, engine: str, *, run: Run | None = None
) -> RankingSide:
    lens = values["lens"]
    return RankingSide(
        run_id=run.pk if run else None,
        as_of=as_of,
        known_on=run.known_on if run else None,
        engine=engine,
        lens=lens if isinstance(lens, str) else lens["name"],
        draws=values["draws"],
        technologies=len(values["technologies"]),
        inputs_digest=run.job.inputs_digest if run else "",
    )


def _movements(before: _Known, after: _Known, published: Published) -> Movements | None:
    def attribute() -> Mapping[str, Any]:
        found = attribution_between(before=before.ranked, after=after.ranked)
        if found is None:
            raise _Waiting
        return found

    try:
        headline = _attributions.get((before.key, after.key), attribute)
    except _Waiting:
        return None
    return _named(headline, before.side, after.side, published)


def _named(
    headline: Mapping[str, Any], before: RankingSide, after: RankingSide, published: Published
) -> Movements:
    """Technologies that readers do not see now are counted, not named."""
    names = {card.slug: str(card.technology["name"]) for card in published.leads}
    seen = [row for row in headline["technologies"] if row["id"] in names]
    return Movements(
        before=before,
        after=after,
        draws=headline["draws"],
        rows=tuple(_movement(row, names[row["id"]]) for row in seen),
        added=_names(headline["added"], names),
        removed=_names(headline["removed"], names),
        added_count=len(headline["added"]),
        removed_count=len(headline["removed"]),
        common=len(headline["technologies"]),
        tau_b=headline["agreement"]["tau_b"],
        spearman=headline["agreement"]["spearman"],
    )


def _names(slugs: list[str], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = [(slug, names[slug]) for slug in slugs if slug in names]
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))


def _movement(row: Mapping[str, Any], name: str) -> Movement:
    return Movement(
        slug=row["id"],
        name=name,
        before=row["expected_rank_before"],
        after=row["expected_rank_after"],
        parts=row["rank_parts"],
        share_before=row["share_before"],
        share_after=row["share_after"],
        share_parts=row["share_parts"],
        is_break=row["is_break"],
        own_changes=tuple(
            SaidOtherwise(change["what"], change["before"], change["after"])
            for change in row["own_changes"]
        ),
    )
