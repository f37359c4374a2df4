"""What was read out of a pasted text, saved as its person confirmed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from evidence.models import Item
from evidence.services.importing import import_series
from evidence.services.items import edit_item
from evidence.values import IndicatorFacts, Observed
from evidence.values.item import ItemFacts


@dataclass(frozen=True)
class Series:
    """Figures that a text tells, as the indicator that they become."""

    facts: IndicatorFacts
    rows: Sequence[Observed]


def reason_of(reader: str) -> str:
    """What the history says of a reading by that reader."""
    return f"read as {reader}"


@transaction.atomic
def save_reading(
    *,
    item: Item,
    facts: ItemFacts,
    version: int,
    by: User,
    reader: str = "a form",
    series: Series | None = None,
) -> Item:
    """The item holds the facts, and the figures stand in their indicator; or nothing is saved."""
    reason = reason_of(reader)
    edited = edit_item(item=item, facts=facts, version=version, by=by, reason=reason)
    if series is not None:
        reason = f"Read out of “{edited.name}”."
        import_series(facts=series.facts, observed=series.rows, by=by, reason=reason[:1000])
    return edited
