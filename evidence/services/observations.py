"""Figures come into the record all together, or not at all."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from evidence.comparison import Comparison, Written, compare
from evidence.models import Indicator, Observation
from evidence.services.reasons import clean_reason
from evidence.signals import observations_recorded
from evidence.values.observed import Fault, Observed
from evidence.values.periods import time_of_period
from record.errors import DomainError
from record.services import log_change

MOST_NAMED = 20


class ObservationsRefused(DomainError):
    """`faults` names row and column of everything that cannot stand; nothing was saved."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        named = " ".join(map(str, faults[:MOST_NAMED]))
        more = len(faults) - MOST_NAMED
        tail = f" And {more:,} more." if more > 0 else ""
        super().__init__(f"Nothing was saved. {named}{tail}", field=faults[0].column)
        self.faults = tuple(faults)


@transaction.atomic
def record_observations(
    *, indicator: Indicator, observed: Iterable[Observed], by: User, reason: str = ""
) -> Comparison:
    """The figures stand in the record beside all older vintages; what was known is left alone."""
    reason = clean_reason(reason)
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    outcome = compare(indicator, observed)
    if outcome.faults:
        raise ObservationsRefused(outcome.faults)
    if not outcome.written:
        return outcome
    Observation.objects.bulk_create([_row(indicator, one, by) for one in outcome.written])
    log_change(
        kind="observations.recorded",
        subject_kind="indicator",
        subject_key=indicator.slug,
        actor_id=by.pk,
        reason=reason,
        after={
            "created": [one.row.period for one in outcome.created],
            "revised": [one.row.period for one in outcome.revised],
        },
    )
    observations_recorded.send(sender=None, indicator=indicator)
    return outcome


def _row(indicator: Indicator, written: Written, by: User) -> Observation:
    row = written.row
    return Observation(
        indicator=indicator,
        period=row.period,
        time=time_of_period(row.period) if row.period else None,
        label=row.label,
        value=written.value,
        entered=row.entered,
        vintage=row.vintage,
        correction=written.correction,
        source=row.source,
        source_url=row.source_url,
        note=row.note,
        is_withdrawn=row.is_withdrawn,
        recorded_by=by,
    )
