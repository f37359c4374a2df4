"""The steps of an outlook, compiled: the same years as the plain ones, in less time.

No module imports this one by name: it costs numba. `outlook_walk.py` loads it, and what each
loop does stands there with its plain twin.

Edges are grouped by who acts: where each one's begin, the rows acted upon, and for pulls their
sign. An opening begins to act with the first step that does not start before it (for pulls,
before it and the lag); openings of a step form a chain, whose head is kept by step.
"""

from typing import Any

import numpy as np
from numba import njit

OUT = 30_000
"""Waits that never end: the market is open already, held or can never open."""
PULL, WAIT = 0, 1

FLOATS, MATRIX = "f8[::1]", "f8[:,::1]"
EDGES = "Tuple((i8[::1], i8[::1], i8[::1], i8[::1], i8[::1]))"
STANDS = "Tuple((i2[:,::1], i2[:,::1], i4[:,::1], i8[::1], i8[:,::1]))"
CHAINS = "Tuple((i8[:,::1], i4[:,:,::1]))"


@njit(inline="always")
def first_step(grid: Any, year: Any, earliest: Any) -> Any:
    step = earliest
    while step < len(grid) and grid[step] < year:
        step += 1
    return step


@njit(inline="always")
def chain(chains: Any, grid: Any, lag: Any, opening: Any, earliest: Any) -> None:
    i, d, year = opening
    heads, after = chains
    draws = after.shape[2]
    for kind in range(2):
        at = first_step(grid, year + (lag if kind == PULL else 0.0), earliest)
        if at < len(grid):
            after[kind, i, d] = heads[kind, at]
            heads[kind, at] = i * draws + d


@njit(
    f"void({MATRIX}, {MATRIX}, i8[::1], b1[::1], i8[::1], i8[::1], {FLOATS}, f8,"
    f" {STANDS}, {CHAINS})",
    nogil=True,
    cache=True,
)
def begin(
    opened: Any,
    left: Any,
    rows: Any,
    held: Any,
    first_wait: Any,
    waits_row: Any,
    grid: Any,
    lag: Any,
    stands: Any,
    chains: Any,
) -> None:
    codes, waits, alive, number, counts = stands
    depth = (counts.shape[1] - 1) // 2
    waits_of = np.zeros(len(rows), np.int16)
    for e in range(len(waits_row)):
        waits_of[waits_row[e]] += 1
    for i in range(opened.shape[0]):
        for d in range(opened.shape[1]):
            if not np.isinf(opened[i, d]):
                chain(chains, grid, lag, (i, d, opened[i, d]), 0)
    for a in range(len(rows)):
        codes[a] = depth
        waits[a] = OUT
        for d in range(opened.shape[1]):
            if not held[a] and np.isinf(opened[rows[a], d]) and not np.isinf(left[a, d]):
                waits[a, d] = waits_of[a]
                alive[a, number[a]] = d
                number[a] += 1
        counts[a, depth] = number[a] if waits_of[a] == 0 else 0


@njit(
    f"void({EDGES}, Tuple((i2[:,::1], i2[:,::1], i8[:,::1])), Tuple((i8[::1], i4[:,:,::1])))",
    nogil=True,
    cache=True,
)
def act(edges: Any, stands: Any, chains: Any) -> None:
    first_pull, pulls_row, pull, first_wait, waits_row = edges
    codes, waits, counts = stands
    heads, after = chains
    draws = after.shape[2]
    event = heads[PULL]
    while event >= 0:
        i, d = event // draws, event % draws
        for e in range(first_pull[i], first_pull[i + 1]):
            a = pulls_row[e]
            if waits[a, d] == 0:
                counts[a, codes[a, d]] -= 1
                counts[a, codes[a, d] + pull[e]] += 1
            codes[a, d] += pull[e]
        event = np.int64(after[PULL, i, d])
    event = heads[WAIT]
    while event >= 0:
        i, d = event // draws, event % draws
        for e in range(first_wait[i], first_wait[i + 1]):
            a = waits_row[e]
            if waits[a, d] < OUT:
                waits[a, d] -= 1
                if waits[a, d] == 0:
                    counts[a, codes[a, d]] += 1
        event = np.int64(after[WAIT, i, d])


@njit(
    f"void(Tuple(({MATRIX}, {MATRIX}, i8[::1])), {STANDS}, {CHAINS},"
    f" Tuple(({FLOATS}, {FLOATS}, {FLOATS})), i8, f8, i8[::1])",
    nogil=True,
    cache=True,
)
def advance(
    years: Any, stands: Any, chains: Any, ahead: Any, step: Any, lag: Any, opens: Any
) -> None:
    opened, left, rows = years
    codes, waits, alive, number, counts = stands
    hazards, factors, grid = ahead
    now, wide = grid[step], grid[step + 1] - grid[step]
    for a in range(len(rows)):
        kept, hazard = 0, hazards[a]
        for k in range(number[a]):
            d = alive[a, k]
            alive[a, kept] = d
            kept += 1
            if waits[a, d] > 0:
                continue
            rest, spent = left[a, d], hazard * factors[codes[a, d]]
            if rest > 0.0 and rest > spent:
                left[a, d] = rest - spent
                continue
            kept -= 1
            year = now + wide * (rest / spent) if rest > 0.0 else now
            opened[rows[a], d] = year
            waits[a, d] = OUT
            counts[a, codes[a, d]] -= 1
            opens[a] += 1
            chain(chains, grid, lag, (rows[a], d, year), step + 1)
        number[a] = kept


@njit(inline="always")
def whole(size: Any) -> Any:
    return np.empty(size, np.int64)


@njit(inline="always")
def send(acts: Any, first: Any, at: Any, base: Any) -> None:
    head, after, i = acts
    for e in range(first[i], first[i + 1]):
        after[base + e] = head[at]
        head[at] = base + e


@njit(inline="always")
def step_of_draw(rest_of: Any, stands: Any, hazards: Any, factors: Any, ends: Any) -> Any:
    """Opens what opens in one draw; what opened stands behind the others in `alive`."""
    net, alive, number, years = stands
    k, last = 0, number
    while k < last:
        a = alive[k]
        spent, rest = hazards[a] * factors[net[a]], rest_of[a]
        if rest > 0.0 and rest > spent:
            rest_of[a] = rest - spent
            k += 1
        else:
            years[a] = ends[0] + (ends[1] - ends[0]) * (rest / spent) if rest > 0.0 else ends[0]
            last -= 1
            alive[k], alive[last] = alive[last], a
    return last


@njit(inline="always")
def begun(years: Any, d: Any, stands: Any, waits: Any) -> Any:
    """Who can open in this draw from the start, and who may once it waits no more."""
    opened, left, rows, held = years
    rest, alive = stands
    number = 0
    for a in range(len(rows)):
        rest[a] = left[a, d]
        if held[a] or not np.isinf(opened[rows[a], d]) or np.isinf(rest[a]):
            waits[a] = OUT
        elif waits[a] == 0:
            alive[number] = a
            number += 1
    return number


@njit(
    f"void(Tuple(({MATRIX}, {MATRIX}, i8[::1], b1[::1])), {EDGES}, f8[:,:], {FLOATS}, {FLOATS},"
    " f8, b1[::1])",
    nogil=True,
    cache=True,
)
def walk(
    years: Any, edges: Any, hazards: Any, factors: Any, grid: Any, lag: Any, wanted: Any
) -> None:
    opened, rows = years[0], years[2]
    first_pull, pulls_row, pull, first_wait, waits_row = edges
    moved, steps, pulls = len(rows), len(grid) - 1, len(pulls_row)
    waits_of = np.bincount(waits_row, np.ones(len(waits_row)), moved).astype(np.int64)
    by_step, starts = np.ascontiguousarray(hazards.T), grid[:-1]
    rest, own = np.empty(moved), np.empty(moved)
    net, waits, alive = whole(moved), whole(moved), whole(moved)
    head, after = np.empty(steps + 1, np.int64), np.empty(pulls + len(waits_row), np.int64)
    for d in range(opened.shape[1]):
        net[:] = (len(factors) - 1) // 2
        waits[:] = waits_of
        head[:] = -1
        for i in range(opened.shape[0]):
            if not np.isinf(opened[i, d]):
                acts = (head, after, i)
                send(acts, first_pull, first_step(starts, opened[i, d] + lag, 0), 0)
                send(acts, first_wait, first_step(starts, opened[i, d], 0), pulls)
        number, missing = begun(years, d, (rest, alive), waits), 0
        for a in range(moved):
            missing += wanted[a] and waits[a] < OUT
        step = 0
        while step < steps and missing > 0:
            e = head[step]
            while e >= 0:
                if e < pulls:
                    net[pulls_row[e]] += pull[e]
                else:
                    a = waits_row[e - pulls]
                    waits[a] -= 1
                    if waits[a] == 0:
                        alive[number] = a
                        number += 1
                e = after[e]
            ends, stands = grid[step : step + 2], (net, alive, number, own)
            still = step_of_draw(rest, stands, by_step[step], factors, ends)
            step += 1
            for k in range(still, number):
                i, year = rows[alive[k]], own[alive[k]]
                opened[i, d] = year
                missing -= wanted[alive[k]]
                acts = (head, after, i)
                send(acts, first_pull, first_step(starts, year + lag, step), 0)
                send(acts, first_wait, first_step(starts, year, step), pulls)
            number = still
