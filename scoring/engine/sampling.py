"""The worth of every technology in every draw, and the levels it was made of."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.chances import Constants, Tables, card_chances
from scoring.engine.horizons import STEPS, Horizon, opening_values
from scoring.engine.results import Floats
from scoring.engine.scores import DIMENSIONS, LEVELS, PLAIN_LEVELS, Technology
from scoring.engine.streams import TOP, Lanes, cut_points, generator, outcomes

Levels = NDArray[np.uint8]

LANE_TO_STEP = 6
"""Bits by which a lane of 16 is finer than the STEPS cases of an opening."""
CLASSES = len(LEVELS) - 1

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
        self.lanes = Lanes(seed, [technology.id for technology in technologies], WHICH_VARIANT + 1)
        drawn = [_variants(technology, tables, constants) for technology in technologies]
        most = max((len(chances) for chances, _ in drawn), default=1)
        self.variant_cuts = np.full((len(drawn), most - 1), TOP, dtype=np.uint16)
        for row, (chances, _) in enumerate(drawn):
            self.variant_cuts[row, : len(chances) - 1] = cut_points(chances)
        self.variants = [_kth_variants(drawn, k) for k in range(most)]

    def draw(self, chunk: int, size: int) -> Levels:
        """(dimensions, technologies, size) index in LEVELS."""
        lanes = self.lanes.draw(chunk, size)
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

    def draw(self, chunk: int, size: int) -> Floats:
        """(technologies, size) worth from 0 to 1."""
        steps = (self.lanes.draw(chunk, size)[0] >> LANE_TO_STEP).astype(np.intp)
        return np.take_along_axis(self.worth, steps, axis=1)


def opening_classes(worth: Floats) -> Levels:
    """Which fifth of the worth, 0 to 4, and 5 for full worth: what is counted beside levels."""
    return (worth * CLASSES + 1e-9).astype(np.uint8)


def level_values(dimension: str, spacing: float, seed: int, chunk: int, size: int) -> Floats:
    """(6, size) value of each level in each draw: 0 for level 1, 1 for level 5, 5+ above it.

    The four gaps in between are Dirichlet(spacing); the gap above 5 is one more such gap, drawn
    by itself (a beta distribution with the same mean, one quarter). spacing inf: equal steps.
    """
    gaps = np.full((PLAIN_LEVELS, size), 1 / (PLAIN_LEVELS - 1))
    if np.isfinite(spacing):
        rng = generator(seed, "spacing", dimension, chunk=chunk)
        gaps[:-1] = _shares(rng.standard_gamma(spacing, (PLAIN_LEVELS - 1, size)))
        rest = rng.standard_gamma((PLAIN_LEVELS - 2) * spacing, size)
        gaps[-1] = _shares(np.array([rng.standard_gamma(spacing, size), rest]))[0]
    values = np.zeros((len(LEVELS), size))
    for level in range(1, PLAIN_LEVELS - 1):
        values[level] = np.minimum(values[level - 1] + gaps[level - 1], 1.0)
    values[PLAIN_LEVELS - 1] = 1.0
    values[PLAIN_LEVELS] = 1.0 + gaps[-1]
    return values


def _shares(sizes: Floats) -> Floats:
    total = np.zeros(sizes.shape[1])
    for row in sizes:
        total += row
    return sizes / total


def by_weakest_link(values: Floats, floor: float) -> Floats:
    """Logarithms of values raised to floor + (1 - floor) * value.

    Their weighted sum orders as the weighted geometric mean does. Without the floor one
    lowest value would make the whole nought, whatever the others.
    """
    logs: Floats = np.log(floor + (1.0 - floor) * values)
    return logs


def worths(
    levels: Levels, values: Sequence[Floats], weights: Floats, openings: Floats | None = None
) -> Floats:
    """(technologies, draws) sum over dimensions of weight times value of the level.

    levels (dimensions, technologies, draws); values one (6, draws) a dimension; weights
    (draws, dimensions); openings (technologies, draws) the value of timing, whose weight is the
    last. The same levels give the same bits: ties are exact.
    """
    _, technologies, draws = levels.shape
    total = np.zeros((technologies, draws))
    column = np.arange(draws)
    for j, by_level in enumerate(values):
        weighted = (by_level * weights[:, j]).ravel()
        total += weighted[levels[j].astype(np.intp) * draws + column]
    if openings is not None:
        total += weights[:, len(values)] * openings
    return total
