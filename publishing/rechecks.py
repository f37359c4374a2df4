"""How far a second look at a published card could move the ranking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import hypot, sqrt

from assessments.models import RoundAnswer
from assessments.selectors import PublishedCard
from publishing.pages.published import Published

# Proposals: certainty speaks of twelve months, and beyond 36 a card is not ranked anyway.
MONTHS_OF_CERTAINTY = 12
MOST_MONTHS = 36
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Recheck:
    """A published lead card with the ranks that a second look at it could move it by."""

    card: PublishedCard
    moves: Mapping[str, float]
    said_on: date
    months: int
    ranks: float

    @property
    def strongest(self) -> str:
        return max(self.moves, key=lambda key: self.moves[key], default="")


def rechecks(published: Published, answers: Mapping[int, RoundAnswer]) -> list[Recheck]:
    """Of every ranked technology, the one that could move most first."""
    rows = published.ranking.ranked if published.ranking else ()
    found = []
    for row in rows:
        card = published.lead(row.slug)
        if card is not None:
            found.append(_recheck(card, row.moves, last_said(card, answers), published.today))
    return sorted(found, key=lambda one: (-one.ranks, one.card.slug))


def last_said(card: PublishedCard, answers: Mapping[int, RoundAnswer]) -> date:
    """The day that the card speaks of, or on which a round found that very revision right."""
    answer = answers.get(card.card_id)
    if answer is None or answer.revision_id != card.revision_id:
        return card.as_of
    is_right = answer.answer == RoundAnswer.Answer.STILL_RIGHT
    return max(card.as_of, answer.as_of) if is_right else card.as_of


def _recheck(
    card: PublishedCard, moves: Mapping[str, float], said_on: date, today: date
) -> Recheck:
    months = max((today - said_on).days, 0) / DAYS_A_MONTH
    return Recheck(card, moves, said_on, int(months), ranks_at_stake(moves.values(), months))


def ranks_at_stake(moves: Iterable[float], months: float) -> float:
    """The dimensions' moves together, grown with the root of the time since it was said."""
    return hypot(*moves) * sqrt(min(months, MOST_MONTHS) / MONTHS_OF_CERTAINTY)


def ranks_words(ranks: float) -> str:
    """A second look could move it by about 3.2 ranks."""
    if ranks < 0.05:
        return "said just now: a second look would hardly move it"
    return f"a second look could move it by about {ranks:.1f} ranks"
