from datetime import UTC, date, datetime

from django.conf import settings


def today() -> date:
    """The date in UTC, unless BELLWETHER_TODAY moves it."""
    return now().date()


def now() -> datetime:
    """This instant in UTC; when BELLWETHER_TODAY moves the day, this time of that day."""
    instant = datetime.now(UTC)
    moved: date | None = settings.BELLWETHER_TODAY
    return datetime.combine(moved, instant.timetz()) if moved else instant
