"""How a ranking hangs on what nobody has measured, and on single scores.

Both parts compare on common draws: what they add to the ranking is a difference between two
rankings that share their luck, so that few draws settle it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from scoring.engine.chances import Constants, stated_scenarios
from scoring.engine.common_draws import Draws, Rules, drawn_worths, twice_ahead, twice_behind
from scoring.engine.eligibility import admit
from scoring.engine.results import Floats
from scoring.engine.scores import DIMENSIONS, LEVELS, PLAIN_LEVELS, CardScores, Score, Technology

MOST_STEPS = PLAIN_LEVELS


def _doubted(constants: Constants, factor: float) -> Constants:
    """Levels away from the stated one weigh that many times as much."""
    low, medium, high = (
        (kernel[0], kernel[1] * factor, kernel[2] * factor)
        for kernel in (constants.low, constants.medium, constants.high)
    )
    return replace(constants, low=low, medium=medium, high=high)


def alternatives(constants: Constants) -> dict[str, Constants]:
    """The other constants under which a ranking is computed again, by name."""
    lowest, even = (1.0, 0.0, 0.0, 0.0, 0.0), (1 / PLAIN_LEVELS,) * PLAIN_LEVELS
    return {
        "certainty tighter": _doubted(constants, 0.5),
        "certainty wider": _doubted(constants, 1.5),
        "levels ordinal": replace(constants, spacing=1.0),
        "levels equally spaced": replace(constants, spacing=np.inf),
        "found nothing means level 1": replace(constants, found_nothing=lowest),
        "found nothing means any level": replace(constants, found_nothing=even),
    }


@dataclass(frozen=True, eq=False)
class UnderOthers:
    """Expected ranks of the ranked technologies, rows following `ids`."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    expected_rank: Floats
    """(m,) under the constants in force."""
    by_name: Floats
    """(m, names) under each of the others."""


def under_other_constants(
    technologies: Sequence[Technology], rules: Rules, *, draws: int, seed: int
) -> UnderOthers:
    """Expected ranks under the constants of the rules and under each of `alternatives`."""
    ranked, _ = admit(technologies, rules.lens.dimensions)
    drawn = Draws(draws, seed)
    others = alternatives(rules.constants)
    found = [
        expected_ranks(ranked, replace(rules, constants=constants), drawn)
        for constants in (rules.constants, *others.values())
    ]
    return UnderOthers(
        ids=tuple(technology.id for technology in ranked),
        names=tuple(others),
        expected_rank=found[0],
        by_name=np.stack(found[1:], axis=1),
    )


def expected_ranks(ranked: Sequence[Technology], rules: Rules, draws: Draws) -> Floats:
    """(m,) expected ranks of technologies that can all be ranked, as `smaa.rank` has them."""
    everybody = np.ones((1, len(ranked)), dtype=bool)
    behind = np.zeros(len(ranked), dtype=np.int64)
    for drawn in drawn_worths(ranked, rules, draws):
        behind += twice_behind(drawn, everybody)[0]
    return 0.5 + behind / (2 * draws.count)


@dataclass(frozen=True)
class Flip:
    """One score that, said otherwise, puts two neighbours in the other order."""

    ahead: str
    """The neighbour with the better expected rank now; then the other one."""
    behind: str
    id: str
    """Which of the two the score is of."""
    dimension: str
    level: str
    """As the card says it: a level or a span."""
    level_then: str
    steps: int
    share_ahead: float
    """Share of draws in which `ahead` is ahead of `behind`, now and then."""
    share_ahead_then: float
    expected_rank_then: float
    """Of the technology whose score it is."""


Pair = tuple[int, int]


@dataclass(frozen=True)
class _Variant:
    """A technology of a pair with one score changed; rows count those that are ranked."""

    pair: Pair
    row: int
    technology: Technology
    dimension: str
    before: Score
    after: Score

    @property
    def is_raised(self) -> bool:
        """Whether it is the one behind, that has to rise."""
        return self.row == self.pair[1]

    @property
    def neighbour(self) -> int:
        return self.pair[0] if self.is_raised else self.pair[1]


def flips(
    technologies: Sequence[Technology],
    rules: Rules,
    *,
    expected: Mapping[str, float],
    draws: int,
    seed: int,
) -> tuple[Flip, ...]:
    """For each two neighbours the smallest change of one score of either that flips them.

    expected: the expected rank of each ranked technology, which sets who neighbours whom; what a
    change adds to it is counted on these draws. A change raises or lowers one dimension of the
    first card, a span as a whole; the fewest levels win, then the least that suffices.
    Neighbours that no single score flips, and those with one expected rank, give none. In the order
    of the ranking, the smaller change of each two first.
    """
    ranked, _ = admit(technologies, rules.lens.dimensions)
    standing = np.array([expected[technology.id] for technology in ranked])
    order = np.lexsort((np.arange(len(ranked)), standing))
    open_pairs = {(int(a), int(b)) for a, b in pairwise(order) if standing[a] < standing[b]}
    search = _Search(ranked, standing, rules, Draws(draws, seed))
    found: dict[tuple[int, int], list[Flip]] = {}
    unsettled = {(pair, row) for pair in open_pairs for row in pair}
    for steps in range(1, MOST_STEPS + 1):
        for pair, flip in search.smallest(unsettled, steps):
            found.setdefault(pair, []).append(flip)
        unsettled = {
            (pair, row)
            for pair, row in unsettled
            if all(flip.id != ranked[row].id for flip in found.get(pair, ()))
        }
    places = {int(row): place for place, row in enumerate(order)}
    return tuple(flip for pair in sorted(found, key=lambda p: places[p[0]]) for flip in found[pair])


class _Search:
    """Tries changes of single scores, all of one size at once."""

    def __init__(
        self, ranked: Sequence[Technology], standing: Floats, rules: Rules, draws: Draws
    ) -> None:
        self.ranked, self.standing, self.rules, self.draws = ranked, standing, rules, draws

    def smallest(self, unsettled: set[tuple[Pair, int]], steps: int) -> list[tuple[Pair, Flip]]:
        """The change that just suffices, for each pair and each of its two where one does."""
        variants = [
            variant
            for pair, row in sorted(unsettled)
            for variant in self._variants(pair, row, -steps if row == pair[0] else steps)
        ]
        if not variants:
            return []
        return self._sufficient(variants, self._counted(variants), steps)

    def _variants(self, pair: Pair, row: int, shift: int) -> list[_Variant]:
        technology = self.ranked[row]
        lead, *others = technology.cards
        found = []
        for dimension in _movable(lead):
            before = lead.scores[dimension]
            after = shifted(before, dimension, shift)
            if after is not None:
                card = replace(lead, scores={**lead.scores, dimension: after})
                changed = replace(technology, cards=(card, *others))
                found.append(_Variant(pair, row, changed, dimension, before, after))
        return found

    def _counted(self, variants: Sequence[_Variant]) -> "_Counts":
        m = len(self.ranked)
        rows = np.array([variant.row for variant in variants])
        neighbours = np.array([variant.neighbour for variant in variants])
        everybody = np.arange(m + len(variants)) < m
        behind = np.zeros(m + len(variants), dtype=np.int64)
        itself, then, now = (np.zeros(len(variants), dtype=np.int64) for _ in range(3))
        drawn_of = [*self.ranked, *(variant.technology for variant in variants)]
        for drawn in drawn_worths(drawn_of, self.rules, self.draws):
            behind += twice_behind(drawn, everybody[None, :])[0]
            itself += twice_ahead(drawn[rows], drawn[m:])
            then += twice_ahead(drawn[m:], drawn[neighbours])
            now += twice_ahead(drawn[rows], drawn[neighbours])
        # A row is its own equal once; a variant is no rival of the technology that it is of.
        gain = behind[m:] - itself - (behind[rows] - self.draws.count)
        scale = 2 * self.draws.count
        return _Counts(
            own_then=self.standing[rows] + gain / scale,
            other_then=self.standing[neighbours] + (then - now) / scale,
            share_now=now / scale,
            share_then=then / scale,
        )

    def _sufficient(
        self, variants: Sequence[_Variant], counts: "_Counts", steps: int
    ) -> list[tuple[Pair, Flip]]:
        past = counts.other_then - counts.own_then
        past = past * [1 if variant.is_raised else -1 for variant in variants]
        found, is_settled = [], set()
        for i in np.argsort(past, kind="stable").tolist():
            variant = variants[i]
            if past[i] > 0 and (variant.pair, variant.row) not in is_settled:
                is_settled.add((variant.pair, variant.row))
                found.append((variant.pair, self._flip(variant, counts, i, steps)))
        return found

    def _flip(self, variant: _Variant, counts: "_Counts", i: int, steps: int) -> Flip:
        shares = float(counts.share_now[i]), float(counts.share_then[i])
        now, then = (1 - shares[0], 1 - shares[1]) if variant.is_raised else shares
        ahead, behind = variant.pair
        return Flip(
            ahead=self.ranked[ahead].id,
            behind=self.ranked[behind].id,
            id=self.ranked[variant.row].id,
            dimension=variant.dimension,
            level=level_text(variant.before),
            level_then=level_text(variant.after),
            steps=steps,
            share_ahead=now,
            share_ahead_then=then,
            expected_rank_then=float(counts.own_then[i]),
        )


@dataclass(frozen=True, eq=False)
class _Counts:
    """(variants,) expected ranks of both as they would be, and shares of draws in which the
    technology of the variant is ahead of its neighbour."""

    own_then: Floats
    other_then: Floats
    share_now: Floats
    share_then: Floats


def _movable(card: CardScores) -> list[str]:
    """Dimensions whose level the draws take from the score."""
    has_scenarios = stated_scenarios(card) is not None
    return [
        dimension
        for dimension in DIMENSIONS
        if card.scores[dimension].is_scored and not (dimension == "impact" and has_scenarios)
    ]


def shifted(score: Score, dimension: str, steps: int) -> Score | None:
    """The score so many levels higher, cut at the ends of its scale; None where it cannot move."""
    last = len(LEVELS) - 1 if dimension == "impact" else PLAIN_LEVELS - 1
    stated = score.stated()
    moved = sorted({min(max(index + steps, 0), last) for index in stated})
    is_whole = moved[0] - stated[0] == steps or moved[-1] - stated[-1] == steps
    if not is_whole:
        return None
    level_to = LEVELS[moved[1]] if len(moved) == 2 else None
    return replace(score, level=LEVELS[moved[0]], level_to=level_to)


def level_text(score: Score) -> str:
    return "/".join(LEVELS[index] for index in score.stated())
