"""From what the parts of a large ranking counted to its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.engine.bands import AHEAD, by_expected_rank
from scoring.engine.eligibility import coverage
from scoring.engine.large_draws import Question
from scoring.engine.large_loops import ONE, TOPS
from scoring.engine.large_pairs import PairTable
from scoring.engine.large_pilot import CELLS, PERCENTILES, Frame
from scoring.engine.large_plan import SCRAMBLINGS
from scoring.engine.large_tally import Totals, bar_width
from scoring.engine.replicates import ReplicateSums
from scoring.engine.results import Floats, Integers, LargeRankingResult, Unranked
from scoring.engine.scores import Technology
from scoring.engine.units import WEIGHT_UNIT

Number = TypeVar("Number", bound=np.generic)


def large_result(
    question: Question,
    entries: tuple[Sequence[Technology], Sequence[Unranked]],
    frame: Frame,
    totals: Totals,
) -> LargeRankingResult:
    """The answer, its rows by id again."""
    ranked, unranked = entries
    ids = tuple(technology.id for technology in ranked)
    lens, counted = question.lens, _Counted(frame, totals)
    expected = counted.by_id(counted.rank_sum.mean())
    pair, pair_winning, pair_winning_se = counted.pairs()
    return LargeRankingResult(
        lens=lens.key,
        dimensions=lens.dimensions,
        draws=counted.draws,
        seed=question.seed,
        scramblings=SCRAMBLINGS,
        ids=ids,
        coverage=tuple(coverage(technology, lens.dimensions) for technology in ranked),
        unranked=tuple(unranked),
        expected_rank=expected,
        expected_rank_se=counted.by_id(counted.rank_sum.error()),
        rank_low=counted.by_id(counted.percentile(0)),
        rank_high=counted.by_id(counted.percentile(1)),
        band=counted.bands(by_expected_rank(expected, ids)),
        p_first=counted.top_share(1),
        p_first_se=counted.top_share_error(1),
        p_top_3=counted.top_share(3),
        p_top_3_se=counted.top_share_error(3),
        p_top_10=counted.top_share(10),
        p_top_10_se=counted.top_share_error(10),
        support=counted.by_id(counted.support),
        central_weights=counted.by_id(counted.central_weights()),
        lift=counted.by_id(counted.lift()),
        lift_se=counted.by_id(counted.lift_error()),
        level_share=counted.by_id(counted.level_share()),
        rank_by_level=counted.by_id(counted.rank_by_level()),
        rank_step=counted.by_id(frame.window_step.T).T,
        rank_bars=counted.by_id(totals.sums["bars"] / counted.draws),
        bar_width=bar_width(len(ids)),
        pair=pair,
        pair_winning=pair_winning,
        pair_winning_se=pair_winning_se,
    )


@dataclass(frozen=True, eq=False)
class _Leader:
    """A row of the pilot with its balance against the rows from `start` on."""

    row: int
    start: int
    share: Floats

    def is_ahead_of(self, row: int) -> bool:
        """What lies behind all that it was compared with is behind it too."""
        place = row - self.start
        return place >= len(self.share) or (place >= 0 and bool(self.share[place] > AHEAD))


class _Counted:
    """Means and errors of what was counted, in the order of the frame unless said otherwise."""

    def __init__(self, frame: Frame, totals: Totals) -> None:
        self.frame, self.sums, self.by_scrambling = frame, totals.sums, totals.by_scrambling
        self.compared = totals.pairs
        self.sizes = totals.by_scrambling["draws"]
        self.draws = int(self.sizes.sum())
        self.rank_sum = self._replicates("rank_sum", 0.5)
        self.tops = self._replicates("tops", 1 / ONE)
        self.when_light = self._by_weight("light")
        self.when_heavy = self._by_weight("heavy")
        self.support = self.sums["support"] / ONE

    def _replicates(self, name: str, unit: float) -> ReplicateSums:
        sums = self.by_scrambling[name]
        found = ReplicateSums(*sums.shape[1:])
        for counted, size in zip(sums, self.sizes, strict=True):
            found.close(counted * unit, int(size))
        return found

    def _by_weight(self, word: str) -> ReplicateSums:
        """Ranks where a dimension weighs little or much, (m, dimensions)."""
        sums, draws = self.by_scrambling[f"when_{word}"], self.by_scrambling[f"{word}_draws"]
        found = ReplicateSums(*sums.shape[:0:-1])
        for counted, size in zip(sums, draws, strict=True):
            found.close(counted.T / 2, size.astype(np.float64))
        return found

    def by_id(self, rows: NDArray[Number]) -> NDArray[Number]:
        turned = np.empty_like(rows)
        turned[self.frame.order] = rows
        return turned

    def percentile(self, which: int) -> Integers:
        """(m,) the rank by which the share is reached; the outer edge of a step of ranks."""
        start, step = self.frame.window_start[which], self.frame.window_step[which]
        reached = self.sums["below"][which][:, None] + self.sums["window"][which].cumsum(axis=1)
        needed = PERCENTILES[which] * self.draws - 1e-9
        cell = np.minimum((reached < needed).sum(axis=1), CELLS - 1)
        rank = start + cell * step + (step - 1 if which else 0)
        within: Integers = np.minimum(rank, len(start))
        return within

    def top_share(self, k: int) -> Floats:
        return self.by_id(np.minimum(self.tops.mean()[:, TOPS.index(k)], 1.0))

    def top_share_error(self, k: int) -> Floats:
        error = self.tops.error()[:, TOPS.index(k)]
        return self.by_id(np.sqrt(error**2 + 1 / self.draws**2))

    def central_weights(self) -> Floats:
        support = np.where(self.support > 0, self.support, np.nan)
        return self.sums["first_weights"] / WEIGHT_UNIT / support[:, None]

    def lift(self) -> Floats:
        lift = self.when_light.mean() - self.when_heavy.mean()
        return np.where(self.frame.never_varies, np.nan, lift)

    def lift_error(self) -> Floats:
        error = np.hypot(self.when_light.error(), self.when_heavy.error())
        return np.where(self.frame.never_varies, np.nan, error)

    def level_share(self) -> Floats:
        return self.sums["level_draws"] / self.sums["levels_drawn"]

    def rank_by_level(self) -> Floats:
        drawn = self.sums["level_draws"]
        return self.sums["level_ranks"] / 2 / np.where(drawn > 0, drawn, np.nan)

    def bands(self, order: Sequence[int]) -> Integers:
        """(m,) by id: as `bands.leader_bands`, where the nearest in order of those that the pilot
        took for leaders speaks for a leader that is none of them."""
        rows = np.empty_like(self.frame.order)
        rows[self.frame.order] = np.arange(len(rows))
        in_order = rows[np.array(order)].tolist()
        place_of = {row: place for place, row in enumerate(in_order)}
        leaders = sorted(self._leaders(), key=lambda one: place_of[one.row])
        places = np.array([place_of[one.row] for one in leaders])
        bands = np.zeros(len(order), dtype=np.int64)
        band, leader = 0, leaders[0]
        for place, row in enumerate(in_order):
            if band == 0 or leader.is_ahead_of(row):
                band, leader = band + 1, leaders[int(np.abs(places - place).argmin())]
            bands[order[place]] = band
        return bands

    def _leaders(self) -> list[_Leader]:
        total = self.by_scrambling["balance"].sum(axis=0)
        table = PairTable(len(self.frame.order), self.compared, total)
        return [
            _Leader(row, start, 0.5 + table.against(row, np.arange(start, stop)) / self.draws / 2)
            for row, start, stop in self.frame.leaders.tolist()
        ]

    def pairs(self) -> tuple[Integers, Floats, Floats]:
        """Indices by id, shares of draws and errors of all pairs that were compared."""
        pair = self.frame.order[self.compared]
        sign = np.where(pair[:, 0] < pair[:, 1], 1, -1)
        pair = np.sort(pair, axis=1)
        order = np.lexsort((pair[:, 1], pair[:, 0]))
        counted = ReplicateSums(len(order))
        for balance, size in zip(self.by_scrambling["balance"], self.sizes, strict=True):
            counted.close((balance * sign)[order].astype(np.float64), int(size))
        return pair[order], 0.5 + counted.mean() / 2, counted.error() / 2
