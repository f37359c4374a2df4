"""The draws of a large ranking: who stands where, chunk by chunk."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.engine.chances import Constants, Tables
from scoring.engine.large_loops import counting_for
from scoring.engine.lenses import Lens
from scoring.engine.loops import loops_for
from scoring.engine.plain_loops import Block, Codes, Keys, key_bits
from scoring.engine.results import Floats
from scoring.engine.sampling import LevelSampler, opening_classes
from scoring.engine.scores import Technology
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
        sampler = LevelSampler(technologies, question.tables, question.constants, question.seed)
        self.openings = opening_sampler(technologies, question.lens, question.today, question.seed)
        self.view = View(question.lens, question.constants, question.seed)
        self.loops = loops_for(sampler, question.draws)
        self.bits = key_bits(len(technologies))
        self.counting = counting_for(len(technologies), question.draws)

    def chunk(self, number: int, weights: Floats) -> tuple[Keys, Codes]:
        """(draws, technologies) keys, sorted by worth, and (technologies, draws) level codes."""
        opened = None if self.openings is None else self.openings.draw(number, len(weights))
        nobody = np.zeros((0, len(weights)))
        return self.loops.keys(
            Block(
                chunk=number,
                start=0,
                weighted=self.loops.weigh(self.view, number, weights),
                timing=self.view.timing(opened, weights),
                classes=opening_classes(nobody if opened is None else opened),
                thirds=np.zeros(weights.shape, dtype=np.uint8),
                weights=np.zeros(weights.shape, dtype=np.int64),
            )
        )


def by_technology(stood: NDArray[np.int32]) -> NDArray[np.int32]:
    """(technologies, draws) of (draws, technologies) twice the rank, in the smallest integers."""
    smallest = np.int16 if 2 * stood.shape[1] <= np.iinfo(np.int16).max else np.int32
    return np.ascontiguousarray(stood.astype(smallest).T)
