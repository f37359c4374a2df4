"""The pilot of a large ranking: few draws that say what the many have to count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.bands import AHEAD, by_expected_rank
from scoring.engine.large_draws import Drawn, Question, by_technology
from scoring.engine.large_plan import SCRAMBLINGS, chunks_of, scrambling_sizes
from scoring.engine.lenses import draw_weights
from scoring.engine.results import Floats, Integers
from scoring.engine.scores import Technology

PILOT_DRAWS = 4_096
PILOT_CELLS = 50_000_000
FEWEST_PILOT_DRAWS = 256
FIRST_NUMBER = 2**20
"""Streams of the pilot lie apart from those of the ranking."""
PERCENTILES = (0.05, 0.95)
CELLS = 128
"""Ranks, or steps of ranks, that are counted one by one around each percentile."""
ERRORS_WIDE = 6.0
LEADERS_A_BAND = 4
LEAST_MARGIN = 50

Ranks = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Frame:
    """What the pilot leaves; its rows are technologies in the order of its expected ranks."""

    order: Integers
    """(m,) index, by id, of the technology in each row."""
    window_start: Integers
    """(2, m) first rank that is counted around the 5th and the 95th percentile."""
    window_step: Integers
    """(2, m) how many ranks share one of the CELLS of a window."""
    third: Floats
    two_thirds: Floats
    never_varies: NDArray[np.bool_]
    leaders: Integers
    """(leaders, 3) row of each, and the rows from and up to which it is compared."""

    def named(self) -> dict[str, NDArray[np.generic]]:
        return {f"frame_{field.name}": getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_named(cls, named: Mapping[str, NDArray[Any]]) -> "Frame":
        # Unpacked arrays are views of bytes, which compiled loops do not take.
        return cls(**{field.name: named[f"frame_{field.name}"].copy() for field in fields(cls)})


def pilot(
    question: Question, technologies: Sequence[Technology], heard: Callable[[], None]
) -> Frame:
    """Rank by few draws; technologies are sorted by id. `heard` is called after each chunk."""
    twice = _pilot_ranks(question, technologies, heard)
    ids = [technology.id for technology in technologies]
    mean = twice.sum(axis=1, dtype=np.int64) / 2 / twice.shape[1]
    order = np.array(by_expected_rank(mean, ids), dtype=np.int64)
    ordered = twice[order]
    start, step = _windows(ordered)
    weights = np.concatenate(
        [
            draw_weights(question.lens, seed=question.seed, scrambling=r, draws=size)
            for r, size in enumerate(scrambling_sizes(question.draws))
        ]
    )
    third, two_thirds = np.quantile(weights, [1 / 3, 2 / 3], axis=0)
    return Frame(
        order=order,
        window_start=start,
        window_step=step,
        third=third,
        two_thirds=two_thirds,
        never_varies=weights.min(axis=0) == weights.max(axis=0),
        leaders=_leaders(ordered),
    )


def _pilot_ranks(
    question: Question, technologies: Sequence[Technology], heard: Callable[[], None]
) -> Ranks:
    """(m, draws) twice the rank."""
    m = len(technologies)
    draws = max(min(PILOT_DRAWS, PILOT_CELLS // m), FEWEST_PILOT_DRAWS)
    drawn, parts = Drawn(question, technologies), []
    sizes = scrambling_sizes(draws)
    weights = [
        draw_weights(question.lens, seed=question.seed, scrambling=r, draws=sizes[r])
        for r in range(SCRAMBLINGS)
    ]
    for chunk in chunks_of(draws, m, first_number=FIRST_NUMBER):
        part = weights[chunk.scrambling][chunk.start : chunk.start + chunk.size]
        keys, _ = drawn.chunk(chunk.number, part)
        parts.append(by_technology(drawn.counting.stand(keys, drawn.bits)))
        heard()
    return np.concatenate(parts, axis=1)


def _windows(twice: Ranks) -> tuple[Integers, Integers]:
    """(2, m) starts and steps of windows that hold a percentile of many draws almost surely.

    A percentile of the pilot lies within six standard errors of the share that it cuts off;
    the order statistics there are the ends of the window, whatever the distribution.
    """
    m, draws = twice.shape
    start, step = np.empty((2, m), dtype=np.int64), np.empty((2, m), dtype=np.int64)
    ordered = np.sort((twice + 1) >> 1, axis=1)
    for row, share in enumerate(PERCENTILES):
        wide = ERRORS_WIDE * np.sqrt(draws * share * (1 - share))
        low = max(int(np.floor(draws * share - wide)), 0)
        high = min(int(np.ceil(draws * share + wide)), draws - 1)
        first = ordered[:, low].astype(np.int64) if low else np.ones(m, dtype=np.int64)
        last = ordered[:, high].astype(np.int64) if high < draws - 1 else np.full(m, m)
        start[row] = first
        step[row] = -(-(last - first + 1) // CELLS)
    return start, step


def _leaders(twice: Ranks) -> Integers:
    """The first rows of each band of the pilot, to be compared with that band and its edges."""
    m, draws = twice.shape
    margin = max(LEAST_MARGIN, m // 50)
    heads, at = [0], 0
    while at < m - 1:
        behind = (twice[at] < twice[at + 1 :]).sum(axis=1, dtype=np.int64)
        equal = (twice[at] == twice[at + 1 :]).sum(axis=1, dtype=np.int64)
        is_ahead = (2 * behind + equal) / (2 * draws) > AHEAD
        if not is_ahead.any():
            break
        at += 1 + int(is_ahead.argmax())
        heads.append(at)
    rows = []
    for head, following in zip(heads, [*heads[1:], m], strict=True):
        reach = max(head - margin, 0), min(following + margin, m)
        rows += [(row, *reach) for row in range(head, min(head + LEADERS_A_BAND, m))]
    return np.array(sorted(set(rows)), dtype=np.int64)
