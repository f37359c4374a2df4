"""One state of the public record, read once: everything in the export is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db import connection, transaction

from assessments.selectors import PublishedCard, published_histories
from publishing.pages.published import Published, day_words
from publishing.selectors import public_changes, published, standing
from record.models import PublicChange


@dataclass(frozen=True)
class ExportState:
    """`published` speaks of the last day on which the record or a run of it moved, so that the
    same state gives the same export on any later day. `changes` newest first; `standing` are
    the publications among them that were not withdrawn since."""

    published: Published
    publications: Mapping[str, list[PublishedCard]]
    changes: tuple[PublicChange, ...]
    standing: frozenset[int]

    @property
    def seq(self) -> int:
        return self.published.seq

    @property
    def day(self) -> date:
        return self.published.today

    @cached_property
    def is_demonstration(self) -> bool:
        return any(card.is_demonstration for card in self.published.cards)

    @property
    def words(self) -> str:
        """Change 12, 9 November 2026."""
        return f"change {self.seq}, {day_words(self.day)}"


def export_state() -> ExportState:
    """What readers see at this moment, of one state of the database."""
    with transaction.atomic():
        _hold_still()
        found = published()
        changes = tuple(public_changes())
        state = ExportState(
            published=found,
            publications=published_histories(),
            changes=changes,
            standing=frozenset(standing(row.change for row in changes)),
        )
    return replace(state, published=replace(found, today=_day(state), computing=()))


def _hold_still() -> None:
    """SQLite shows a transaction one state by itself."""
    is_outermost = len(connection.savepoint_ids) == 0
    if connection.vendor == "postgresql" and is_outermost:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _day(state: ExportState) -> date:
    """Today only while nothing has ever happened."""
    runs = [run.run.as_of for run in (state.published.ranking, state.published.outlook) if run]
    days = runs + [row.change.at.date() for row in state.changes[:1]]
    return max(days, default=state.published.today)
