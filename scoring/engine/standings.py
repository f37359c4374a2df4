"""From values to ranks: who stands where in each draw, and how often."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.results import Floats, Integers

Positions = NDArray[np.intp]

SHARES = float(2**52)
"""Split ranks are counted in this unit, in integers: 1024 draws of it stay below 2**63."""
MOST_DRAWS = 1024


@dataclass(frozen=True, eq=False)
class Standings:
    """The order of m alternatives in each of n draws. Arrays (n, m), along places but the last."""

    order: Positions
    """The alternative at each place, best first."""
    first_place: Positions
    """The first place, from 0, of the group of equals that holds this place."""
    group_size: Positions
    has_ties: bool
    twice_rank: NDArray[np.int32]
    """By alternative: twice its rank, which is whole even where ranks are shared."""


def stand(values: Floats, tolerance: Floats | float = 0.0) -> Standings:
    """Rank each row of values (n, m), higher first; steps up to the tolerance make a tie.

    tolerance is a number or (n, 1). Equality is carried from neighbour to neighbour, so a
    group of equals is one group whatever the order of the columns.
    """
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    return standings_of(order, ordered[:, :-1] - ordered[:, 1:] > tolerance)


def standings_of(order: Positions, is_step: NDArray[np.bool_]) -> Standings:
    """Standings of rows (n, m) that are in order; is_step (n, m - 1): the next one is lower."""
    places = np.broadcast_to(np.arange(order.shape[1]), order.shape)
    has_ties = not bool(is_step.all())
    first, last = equal_groups(is_step) if has_ties else (places, places)
    twice_rank = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(twice_rank, order, (first + last + 2).astype(np.int32), axis=1)
    return Standings(order, first, last - first + 1, has_ties, twice_rank)


def equal_groups(is_step: NDArray[np.bool_]) -> tuple[Positions, Positions]:
    """First and last place of the group that each place belongs to."""
    draws, steps = is_step.shape
    edge = np.ones((draws, 1), dtype=bool)
    places = np.arange(steps + 1)
    starts = np.where(np.hstack((edge, is_step)), places, 0)
    ends = np.where(np.hstack((is_step, edge)), places, steps)
    first = np.maximum.accumulate(starts, axis=1)
    last = np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    return first, last


def count_ranks(standings: Standings, power: int = 1) -> Floats:
    """(m, m) sum over draws of the share of rank r + 1 that falls to alternative i.

    In a group of t equals each share is 1/t; power 2 sums their squares, which a variance
    needs. At most MOST_DRAWS draws at a time.
    """
    m = standings.order.shape[1]
    if not standings.has_ties:
        return _count_places(standings.order, standings.first_place, m).astype(np.float64)
    is_alone = standings.group_size == 1
    counted = _count_places(standings.order[is_alone], standings.first_place[is_alone], m)
    return counted + _count_shared(standings, ~is_alone, power)


def _count_places(alternatives: Positions, places: Positions, m: int) -> Integers:
    cells = (alternatives * m + places).ravel()
    return np.bincount(cells, minlength=m * m).reshape(m, m).astype(np.int64)


def _count_shared(standings: Standings, is_shared: NDArray[np.bool_], power: int) -> Floats:
    # A group's share begins at its first place and ends after its last: written as a step up
    # and a step down, and summed along the ranks in integers, so that a rank which is never
    # held stays exactly nought.
    m = standings.order.shape[1]
    size = standings.group_size[is_shared]
    share = np.rint(SHARES / size.astype(np.float64) ** power).astype(np.int64)
    start = standings.order[is_shared] * (m + 1) + standings.first_place[is_shared]
    steps = np.zeros(m * (m + 1), dtype=np.int64)
    np.add.at(steps, start, share)
    np.subtract.at(steps, start + size, share)
    shares: Floats = steps.reshape(m, m + 1).cumsum(axis=1)[:, :m] / SHARES
    return shares


def count_wins(twice_rank: NDArray[np.int32]) -> Integers:
    """(m, m) number of draws, rows of twice_rank (n, m), in which i ranks before j."""
    by_alternative = np.ascontiguousarray(twice_rank.T)
    if by_alternative.size and by_alternative.max() <= np.iinfo(np.int16).max:
        by_alternative = by_alternative.astype(np.int16)
    m = len(by_alternative)
    wins = np.zeros((m, m), dtype=np.int64)
    for i in range(m):
        ahead = np.packbits(by_alternative[i] < by_alternative, axis=1)
        wins[i] = np.bitwise_count(ahead).sum(axis=1, dtype=np.int64)
    return wins


def first_shares(standings: Standings) -> tuple[Positions, Positions, Floats]:
    """Draw, alternative and share of the first place, for all that hold some of it."""
    draws, places = np.nonzero(standings.first_place == 0)
    alternatives = standings.order[draws, places]
    return draws, alternatives, 1.0 / standings.group_size[draws, places]
