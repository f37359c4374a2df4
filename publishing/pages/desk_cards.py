"""The cards that wait for one person, by how far they could move the published ranking."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from assessments.models import Card
from assessments.states import State
from assessments.waiting import DraftWaiting, Remarked, ReviewWaiting, Scores
from publishing.pages.desk_rows import DeskRow, DeskSection, section
from publishing.pages.published import Published, day_words
from publishing.rechecks import Stakes
from publishing.wording import counted
from scoring.inputs import JUDGED

# A technology that enters the ranking moves everybody below it.
_ENTERS = float("inf")


def drafts_section(
    drafts: Sequence[DraftWaiting], published: Published, stakes: Stakes
) -> DeskSection:
    words = ("Your drafts", "By how far they would move the ranking; returned ones before others.")
    found = [(one, _moves(one.revision.card, one.scores, published, stakes)) for one in drafts]
    found.sort(key=lambda one: (-one[1][0], one[0].state is not State.RETURNED))
    return section(words, found, _draft)


def _draft(found: tuple[DraftWaiting, tuple[float, str]]) -> DeskRow:
    one, (ranks, stake) = found
    card = one.revision.card
    return DeskRow(
        name=card.technology.name,
        url=reverse("assessments:card-edit", args=[card.pk]),
        words="Answer the reviewer" if one.state is State.RETURNED else "Finish it",
        what=f"{card.role}, saved {day_words(one.revision.recorded_at.date())}",
        tag=one.state.value,
        note=one.note,
        stake=stake,
        ranks=ranks,
    )


def reviews_section(
    reviews: Sequence[ReviewWaiting], published: Published, stakes: Stakes
) -> DeskSection:
    words = ("Reviews that you may end", "By how far publishing them would move the ranking.")
    found = [(one, _moves(one.revision.card, one.scores, published, stakes)) for one in reviews]
    found.sort(key=lambda one: -one[1][0])
    return section(words, found, _review)


def _review(found: tuple[ReviewWaiting, tuple[float, str]]) -> DeskRow:
    one, (ranks, stake) = found
    author = one.revision.author.get_username()
    return DeskRow(
        name=one.revision.card.technology.name,
        url=reverse("assessments:review-detail", args=[one.revision.pk]),
        words="Publish it" if one.state is State.APPROVED else "Review it",
        what=f"by {author}, since {day_words(one.since.date())}",
        tag=one.state.value,
        stake=stake,
        ranks=ranks,
    )


def remarks_section(remarked: Sequence[Remarked], stakes: Stakes) -> DeskSection:
    words = ("Comments on your cards", "By how far a second look could move the ranking.")
    found = sorted(remarked, key=lambda one: -stakes.of(one.card.technology.slug))
    return section(words, found, partial(_remarked, stakes=stakes))


def _remarked(one: Remarked, stakes: Stakes) -> DeskRow:
    technology = one.card.technology
    return DeskRow(
        name=technology.name,
        url=reverse("assessments:card-edit", args=[one.card.pk]),
        words="Read them",
        what=f"{one.card.role}, {counted(one.number, 'open comment')}",
        stake=f"a second look {stakes.words(technology.slug)}",
        ranks=stakes.of(technology.slug),
    )


def _moves(card: Card, scores: Scores, published: Published, stakes: Stakes) -> tuple[float, str]:
    """By how many ranks publishing these scores would move the technology, and so in words."""
    if card.role != Card.Role.LEAD:
        return 0.0, "a second opinion moves no rank"
    slug = card.technology.slug
    shown = published.lead(slug)
    if shown is None:
        return _ENTERS, "with it the technology enters the ranking"
    before = shown.card["scores"]
    changed = [key for key in JUDGED if scores.get(key) != _read(before[key])]
    if not changed:
        return 0.0, "no score of the ranking changes with it"
    names = ", ".join(changed)
    return stakes.of(slug, changed), f"changes {names}: {stakes.words(slug, changed)}"


def _read(score: dict[str, str | None]) -> tuple[str | None, str | None, str | None]:
    return score["level"], score["level_to"], score["certainty"]
