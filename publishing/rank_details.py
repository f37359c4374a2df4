"""What a stored ranking knows of one technology beyond its row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from numpy.typing import NDArray

from assessments.values.scale import LEVEL_DIMENSIONS, Dimension, levels_of

LEVELS = levels_of(Dimension.IMPACT)
LEAST_SHARE = 0.02
"""Levels that fewer draws took are not held against each other."""


@dataclass(frozen=True)
class LevelRank:
    """The expected rank in the share of draws that took this level for the technology's own."""

    level: str
    share: float
    rank: float


@dataclass(frozen=True)
class RankDetail:
    """By dimension: `lift` is how many ranks it gains where that dimension weighs much, `levels`
    the ranks by its own level, from the lowest. What cannot be said is left out."""

    lift: Mapping[str, float]
    lift_se: Mapping[str, float]
    levels: Mapping[str, tuple[LevelRank, ...]]


Detailed = Callable[[str], RankDetail | None]


def details_of(headline: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Detailed:
    """Looks up a ranked technology by its slug; None for any other."""
    places = {str(slug): place for place, slug in enumerate(arrays["ids"])}
    rows = {row["id"]: row for row in headline["technologies"] if row["is_ranked"]}

    def detail(slug: str) -> RankDetail | None:
        if slug not in places or slug not in rows:
            return None
        stored = partial(_row_of, arrays, places[slug])
        return _detail(rows[slug], headline["dimensions"], stored)

    return detail


def _row_of(arrays: Mapping[str, NDArray[Any]], place: int, name: str) -> NDArray[Any] | None:
    """None where the ranking does not keep it."""
    return arrays[name][place] if name in arrays else None


def _detail(
    row: Mapping[str, Any],
    dimensions: list[str],
    stored: Callable[[str], NDArray[Any] | None],
) -> RankDetail:
    return RankDetail(
        lift={key: value for key, value in row["lift"].items() if value is not None},
        lift_se={key: value for key, value in row["lift_se"].items() if value is not None},
        levels=_levels(dimensions, stored("level_share"), stored("rank_by_level")),
    )


def _levels(
    dimensions: list[str], shares: NDArray[Any] | None, ranks: NDArray[Any] | None
) -> dict[str, tuple[LevelRank, ...]]:
    """Of the five dimensions that have levels; what a window is worth is no level."""
    if shares is None or ranks is None:
        return {}
    judged = {dimension.value for dimension in LEVEL_DIMENSIONS}
    return {
        name: tuple(
            LevelRank(level, float(share), float(rank))
            for level, share, rank in zip(LEVELS, shares[j], ranks[j], strict=True)
            if share >= LEAST_SHARE
        )
        for j, name in enumerate(dimensions)
        if name in judged
    }
