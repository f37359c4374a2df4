"""Why expected ranks differ between two rankings: what came from what, and all of it.

Two rankings of the same seed share their draws. Between them stand up to seven causes, and each
is given its Shapley value: what it changes on average over all orders in which the causes could
have come about. The expected rank is one plus a sum over pairs, and a pair depends on the
scores of its two technologies alone; so one's own scores and those of the others are told apart
by counting old and new against old and new, without a ranking for each technology.

Source: Shapley 1953, Contributions to the Theory of Games II, 307-317.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import factorial

import numpy as np
from numpy.typing import NDArray

from scoring.engine.common_draws import Draws, Rules, drawn_worths, twice_ahead, twice_behind
from scoring.engine.eligibility import admit, why_not_ranked
from scoring.engine.results import Floats
from scoring.engine.scores import AGES, CardScores, Technology, Window

CAUSES = ("own", "others", "series", "entries", "lens", "method", "calendar")
"""One's own scores; those of others; cards of another series in place of those before, one's own
or others'; who is ranked; the lens; constants, tables and engine; ages of cards and the date."""
RULES = ("lens", "method", "calendar")


@dataclass(frozen=True)
class Side:
    """One of the two rankings: its technologies, as `smaa.rank` takes them, and its rules."""

    technologies: Sequence[Technology]
    rules: Rules


@dataclass(frozen=True, eq=False)
class Attribution:
    """Changes of the technologies that are ranked on both sides, rows following `ids`.

    Parts (m, causes) follow CAUSES and add up to after less before. The share of the field is
    that of the common field which a technology beats, ties half; NaN where it is alone there.
    """

    ids: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    draws: int
    expected_before: Floats
    expected_after: Floats
    expected_parts: Floats
    share_before: Floats
    share_after: Floats
    share_parts: Floats


def attribute(
    before: Side, after: Side, *, draws: int, seed: int, breaks: Collection[str] = ()
) -> Attribution:
    """Every change of expected rank from one ranking to the other, by cause.

    breaks: ids whose cards are of another series after than before. With the draws and seed of
    two runs the ends are the expected ranks of these runs. A technology that can be ranked
    on one side only is an entry added or removed, whatever the reason.
    """
    entries = _Entries.between(before, after, breaks)
    game = _Game(entries, before.rules, after.rules, Draws(draws, seed))
    return Attribution(
        ids=tuple(old.id for old in entries.old),
        added=tuple(technology.id for technology in entries.added),
        removed=tuple(technology.id for technology in entries.removed),
        draws=draws,
        expected_before=game.expected(()),
        expected_after=game.expected(game.active),
        expected_parts=_shapley(game.expected, game.active),
        share_before=game.share(()),
        share_after=game.share(game.active),
        share_parts=_shapley(game.share, game.active),
    )


@dataclass(frozen=True, eq=False)
class _Entries:
    """Who is ranked on both sides, in the same order, and who on one of them."""

    old: list[Technology]
    new: list[Technology]
    added: list[Technology]
    removed: list[Technology]
    is_break: NDArray[np.bool_]

    @classmethod
    def between(cls, before: Side, after: Side, breaks: Collection[str]) -> "_Entries":
        whole = [{t.id: t for t in side.technologies} for side in (before, after)]
        ranked = [
            {t.id: t for t in admit(side.technologies, side.rules.lens.dimensions)[0]}
            for side in (before, after)
        ]
        common = sorted(ranked[0].keys() & ranked[1].keys())
        return cls(
            old=[whole[0][key] for key in common],
            new=[whole[1][key] for key in common],
            added=[ranked[1][key] for key in sorted(ranked[1].keys() - ranked[0].keys())],
            removed=[ranked[0][key] for key in sorted(ranked[0].keys() - ranked[1].keys())],
            is_break=np.array([key in breaks for key in common], dtype=bool),
        )

    def variants(self, *, is_new: bool, is_later: bool) -> list[Technology]:
        """The common ones with old or new scores at the ages of the old or the new date."""
        pairs = zip(self.old, self.new, strict=True)
        return [_blend(old, new, is_new=is_new, is_later=is_later) for old, new in pairs]


def _blend(old: Technology, new: Technology, *, is_new: bool, is_later: bool) -> Technology:
    """A card that says the same on both sides and has only grown older is the calendar's."""
    own, dated = (new if is_new else old), (new if is_later else old)
    cards = own.cards
    if len(old.cards) == len(new.cards):
        triples = zip(old.cards, new.cards, own.cards, dated.cards, strict=True)
        cards = tuple(
            at_date if _has_only_aged(one, other) else said for one, other, said, at_date in triples
        )
    fit = tuple(card for card in cards if why_not_ranked(card) is None)
    if not fit:
        # A mixture of two dates may hold no card that counts; each date by itself holds one.
        fit = tuple(card for card in own.cards if why_not_ranked(card) is None)
    window = dated.window if _window_has_only_aged(old.window, new.window) else own.window
    return replace(own, cards=fit, window=window)


def _has_only_aged(old: CardScores, new: CardScores) -> bool:
    is_older = AGES.index(new.age) >= AGES.index(old.age)
    return is_older and (old.scores, old.scenarios) == (new.scores, new.scenarios)


def _window_has_only_aged(old: Window | None, new: Window | None) -> bool:
    if old is None or new is None:
        return False
    is_older = AGES.index(new.age) >= AGES.index(old.age) and new.is_closed <= old.is_closed
    return is_older and replace(old, age=new.age, is_closed=new.is_closed) == new


@dataclass(frozen=True, eq=False)
class _Losses:
    """By version of one's own scores and version of the others': sums of pairwise losses."""

    plain: Floats
    """(2, 2, m) against the common ones whose series is the same."""
    broken: Floats
    """(2, 2, m) against those of another series."""
    added: Floats
    """(2, m)"""
    removed: Floats


class _Game:
    """What the expected rank and the share beaten are with any set of causes in force."""

    def __init__(self, entries: _Entries, before: Rules, after: Rules, draws: Draws) -> None:
        self.entries, self.rules, self.draws = entries, (before, after), draws
        self.variants = {
            (is_new, is_later): entries.variants(is_new=is_new, is_later=is_later)
            for is_new, is_later in product((False, True), repeat=2)
        }
        self.active = frozenset(self._active())
        self._counted: dict[tuple[bool, ...], _Losses] = {}

    def _active(self) -> list[str]:
        before, after = self.rules
        changed, aged = (
            self._differ((False, False), end) | self._differ(start, (True, True))
            for end, start in (((True, False), (False, True)), ((False, True), (True, False)))
        )
        has_plain = bool((changed & ~self.entries.is_break).any())
        has_horizon = before.lens.horizon is not None or after.lens.horizon is not None
        is_there = {
            "own": has_plain,
            "others": has_plain,
            "series": bool((changed & self.entries.is_break).any()),
            "entries": bool(self.entries.added or self.entries.removed),
            "lens": before.lens != after.lens,
            "method": (before.constants, before.tables) != (after.constants, after.tables),
            "calendar": bool(aged.any()) or (before.today != after.today and has_horizon),
        }
        return [cause for cause in CAUSES if is_there[cause]]

    def _differ(self, one: tuple[bool, bool], other: tuple[bool, bool]) -> NDArray[np.bool_]:
        pairs = zip(self.variants[one], self.variants[other], strict=True)
        return np.array([first != second for first, second in pairs], dtype=bool)

    def expected(self, causes: Collection[str]) -> Floats:
        """(m,) expected rank with these causes in force."""
        common, losses, own = self._common(causes)
        entries = losses.added if "entries" in causes else losses.removed
        return 1.0 + common + entries[own, np.arange(len(own))]

    def share(self, causes: Collection[str]) -> Floats:
        """(m,) share of the common field that is beaten with these causes in force."""
        common, _, own = self._common(causes)
        return 1.0 - common / (len(own) - 1 if len(own) > 1 else np.nan)

    def _common(self, causes: Collection[str]) -> tuple[Floats, _Losses, NDArray[np.intp]]:
        losses = self._losses(tuple(cause in causes for cause in RULES))
        is_break = self.entries.is_break
        own = np.where(is_break, "series" in causes, "own" in causes).astype(np.intp)
        rows = np.arange(len(own))
        plain = losses.plain[own, int("others" in causes), rows]
        return plain + losses.broken[own, int("series" in causes), rows], losses, own

    def _losses(self, ruled: tuple[bool, ...]) -> _Losses:
        if ruled not in self._counted:
            self._counted[ruled] = self._count(ruled)
        return self._counted[ruled]

    def _count(self, ruled: tuple[bool, ...]) -> _Losses:
        has_lens, has_method, is_later = ruled
        old, new = self.variants[False, is_later], self.variants[True, is_later]
        method = self.rules[has_method]
        today = self.rules[is_later].today
        rules = Rules(self.rules[has_lens].lens, method.constants, method.tables, today)
        return _count_losses(_Rows.of(old, new, self.entries), rules, self.draws)


@dataclass(frozen=True, eq=False)
class _Rows:
    """Everybody once, and those whose scores changed once more as they are after."""

    technologies: list[Technology]
    version: NDArray[np.intp]
    """(2, m) the row of each common one, before and after."""
    groups: NDArray[np.bool_]
    """(6, rows) plain before and after, of another series before and after, added, removed."""

    @classmethod
    def of(cls, old: list[Technology], new: list[Technology], entries: _Entries) -> "_Rows":
        m = len(old)
        changed = [i for i in range(m) if old[i] != new[i]]
        rows = [*old, *(new[i] for i in changed), *entries.added, *entries.removed]
        version = np.tile(np.arange(m), (2, 1))
        version[1, changed] = m + np.arange(len(changed))
        groups = np.zeros((6, len(rows)), dtype=bool)
        for after, is_break in product((0, 1), repeat=2):
            groups[2 * is_break + after, version[after, entries.is_break == is_break]] = True
        last = m + len(changed)
        groups[4, last : last + len(entries.added)] = True
        groups[5, last + len(entries.added) :] = True
        return cls(rows, version, groups)


def _count_losses(rows: _Rows, rules: Rules, draws: Draws) -> _Losses:
    m = rows.version.shape[1]
    behind = np.zeros(rows.groups.shape, dtype=np.int64)
    new_ahead = np.zeros(m, dtype=np.int64)
    before, after = rows.version
    for drawn in drawn_worths(rows.technologies, rules, draws):
        behind += twice_behind(drawn, rows.groups)
        new_ahead += twice_ahead(drawn[after], drawn[before])
    # Nobody stands against himself, neither as he is nor as he was.
    met = behind[:, rows.version].astype(np.float64)
    itself = np.full((2, 2, m), draws.count, dtype=np.int64)
    itself[0, 1], itself[1, 0] = new_ahead, 2 * draws.count - new_ahead
    is_break = rows.groups[2, before]
    scale = 2 * draws.count
    return _Losses(
        plain=(np.swapaxes(met[0:2], 0, 1) - itself * ~is_break) / scale,
        broken=(np.swapaxes(met[2:4], 0, 1) - itself * is_break) / scale,
        added=met[4] / scale,
        removed=met[5] / scale,
    )


def _shapley(value: Callable[[Collection[str]], Floats], active: Collection[str]) -> Floats:
    """(m, causes) mean change that each cause makes over all orders of those in force."""
    players = [cause for cause in CAUSES if cause in active]
    n = len(players)
    parts = np.zeros((len(value(())), len(CAUSES)))
    coalitions = {
        frozenset(chosen): value(chosen)
        for size in range(n + 1)
        for chosen in combinations(players, size)
    }
    for chosen, without in coalitions.items():
        weight = factorial(len(chosen)) * factorial(max(n - len(chosen) - 1, 0)) / factorial(n)
        for cause in players:
            if cause not in chosen:
                parts[:, CAUSES.index(cause)] += weight * (coalitions[chosen | {cause}] - without)
    return parts
