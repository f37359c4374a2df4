"""The desk's minor edits: readers see them, and no second person has."""

from collections.abc import Sequence

from django.urls import reverse

from assessments.minor import DAYS, MinorEdit
from publishing.pages.desk_rows import DeskRow, DeskSection, section
from publishing.pages.published import day_words


def minor_section(found: Sequence[MinorEdit]) -> DeskSection:
    caption = f"Published without a second person; each is looked at within {DAYS} days."
    return section(("Minor edits to look at", caption), found, _row)


def _row(one: MinorEdit) -> DeskRow:
    revision = one.revision
    return DeskRow(
        name=revision.card.technology.name,
        url=reverse("assessments:minor-detail", args=[revision.card_id, revision.number]),
        words="Look at it",
        what=f"by {one.event.by.get_username()}, {day_words(one.event.at.date())}",
        tag=_left(one),
    )


def _left(one: MinorEdit) -> str:
    if one.is_overdue:
        return "overdue"
    if not one.days_left:
        return "due today"
    return "1 day left" if one.days_left == 1 else f"{one.days_left} days left"
