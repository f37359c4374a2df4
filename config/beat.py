"""Everything that happens by the clock."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    task: str
    every_seconds: float


KEPT_SECONDS = 60.0
ENTRIES = (Entry(task="jobs.sweep", every_seconds=5),)


def schedule() -> dict[str, dict[str, Any]]:
    """The entries for Celery. What waited longer than a minute is dropped, so little piles up
    while workers are away, and clocks may differ by as much."""
    return {
        entry.task: {
            "task": entry.task,
            "schedule": entry.every_seconds,
            "options": {"queue": "default", "expires": KEPT_SECONDS},
        }
        for entry in ENTRIES
    }
