"""The six rows of a technology page: level, certainty, meaning, reason, what changed."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension, levels_of, window_word
from publishing.cards import LevelScore, Window, level_score, opened_in, window_of
from publishing.cited import CitedRow, cited_on
from publishing.figures.level_counts import level_counts
from publishing.pages.published import Published, month_words

LADDER = ("1", "1/2", "2", "2/3", "3", "3/4", "4", "4/5", "5", "5/5+", "5+")


@dataclass(frozen=True)
class ChangeTag:
    """`direction` is raise, lower, or empty where neither word fits."""

    direction: str
    words: str


@dataclass(frozen=True)
class ScoreRow:
    name: str
    score: LevelScore
    change: ChangeTag | None
    spread: SafeString
    evidence: tuple[CitedRow, ...]


@dataclass(frozen=True)
class TimingRow:
    window: Window
    words: str
    opened: int | None
    change: ChangeTag | None
    spread: str
    evidence: tuple[CitedRow, ...]


def score_rows(
    card: PublishedCard, before: PublishedCard | None, published: Published
) -> tuple[ScoreRow, ...]:
    return tuple(
        ScoreRow(
            name=dimension.value.capitalize(),
            score=level_score(card.card["scores"], dimension.value),
            change=_level_change(card, before, dimension.value),
            spread=_spread(card, dimension, published),
            evidence=cited_on(card, dimension, published),
        )
        for dimension in LEVEL_DIMENSIONS
    )


def timing_row(
    card: PublishedCard, before: PublishedCard | None, published: Published
) -> TimingRow:
    window, opened = window_of(card.card["scores"]), opened_in(card.body)
    opened_here = _open_now(published)
    return TimingRow(
        window=window,
        words=_timing_words(window, opened, published),
        opened=opened,
        change=_window_change(window, before),
        spread=f"{opened_here} of {len(published.judged)} are open" if opened_here else "",
        evidence=cited_on(card, Dimension.TIMING, published),
    )


def _timing_words(window: Window, opened: int | None, published: Published) -> str:
    if opened is not None:
        return f"Open since {opened}"
    if window.year_from is None:
        return window.unscored_reason.capitalize()
    word = window_word(window.year_from, window.year_to, on=published.today)
    return f"{word.value}: the market is expected to open in these years"


def _level_change(
    card: PublishedCard, before: PublishedCard | None, dimension: str
) -> ChangeTag | None:
    if before is None:
        return None
    new = level_score(card.card["scores"], dimension)
    old = level_score(before.card["scores"], dimension)
    if new.printed == old.printed:
        return None
    when = month_words(before.as_of)
    if card.card["series"] != before.card["series"]:
        return ChangeTag("", f"another series gave {old.printed or 'no level'}, {when}")
    if not old.level or not new.level:
        return ChangeTag("", f"was {old.printed or 'not scored'}, {when}")
    is_up = LADDER.index(new.printed) > LADDER.index(old.printed)
    sign = "▲" if is_up else "▼"
    return ChangeTag("raise" if is_up else "lower", f"{sign} from {old.printed}, {when}")


def _window_change(window: Window, before: PublishedCard | None) -> ChangeTag | None:
    if before is None:
        return None
    old = window_of(before.card["scores"])
    if old.printed == window.printed:
        return None
    return ChangeTag("", f"was {old.printed}, {month_words(before.as_of)}")


def _spread(card: PublishedCard, dimension: Dimension, published: Published) -> SafeString:
    this = card.card["scores"][dimension.value]["level"] or ""
    return _spread_drawing(published, dimension, this)


# The same few drawings stand on every page.
@lru_cache(maxsize=128)
def _spread_drawing(published: Published, dimension: Dimension, this: str) -> SafeString:
    return level_counts(_counts(published)[dimension], levels=levels_of(dimension), this=this)


@lru_cache(maxsize=2)
def _counts(published: Published) -> dict[Dimension, Counter[str]]:
    """A score that spans two levels is counted at the lower one."""
    return {
        dimension: Counter(
            level
            for card in published.judged
            if (level := card.card["scores"][dimension.value]["level"])
        )
        for dimension in LEVEL_DIMENSIONS
    }


@lru_cache(maxsize=2)
def _open_now(published: Published) -> int:
    return sum(opened_in(card.body) is not None for card in published.judged)
