"""The remarks of reviewers as a page shows them, and how many are open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from assessments.models import Card, ReviewComment
from assessments.services.comments import may_resolve
from assessments.values.commented import PARTS, place_of


@dataclass(frozen=True)
class Remark:
    """`number` is of the revision that was commented on; `resolved_by` is empty while open."""

    pk: int
    part: str
    text: str
    by: str
    at: Any
    number: int
    resolved_by: str
    may_resolve: bool

    @property
    def place(self) -> str:
        return place_of(self.part)

    @property
    def heading(self) -> str:
        return PARTS[self.part]

    @property
    def is_open(self) -> bool:
        return not self.resolved_by


def remarks_on(card: Card, actor: Any) -> tuple[Remark, ...]:
    """All on the card's revisions, the open ones first, then in the order of writing."""
    rows = ReviewComment.objects.visible_to(actor).filter(revision__card=card)
    found = rows.select_related("by", "revision__card", "resolution__by").order_by("id")
    remarks = [_remark(row, actor) for row in found]
    return tuple(sorted(remarks, key=lambda remark: not remark.is_open))


def _remark(row: ReviewComment, actor: Any) -> Remark:
    resolution = getattr(row, "resolution", None)
    return Remark(
        pk=row.pk,
        part=row.part,
        text=row.text,
        by=row.by.get_username(),
        at=row.at,
        number=row.revision.number,
        resolved_by=resolution.by.get_username() if resolution else "",
        may_resolve=resolution is None and may_resolve(row, actor),
    )


def open_remarks(cards: Iterable[int], actor: Any) -> Mapping[int, int]:
    """By card how many comments nobody has resolved; cards without one are left out."""
    rows = ReviewComment.objects.visible_to(actor).open().filter(revision__card__in=set(cards))
    counted = rows.order_by().values_list("revision__card").annotate(number=Count("pk"))
    return dict(counted)
