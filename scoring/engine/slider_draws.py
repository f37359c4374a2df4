"""Draws made once for many sliders: what every technology is worth, whatever the weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from scoring.engine.chances import Constants, Tables, card_chances
from scoring.engine.eligibility import admit, coverage
from scoring.engine.results import Floats, Unranked
from scoring.engine.scores import DIMENSIONS, LEVELS, PLAIN_LEVELS, Technology
from scoring.engine.sobol import scrambled_points
from scoring.engine.streams import generator

Words = NDArray[np.uint32]
Worths = NDArray[np.float32]

SCRAMBLINGS = 16
MOST_DRAWS = 4_096
FEWEST_DRAWS = 1_024
MOST_VALUES = 2**19
"""Technologies times draws that are kept: ten megabytes, and what one slider costs."""
WORD = 2.0**32
LANES = len(DIMENSIONS) + 1
GAPS = PLAIN_LEVELS - 1


@dataclass(frozen=True, eq=False)
class SliderDraws:
    """Of m technologies, by id; draws are in SCRAMBLINGS replicates of equal size, in turn."""

    ids: tuple[str, ...]
    coverage: tuple[str, ...]
    unranked: tuple[Unranked, ...]
    seed: int
    values: Worths
    """(dimensions, draws, m) value of the level that was drawn."""
    points: Floats
    """(draws, dimensions) evenly spread points that weights are made of."""

    @property
    def draws(self) -> int:
        return len(self.points)


def draws_for(technologies: int) -> int:
    """A power of two: 4,096 up to 128 technologies, 1,024 from 512 on."""
    room = MOST_VALUES // max(technologies, 1)
    return min(MOST_DRAWS, max(FEWEST_DRAWS, 1 << max(room.bit_length() - 1, 0)))


def slider_draws(
    technologies: Sequence[Technology],
    *,
    seed: int,
    tables: Tables | None = None,
    constants: Constants | None = None,
) -> SliderDraws:
    """Levels and level values of every draw, by the same rules as `smaa.rank`.

    What differs is how evenly they are drawn. In each replicate the lanes of a technology (a
    level in every dimension, and which card and face) are one scrambled Sobol set, moved by
    digits of its own and in an order of its own; the gaps between levels are drawn one from each
    equal slice of their distribution (a Latin hypercube). Every draw keeps its law, technologies
    stay independent, and averages over draws settle sooner. A technology's draws depend on its
    id, its cards, the seed and the number of draws.

    Sources: McKay, Beckman & Conover 1979, Technometrics 21:239-245 (Latin hypercube); Owen
    1995, in MCQMC 106:299-317 (random digits).
    """
    ranked, unranked = admit(technologies)
    draws = draws_for(len(ranked))
    constants = constants or Constants()
    levels = _levels(ranked, tables or {}, constants, seed, draws)
    values = np.empty((len(DIMENSIONS), draws, len(ranked)), dtype=np.float32)
    for j, name in enumerate(DIMENSIONS):
        by_level = _level_values(constants.spacing, seed, name, draws)
        values[j] = np.take_along_axis(by_level, levels[j].astype(np.intp), axis=1)
    return SliderDraws(
        ids=tuple(technology.id for technology in ranked),
        coverage=tuple(coverage(technology) for technology in ranked),
        unranked=tuple(unranked),
        seed=seed,
        values=values,
        points=_replicates(seed, "slider weights", draws, len(DIMENSIONS)),
    )


def _replicates(seed: int, name: str, draws: int, dimensions: int) -> Floats:
    """(draws, dimensions) independently scrambled sets, one after the other."""
    size = draws // SCRAMBLINGS
    sets = [
        scrambled_points(size, dimensions, generator(seed, name, chunk=r))
        for r in range(SCRAMBLINGS)
    ]
    return np.concatenate(sets)


def _levels(
    technologies: Sequence[Technology], tables: Tables, constants: Constants, seed: int, draws: int
) -> NDArray[np.uint8]:
    """(dimensions, draws, m) index in LEVELS."""
    base = np.floor(_replicates(seed, "slider levels", draws, LANES) * WORD).astype(np.uint32)
    levels = np.empty((len(DIMENSIONS), draws, len(technologies)), dtype=np.uint8)
    for column, technology in enumerate(technologies):
        lanes = _lanes(base, seed, technology.id)
        chances, cuts = _variants(technology, tables, constants)
        which = np.searchsorted(np.cumsum(chances)[:-1], lanes[:, -1], side="right")
        for j in range(len(DIMENSIONS)):
            reached = lanes[:, j, None] >= cuts[:, j][which]
            levels[j, :, column] = reached.sum(axis=1, dtype=np.uint8)
    return levels


def _lanes(base: Words, seed: int, owner: str) -> Floats:
    """(draws, lanes) of one technology, each replicate shuffled and moved by digits of its own."""
    rng = generator(seed, "slider technology", owner)
    size = len(base) // SCRAMBLINGS
    digits = rng.integers(0, 2**32, (SCRAMBLINGS, 1, LANES), dtype=np.uint32)
    order = np.argsort(rng.random((SCRAMBLINGS, size)), axis=1)
    order += size * np.arange(SCRAMBLINGS)[:, None]
    words = (base[order] ^ digits).reshape(len(base), LANES).astype(np.float64)
    lanes: Floats = (words + 0.5) / WORD
    return lanes


def _variants(
    technology: Technology, tables: Tables, constants: Constants
) -> tuple[Floats, Floats]:
    """(variants,) chances and (variants, dimensions, levels - 1) cuts, as in `sampling`."""
    cards = [card_chances(card, tables, constants) for card in technology.cards]
    cards.sort(key=lambda chances: (len(chances), chances.tobytes()))
    weights = [np.full(len(chances), 1 / len(chances) / len(cards)) for chances in cards]
    below: Floats = np.cumsum(np.concatenate(cards), axis=2)[..., :-1]
    # What rounding leaves open at the top is no level.
    below[below > 1 - 1e-12] = np.inf
    return np.concatenate(weights), below


def _level_values(spacing: float, seed: int, dimension: str, draws: int) -> Worths:
    """(draws, 6) value of each level: 0 for level 1, 1 for level 5, 5+ above it."""
    gaps = np.full((draws, PLAIN_LEVELS), 1 / GAPS)
    if np.isfinite(spacing):
        rng = generator(seed, "slider spacing", dimension)
        sizes = _stratified_gammas([spacing] * (GAPS + 1) + [(GAPS - 1) * spacing], draws, rng)
        gaps[:, :GAPS] = sizes[:, :GAPS] / sizes[:, :GAPS].sum(axis=1, keepdims=True)
        gaps[:, GAPS] = sizes[:, GAPS] / (sizes[:, GAPS] + sizes[:, GAPS + 1])
    values = np.zeros((draws, len(LEVELS)), dtype=np.float32)
    values[:, 1:GAPS] = np.minimum(np.cumsum(gaps[:, : GAPS - 1], axis=1), 1.0)
    values[:, GAPS] = 1.0
    values[:, GAPS + 1] = 1.0 + gaps[:, GAPS]
    return values


def _stratified_gammas(shapes: Sequence[float], draws: int, rng: np.random.Generator) -> Floats:
    """(draws, shapes): in each replicate one from each of its equal slices."""
    size = draws // SCRAMBLINGS
    slices = np.argsort(rng.random((len(shapes), SCRAMBLINGS, size)), axis=2)
    points = (slices + rng.random(slices.shape)) / size
    return np.stack(
        [gammaincinv(shape, row.ravel()) for shape, row in zip(shapes, points, strict=True)],
        axis=1,
    )
