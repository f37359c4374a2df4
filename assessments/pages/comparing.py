"""Two revisions of one card side by side, each with who wrote it, why, and what was known then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from assessments.models import Card, Revision
from assessments.opinions import content_of
from assessments.pages.differences import Difference, Version, differences
from assessments.selectors import states_of
from assessments.values.scale import Dimension
from evidence.models import Item
from intake.errors import IntakeError
from intake.numbers import parse_integer

MOST_NUMBER = 10**6


@dataclass(frozen=True)
class Cited:
    """An evidence item that the revision cites, by the dimension on which it does."""

    dimension: str
    title: str


@dataclass(frozen=True)
class ComparedSide:
    """`known` counts the evidence items on record at the instant at which it was saved."""

    revision: Revision
    author: str
    state: str
    cited: tuple[Cited, ...]
    known: int


@dataclass(frozen=True)
class ComparePage:
    name: str
    card: Card
    revisions: tuple[Revision, ...]
    old: ComparedSide | None
    new: ComparedSide | None
    differences: tuple[Difference, ...]

    @property
    def may_compare(self) -> bool:
        return len(self.revisions) > 1


def compare_page(card: Card, revisions: Iterable[Revision], asked: QueryDict) -> ComparePage:
    """The two that are asked for, else the newest and the one before it; older first."""
    rows = {row.number: row for row in revisions}
    newest = sorted(rows, reverse=True)[:2]
    wanted = [_number(asked.get(name, "")) for name in ("old", "new")]
    numbers = sorted({number for number in wanted if number in rows} or newest)
    if len(numbers) == 1:
        numbers = sorted({*numbers, *newest[:1]})
    old = rows[numbers[0]] if numbers else None
    new = rows[numbers[-1]] if len(numbers) > 1 else None
    states = states_of([row for row in (old, new) if row])
    return ComparePage(
        name=card.technology.name,
        card=card,
        revisions=tuple(rows[number] for number in sorted(rows, reverse=True)),
        old=_side(old, states[old.pk].value) if old and new else None,
        new=_side(new, states[new.pk].value) if new else None,
        differences=_differences(old, new) if old and new else (),
    )


def _number(text: str) -> int:
    try:
        return parse_integer(text, 0, MOST_NUMBER, field="The revision") if text else 0
    except IntakeError:
        return 0


def _side(revision: Revision, state: str) -> ComparedSide:
    return ComparedSide(
        revision=revision,
        author=revision.author.get_username(),
        state=state,
        cited=tuple(_cited(content_of(revision))),
        known=_known_by(revision.recorded_at),
    )


def _cited(content: Any) -> Iterable[Cited]:
    rows = content.get("citations", ())
    for dimension in Dimension:
        yield from (
            Cited(dimension.value, row["title"]) for row in rows if row["dimension"] == dimension
        )


def _known_by(instant: datetime) -> int:
    return Item.objects.filter(created_at__lte=instant).count()


def _differences(old: Revision, new: Revision) -> tuple[Difference, ...]:
    return differences(*(Version(f"Revision {row.number}", content_of(row)) for row in (old, new)))
