"""The draws of a large ranking: who stands where, chunk by chunk."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.engine.chances import Constants, Tables
from scoring.engine.lenses import Lens
from scoring.engine.results import Floats
from scoring.engine.sampling import Levels, LevelSampler, opening_classes
from scoring.engine.scores import Technology
from scoring.engine.standings import Standings, stand
from scoring.engine.views import View, opening_sampler


@dataclass(frozen=True)
class Question:
    """All that a ranking follows from but the technologies."""

    lens: Lens
    draws: int
    seed: int
    tables: Tables = field(default_factory=dict)
    constants: Constants = field(default_factory=Constants)
    today: datetime.date | None = None


class Drawn:
    """Technologies in a given order, ready to be drawn; nobody's draws depend on the order."""

    def __init__(self, question: Question, technologies: Sequence[Technology]) -> None:
        self.question = question
        self.sampler = LevelSampler(
            technologies, question.tables, question.constants, question.seed
        )
        self.openings = opening_sampler(technologies, question.lens, question.today, question.seed)
        self.view = View(question.lens, question.constants, question.seed)

    def chunk(self, number: int, weights: Floats) -> tuple[Standings, Levels]:
        """Standings in these draws, and (dimensions, technologies, draws) levels."""
        size = len(weights)
        levels = self.sampler.draw(number, size)
        opened = None if self.openings is None else self.openings.draw(number, size)
        drawn = np.ascontiguousarray(self.view.worths(number, levels, weights, opened).T)
        if opened is not None:
            levels = np.concatenate([levels, opening_classes(opened)[None]])
        return stand(drawn), levels


def by_technology(standings: Standings) -> NDArray[np.int32]:
    """(technologies, draws) twice the rank, in the smallest integers that hold it."""
    twice = standings.twice_rank
    smallest = np.int16 if 2 * twice.shape[1] <= np.iinfo(np.int16).max else np.int32
    return np.ascontiguousarray(twice.T.astype(smallest))
