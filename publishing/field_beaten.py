"""The days of the ranking's history: which share of the common field a technology beat on each.

Ranks move when entries are added. Shares of a field that is the same from day to day do not.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.selectors import series_of_leads
from publishing.indices import share_beaten
from publishing.results import RankingOfDay, RankThen
from scoring.selectors import DayRanking, headlines_of, pairwise_of

MOST_COMPARED = 200
"""Technologies, up to which the pairs of forty days are read while somebody waits."""

Rows = Mapping[str, Mapping[str, Any]]


def days_of_history(days: Sequence[DayRanking]) -> tuple[RankingOfDay, ...]:
    """Days of one engine and one lens have a common field: the technologies that are ranked on
    all of them. Of too many to compare it is each day's own field."""
    rows = _ranked_rows(days)
    commons = _common_fields(days, rows)
    is_small = max(map(len, rows.values()), default=0) <= MOST_COMPARED
    shares = _shares(days, commons) if is_small else {}
    series = _Series()
    return tuple(
        RankingOfDay(
            day=day.day,
            run_id=day.seq,
            lens=day.lens,
            engine=day.engine,
            rows={
                slug: _then(row, len(rows[day.job_id]), shares.get(day.seq, {}).get(slug))
                for slug, row in rows[day.job_id].items()
            },
            series=series.on(day, rows[day.job_id]),
            common=len(common) if is_small else 0,
        )
        for day, common in zip(days, commons, strict=True)
    )


def _ranked_rows(days: Sequence[DayRanking]) -> dict[int, Rows]:
    found = headlines_of({day.job_id for day in days})
    return {
        job_id: {row["id"]: row for row in headline["technologies"] if row["is_ranked"]}
        for job_id, headline in found.items()
    }


def _common_fields(days: Sequence[DayRanking], rows: Mapping[int, Rows]) -> list[frozenset[str]]:
    commons: list[frozenset[str]] = []
    for _, group in groupby(days, key=lambda day: (day.engine, day.lens)):
        stretch = list(group)
        common = frozenset.intersection(*[frozenset(rows[day.job_id]) for day in stretch])
        commons += [common] * len(stretch)
    return commons


def _shares(
    days: Sequence[DayRanking], commons: Sequence[frozenset[str]]
) -> dict[int, dict[str, float]]:
    """By run and slug: the mean, over the others of the common field, of being ahead of them."""
    asked: dict[int, list[tuple[int, frozenset[str]]]] = {}
    for day, common in zip(days, commons, strict=True):
        asked.setdefault(day.job_id, []).append((day.seq, common))
    found = {}
    for job_id, ids, winning in pairwise_of(asked):
        if winning is not None:
            for seq, common in asked[job_id]:
                found[seq] = _means(ids, winning, common)
    return found


def _means(ids: Sequence[str], winning: NDArray[Any], common: Collection[str]) -> dict[str, float]:
    inside = np.array([slug in common for slug in ids], dtype=bool)
    total = winning[:, inside].sum(axis=1) - np.where(inside, 0.5, 0.0)
    others = inside.sum() - inside
    return {
        slug: float(share / count)
        for slug, share, count in zip(ids, total, others, strict=True)
        if count > 0
    }


def _then(row: Mapping[str, Any], field: int, beaten: float | None) -> RankThen:
    expected, low, high = row["expected_rank"], row["rank_low"], row["rank_high"]
    own = [share_beaten(rank, field) or 0.0 for rank in (expected, high, low)]
    return RankThen(
        expected_rank=expected,
        rank_low=low,
        rank_high=high,
        band=row["band"],
        beaten=own[0] if beaten is None else beaten,
        beaten_low=own[1],
        beaten_high=own[2],
    )


class _Series:
    """Which series the lead cards belonged to, day after day."""

    def __init__(self) -> None:
        self._coming = series_of_leads()
        self._now: dict[str, str] = {}

    def on(self, day: DayRanking, slugs: Collection[str]) -> dict[str, str]:
        while self._coming and self._coming[0][1] <= day.day:
            slug, _, series = self._coming.pop(0)
            self._now[slug] = series
        return {slug: self._now[slug] for slug in slugs if slug in self._now}


def is_break(before: RankingOfDay, after: RankingOfDay) -> bool:
    """Whether another method, or another lens, parts two days."""
    return (before.engine, before.lens) != (after.engine, after.lens)


def breaks_of(days: Sequence[RankingOfDay]) -> list[RankingOfDay]:
    return [after for before, after in pairwise(days) if is_break(before, after)]
