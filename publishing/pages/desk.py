"""The desk: what waits for one person, and what a second look could change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.urls import reverse

from assessments.challenges import ChallengeRecord
from assessments.minor import MinorEdit
from assessments.models import OpeningStep, RoundAnswer, Technology
from assessments.second_opinions import Noted
from assessments.selectors import PublishedCard
from assessments.values.scale import Dimension, UnscoredReason
from assessments.waiting import DraftWaiting, Remarked, ReviewWaiting
from publishing.agreement import WideGap, wide_gaps
from publishing.pages.desk_cards import drafts_section, remarks_section, reviews_section
from publishing.pages.desk_challenges import challenge_section
from publishing.pages.desk_evidence import EvidenceWaiting, evidence_sections
from publishing.pages.desk_minor import minor_section
from publishing.pages.desk_predictions import Foretold, due_section, own_sections
from publishing.pages.desk_rows import DeskRow, DeskSection, by_ranks, section
from publishing.pages.desk_timing import contradictions_section, openings_section
from publishing.pages.published import Published, day_words
from publishing.pages.round import RoundPage, round_page
from publishing.rechecks import Stakes, ranks_words, rechecks, stakes_of
from publishing.wording import opening_words
from scoring.inputs import STALE_MONTHS, age_class

# What does not apply is settled.
TO_SCORE = {UnscoredReason.NOT_YET_ASSESSED, UnscoredReason.FOUND_NOTHING}


@dataclass(frozen=True)
class Mine:
    """What waits for the person alone."""

    drafts: Sequence[DraftWaiting]
    reviews: Sequence[ReviewWaiting]
    minor: Sequence[MinorEdit]
    remarks: Sequence[Remarked]
    noted: Sequence[Noted]
    sketches: int
    foretold: Foretold
    openings: Sequence[OpeningStep] = ()


@dataclass(frozen=True)
class Backlog:
    """What anybody of the team could take up; `challenges` wait for an answer, `evidence` for
    somebody who weighs it."""

    oldest: Sequence[Technology]
    total: int
    challenges: Sequence[ChallengeRecord] = ()
    evidence: EvidenceWaiting = field(default_factory=EvidenceWaiting)


@dataclass(frozen=True)
class DeskPage:
    headline: str
    lede: str
    mine: tuple[DeskSection, ...]
    team: tuple[DeskSection, ...]
    round: RoundPage
    sketches: int
    run_id: int | None


def desk_page(
    mine: Mine, backlog: Backlog, published: Published, answers: Mapping[int, RoundAnswer]
) -> DeskPage:
    stakes = stakes_of(rechecks(published, answers), published)
    team = (
        challenge_section(backlog.challenges, stakes.ranks),
        _open(published, answers, stakes),
        *evidence_sections(backlog.evidence, published, stakes.ranks),
        _apart(published, stakes, mine.noted),
        _unscored(published, stakes),
        _old(published, stakes),
        due_section(mine.foretold, published),
        contradictions_section(published),
        _backlog(backlog),
    )
    own = (
        drafts_section(mine.drafts, published, stakes),
        reviews_section(mine.reviews, published, stakes),
        remarks_section(mine.remarks, stakes),
        minor_section(mine.minor),
        *own_sections(mine.foretold),
        openings_section(mine.openings),
    )
    return DeskPage(
        headline=_headline(sum(section.total for section in own)),
        lede=_lede(team),
        mine=by_ranks(section for section in own if section.total),
        team=by_ranks(section for section in team if section.total or section.empty),
        round=round_page(published, answers),
        sketches=mine.sketches,
        run_id=stakes.run_id,
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


def _edit(card: PublishedCard, anchor: str = "") -> str:
    return reverse("assessments:card-edit", args=[card.card_id]) + anchor


def _open(published: Published, answers: Mapping[int, RoundAnswer], stakes: Stakes) -> DeskSection:
    """Found open in a round and not published anew since."""
    found = [
        (card, answer)
        for card in published.judged
        if (answer := answers.get(card.card_id)) and _is_open(card, answer)
    ]
    found.sort(key=lambda one: -stakes.of(one[0].slug))
    words = ("Found open in a round", "Until a newer revision is published.")
    return section(words, found, partial(_found_open, stakes=stakes))


def _is_open(card: PublishedCard, answer: RoundAnswer) -> bool:
    is_open = answer.answer == RoundAnswer.Answer.OPEN
    return is_open and answer.revision_id == card.revision_id


def _found_open(one: tuple[PublishedCard, RoundAnswer], stakes: Stakes) -> DeskRow:
    card, answer = one
    return DeskRow(
        name=card.technology["name"],
        url=_edit(card),
        words="Revise the card",
        what=f"by {answer.by.get_username()}, {day_words(answer.as_of)}",
        stake=f"a second look {stakes.words(card.slug)}",
        ranks=stakes.of(card.slug),
    )


def _apart(published: Published, stakes: Stakes, noted: Sequence[Noted]) -> DeskSection:
    """For the authors to talk about and the editors to see to: nobody has to give in."""
    caption = "Two levels or more between published cards of the same technology."
    found = [
        (gap, next((one for one in noted if gap.revisions <= one.revisions), None))
        for gap in wide_gaps(published)
    ]
    found.sort(
        key=lambda one: (
            one[1] is not None,
            -stakes.of(one[0].card.slug, [one[0].dimension]),
            -one[0].levels,
        )
    )
    return section(("Opinions far apart", caption), found, partial(_gap_between, stakes=stakes))


def _gap_between(one: tuple[WideGap, Noted | None], stakes: Stakes) -> DeskRow:
    gap, noted = one
    return DeskRow(
        name=gap.card.technology["name"],
        url=reverse("publishing:opinion-list", args=[gap.card.slug]),
        words=f"Look at both on {gap.dimension}",
        what=f"{gap.dimension}: {gap.words}",
        tag=f"noted {day_words(noted.at.date())}" if noted else f"{gap.levels:g} levels apart",
        stake=f"the other level {stakes.words(gap.card.slug, [gap.dimension])}",
        ranks=0.0 if noted else stakes.of(gap.card.slug, [gap.dimension]),
    )


def _unscored(published: Published, stakes: Stakes) -> DeskSection:
    found = [
        (stakes.moves.get(card.slug, {}).get(dimension.value, 0.0), card, dimension)
        for card in published.judged
        for dimension in Dimension
        if card.card["scores"][dimension.value]["unscored_reason"] in TO_SCORE
    ]
    found.sort(key=lambda one: (-one[0], one[1].slug))
    words = ("Unscored dimensions", "Of published cards; what does not apply is left out.")
    return section(words, found, _gap, empty="Every published card is scored as far as it can be.")


def _gap(one: tuple[float, PublishedCard, Dimension]) -> DeskRow:
    ranks, card, dimension = one
    return DeskRow(
        name=card.technology["name"],
        url=_edit(card, f"#{dimension.value}"),
        words=f"Score its {dimension.value}",
        what=_gap_words(ranks, dimension),
        tag=card.card["scores"][dimension.value]["unscored_reason"],
        ranks=ranks,
    )


def _gap_words(ranks: float, dimension: Dimension) -> str:
    if dimension is Dimension.TIMING:
        return "without a window it has no place on the map; the ranking does not ask for it"
    if ranks < 0.05:
        return "a level would hardly move it"
    return f"a level could move it by about {ranks:.1f} ranks"


def _old(published: Published, stakes: Stakes) -> DeskSection:
    """Those that are no longer ranked come first: a new revision brings them back."""
    today = published.today
    ages = [(age_class(said_on=card.as_of, today=today), card) for card in published.judged]
    old = [(age, card, stakes.ranks.get(card.slug)) for age, card in ages if age != "fresh"]
    old.sort(key=lambda one: (one[0] != "expired", -(one[2] or 0.0), one[1].slug))
    caption = f"Older than {STALE_MONTHS} months: one class of certainty lower in the ranking."
    empty = "Every published card is fresh."
    return section(("Old cards", caption), old, _old_card, empty=empty)


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
        ranks=ranks or 0.0,
    )


def _backlog(backlog: Backlog) -> DeskSection:
    caption = "Nobody has scored these, so no run says what they could move: the oldest first."
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
