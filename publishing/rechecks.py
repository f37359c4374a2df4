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
HARDLY = 0.05
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


@dataclass(frozen=True)
class Stakes:
    """What a second look could move, by technology, as one run of the ranking says."""

    run_id: int | None
    ranks: Mapping[str, float]
    moves: Mapping[str, Mapping[str, float]]

    def of(self, slug: str, dimensions: Iterable[str] | None = None) -> float:
        """Of the whole card, or of these dimensions alone; 0 for what is not ranked."""
        if dimensions is None:
            return self.ranks.get(slug, 0.0)
        moves = self.moves.get(slug, {})
        return hypot(*(moves.get(dimension, 0.0) for dimension in dimensions))

    def words(self, slug: str, dimensions: Iterable[str] | None = None) -> str:
        """Could move it by about 2.1 ranks."""
        if slug not in self.moves:
            return "not ranked: no run says what it could move"
        ranks = self.of(slug, dimensions)
        if ranks < HARDLY:
            return "would hardly move it"
        return f"could move it by about {ranks:.1f} ranks"


def stakes_of(found: Iterable[Recheck], published: Published) -> Stakes:
    every = list(found)
    return Stakes(
        run_id=published.ranking.run.id if published.ranking else None,
        ranks={one.card.slug: one.ranks for one in every},
        moves={one.card.slug: one.moves for one in every},
    )


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
    if ranks < HARDLY:
        return "said just now: a second look would hardly move it"
    return f"a second look could move it by about {ranks:.1f} ranks"


def stake_words(ranks: float) -> str:
    """Nothing of what would hardly move, or is not ranked."""
    return "" if ranks < HARDLY else ranks_words(ranks)
