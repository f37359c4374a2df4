"""Joint draws of the years in which markets open: stated windows kept, links in between."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from scoring.engine.openings import Link
from scoring.engine.outlook_network import (
    PROPOSED,
    Assumptions,
    Network,
    in_order,
    network_of,
)
from scoring.engine.outlook_walk import Steps, Walk, steps_for
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import Window
from scoring.engine.streams import generator
from scoring.engine.windows import decimal_year, stated_opening

SHARED_SHOCK = 0.06
"""Correlation of any two openings through what hits all markets at once: a proposal."""
STEPS_A_YEAR = 4
BEYOND = (1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 35, 40)
"""Ends of the steps after the last year that is shown, in years after it."""
MOST_IN_A_STEP = 0.98
"""Of the draws in which a market can open in a step, no more do so."""
NEWTON_STEPS = 30
SOLVED_TO = 1e-7
"""Of the draws in which a market can open."""


@dataclass(frozen=True)
class Question:
    """What the draws of an outlook follow from beside windows and links."""

    today: datetime.date
    last_year: int
    draws: int
    seed: int
    assumptions: Assumptions = PROPOSED
    is_compiled: bool | None = None


@dataclass(frozen=True, eq=False)
class Joint:
    """n markets in N draws, each of which is one possible course of them all."""

    ids: tuple[str, ...]
    latent: Floats
    """(n, N) normals: the lower, the sooner."""
    years: Floats
    """(n, N) of opening, infinite where never or after the steps end."""
    never: Floats
    """(n,) share of draws in which it can never open."""
    walk: Walk
    stated: Floats
    """(moved, steps + 1) share open by each end of a step, as the windows say."""
    hazards: Floats
    """(moved, steps) so chosen that the stated curve of each market that is moved is kept."""

    def row(self, name: str) -> Floats:
        """(N,) years of one market."""
        years: Floats = self.years[self.ids.index(name)]
        return years


def draw(windows: Sequence[Window], links: Sequence[Link], question: Question) -> Joint:
    """The windows, sorted by id, each with a start or a recorded opening.

    Each market's waiting time hangs on the seed and its id alone. Who is moved by nobody opens
    at the stated quantile of it. For the others the years ahead are walked in steps, and the
    hazard of each step is chosen so that as many draws open as the stated window says.
    """
    ids = [window.id for window in windows]
    open_ids = frozenset(window.id for window in windows if window.open_since is not None)
    network = network_of(ids, links, open_ids)
    latent = _latents(ids, question)
    grid = steps_of(question.today, question.last_year)
    cuts, never = _never(windows, network, latent)
    walk, stated = _walk(windows, network, (latent, cuts), grid, question)
    steps = steps_for(walk.left.size * len(grid), is_compiled=question.is_compiled)
    hazards, years = _kept(walk, stated, steps)
    return Joint(tuple(ids), latent, years, never, walk, stated, hazards)


def steps_of(today: datetime.date, last_year: int) -> Floats:
    """(S + 1,) now, each quarter up to the end of the last year, then forty years more."""
    now = decimal_year(today)
    first, last = int(now * STEPS_A_YEAR) + 1, (last_year + 1) * STEPS_A_YEAR
    quarters = np.arange(first, last + 1) / STEPS_A_YEAR
    beyond = last_year + 1.0 + np.array(BEYOND)
    return np.concatenate([[now], quarters, beyond])


def _latents(ids: Sequence[str], question: Question) -> Floats:
    draws, seed = question.draws, question.seed
    latent = np.empty((len(ids), draws))
    shared = generator(seed, "shared shock").standard_normal(draws) * np.sqrt(SHARED_SHOCK)
    for k, name in enumerate(ids):
        own = generator(seed, "opening", name).standard_normal(draws)
        latent[k] = shared + own * np.sqrt(1 - SHARED_SHOCK)
    return latent


def _never(windows: Sequence[Window], network: Network, latent: Floats) -> tuple[Floats, Floats]:
    """(n,) where each latent turns into never, and (n,) the share of draws that end there.

    What can never open takes with it whatever requires that; the rest of a stated share are
    the latest draws of the market's own.
    """
    n, draws = latent.shape
    cuts, never = np.full(n, np.inf), np.zeros((n, draws), dtype=bool)
    for i in in_order(network):
        if windows[i].open_since is not None:
            continue
        share = windows[i].never_share()
        waits_for = network.waits_for[network.waiting == i]
        forced = never[waits_for].any(axis=0)
        if len(waits_for) == 0:
            cuts[i] = ndtri(1 - share)
        else:
            cuts[i] = _own_cut(latent[i][~forced], share * draws - forced.sum())
        never[i] = forced | (latent[i] >= cuts[i])
    return cuts, never.mean(axis=1)


def _own_cut(latent: Floats, wanted: float) -> float:
    number = min(round(wanted), len(latent))
    return float(np.sort(latent)[len(latent) - number]) if number > 0 else np.inf


def _walk(
    windows: Sequence[Window],
    network: Network,
    latent_and_cuts: tuple[Floats, Floats],
    grid: Floats,
    question: Question,
) -> tuple[Walk, Floats]:
    """The walk before its first step and (moved, S + 1) the stated share open by each end."""
    latent, cuts = latent_and_cuts
    rows = network.moved
    opened, left = np.full(latent.shape, np.inf), np.full((len(rows), latent.shape[1]), np.inf)
    stated = np.zeros((len(rows), len(grid)))
    places = {int(i): a for a, i in enumerate(rows)}
    for i, window in enumerate(windows):
        if window.open_since is not None:
            opened[i] = window.open_since
            continue
        opening = stated_opening(window, question.today)
        below = opening.probabilities_by(grid)
        ever = latent[i] < cuts[i]
        shares = ndtr(latent[i][ever]) / ndtr(cuts[i])
        waits, hazard = -np.log1p(-shares), -np.log1p(-np.minimum(below, 1 - 1e-15))
        if i in places:
            left[places[i], ever] = waits - hazard[0]
            stated[places[i]] = (1 - window.never_share()) * below
            years = np.full(len(waits), np.inf)
        else:
            years = np.interp(waits, hazard, grid, right=np.inf)
        past = waits < hazard[0]
        years[past] = opening.quantiles(shares[past])
        opened[i, ever] = years
    _not_before_what_is_required(opened, network)
    walk = Walk(grid, opened, left, rows, network, question.assumptions, rows < 0, rows >= 0)
    return walk, stated


def _not_before_what_is_required(opened: Floats, network: Network) -> None:
    """An opening that would lie in the past waits for what it requires, like any other."""
    before = -1
    while before != (before := int(np.isinf(opened).sum())):
        for i, j in zip(network.waiting.tolist(), network.waits_for.tolist(), strict=True):
            opened[i][opened[j] > opened[i]] = np.inf


def _kept(walk: Walk, stated: Floats, steps: Steps) -> tuple[Floats, Floats]:
    """(moved, S) hazards that keep the stated curves, and (n, N) the years that follow."""
    draws, ahead = walk.opened.shape[1], len(walk.grid) - 1
    hazards = np.zeros((len(walk.rows), ahead))
    if not len(walk.rows):
        return hazards, walk.opened
    opened = draws - np.isinf(walk.opened[walk.rows]).sum(axis=1)
    run = steps.begin(walk)
    for step in range(ahead):
        wanted = stated[:, step + 1] * draws - opened
        now = _hazards(run.able(step), walk.factors, wanted)
        hazards[:, step] = now
        opened += run.advance(now, step)
    return hazards, run.opened


def _hazards(counts: Integers, factors: Floats, wanted: Floats) -> Floats:
    """(moved,) so that of counts (moved, codes) the number wanted is expected to open.

    Solves sum over codes of counts * (1 - exp(-hazard * factor)) = wanted by Newton's method,
    which climbs to the root from below as the left side is concave.
    """
    able = counts.sum(axis=1)
    target = np.clip(wanted, 0.0, MOST_IN_A_STEP * able)
    hazards = np.zeros(len(counts))
    todo = np.flatnonzero(target > 0)
    for _ in range(NEWTON_STEPS):
        if not len(todo):
            break
        stay = counts[todo] * np.exp(-hazards[todo, None] * factors)
        short = target[todo] - (able[todo] - stay.sum(axis=1))
        hazards[todo] += short / (stay * factors).sum(axis=1)
        todo = todo[short > SOLVED_TO * able[todo]]
    return hazards


def quantile_of(years: Floats, share: float) -> float | None:
    """The year by which that share of the draws is open; None where no such year was drawn."""
    place = max(int(np.ceil(share * len(years))) - 1, 0)
    year = float(np.partition(years, place)[place])
    return year if np.isfinite(year) else None
