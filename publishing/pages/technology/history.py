"""The published revisions of a technology, newest first, with what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.selectors import PublishedCard
from assessments.values.differences import score_changes


@dataclass(frozen=True)
class HistoryEntry:
    """`changes` reads "Impact 5 to 5+"; the first revision of a card changes nothing."""

    published_on: date
    as_of: date
    changes: tuple[str, ...]
    is_first: bool
    reason: str
    author: str
    role: str
    oversight: str
    is_other_series: bool


def history(publications: Sequence[PublishedCard]) -> tuple[HistoryEntry, ...]:
    """`publications` newest first; a card published again for its facts counts once."""
    revised = once_each(publications)
    return tuple(
        _entry(card, _before(card, revised[position + 1 :]))
        for position, card in enumerate(revised)
    )


def previous_of(card: PublishedCard, publications: Sequence[PublishedCard]) -> PublishedCard | None:
    """The published revision of the same card before this one."""
    older = [row for row in once_each(publications) if row.seq < card.seq]
    return _before(card, [row for row in older if row.revision_id != card.revision_id])


def once_each(publications: Sequence[PublishedCard]) -> list[PublishedCard]:
    oldest: dict[int, PublishedCard] = {}
    for row in sorted(publications, key=lambda row: -row.seq):
        oldest[row.revision_id] = row
    return sorted(oldest.values(), key=lambda row: -row.seq)


def _before(card: PublishedCard, older: Sequence[PublishedCard]) -> PublishedCard | None:
    return next((row for row in older if row.card_id == card.card_id), None)


def _entry(card: PublishedCard, before: PublishedCard | None) -> HistoryEntry:
    changes = score_changes(before.card, card.card) if before else {}
    return HistoryEntry(
        published_on=card.at.date(),
        as_of=card.as_of,
        changes=tuple(
            f"{dimension.capitalize()} {old} to {new}." for dimension, (old, new) in changes.items()
        ),
        is_first=before is None,
        reason=card.card["reason"],
        author=card.author,
        role=card.role,
        oversight=card.oversight,
        is_other_series=before is not None and before.card["series"] != card.card["series"],
    )
