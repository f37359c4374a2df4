"""Regions of weights: who could weigh what how much, and how often each way is drawn."""

import itertools
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import gammaincinv

from scoring.engine.results import Floats
from scoring.engine.scores import RANKED_BY
from scoring.engine.sobol import scrambled_points

LEAST_ROOM = 0.001
"""A region narrower than a tenth of a point in some direction counts as flat."""
SWEEPS = 12
HALVINGS = 60

Order = tuple[tuple[str, str], ...]
"""Pairs of dimensions; the first weighs at least as much as the second."""


class Region(Protocol):
    """A set of weights and how often each of them is drawn."""

    def check(self, dimensions: int) -> None:
        """ValueError where the region is not one of so many dimensions."""

    def draw(self, dimensions: int, draws: int, rng: np.random.Generator) -> Floats:
        """(draws, dimensions) weights that add up to 1."""


@dataclass(frozen=True)
class WholeSimplex:
    """Every way of sharing out the weight is as likely as any other."""

    def check(self, dimensions: int) -> None:
        """There is one of any number."""

    def draw(self, dimensions: int, draws: int, rng: np.random.Generator) -> Floats:
        # One weight after the other by its own beta distribution: no sorting, no rejection,
        # so that evenly spread points stay evenly spread.
        steps = dimensions - 1
        points = scrambled_points(draws, steps, rng)
        weights = np.empty((draws, dimensions))
        left = np.ones(draws)
        for j in range(steps):
            weights[:, j] = left * (1.0 - (1.0 - points[:, j]) ** (1.0 / (steps - j)))
            left = left - weights[:, j]
        weights[:, steps] = left
        return weights


@dataclass(frozen=True)
class Slider:
    """Weights around a centre: a Dirichlet distribution.

    centre: one number a dimension, not negative, in any unit; only their shares count. A share
    of nought stays nought. concentration 60, a proposal, lets a weight of one fifth vary by
    about five points (one standard deviation).
    """

    centre: tuple[float, ...]
    concentration: float = 60.0

    def __post_init__(self) -> None:
        is_fit = all(np.isfinite(share) and share >= 0 for share in self.centre)
        if not is_fit or sum(self.centre) <= 0:
            raise ValueError(f"weights {self.centre} cannot be used; give one above 0, none below")
        if not 0 < self.concentration < np.inf:
            raise ValueError(f"concentration {self.concentration} must be above 0 and finite")

    def check(self, dimensions: int) -> None:
        _check_count(len(self.centre), dimensions)

    def draw(self, dimensions: int, draws: int, rng: np.random.Generator) -> Floats:
        points = scrambled_points(draws, dimensions, rng)
        shapes = np.array(self.centre) / sum(self.centre) * self.concentration
        sizes = np.zeros(points.shape)
        total = np.zeros(len(points))
        for j in np.flatnonzero(shapes):
            sizes[:, j] = gammaincinv(shapes[j], points[:, j])
            total += sizes[:, j]
        return sizes / total[:, None]


@dataclass(frozen=True)
class Bounds:
    """All weights between bounds, and in an order where one is given, equally likely.

    lower and upper: shares of 1, one a dimension, in the order of RANKED_BY. Raises ValueError
    where the bounds and the order contradict each other or leave no room.

    Drawn by hit-and-run along the lines on which two weights are exchanged: on each line in
    turn a point is drawn evenly from the part inside the region. Every draw is the end of a
    chain of its own, after SWEEPS turns of all lines; for 5 weights these are 120 steps, where
    Tervonen et al. take (n - 1)^3 = 64 between two draws of one chain. Draws are therefore
    independent, which errors from replicates need.

    Sources: Smith 1984, Operations Research 32:1296-1308 (the method, with directions along
    coordinates); Tervonen, van Valkenhoef, Basturk & Postmus 2013, EJOR 224:552-559 (weights).
    """

    lower: tuple[float, ...]
    upper: tuple[float, ...]
    order: Order = ()

    def __post_init__(self) -> None:
        _check_count(len(self.upper), len(self.lower))
        for name, low, high in zip(RANKED_BY, self.lower, self.upper, strict=False):
            if not (0 <= low <= 1 and 0 <= high <= 1):
                raise ValueError(f"{name}: a bound must be 0 to 100 %, and one is not")
            if high - low < LEAST_ROOM:
                raise ValueError(f"{name}: {_percent(low)} to {_percent(high)} leaves no room")
        names = RANKED_BY[: len(self.lower)]
        for pair in self.order:
            if not set(pair) <= set(names):
                raise ValueError(f"the order names {' and '.join(pair)}; weighed are {names}")
        self.inside()

    def check(self, dimensions: int) -> None:
        _check_count(len(self.lower), dimensions)

    def draw(self, dimensions: int, draws: int, rng: np.random.Generator) -> Floats:
        weights = np.repeat(np.array(self.inside())[:, None], draws, axis=1)
        lines = [(a, b, self._rates(a, b)) for a, b in itertools.combinations(range(dimensions), 2)]
        for _ in range(SWEEPS):
            for a, b, rates in lines:
                least, most = self._reach(weights, a, b, rates)
                step = least + rng.random(draws) * np.maximum(most - least, 0.0)
                weights[a] += step
                weights[b] -= step
        return np.ascontiguousarray((weights / _column_sums(weights)).T)

    def _rates(self, a: int, b: int) -> list[tuple[int, int, int]]:
        """The steps of the order that a move from b to a touches, and how fast each gap grows."""
        rates = [
            (more, less, (more == a) - (more == b) - (less == a) + (less == b))
            for more, less in self._pairs()
        ]
        return [touched for touched in rates if touched[2]]

    def _reach(
        self, weights: Floats, a: int, b: int, rates: list[tuple[int, int, int]]
    ) -> tuple[Floats, Floats]:
        """(draws,) least and most that can move from b to a inside the bounds and the order."""
        least = np.maximum(self.lower[a] - weights[a], weights[b] - self.upper[b])
        most = np.minimum(self.upper[a] - weights[a], weights[b] - self.lower[b])
        for more, less, rate in rates:
            gap = weights[more] - weights[less]
            if rate > 0:
                least = np.maximum(least, -gap / rate)
            else:
                most = np.minimum(most, gap / -rate)
        return least, most

    def inside(self) -> tuple[float, ...]:
        """A point inside, away from every bound, or ValueError where there is none.

        The order is carried into the bounds. On the way from all lower to all upper bounds
        whatever weighs less then sets off later, so that no order is touched, and somewhere
        on that way the weights add up to 1.
        """
        depth, lower, upper = self._carried()
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            is_short = sum(_on_the_way(middle, depth, lower, upper)) < 1
            low, high = (middle, high) if is_short else (low, middle)
        return _on_the_way(low, depth, lower, upper)

    def _carried(self) -> tuple[list[int], list[float], list[float]]:
        """How many weights stand above each in the order, and the bounds that follow from it."""
        depth, lower, upper = [0] * len(self.lower), list(self.lower), list(self.upper)
        for _ in self.lower:
            for more, less in self._pairs():
                depth[less] = max(depth[less], depth[more] + 1)
                lower[more] = max(lower[more], lower[less])
                upper[less] = min(upper[less], upper[more])
        if max(depth) >= len(depth):
            raise ValueError("the order goes round in a circle; leave out one of its steps")
        for more, less in self._pairs():
            if self.upper[more] - lower[more] < LEAST_ROOM:
                raise ValueError(
                    f"{RANKED_BY[more]} weighs at most {_percent(self.upper[more])} and should"
                    f" weigh more than {RANKED_BY[less]}, which weighs at least"
                    f" {_percent(lower[less])}"
                )
        self._check_sums(lower, upper)
        return depth, lower, upper

    def _check_sums(self, lower: list[float], upper: list[float]) -> None:
        least, most = sum(lower), sum(upper)
        by_order = "with the order, " if self.order else ""
        if least > 1 - LEAST_ROOM:
            raise ValueError(
                f"{by_order}the lower bounds add up to {_percent(least)};"
                " they have to stay below 100 %"
            )
        if most < 1 + LEAST_ROOM:
            raise ValueError(
                f"{by_order}the upper bounds add up to {_percent(most)};"
                " they have to reach above 100 %"
            )

    def _pairs(self) -> list[tuple[int, int]]:
        return [(RANKED_BY.index(more), RANKED_BY.index(less)) for more, less in self.order]


def _on_the_way(
    share: float, depth: list[int], lower: list[float], upper: list[float]
) -> tuple[float, ...]:
    rows = zip(depth, lower, upper, strict=True)
    return tuple(low + share ** (1 + below) * (high - low) for below, low, high in rows)


def _column_sums(weights: Floats) -> Floats:
    total = np.zeros(weights.shape[1])
    for row in weights:
        total += row
    return total


def _check_count(given: int, wanted: int) -> None:
    if given != wanted:
        raise ValueError(f"{given} weights given for {wanted} dimensions")


def _percent(share: float) -> str:
    return f"{100 * share:.4g} %"
