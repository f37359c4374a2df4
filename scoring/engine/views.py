"""How a lens reads levels and openings as one worth."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.chances import Constants
from scoring.engine.lenses import WEAKEST_LINK, Lens
from scoring.engine.results import Floats, Integers
from scoring.engine.sampling import (
    Levels,
    OpeningSampler,
    by_weakest_link,
    level_values,
    whole,
    worths,
)
from scoring.engine.scores import DIMENSIONS, Technology
from scoring.engine.units import WORTH_UNIT


@dataclass(frozen=True)
class View:
    """How a lens reads levels and openings as one worth."""

    lens: Lens
    constants: Constants
    seed: int

    @property
    def spacing(self) -> float:
        return self.constants.spacing if self.lens.spacing is None else self.lens.spacing

    def weighted(self, chunk: int, weights: Floats) -> Integers:
        """(5, 6, draws) weight times value of each level, in WORTH_UNIT."""
        values = np.stack(
            [
                level_values(name, self.spacing, self.seed, chunk, len(weights))
                for name in DIMENSIONS
            ]
        )
        if self.lens.rule == WEAKEST_LINK:
            values = by_weakest_link(values, self.constants.floor)
        return whole(values * weights.T[: len(DIMENSIONS), None, :])

    def timing(self, opened: Floats | None, weights: Floats) -> Integers:
        """(technologies, draws) weight times worth of each opening; without any, no rows."""
        if opened is None:
            return np.zeros((0, len(weights)), np.int64)
        is_weakest = self.lens.rule == WEAKEST_LINK
        values = by_weakest_link(opened, self.constants.floor) if is_weakest else opened
        return whole(values * weights[:, len(DIMENSIONS)])

    def worths(self, chunk: int, levels: Levels, weights: Floats, opened: Floats | None) -> Floats:
        """(technologies, draws) exactly as `rank` compares them."""
        total = worths(levels, self.weighted(chunk, weights))
        if opened is not None:
            total += self.timing(opened, weights)
        return total / WORTH_UNIT


def opening_sampler(
    ranked: Sequence[Technology], lens: Lens, today: datetime.date | None, seed: int
) -> OpeningSampler | None:
    if lens.horizon is None:
        return None
    if today is None:
        raise ValueError(f"{lens.name} counts years from the ranking's date; give it as today")
    return OpeningSampler(ranked, lens.horizon, today, seed)
