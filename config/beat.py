"""Everything that happens by the clock."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    task: str
    every_seconds: float


ENTRIES = (Entry(task="jobs.sweep", every_seconds=5),)


def schedule() -> dict[str, dict[str, Any]]:
    """The entries for Celery; each message dies before the next is due, so none pile up."""
    return {
        entry.task: {
            "task": entry.task,
            "schedule": entry.every_seconds,
            "options": {"queue": "default", "expires": entry.every_seconds * 0.8},
        }
        for entry in ENTRIES
    }
