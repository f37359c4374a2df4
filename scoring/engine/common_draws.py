"""The draws of a ranking for any technologies, so that two rankings can be held side by side."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.engine.chances import Constants, Tables
from scoring.engine.lenses import Lens, draw_weights
from scoring.engine.ranking import draw_plan
from scoring.engine.results import Floats, Integers
from scoring.engine.sampling import LevelSampler
from scoring.engine.scores import Technology
from scoring.engine.standings import Standings, stand
from scoring.engine.views import View, opening_sampler

MOST_AT_ONCE = 2**18


@dataclass(frozen=True)
class Rules:
    """All that a ranking follows from but the technologies; a horizon asks for today."""

    lens: Lens
    constants: Constants = field(default_factory=Constants)
    tables: Tables = field(default_factory=dict)
    today: datetime.date | None = None


@dataclass(frozen=True)
class Draws:
    """How many draws, and which."""

    count: int
    seed: int


def drawn_worths(
    technologies: Sequence[Technology], rules: Rules, draws: Draws
) -> Iterator[Floats]:
    """(technologies, size) worths, chunk by chunk: those that `smaa.rank` compares.

    An id may come several times with other cards: then both are drawn with the same luck. Nobody
    is asked here whether a card can be ranked.
    """
    sampler = LevelSampler(technologies, rules.tables, rules.constants, draws.seed)
    openings = opening_sampler(technologies, rules.lens, rules.today, draws.seed)
    view = View(rules.lens, rules.constants, draws.seed)
    sizes, plan = draw_plan(draws.count)
    weights = [
        draw_weights(rules.lens, seed=draws.seed, scrambling=r, draws=size)
        for r, size in enumerate(sizes)
    ]
    for chunk, (replicate, start, size) in enumerate(plan):
        opened = openings.draw(chunk, size) if openings else None
        part = weights[replicate][start : start + size]
        yield view.worths(chunk, sampler.draw(chunk, size), part, opened)


def twice_behind(drawn: Floats, groups: NDArray[np.bool_]) -> Integers:
    """(groups, rows) twice the number of a group's rows ahead of each row, equals counting half.

    drawn (rows, draws) worths, groups (groups, rows) who is in them; summed over the draws. A row
    that is in a group is its own equal there.
    """
    rows, draws = drawn.shape
    step = max(MOST_AT_ONCE // max(rows, 1), 1)
    counted = np.zeros(groups.shape, dtype=np.int64)
    for start in range(0, draws, step):
        standings = stand(np.ascontiguousarray(drawn[:, start : start + step].T))
        for group in np.flatnonzero(groups.any(axis=1)):
            counted[group] += _twice_behind(standings, groups[group])
    return counted


def _twice_behind(standings: Standings, members: NDArray[np.bool_]) -> Integers:
    draws, rows = standings.order.shape
    above = np.zeros((draws, rows + 1), dtype=np.int64)
    np.cumsum(members[standings.order], axis=1, out=above[:, 1:])
    first = standings.first_place
    twice = np.take_along_axis(above, first, 1)
    twice += np.take_along_axis(above, first + standings.group_size, 1)
    # Sums below 2**53 are exact.
    behind = np.bincount(standings.order.ravel(), twice.ravel(), rows)
    return behind.astype(np.int64)


def twice_ahead(ones: Floats, others: Floats) -> Integers:
    """(rows,) twice the number of draws in which each one is ahead of its other, equals half."""
    more: Integers = (ones > others).sum(axis=1, dtype=np.int64)
    equal: Integers = (ones == others).sum(axis=1, dtype=np.int64)
    return 2 * more + equal
