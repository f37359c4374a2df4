"""The desk: what waits for one person, and what a second look could change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.urls import reverse

from assessments.models import RoundAnswer, Technology
from assessments.selectors import PublishedCard
from assessments.states import State
from assessments.values.scale import Dimension, UnscoredReason
from assessments.waiting import DraftWaiting, ReviewWaiting
from publishing.agreement import WideGap, wide_gaps
from publishing.cards import technology_url
from publishing.pages.published import Published, day_words
from publishing.pages.round import RoundPage, round_page
from publishing.rechecks import ranks_words, rechecks
from publishing.wording import opening_words
from scoring.inputs import STALE_MONTHS, age_class

Found = TypeVar("Found")

MOST_ROWS = 10
# What does not apply is settled.
TO_SCORE = {UnscoredReason.NOT_YET_ASSESSED, UnscoredReason.FOUND_NOTHING}
DUE_WITHIN = timedelta(days=90)


@dataclass(frozen=True)
class DeskRow:
    """One thing that waits, and the link that ends it."""

    name: str
    url: str
    words: str
    what: str
    tag: str = ""
    note: str = ""


@dataclass(frozen=True)
class DeskSection:
    """`rows` are the first of `total`; an empty section says so in `empty`."""

    heading: str
    caption: str
    rows: tuple[DeskRow, ...]
    total: int
    empty: str


@dataclass(frozen=True)
class Mine:
    """What waits for the person alone."""

    drafts: Sequence[DraftWaiting]
    reviews: Sequence[ReviewWaiting]
    sketches: int


@dataclass(frozen=True)
class Backlog:
    oldest: Sequence[Technology]
    total: int


@dataclass(frozen=True)
class DeskPage:
    headline: str
    lede: str
    mine: tuple[DeskSection, ...]
    team: tuple[DeskSection, ...]
    round: RoundPage
    sketches: int


@dataclass(frozen=True)
class _Stakes:
    """What a second look could move, by technology."""

    ranks: Mapping[str, float]
    moves: Mapping[str, Mapping[str, float]]


def desk_page(
    mine: Mine, backlog: Backlog, published: Published, answers: Mapping[int, RoundAnswer]
) -> DeskPage:
    found = rechecks(published, answers)
    stakes = _Stakes(
        {one.card.slug: one.ranks for one in found}, {one.card.slug: one.moves for one in found}
    )
    team = (
        _open(published, answers, stakes),
        _apart(published),
        _unscored(published, stakes),
        _old(published, stakes),
        _due(published),
        _backlog(backlog),
    )
    own = (_drafts(mine.drafts), _reviews(mine.reviews))
    return DeskPage(
        headline=_headline(sum(section.total for section in own)),
        lede=_lede(team),
        mine=tuple(section for section in own if section.total),
        team=tuple(section for section in team if section.total or section.empty),
        round=round_page(published, answers),
        sketches=mine.sketches,
    )


def _headline(count: int) -> str:
    if not count:
        return "Nothing waits for you."
    if count == 1:
        return "One thing waits for you."
    return f"{opening_words(count)} things wait for you."


def _lede(team: Sequence[DeskSection]) -> str:
    total = sum(section.total for section in team)
    if not total:
        return "Nor does anything wait for the team."
    count = opening_words(total)
    wait = "thing waits" if total == 1 else "things wait"
    return f"{count} {wait} for anyone of the team; what could move the ranking most is first."


def _section(
    words: tuple[str, str],
    found: Sequence[Found],
    row: Callable[[Found], DeskRow],
    *,
    empty: str = "",
) -> DeskSection:
    """`words` are the heading and the caption; rows are made of the first alone."""
    rows = tuple(row(one) for one in found[:MOST_ROWS])
    return DeskSection(*words, rows, len(found), empty)


def _drafts(drafts: Sequence[DraftWaiting]) -> DeskSection:
    returned_first = sorted(drafts, key=lambda one: one.state is not State.RETURNED)
    words = ("Your drafts", "Returned ones first, then the newest.")
    return _section(words, returned_first, _draft)


def _draft(one: DraftWaiting) -> DeskRow:
    card = one.revision.card
    return DeskRow(
        name=card.technology.name,
        url=reverse("assessments:card-edit", args=[card.pk]),
        words="Answer the reviewer" if one.state is State.RETURNED else "Finish it",
        what=f"{card.role}, saved {day_words(one.revision.recorded_at.date())}",
        tag=one.state.value,
        note=one.note,
    )


def _reviews(reviews: Sequence[ReviewWaiting]) -> DeskSection:
    return _section(("Reviews that you may end", "The oldest first."), reviews, _review)


def _review(one: ReviewWaiting) -> DeskRow:
    author = one.revision.author.get_username()
    return DeskRow(
        name=one.revision.card.technology.name,
        url=reverse("assessments:review-detail", args=[one.revision.pk]),
        words="Publish it" if one.state is State.APPROVED else "Review it",
        what=f"by {author}, since {day_words(one.since.date())}",
        tag=one.state.value,
    )


def _edit(card: PublishedCard, anchor: str = "") -> str:
    return reverse("assessments:card-edit", args=[card.card_id]) + anchor


def _open(published: Published, answers: Mapping[int, RoundAnswer], stakes: _Stakes) -> DeskSection:
    """Found open in a round and not published anew since."""
    found = [
        (card, answer)
        for card in published.judged
        if (answer := answers.get(card.card_id)) and _is_open(card, answer)
    ]
    found.sort(key=lambda one: -stakes.ranks.get(one[0].slug, 0.0))
    words = ("Found open in a round", "Until a newer revision is published.")
    return _section(words, found, _found_open)


def _is_open(card: PublishedCard, answer: RoundAnswer) -> bool:
    is_open = answer.answer == RoundAnswer.Answer.OPEN
    return is_open and answer.revision_id == card.revision_id


def _found_open(one: tuple[PublishedCard, RoundAnswer]) -> DeskRow:
    card, answer = one
    return DeskRow(
        name=card.technology["name"],
        url=_edit(card),
        words="Revise the card",
        what=f"by {answer.by.get_username()}, {day_words(answer.as_of)}",
    )


def _apart(published: Published) -> DeskSection:
    """For the authors to talk about and the editors to see to: nobody has to give in."""
    caption = "Two levels or more between published cards of the same technology."
    return _section(("Opinions far apart", caption), wide_gaps(published), _gap_between)


def _gap_between(gap: WideGap) -> DeskRow:
    return DeskRow(
        name=gap.card.technology["name"],
        url=technology_url(gap.card.slug),
        words=f"Look at both on {gap.dimension}",
        what=f"{gap.dimension}: {gap.words}",
        tag=f"{gap.levels:g} levels apart",
    )


def _unscored(published: Published, stakes: _Stakes) -> DeskSection:
    found = [
        (stakes.moves.get(card.slug, {}).get(dimension.value, 0.0), card, dimension)
        for card in published.judged
        for dimension in Dimension
        if card.card["scores"][dimension.value]["unscored_reason"] in TO_SCORE
    ]
    found.sort(key=lambda one: (-one[0], one[1].slug))
    words = ("Unscored dimensions", "Of published cards; what does not apply is left out.")
    return _section(words, found, _gap, empty="Every published card is scored as far as it can be.")


def _gap(one: tuple[float, PublishedCard, Dimension]) -> DeskRow:
    ranks, card, dimension = one
    return DeskRow(
        name=card.technology["name"],
        url=_edit(card, f"#{dimension.value}"),
        words=f"Score its {dimension.value}",
        what=_gap_words(ranks, dimension),
        tag=card.card["scores"][dimension.value]["unscored_reason"],
    )


def _gap_words(ranks: float, dimension: Dimension) -> str:
    if dimension is Dimension.TIMING:
        return "without a window it has no place on the map; the ranking does not ask for it"
    if ranks < 0.05:
        return "a level would hardly move it"
    return f"a level could move it by about {ranks:.1f} ranks"


def _old(published: Published, stakes: _Stakes) -> DeskSection:
    """Those that are no longer ranked come first: a new revision brings them back."""
    today = published.today
    ages = [(age_class(said_on=card.as_of, today=today), card) for card in published.judged]
    old = [(age, card, stakes.ranks.get(card.slug)) for age, card in ages if age != "fresh"]
    old.sort(key=lambda one: (one[0] != "expired", -(one[2] or 0.0), one[1].slug))
    caption = f"Older than {STALE_MONTHS} months: one class of certainty lower in the ranking."
    empty = "Every published card is fresh."
    return _section(("Old cards", caption), old, _old_card, empty=empty)


def _old_card(one: tuple[str, PublishedCard, float | None]) -> DeskRow:
    age, card, ranks = one
    what = "not ranked" if ranks is None else ranks_words(ranks)
    if age == "expired":
        what = "listed without a rank since it is older than three years"
    return DeskRow(
        name=card.technology["name"],
        url=_edit(card),
        words="Say what holds today",
        what=what,
        tag=f"as of {day_words(card.as_of)}",
    )


def _due(published: Published) -> DeskSection:
    last = published.today + DUE_WITHIN
    found = [
        (deadline, card, row)
        for card in published.cards
        for row in card.card["predictions"]
        if (deadline := _deadline(row)) and deadline <= last and not row["later_status"]
    ]
    found.sort(key=lambda one: (one[0], one[1].slug))
    caption = "With a deadline that has passed or comes within 90 days."
    rows = [(_due_words(day, published.today), card, row) for day, card, row in found]
    empty = "No published prediction is due."
    return _section(("Predictions due", caption), rows, _prediction, empty=empty)


def _prediction(one: tuple[str, PublishedCard, Mapping[str, Any]]) -> DeskRow:
    due, card, row = one
    return DeskRow(
        name=card.technology["name"],
        url=technology_url(card.slug),
        words="Look at it",
        what=row["statement"] or row["metric"] or "",
        tag=due,
    )


def _deadline(row: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(row["deadline"]) if row["deadline"] else None


def _due_words(deadline: date, today: date) -> str:
    verb = "was due" if deadline < today else "due"
    return f"{verb} {day_words(deadline)}"


def _backlog(backlog: Backlog) -> DeskSection:
    caption = "Technologies that nobody has scored, the oldest first."
    empty = "Every technology on the list has a card."
    rows = tuple(_unsketched(one) for one in backlog.oldest)
    return DeskSection("Backlog", caption, rows, backlog.total, empty)


def _unsketched(one: Technology) -> DeskRow:
    return DeskRow(
        name=one.name,
        url=f"{reverse('assessments:sketch-create')}?technology={one.slug}",
        words="Sketch it",
        what=f"on the list since {day_words(one.created_at.date())}",
    )
