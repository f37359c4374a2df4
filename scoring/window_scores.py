"""Reads on how stated windows fared, from published revisions and the record of openings."""

import datetime
from collections.abc import Sequence

from assessments.selectors import PublishedCard
from scoring.engine.outlook_record import Checkpoint, Slip, Stated, checkpoints, slips
from scoring.inputs import lead_windows
from scoring.services.computations import window_of

__all__ = ["Checkpoint", "Slip", "window_checkpoints", "window_slips"]


def window_checkpoints(
    publications: Sequence[PublishedCard], *, today: datetime.date
) -> tuple[Checkpoint, ...]:
    """Of one technology's lead card; publications newest first."""
    opening = publications[0].body["opening"] if publications else None
    is_open = opening is not None and opening["status"] == "open"
    opened = int(opening["year"]) if opening is not None and is_open else None
    return checkpoints(_stated(publications), opened=opened, today=today)


def window_slips(publications: Sequence[PublishedCard]) -> tuple[Slip, ...]:
    return slips(_stated(publications))


def _stated(publications: Sequence[PublishedCard]) -> list[Stated]:
    """Oldest first, one for each revision: facts that were published again say nothing new."""
    found: dict[str, Stated] = {}
    for card in reversed(publications):
        if card.role == "lead" and card.body["content_hash"] not in found:
            window = lead_windows([card], today=card.as_of)[card.slug] | {"open_since": None}
            found[card.body["content_hash"]] = Stated(card.as_of, window_of(window))
    return sorted(found.values(), key=lambda row: row.said_on)
