"""How far people who scored the same thing agree, on a scale that only orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

FEWEST_UNITS = 10
"""A proposal: an alpha of fewer things that two people scored says nothing."""
WIDE = 2.0
"""Levels apart from which a pair of scores is one to talk about."""


@dataclass(frozen=True)
class Agreement:
    """What pairs of scores of the same thing say of each other."""

    units: int
    """How many things at least two people scored."""
    pairs: int
    same: int
    within_one: int
    wide: int
    """Pairs that are WIDE levels apart or more."""
    alpha: float | None
    """Krippendorff's, ordinal; None for fewer than FEWEST_UNITS, or where all scores are equal."""


def agreement(units: Sequence[Sequence[float]]) -> Agreement:
    """Count the pairs of scores within each unit.

    units: for each thing its scores as places on the scale, one step apart from level to level;
    a score that spans two levels stands half a step up. Units with fewer than two scores count
    nowhere.
    """
    scored = [unit for unit in units if len(unit) > 1]
    gaps = [abs(one - other) for unit in scored for one, other in combinations(unit, 2)]
    return Agreement(
        units=len(scored),
        pairs=len(gaps),
        same=sum(gap == 0 for gap in gaps),
        within_one=sum(gap <= 1 for gap in gaps),
        wide=sum(gap >= WIDE for gap in gaps),
        alpha=ordinal_alpha(scored) if len(scored) >= FEWEST_UNITS else None,
    )


def ordinal_alpha(units: Sequence[Sequence[float]]) -> float | None:
    """1 - observed / expected disagreement of ordered values; None where either is undefined.

    Each ordered pair of values within a unit of m values counts 1/(m - 1) in the coincidences
    o(c, k), whose rows sum to n(c) and in all to n. With the distance of two values, of which g
    runs through those from one to the other,

        d(c, k)^2 = (sum over g of n(g) - (n(c) + n(k))/2)^2,
        alpha = 1 - (n - 1) * sum of o(c, k) d(c, k)^2 / sum of n(c) n(k) d(c, k)^2.

    It depends on the order of the values alone, not on their distances. It is 1 for agreement
    everywhere and 0 for what chance would give.

    Sources: Hayes & Krippendorff 2007, Communication Methods and Measures 1:77-89; worked
    examples in Krippendorff 2011, Computing Krippendorff's alpha-reliability.
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in paired for value in unit})
    if len(values) < 2:
        return None
    places = {value: place for place, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for unit in paired:
        counts = np.bincount([places[value] for value in unit], minlength=len(values))
        pairs = np.outer(counts, counts) - np.diag(counts)
        coincidences += pairs / (len(unit) - 1)
    totals = coincidences.sum(axis=1)
    reached = np.cumsum(totals) - totals / 2
    distances = (reached[:, None] - reached) ** 2
    observed = float((coincidences * distances).sum())
    by_chance = float((np.outer(totals, totals) * distances).sum())
    return 1.0 - (float(totals.sum()) - 1.0) * observed / by_chance
