"""From what the parts of a large ranking counted to its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.engine.bands import AHEAD, by_expected_rank
from scoring.engine.eligibility import coverage
from scoring.engine.large_draws import Question
from scoring.engine.large_pilot import CELLS, PERCENTILES, Frame
from scoring.engine.large_plan import SCRAMBLINGS
from scoring.engine.large_tally import BLOCKS, ONE, SIDE, TOPS, Totals, bar_width
from scoring.engine.replicates import ReplicateSums
from scoring.engine.results import Floats, Integers, LargeRankingResult, Unranked
from scoring.engine.scores import Technology

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
        self.sizes = totals.by_scrambling["draws"]
        self.draws = int(self.sizes.sum())
        self.rank_sum = self._replicates("rank_sum", 0.5)
        self.tops = self._replicates("tops", 1 / ONE)
        self.when_light = self._replicates("when_light", 0.5, "light_draws")
        self.when_heavy = self._replicates("when_heavy", 0.5, "heavy_draws")
        self.support = self.sums["support"] / ONE

    def _replicates(self, name: str, unit: float, draws: str = "draws") -> ReplicateSums:
        sums = self.by_scrambling[name]
        found = ReplicateSums(*sums.shape[1:])
        for counted, size in zip(sums, self.by_scrambling[draws], strict=True):
            found.close(counted * unit, size.astype(np.float64))
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
        return self.sums["first_weights"] / ONE / support[:, None]

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
        share = 0.5 + self.by_scrambling["leading"].sum(axis=0) / self.draws / 2
        found, at = [], 0
        for row, start, stop in self.frame.leaders.tolist():
            found.append(_Leader(row, start, share[at : at + stop - start]))
            at += stop - start
        return found

    def pairs(self) -> tuple[Integers, Floats, Floats]:
        """Indices by id, shares of draws and errors of all pairs that were compared, each once."""
        rows, balances = self._compared()
        pair = self.frame.order[rows]
        sign = np.where(pair[:, 0] < pair[:, 1], 1, -1)
        pair = np.sort(pair, axis=1)
        _, kept = np.unique(pair[:, 0] * len(self.frame.order) + pair[:, 1], return_index=True)
        counted = ReplicateSums(len(kept))
        for by_pair, size in zip(balances, self.sizes, strict=True):
            counted.close((by_pair[kept] * sign[kept]).astype(np.float64), int(size))
        return pair[kept], 0.5 + counted.mean() / 2, counted.error() / 2

    def _compared(self) -> tuple[Integers, Integers]:
        """(pairs, 2) rows and (scramblings, pairs) balances, some of them twice."""
        near, row = self.by_scrambling["near"], np.arange(len(self.frame.order))
        rows, balances = [], []
        for away in range(1, SIDE + 1):
            rows.append(np.stack([row[:-away], row[away:]], axis=1))
            balances.append(near[:, :-away, away - 1])
        for name, own in BLOCKS.items():
            first, second = np.triu_indices(len(row[own]), 1)
            rows.append(np.stack([row[own][first], row[own][second]], axis=1))
            balances.append(self.by_scrambling[name][:, first, second])
        at = 0
        for leader, start, stop in self.frame.leaders.tolist():
            others = np.arange(start, stop)
            is_other = others != leader
            rows.append(np.stack([np.full(stop - start, leader), others], axis=1)[is_other])
            against = self.by_scrambling["leading"][:, at : at + stop - start]
            balances.append(against[:, is_other])
            at += stop - start
        return np.concatenate(rows), np.concatenate(balances, axis=1)
