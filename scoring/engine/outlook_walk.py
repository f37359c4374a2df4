"""The years ahead of an outlook, step by step: hazards, who acts on whom, and two ways to walk."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.engine.outlook_network import Assumptions, Network
from scoring.engine.results import Floats, Integers

Codes = NDArray[np.int16]

WORTH_LOADING = 2**22
"""Technologies times draws times walks. Below, plain steps are done before numba is loaded."""
NOT_IN_REACH = -1


@dataclass(frozen=True, eq=False)
class Walk:
    """n markets of which some are moved by others, over S steps and N draws.

    Within a step a market opens where its hazard uses up what is left of its waiting time; what
    that does to others begins with the first step that starts later. So circles are legal and
    no market opens before one that it waits for.
    """

    grid: Floats
    """(S + 1,) years, the first of them now."""
    opened: Floats
    """(n, N) years, infinite where not known to open: all but the moved are given."""
    left: Floats
    """(moved, N) what is left of the unit exponential waiting time; infinite where never."""
    rows: Integers
    """(moved,) which of the n markets are moved."""
    network: Network
    assumptions: Assumptions
    held: NDArray[np.bool_]
    """(moved,) whose years are given after all."""
    wanted: NDArray[np.bool_]
    """(moved,) whose years are asked for; the others may be left where they were."""

    @property
    def depth(self) -> int:
        """The most pulls that act on one market."""
        counts = np.bincount(self.network.pulled, minlength=1)
        return int(counts.max())

    @property
    def factors(self) -> Floats:
        """(2 depth + 1,) what the hazard is multiplied by, for each number of net pulls."""
        net = np.arange(-self.depth, self.depth + 1)
        factors: Floats = np.exp(self.assumptions.strength * net)
        return factors

    def along(self, network: Network) -> "Walk":
        """The same with other links."""
        return replace(self, network=network)

    def asking(self, markets: Sequence[int]) -> "Walk":
        """The same for the sake of these markets alone."""
        return replace(self, wanted=np.isin(self.rows, markets))

    def among(self, chosen: NDArray[np.bool_]) -> "Walk":
        """The same in some of the draws."""
        opened, left = (np.ascontiguousarray(a[:, chosen]) for a in (self.opened, self.left))
        return replace(self, opened=opened, left=left)

    def holding(self, market: int, years: Floats) -> "Walk":
        """The same with one market open in these years, whatever acts on it."""
        opened = self.opened.copy()
        opened[market] = years
        return replace(self, opened=opened, held=self.held | (self.rows == market))


class Run(Protocol):
    """One walk under way."""

    opened: Floats
    """(n, N) years so far."""

    def able(self, step: int) -> Integers:
        """(moved, 2 depth + 1) in how many draws it can open in this step, by net pulls."""

    def advance(self, hazards: Floats, step: int) -> Integers:
        """Opens what opens under hazards (moved,) and takes them from what is left of the
        others; (moved,) in how many draws it opened."""


class Steps(Protocol):
    """Takes walks; all answer the same."""

    def begin(self, walk: Walk) -> Run: ...

    def walked(self, walk: Walk, hazards: Floats) -> Floats:
        """(n, N) years under hazards (moved, S): of the moved, only those wanted count."""


class PlainRun:
    def __init__(self, walk: Walk) -> None:
        self.walk, self.opened, self.left = walk, walk.opened.copy(), walk.left.copy()
        self.row_of = _places(walk)

    def able(self, step: int) -> Integers:
        walk, net, now = self.walk, self.walk.network, self.walk.grid[step]
        moved = self.opened[walk.rows]
        reach = np.isinf(moved) & np.isfinite(walk.left) & ~walk.held[:, None]
        for i, j in zip(net.waiting.tolist(), net.waits_for.tolist(), strict=True):
            reach[self.row_of[i]] &= self.opened[j] <= now
        codes = np.full(moved.shape, walk.depth, np.int16)
        pulls = zip(net.pulled.tolist(), net.pulled_by.tolist(), net.pull.tolist(), strict=True)
        for i, j, pull in pulls:
            acts = self.opened[j] + walk.assumptions.lag_years <= now
            codes[self.row_of[i]] += np.int16(pull) * acts
        codes[~reach] = NOT_IN_REACH
        self.codes = codes
        sizes = 2 * walk.depth + 1
        counts = [np.bincount(row[row >= 0], minlength=sizes) for row in codes]
        return np.array(counts, dtype=np.int64).reshape(-1, sizes)

    def advance(self, hazards: Floats, step: int) -> Integers:
        now, after = self.walk.grid[step], self.walk.grid[step + 1]
        reach = self.codes >= 0
        spent = hazards[:, None] * self.walk.factors[np.where(reach, self.codes, 0)]
        opens = reach & ((self.left <= 0) | (self.left <= spent))
        share = np.zeros_like(spent)
        np.divide(np.maximum(self.left, 0.0), spent, out=share, where=opens & (spent > 0))
        years = self.opened[self.walk.rows]
        years[opens] = now + (after - now) * share[opens]
        self.opened[self.walk.rows] = years
        stays = reach & ~opens
        self.left[stays] -= spent[stays]
        return np.asarray(opens.sum(axis=1), dtype=np.int64)


class PlainSteps:
    """Array by array, in numpy: what to trust, and what runs where numba is absent."""

    def begin(self, walk: Walk) -> Run:
        return PlainRun(walk)

    def walked(self, walk: Walk, hazards: Floats) -> Floats:
        run = PlainRun(walk)
        for step in range(len(walk.grid) - 1):
            run.able(step)
            run.advance(hazards[:, step], step)
        return run.opened


class CompiledRun:
    """Keeps for each step to come a chain of the openings that begin to act with it."""

    def __init__(self, walk: Walk, kernels: Any) -> None:
        self.walk, self.kernels = walk, kernels
        self.opened, self.left = walk.opened.copy(), walk.left.copy()
        shape, steps = walk.left.shape, len(walk.grid)
        self.codes, self.waits = np.empty(shape, np.int16), np.empty(shape, np.int16)
        self.alive, self.number = np.empty(shape, np.int32), np.zeros(shape[0], np.int64)
        self.counts = np.zeros((shape[0], 2 * walk.depth + 1), np.int64)
        self.heads = np.full((2, steps), -1, np.int64)
        self.after = np.empty((2, *walk.opened.shape), np.int32)
        self.pulls, self.requirements = _edges(walk)
        self.kernels.begin(
            self.opened,
            self.left,
            walk.rows,
            walk.held,
            *self.requirements[:2],
            walk.grid,
            walk.assumptions.lag_years,
            (self.codes, self.waits, self.alive, self.number, self.counts),
            (self.heads, self.after),
        )

    def able(self, step: int) -> Integers:
        self.kernels.act(
            (*self.pulls, *self.requirements[:2]),
            (self.codes, self.waits, self.counts),
            (self.heads[:, step].copy(), self.after),
        )
        return self.counts

    def advance(self, hazards: Floats, step: int) -> Integers:
        opens = np.zeros(len(self.walk.rows), np.int64)
        self.kernels.advance(
            (self.opened, self.left, self.walk.rows),
            (self.codes, self.waits, self.alive, self.number, self.counts),
            (self.heads, self.after),
            (hazards, self.walk.factors, self.walk.grid),
            step,
            self.walk.assumptions.lag_years,
            opens,
        )
        return opens


class CompiledSteps:
    """By the loops of `outlook_kernels`."""

    def __init__(self, kernels: Any) -> None:
        self.kernels = kernels

    def begin(self, walk: Walk) -> Run:
        return CompiledRun(walk, self.kernels)

    def walked(self, walk: Walk, hazards: Floats) -> Floats:
        opened = walk.opened.copy()
        pulls, requirements = _edges(walk)
        self.kernels.walk(
            (opened, walk.left, walk.rows, walk.held),
            (*pulls, *requirements[:2]),
            hazards,
            walk.factors,
            walk.grid,
            walk.assumptions.lag_years,
            walk.wanted,
        )
        return opened


def _edges(
    walk: Walk,
) -> tuple[tuple[Integers, Integers, Integers], tuple[Integers, Integers, Integers]]:
    net, row_of, n = walk.network, _places(walk), len(walk.opened)
    return (
        _by_source(net.pulled_by, row_of[net.pulled], net.pull, n),
        _by_source(net.waits_for, row_of[net.waiting], net.waiting, n),
    )


def _places(walk: Walk) -> Integers:
    """(n,) the row of each market that is moved, else 0."""
    places = np.zeros(len(walk.opened), np.int64)
    places[walk.rows] = np.arange(len(walk.rows))
    return places


def _by_source(
    sources: Integers, rows: Integers, pulls: Integers, n: int
) -> tuple[Integers, Integers, Integers]:
    """What acts, grouped by who acts: (n + 1,) where each one's begin, then row and pull."""
    order = np.argsort(sources, kind="stable")
    first = np.searchsorted(sources[order], np.arange(n + 1)).astype(np.int64)
    return first, np.ascontiguousarray(rows[order]), np.ascontiguousarray(pulls[order])


def steps_for(work: int, *, is_compiled: bool | None = None) -> Steps:
    """The steps for technologies times draws times walks; is_compiled decides where given."""
    if is_compiled is None:
        is_compiled = work >= WORTH_LOADING
    kernels = _kernels() if is_compiled else None
    return PlainSteps() if kernels is None else CompiledSteps(kernels)


@cache
def _kernels() -> Any:
    """The compiled loops, or None where numba is absent or may not keep what it compiles."""
    try:
        return importlib.import_module("scoring.engine.outlook_kernels")
    except (ImportError, RuntimeError):
        return None
