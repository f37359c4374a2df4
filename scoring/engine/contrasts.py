"""What puts one technology ahead of another: the difference of their worths, by dimension."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.chances import Constants, Tables
from scoring.engine.eligibility import admit
from scoring.engine.lenses import Lens, draw_weights
from scoring.engine.ranking import FEWEST_DRAWS, SCRAMBLINGS, draw_plan
from scoring.engine.results import Floats, Integers
from scoring.engine.sampling import LevelSampler
from scoring.engine.scores import Technology
from scoring.engine.units import WORTH_UNIT
from scoring.engine.views import View, opening_sampler

MOSTLY = 0.6
"""A proposal: the share of what speaks for a technology that "mostly" has to cover."""
FEW = 2
"""More dimensions than this are no "mostly"."""


@dataclass(frozen=True, eq=False)
class Contrast:
    """One technology against another, over common draws; n dimensions."""

    other: str
    draws: int
    dimensions: tuple[str, ...]
    share_ahead: float
    """Share of draws in which it is ahead of the other, ties half."""
    difference: float
    """Mean worth less the other's; the parts add up to it."""
    parts: Floats
    """(n,) mean of weight times (value less the other's value)."""
    parts_se: Floats
    """(n,) Monte-Carlo standard errors, from the spread of independent scramblings."""
    decides: Floats
    """(n,) share of draws in which one of the two is ahead and would not be, were they equal
    in that dimension."""


class CommonDraws:
    """Weights and level values of a ranking's draws: the same for all technologies, made once."""

    def __init__(
        self,
        lens: Lens,
        *,
        draws: int,
        seed: int,
        constants: Constants | None = None,
        today: datetime.date | None = None,
    ) -> None:
        """today: the ranking's date, which a lens with a horizon asks for. Raises ValueError for
        fewer than FEWEST_DRAWS draws."""
        if draws < FEWEST_DRAWS:
            raise ValueError(f"{draws} draws cannot be counted by; ask for {FEWEST_DRAWS} or more")
        self.view = View(lens, constants or Constants(), seed)
        self.draws, self.today = draws, today
        self.sizes, plan = draw_plan(draws)
        weights = [
            draw_weights(lens, seed=seed, scrambling=r, draws=size)
            for r, size in enumerate(self.sizes)
        ]
        self._chunks: list[tuple[int, Floats, Integers]] = []
        for chunk, (replicate, start, size) in enumerate(plan):
            part = weights[replicate][start : start + size]
            self._chunks.append((replicate, part, self.view.weighted(chunk, part)))

    def worths(
        self, technologies: Sequence[Technology], tables: Tables
    ) -> Iterator[tuple[int, Integers]]:
        """For each chunk its scrambling and (dimensions, technologies, draws) parts of worth, in
        WORTH_UNIT: whole numbers, so that sums are those that the ranking compares."""
        view = self.view
        sampler = LevelSampler(technologies, tables, view.constants, view.seed)
        openings = opening_sampler(technologies, view.lens, self.today, view.seed)
        for chunk, (replicate, weights, weighted) in enumerate(self._chunks):
            levels = sampler.draw(chunk, len(weights)).astype(np.intp)
            column = np.arange(len(weights))
            parts = [weighted[j][levels[j], column] for j in range(len(levels))]
            if openings is not None:
                parts.append(view.timing(openings.draw(chunk, len(weights)), weights))
            yield replicate, np.stack(parts)


def contrasts(
    technology: Technology,
    others: Sequence[Technology],
    common: CommonDraws,
    tables: Tables | None = None,
) -> tuple[Contrast, ...]:
    """The technology against each of the others, in their order.

    The draws are those of `ranking.rank` under the same lens, seed and number: since the draws of
    a technology depend on its id and cards alone, `share_ahead` is the ranking's pairwise winning
    index of the two, whoever else was ranked. In an additive model with common draws k,

        difference = mean over k of sum over j of w(k, j) (v(k, j, a) - v(k, j, b)),

    so that the mean of each summand is its dimension's part and the parts add up exactly; no
    attribution has to be chosen. Under the weakest link v are logarithms, whose weighted sum
    orders as the weighted geometric mean does. Raises ValueError for one that cannot be ranked
    and for an id that is there twice.

    Source of the additive value model: Lahdelma & Salminen 2001, Operations Research 49:444-454.
    """
    dimensions = common.view.lens.dimensions
    ranked = _admitted([technology, *others], dimensions)
    ids = [each.id for each in ranked]
    tally = _Tally(ids.index(technology.id), len(ids), dimensions)
    for replicate, worth in common.worths(ranked, tables or {}):
        tally.add(replicate, worth)
    return tuple(tally.contrast(ids.index(other.id), other.id, common.sizes) for other in others)


def worth_parts(
    technologies: Sequence[Technology], common: CommonDraws, tables: Tables | None = None
) -> dict[str, Floats]:
    """(n,) mean of weight times value by id, of all that can be ranked.

    The parts of a pair are the one's less the other's, so that this is enough to say of any pair
    by which dimensions it is ahead.
    """
    dimensions = common.view.lens.dimensions
    ranked, _ = admit(technologies, dimensions)
    sums = np.zeros((len(dimensions), len(ranked)), np.int64)
    for _, worth in common.worths(ranked, tables or {}):
        sums += worth.sum(axis=2)
    means = sums.T / (common.draws * WORTH_UNIT)
    return {technology.id: means[i] for i, technology in enumerate(ranked)}


def _admitted(technologies: Sequence[Technology], dimensions: Sequence[str]) -> list[Technology]:
    ranked, unranked = admit(technologies, dimensions)
    for one in unranked:
        raise ValueError(f"{one.id} cannot be compared: {one.not_ranked_because}")
    return ranked


def leading_dimensions(parts: Floats, dimensions: Sequence[str]) -> tuple[str, ...]:
    """The one or two dimensions that mostly speak for the one in front; empty where it takes more.

    parts (n,), above nought where they speak for it. The fewest are named whose parts make at
    least MOSTLY of all that speak for it.
    """
    speaks = np.maximum(parts, 0.0)
    total = float(speaks.sum())
    order = np.argsort(-speaks, kind="stable")
    for count in range(1, FEW + 1):
        if total > 0 and speaks[order[:count]].sum() >= MOSTLY * total:
            return tuple(dimensions[j] for j in order[:count])
    return ()


class _Tally:
    """Sums over draws of one technology against all m, itself among them; whole numbers."""

    def __init__(self, place: int, m: int, dimensions: tuple[str, ...]) -> None:
        n = len(dimensions)
        self.place, self.dimensions = place, dimensions
        self.twice_wins, self.decided = np.zeros(m, np.int64), np.zeros((n, m), np.int64)
        self.parts = np.zeros((SCRAMBLINGS, n, m), np.int64)

    def add(self, replicate: int, worth: Integers) -> None:
        """Count a chunk: worth (dimensions, m, draws), weight times value of each level."""
        gaps = worth[:, self.place, None] - worth
        difference = gaps.sum(axis=0)
        ahead = np.sign(difference)
        self.parts[replicate] += gaps.sum(axis=2)
        self.twice_wins += (ahead + 1).sum(axis=1)
        for j, gap in enumerate(gaps):
            would_be = np.sign(difference - gap)
            self.decided[j] += ((ahead != 0) & (would_be != ahead)).sum(axis=1)

    def contrast(self, column: int, other: str, sizes: Sequence[int]) -> Contrast:
        draws = sum(sizes)
        sums = self.parts[:, :, column] / WORTH_UNIT
        parts = self.parts[:, :, column].sum(axis=0) / (draws * WORTH_UNIT)
        spread = ((sums - np.outer(sizes, parts)) ** 2).sum(axis=0)
        return Contrast(
            other=other,
            draws=draws,
            dimensions=self.dimensions,
            share_ahead=float(self.twice_wins[column] / (2 * draws)),
            difference=float(parts.sum()),
            parts=parts,
            parts_se=np.sqrt(spread * SCRAMBLINGS / (SCRAMBLINGS - 1)) / draws,
            decides=self.decided[:, column] / draws,
        )
