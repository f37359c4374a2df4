"""Reads on resolutions: states, the queue of what is overdue."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings

from assessments.predictions import PredictionRecord
from record.clock import today
from scoring.models import ResolutionEvent
from scoring.resolution_states import PEOPLE_NEEDED, Event, Standing, State, state_of


def people_needed() -> int:
    """One where a team of one has switched the second pair of eyes off."""
    return PEOPLE_NEEDED if settings.TWO_EYES else 1


def event_of(row: ResolutionEvent) -> Event:
    return Event(
        id=row.pk,
        kind=row.kind,
        outcome=row.outcome,
        value=row.value,
        happened_on=row.happened_on,
        note=row.note,
        evidence=row.evidence,
        by_id=row.by_id,
        by=row.by.get_username() if row.by else "",
        at=row.at,
    )


def events_of(keys: Collection[str]) -> dict[str, tuple[Event, ...]]:
    """By key, every event of these predictions in the order in which they came."""
    rows = ResolutionEvent.objects.filter(prediction__key__in=keys).order_by("pk")
    found: dict[str, list[Event]] = defaultdict(list)
    for row in rows.select_related("by", "prediction"):
        found[row.prediction.key].append(event_of(row))
    return {key: tuple(events) for key, events in found.items()}


def states_of(records: Iterable[PredictionRecord]) -> dict[str, State]:
    """By key, in one query however many they are."""
    listed = list(records)
    events = events_of([record.key for record in listed])
    day, needed = today(), people_needed()
    return {
        record.key: state_of(
            events.get(record.key, ()),
            reads_on=record.spec.reads_on,
            today=day,
            people_needed=needed,
        )
        for record in listed
    }


def overdue(
    records: Iterable[PredictionRecord],
) -> list[tuple[PredictionRecord, State]]:
    """Those whose answer could be read or waits to be confirmed, the longest overdue first."""
    listed = {record.key: record for record in records}
    states = states_of(listed.values())
    waiting = [
        (listed[key], state)
        for key, state in states.items()
        if state.standing in {Standing.DUE, Standing.PROPOSED}
    ]
    return sorted(waiting, key=lambda pair: (pair[1].reads_on, pair[0].key))


def closed_keys() -> frozenset[str]:
    """Predictions of which nothing more is computed."""
    keys = ResolutionEvent.objects.order_by().values_list("prediction__key", flat=True).distinct()
    needed = people_needed()
    far = datetime.date.max
    return frozenset(
        key
        for key, events in events_of(set(keys)).items()
        if state_of(events, reads_on=far, today=today(), people_needed=needed).is_closed
    )
