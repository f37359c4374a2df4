"""The draws of a large ranking: who stands where, chunk by chunk."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.engine.chances import Constants, Tables
from scoring.engine.lenses import WEAKEST_LINK, Lens
from scoring.engine.results import Floats
from scoring.engine.sampling import (
    Levels,
    LevelSampler,
    OpeningSampler,
    by_weakest_link,
    level_values,
    opening_classes,
    worths,
)
from scoring.engine.scores import DIMENSIONS, Technology
from scoring.engine.standings import Standings, stand


@dataclass(frozen=True)
class Question:
    """All that a ranking follows from but the technologies."""

    lens: Lens
    draws: int
    seed: int
    tables: Tables = field(default_factory=dict)
    constants: Constants = field(default_factory=Constants)
    today: datetime.date | None = None

    @property
    def spacing(self) -> float:
        return self.constants.spacing if self.lens.spacing is None else self.lens.spacing


class Drawn:
    """Technologies in a given order, ready to be drawn; nobody's draws depend on the order."""

    def __init__(self, question: Question, technologies: Sequence[Technology]) -> None:
        self.question = question
        self.sampler = LevelSampler(
            technologies, question.tables, question.constants, question.seed
        )
        self.openings = _opening_sampler(question, technologies)

    def chunk(self, number: int, weights: Floats) -> tuple[Standings, Levels]:
        """Standings in these draws, and (dimensions, technologies, draws) levels."""
        size = len(weights)
        levels = self.sampler.draw(number, size)
        opened = None if self.openings is None else self.openings.draw(number, size)
        drawn = np.ascontiguousarray(self._worths(number, levels, weights, opened).T)
        if opened is not None:
            levels = np.concatenate([levels, opening_classes(opened)[None]])
        return stand(drawn), levels

    def _worths(
        self, number: int, levels: Levels, weights: Floats, opened: Floats | None
    ) -> Floats:
        asked = self.question
        values = [
            level_values(name, asked.spacing, asked.seed, number, len(weights))
            for name in DIMENSIONS
        ]
        if asked.lens.rule == WEAKEST_LINK:
            floor = asked.constants.floor
            values = [by_weakest_link(by_level, floor) for by_level in values]
            opened = None if opened is None else by_weakest_link(opened, floor)
        return worths(levels, values, weights, opened)


def _opening_sampler(
    question: Question, technologies: Sequence[Technology]
) -> OpeningSampler | None:
    lens = question.lens
    if lens.horizon is None:
        return None
    if question.today is None:
        raise ValueError(f"{lens.name} counts years from the ranking's date; give it as today")
    return OpeningSampler(technologies, lens.horizon, question.today, question.seed)


def by_technology(standings: Standings) -> NDArray[np.int32]:
    """(technologies, draws) twice the rank, in the smallest integers that hold it."""
    twice = standings.twice_rank
    smallest = np.int16 if 2 * twice.shape[1] <= np.iinfo(np.int16).max else np.int32
    return np.ascontiguousarray(twice.T.astype(smallest))
