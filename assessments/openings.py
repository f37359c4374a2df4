"""Reads on openings: the test of a technology, what is proposed, what is recorded."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import Opening, OpeningStep, OpeningTest, Technology

DEFAULT_TEST = (
    "Three independent vendors have paying customers beyond pilots, and the market is either worth"
    " 100 million USD a year and grows by 30 % a year, or worth 1 billion USD a year."
)
ENOUGH_OPENINGS = 30
"""From so many on, what the links and the scores do to an outlook can be learnt."""


@dataclass(frozen=True)
class TestInForce:
    """`version` is 0 for the default, which nobody stated for this technology."""

    __test__ = False  # Not a test of pytest's.

    text: str
    version: int
    by: str = ""
    at: datetime | None = None


def opening_test(technology: Technology) -> TestInForce:
    row = OpeningTest.objects.filter(technology=technology).select_related("by").last()
    if row is None:
        return TestInForce(DEFAULT_TEST, 0)
    return TestInForce(row.text, row.version, row.by.get_username(), row.at)


def pending_step(technology: Technology) -> OpeningStep | None:
    """The proposal that waits for a second person."""
    waiting = OpeningStep.objects.filter(technology=technology, kind="proposed", answer=None)
    return waiting.select_related("by").last()


def pending_steps() -> list[OpeningStep]:
    rows = OpeningStep.objects.filter(kind="proposed", answer=None)
    return list(rows.select_related("by", "technology").order_by("id"))


def steps_of(technology: Technology) -> list[OpeningStep]:
    """The newest first."""
    rows = OpeningStep.objects.filter(technology=technology).select_related("by")
    return list(rows.order_by("-id"))


def last_opening(technology: Technology) -> Opening | None:
    return Opening.objects.filter(technology=technology).order_by("-id").first()


def count_openings() -> int:
    """Technologies whose market was recorded as open after their window was stated here: what a
    demonstration or a yardstick knows beforehand teaches nothing."""
    found = OpeningStep.objects.filter(kind="confirmed", status=Opening.Status.OPEN)
    real = found.filter(technology__is_demonstration=False, technology__is_yardstick=False)
    return real.values("technology").distinct().count()


def told_openings() -> dict[tuple[str, str, int], OpeningStep]:
    """What was confirmed, by slug, status and year. Whoever tells readers of it asks their
    publications first which of these they know."""
    rows = OpeningStep.objects.filter(kind="confirmed").select_related("technology").order_by("id")
    return {(row.technology.slug, row.status, row.year): row for row in rows}
