"""What puts one technology ahead of another: the difference of their worths, by dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.engine.chances import Constants, Tables
from scoring.engine.eligibility import admit
from scoring.engine.lenses import Lens, draw_weights
from scoring.engine.ranking import FEWEST_DRAWS, SCRAMBLINGS, draw_plan
from scoring.engine.results import Floats
from scoring.engine.sampling import LevelSampler, level_values
from scoring.engine.scores import DIMENSIONS, Technology

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


def contrasts(  # noqa: PLR0913
    technology: Technology,
    others: Sequence[Technology],
    lens: Lens,
    *,
    draws: int,
    seed: int,
    tables: Tables | None = None,
    constants: Constants | None = None,
) -> tuple[Contrast, ...]:
    """The technology against each of the others, in their order.

    The draws are those of `ranking.rank` under the same lens, seed and number: since the draws of
    a technology depend on its id and cards alone, `share_ahead` is the ranking's pairwise winning
    index of the two, whoever else was ranked. In an additive model with common draws k,

        difference = mean over k of sum over j of w(k, j) (v(k, j, a) - v(k, j, b)),

    so that the mean of each summand is its dimension's part and the parts add up exactly; no
    attribution has to be chosen. Raises ValueError for one that cannot be ranked, for an id that
    is there twice and for fewer than FEWEST_DRAWS draws.

    Source of the additive value model: Lahdelma & Salminen 2001, Operations Research 49:444-454.
    """
    if draws < FEWEST_DRAWS:
        raise ValueError(f"{draws} draws cannot be counted by; ask for {FEWEST_DRAWS} or more")
    ranked, unranked = admit([technology, *others])
    if unranked:
        first = unranked[0]
        raise ValueError(f"{first.id} cannot be compared: {first.not_ranked_because}")
    ids = [each.id for each in ranked]
    tally = _Tally(ids.index(technology.id), len(ids))
    constants = constants or Constants()
    sampler = LevelSampler(ranked, tables or {}, constants, seed)
    sizes, plan = draw_plan(draws)
    weights = [draw_weights(lens, seed=seed, scrambling=r, draws=n) for r, n in enumerate(sizes)]
    for chunk, (replicate, start, size) in enumerate(plan):
        part = weights[replicate][start : start + size]
        levels = sampler.draw(chunk, size).astype(np.intp)
        worth = np.empty(levels.shape)
        for j, name in enumerate(DIMENSIONS):
            value = level_values(name, constants.spacing, seed, chunk, size)
            worth[j] = (value * part[:, j])[levels[j], np.arange(size)]
        tally.add(replicate, worth)
    return tuple(tally.contrast(ids.index(other.id), other.id, sizes) for other in others)


def leading_dimensions(contrast: Contrast) -> tuple[str, ...]:
    """The one or two dimensions by which the one in front mostly is so; empty where it takes more.

    They are the fewest whose parts make at least MOSTLY of all parts that speak for it.
    """
    sign = 1.0 if contrast.share_ahead >= 0.5 else -1.0
    speaks = np.maximum(sign * contrast.parts, 0.0)
    total = float(speaks.sum())
    order = np.argsort(-speaks, kind="stable")
    for count in range(1, FEW + 1):
        if total > 0 and speaks[order[:count]].sum() >= MOSTLY * total:
            return tuple(contrast.dimensions[j] for j in order[:count])
    return ()


class _Tally:
    """Sums over draws of one technology against all m, itself among them."""

    def __init__(self, place: int, m: int) -> None:
        n = len(DIMENSIONS)
        self.place = place
        self.twice_wins, self.decided = np.zeros(m), np.zeros((n, m))
        self.parts = np.zeros((SCRAMBLINGS, n, m))

    def add(self, replicate: int, worth: Floats) -> None:
        """Count a chunk: worth (dimensions, m, draws), weight times value of each level."""
        total = np.zeros(worth.shape[1:])
        for part in worth:
            total += part
        ahead = np.sign(total[self.place] - total)
        gaps = worth[:, self.place, None] - worth
        self.parts[replicate] += gaps.sum(axis=2)
        self.twice_wins += (ahead + 1).sum(axis=1)
        for j in range(len(gaps)):
            # Summed anew, not subtracted: equals stay exactly equal.
            rest = np.delete(gaps, j, axis=0).sum(axis=0)
            self.decided[j] += ((ahead != 0) & (np.sign(rest) != ahead)).sum(axis=1)

    def contrast(self, column: int, other: str, sizes: Sequence[int]) -> Contrast:
        draws = sum(sizes)
        sums = self.parts[:, :, column]
        parts = sums.sum(axis=0) / draws
        spread = ((sums - np.outer(sizes, parts)) ** 2).sum(axis=0)
        return Contrast(
            other=other,
            draws=draws,
            dimensions=DIMENSIONS,
            share_ahead=float(self.twice_wins[column] / (2 * draws)),
            difference=float(parts.sum()),
            parts=parts,
            parts_se=np.sqrt(spread * SCRAMBLINGS / (SCRAMBLINGS - 1)) / draws,
            decides=self.decided[:, column] / draws,
        )
