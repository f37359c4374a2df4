"""Checkable predictions as rows of a list: statement, chance, model, and where each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from publishing.cards import field_of_card, technology_url
from publishing.fields import UNSORTED, Field
from publishing.pages.prediction.facts import YES_NO
from publishing.pages.prediction.page import prediction_url
from publishing.pages.prediction.words import at_level, of_100, standing_words, value_words
from publishing.pages.published import Published
from publishing.predicted import Predicted
from scoring.predictions import Quantity
from scoring.resolution_states import Standing

DUE, OPEN, OVER = "due", "open", "over"


@dataclass(frozen=True)
class CheckableRow:
    """`stage` is due, open or over; `chance` and `model` are printed, empty where there is none or
    where it is hidden."""

    key: str
    statement: str
    url: str
    technology: str
    slug: str
    technology_url: str
    field: Field
    deadline: date
    due: str
    stage: str
    standing: str
    chance: str
    model: str
    is_hidden: bool
    is_stone: bool
    is_demonstration: bool

    @property
    def id(self) -> str:
        return self.key

    @property
    def is_due(self) -> bool:
        return self.stage == DUE


def checkable_rows(found: Iterable[Predicted], published: Published) -> tuple[CheckableRow, ...]:
    """What is due first, the longest overdue before all; then open ones by deadline; then what is
    resolved, the newest answer first."""
    rows = [(one, _row(one, published)) for one in found]
    return tuple(row for _, row in sorted(rows, key=_order))


def rows_about(
    slug: str, found: Iterable[Predicted], published: Published
) -> tuple[CheckableRow, ...]:
    """Those of one technology."""
    of_it = [one for one in found if one.record.technology_slug == slug]
    return checkable_rows(of_it, published)


def _order(pair: tuple[Predicted, CheckableRow]) -> tuple[int, float, str]:
    one, row = pair
    if row.stage == DUE:
        return 0, float(one.state.reads_on.toordinal()), row.key
    if row.stage == OPEN:
        return 1, float(row.deadline.toordinal()), row.key
    ended = one.state.ended_at
    return 2, -ended.timestamp() if ended else 0.0, row.key


def _row(one: Predicted, published: Published) -> CheckableRow:
    record = one.record
    card = published.lead(record.technology_slug)
    return CheckableRow(
        key=record.key,
        statement=record.statement,
        url=prediction_url(record.key),
        technology=record.technology_name,
        slug=record.technology_slug,
        technology_url=technology_url(record.technology_slug) if card else "",
        field=field_of_card(card, published.fields) if card else UNSORTED,
        deadline=record.deadline,
        due=f"{record.deadline.day} {record.deadline:%b %Y}",
        stage=_stage(one),
        standing=standing_words(one.state),
        chance=_said(one, "pool"),
        model=_said(one, "model"),
        is_hidden=one.is_hidden,
        is_stone=record.parent_key is not None,
        is_demonstration=record.is_demonstration,
    )


def _stage(one: Predicted) -> str:
    if one.state.is_closed:
        return OVER
    return DUE if one.state.standing in {Standing.DUE, Standing.PROPOSED} else OPEN


def _said(one: Predicted, whose: str) -> str:
    result = one.result
    if result is None or one.is_hidden:
        return ""
    if one.record.kind == YES_NO:
        chance = getattr(result, whose)
        return of_100(chance.p) if chance else ""
    quantity: Quantity | None = getattr(result, f"{whose}_quantity")
    if quantity is None or not quantity.levels:
        return ""
    return value_words(one.record.kind, at_level(quantity, 0.5), one.record.spec.unit)
