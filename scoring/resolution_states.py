"""How far a prediction is on its way from open to resolved, as its events tell."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PEOPLE_NEEDED = 2
"""Behind every answer stand two people: who proposed it and who confirmed it, or, where the
machine proposed, two who confirmed."""


class Standing(StrEnum):
    OPEN = "open"
    DUE = "due"
    PROPOSED = "proposed"
    RESOLVED = "resolved"
    ANNULLED = "annulled"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Event:
    """One step of the way. `by_id` is None and `by` empty where the machine took it."""

    id: int
    kind: str
    outcome: str
    value: float | None
    happened_on: datetime.date | None
    note: str
    evidence: str
    by_id: int | None
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class State:
    """Where a prediction stands. `outcome` and what follows it are those of the proposal that waits
    or of the resolution that stands; `proposal` is the event that waits for a person, and
    `missing` how many people have yet to confirm it. `days_overdue` counts from `reads_on`."""

    standing: Standing
    reads_on: datetime.date
    days_overdue: int = 0
    outcome: str = ""
    value: float | None = None
    happened_on: datetime.date | None = None
    note: str = ""
    evidence: str = ""
    ended_at: datetime.datetime | None = None
    proposal: Event | None = None
    missing: int = 0
    events: tuple[Event, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Nothing more is computed of it."""
        return self.standing in ENDINGS.values() or self.standing == Standing.RESOLVED

    @property
    def last_event_id(self) -> int:
        """What an answer answers; 0 before the first event."""
        return self.events[-1].id if self.events else 0


ENDINGS = {"annulled": Standing.ANNULLED, "ambiguous": Standing.AMBIGUOUS}


def state_of(
    events: Sequence[Event],
    *,
    reads_on: datetime.date,
    today: datetime.date,
    people_needed: int = PEOPLE_NEEDED,
) -> State:
    """The state that follows from the events, which stand in the order in which they came."""
    steps, current = tuple(events), standing_proposal(events)
    if not current:
        standing = Standing.DUE if today >= reads_on else Standing.OPEN
        return State(standing, reads_on, max((today - reads_on).days, 0), events=steps)
    proposal, last = current[0], current[-1]
    missing = max(people_needed - len(people_behind(current)), 0)
    ended = ENDINGS.get(proposal.outcome, Standing.RESOLVED)
    return State(
        standing=Standing.PROPOSED if missing else ended,
        reads_on=reads_on,
        days_overdue=max((today - reads_on).days, 0) if missing else 0,
        outcome=proposal.outcome,
        value=proposal.value,
        happened_on=proposal.happened_on,
        note=proposal.note,
        evidence=proposal.evidence,
        ended_at=None if missing else last.at,
        proposal=proposal if missing else None,
        missing=missing,
        events=steps,
    )


def standing_proposal(events: Sequence[Event]) -> tuple[Event, ...]:
    """The last proposal and its confirmations; nothing where it was refused or undone."""
    if not events or events[-1].kind in {"refused", "undone"}:
        return ()
    begun = max(i for i, event in enumerate(events) if event.kind == "proposed")
    return tuple(events[begun:])


def people_behind(current: Sequence[Event]) -> set[int]:
    """Who proposed and who confirmed; the machine is nobody."""
    return {event.by_id for event in current if event.by_id is not None}
