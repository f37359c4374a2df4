"""The worth of every technology in every draw, and the levels it was made of."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from scoring.engine.chances import Constants, Tables, card_chances
from scoring.engine.horizons import STEPS, Horizon, opening_values
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import DIMENSIONS, LEVELS, PLAIN_LEVELS, Technology
from scoring.engine.streams import (
    TOP,
    Lanes,
    Words,
    cut_points,
    mixed,
    outcomes,
    owner_keys,
    states,
    uniforms,
)
from scoring.engine.units import WORTH_UNIT

Levels = NDArray[np.uint8]

LANE_TO_STEP = 6
"""Bits by which a lane of 16 is finer than the STEPS cases of an opening."""
CLASSES = len(LEVELS) - 1
PARTS = 4096
"""Equally likely parts into which the distribution of a gap is cut."""

WHICH_VARIANT = len(DIMENSIONS)
"""The lane, after those of the dimensions, that picks card and face."""


@dataclass(frozen=True, eq=False)
class Variants:
    """Cuts of all that have a k-th variant (a card and a face of it)."""

    rows: NDArray[np.intp]
    level_cuts: NDArray[np.uint16]
    """(rows, dimensions, levels - 1)"""


class LevelSampler:
    """Draws levels; a technology's draws depend on its id and cards and on nobody else's."""

    def __init__(
        self, technologies: Sequence[Technology], tables: Tables, constants: Constants, seed: int
    ) -> None:
        self.dimensions = len(DIMENSIONS)
        self.lanes = Lanes(seed, [technology.id for technology in technologies], WHICH_VARIANT + 1)
        drawn = [_variants(technology, tables, constants) for technology in technologies]
        most = max((len(chances) for chances, _ in drawn), default=1)
        self.variant_cuts = np.full((len(drawn), most - 1), TOP, dtype=np.uint16)
        for row, (chances, _) in enumerate(drawn):
            self.variant_cuts[row, : len(chances) - 1] = cut_points(chances)
        self.variants = [_kth_variants(drawn, k) for k in range(most)]

    def __len__(self) -> int:
        return len(self.variant_cuts)

    def draw(self, chunk: int, size: int, start: int = 0) -> Levels:
        """(dimensions, technologies, size) index in LEVELS."""
        lanes = self.lanes.draw(chunk, size, start)
        which = outcomes(lanes[WHICH_VARIANT], self.variant_cuts)
        levels = np.zeros((len(DIMENSIONS), *which.shape), dtype=np.uint8)
        for k, variants in enumerate(self.variants):
            rows = variants.rows
            for j in range(len(DIMENSIONS)):
                drawn = outcomes(lanes[j, rows], variants.level_cuts[:, j])
                levels[j, rows] = np.where(which[rows] == k, drawn, levels[j, rows])
        return levels


def _variants(
    technology: Technology, tables: Tables, constants: Constants
) -> tuple[Floats, NDArray[np.uint16]]:
    """(variants,) chances and (variants, dimensions, levels - 1) cuts.

    Cards weigh the same, and so do the faces of a card. Cards are put in an order of their own,
    so that the one in which they are listed changes nothing.
    """
    cards = [cut_points(card_chances(card, tables, constants)) for card in technology.cards]
    cards.sort(key=lambda cuts: (len(cuts), cuts.tobytes()))
    chances = [np.full(len(cuts), 1 / len(cuts) / len(cards)) for cuts in cards]
    return np.concatenate(chances), np.concatenate(cards)


def _kth_variants(drawn: Sequence[tuple[Floats, NDArray[np.uint16]]], k: int) -> Variants:
    rows = [row for row, (chances, _) in enumerate(drawn) if len(chances) > k]
    shape = (len(rows), len(DIMENSIONS), len(LEVELS) - 1)
    cuts = np.array([drawn[row][1][k] for row in rows], dtype=np.uint16).reshape(shape)
    return Variants(np.array(rows, dtype=np.intp), cuts)


class OpeningSampler:
    """Draws what the opening of each market is worth, from a stream of its own."""

    def __init__(
        self,
        technologies: Sequence[Technology],
        horizon: Horizon,
        today: datetime.date,
        seed: int,
    ) -> None:
        ids = [technology.id for technology in technologies]
        self.lanes = Lanes(seed, ids, 1, "opening")
        self.worth = np.empty((len(ids), STEPS))
        for row, technology in enumerate(technologies):
            self.worth[row] = opening_values(technology.window, horizon, today)

    def draw(self, chunk: int, size: int, start: int = 0) -> Floats:
        """(technologies, size) worth from 0 to 1."""
        steps = (self.lanes.draw(chunk, size, start)[0] >> LANE_TO_STEP).astype(np.intp)
        return np.take_along_axis(self.worth, steps, axis=1)


def opening_classes(worth: Floats) -> Levels:
    """Which fifth of the worth, 0 to 4, and 5 for full worth: what is counted beside levels."""
    return (worth * CLASSES + 1e-9).astype(np.uint8)


def level_values(dimension: str, spacing: float, seed: int, chunk: int, size: int) -> Floats:
    """(6, size) value of each level in each draw: 0 for level 1, 1 for level 5, 5+ above it.

    The four gaps in between are Dirichlet(spacing), one broken off after the other by its beta
    distribution; the gap above 5 is one more such gap, drawn by itself (mean one quarter).
    spacing inf: equal steps.
    """
    values = np.zeros((len(LEVELS), size))
    values[1:] = np.arange(1, len(LEVELS))[:, None] / (PLAIN_LEVELS - 1)
    if np.isfinite(spacing):
        keys = spacing_keys(seed)[DIMENSIONS.index(dimension)]
        points = uniforms(mixed(keys[:, None] + states(chunk, size)))
        first, second, third = gap_quantiles(spacing)
        left = np.ones(size)
        for level, table in enumerate((first, second, third)):
            gap = left * _read(table, points[level])
            values[level + 1] = values[level] + gap
            left = left - gap
        values[PLAIN_LEVELS - 1] = 1.0
        values[PLAIN_LEVELS] = 1.0 + _read(first, points[PLAIN_LEVELS - 2])
    return values


@lru_cache(maxsize=64)
def spacing_keys(seed: int) -> Words:
    """(5, 4) for each dimension a key for each number that a draw takes."""
    return np.ascontiguousarray(owner_keys(seed, DIMENSIONS, "spacing").T)


@lru_cache(maxsize=16)
def gap_quantiles(spacing: float) -> Floats:
    """(3, PARTS + 1) quantiles of what each gap takes of all that is left above it."""
    shares = np.arange(PARTS + 1) / PARTS
    others = np.arange(PLAIN_LEVELS - 2, 0, -1)[:, None]
    quantiles: Floats = betaincinv(spacing, spacing * others, shares)
    return quantiles


def _read(table: Floats, points: Floats) -> Floats:
    """Between two quantiles every number is equally likely."""
    place = points * PARTS
    below = place.astype(np.intp)
    low = table[below]
    return low + (place - below) * (table[below + 1] - low)


def by_weakest_link(values: Floats, floor: float) -> Floats:
    """Logarithms of values raised to floor + (1 - floor) * value.

    Their weighted sum orders as the weighted geometric mean does. Without the floor one
    lowest value would make the whole nought, whatever the others.
    """
    logs: Floats = np.log(floor + (1.0 - floor) * values)
    return logs


def whole(values: Floats) -> Integers:
    """Worths in whole units, which add up to the same sum in any order: ties are exact."""
    return np.rint(values * WORTH_UNIT).astype(np.int64)


def worths(levels: Levels, weighted: Integers) -> Integers:
    """(technologies, draws) sum over dimensions of what the drawn level is worth, in units.

    levels (dimensions, technologies, draws); weighted (dimensions, levels, draws) whole units of
    weight times value.
    """
    _, technologies, draws = levels.shape
    total = np.zeros((technologies, draws), dtype=np.int64)
    column = np.arange(draws)
    for j, by_level in enumerate(weighted):
        total += by_level.ravel()[levels[j].astype(np.intp) * draws + column]
    return total
