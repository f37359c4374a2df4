from typing import Any

from celery.beat import Scheduler

from config.alive import show_life


class Clock(Scheduler):
    """Celery's scheduler, which shows that it still ticks."""

    def tick(self, *args: Any, **options: Any) -> float:
        show_life("beat")
        return float(super().tick(*args, **options))
