"""The monthly round: the ten cards most likely to move the ranking, one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from assessments.models import RoundAnswer
from assessments.pages.scores import ScoreLine, score_lines
from assessments.selectors import PublishedCard
from publishing.cards import technology_url
from publishing.pages.published import Published, day_words, month_words
from publishing.rechecks import Recheck, ranks_words, rechecks
from publishing.wording import opening_words

CARDS_A_ROUND = 10


@dataclass(frozen=True)
class RoundCard:
    """The card to look at; `shown_hash` names the revision that the answer is about."""

    card_id: int
    name: str
    url: str
    said: str
    stake: str
    shown_hash: str
    lines: tuple[ScoreLine, ...]


@dataclass(frozen=True)
class RoundStep:
    """One of the ten; `state` is what was said of it, `sign` is done, open or nothing."""

    name: str
    url: str
    state: str
    sign: str
    is_current: bool


@dataclass(frozen=True)
class RoundPage:
    month: str
    headline: str
    current: RoundCard | None
    steps: tuple[RoundStep, ...]
    done: int
    next_month: str

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def progress(self) -> str:
        return f"{self.done} of {self.total} done"


@dataclass(frozen=True)
class _Entry:
    recheck: Recheck
    answer: RoundAnswer | None


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def round_page(
    published: Published, answers: Mapping[int, RoundAnswer], asked: str = ""
) -> RoundPage:
    """`answers` are those of the last months, by card; `asked` is the card that was chosen."""
    entries = _entries(published, answers)
    current = _current(entries, asked)
    done = sum(entry.answer is not None for entry in entries)
    month = month_words(published.today)
    return RoundPage(
        month=month,
        headline=_headline(done, len(entries), month),
        current=_card(current) if current else None,
        steps=tuple(_step(entry, current) for entry in entries),
        done=done,
        next_month=day_words(_next_month(published.today)),
    )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _entries(published: Published, answers: Mapping[int, RoundAnswer]) -> list[_Entry]:
    """The answered ones of this month stay in the round; the others are the most likely."""
    since = first_of_month(published.today)
    this_month = {card: row for card, row in answers.items() if row.as_of >= since}
    found = rechecks(published, answers)
    done = [one for one in found if one.card.card_id in this_month]
    others = [one for one in found if one.card.card_id not in this_month]
    chosen = done + others[: max(CARDS_A_ROUND - len(done), 0)]
    return [_Entry(one, this_month.get(one.card.card_id)) for one in chosen]


def _current(entries: Sequence[_Entry], asked: str) -> _Entry | None:
    chosen = [entry for entry in entries if str(entry.recheck.card.card_id) == asked]
    waiting = [entry for entry in entries if entry.answer is None]
    return next(iter([*chosen, *waiting]), None)


def _headline(done: int, total: int, month: str) -> str:
    if not total:
        return "The round is empty: no published card is ranked yet."
    left = total - done
    if not left:
        return f"The round of {month} is done."
    if left == 1:
        return f"One card is left in the round of {month}."
    return f"{opening_words(left)} cards are left in the round of {month}."


def _card(entry: _Entry) -> RoundCard:
    one = entry.recheck
    card = one.card
    return RoundCard(
        card_id=card.card_id,
        name=card.technology["name"],
        url=technology_url(card.slug),
        said=_said(card, one, entry.answer),
        stake=_stake(one),
        shown_hash=card.body["content_hash"],
        lines=score_lines(card.card["scores"]),
    )


def _said(card: PublishedCard, one: Recheck, answer: RoundAnswer | None) -> str:
    words = f"Said by {card.author}, as of {day_words(card.as_of)}"
    if one.said_on != card.as_of:
        words += f", and found still right on {day_words(one.said_on)}"
    if answer and answer.answer == RoundAnswer.Answer.OPEN:
        words += f"; open since {day_words(answer.as_of)}"
    return f"{words}."


def _stake(one: Recheck) -> str:
    words = ranks_words(one.ranks)
    words = words[:1].upper() + words[1:]
    return f"{words}, most by its {one.strongest}." if one.ranks >= 0.05 else f"{words}."


def _step(entry: _Entry, current: _Entry | None) -> RoundStep:
    card, answer = entry.recheck.card, entry.answer
    state, sign = "not yet", ""
    if answer is not None:
        state = f"{answer.answer}, {answer.by.get_username()}"
        sign = "done" if answer.answer == RoundAnswer.Answer.STILL_RIGHT else "unscored"
    return RoundStep(
        name=card.technology["name"],
        url=f"{reverse('publishing:round-detail')}?card={card.card_id}",
        state=state,
        sign=sign,
        is_current=entry is current,
    )
