from datetime import UTC, date, datetime, timedelta

from pytest_django import Settings

from record.clock import now, today


def test_today_is_the_date_in_utc(settings: Settings) -> None:
    settings.BELLWETHER_TODAY = None
    before = datetime.now(UTC)
    assert before.date() <= today() <= datetime.now(UTC).date()
    assert timedelta(0) <= now() - before < timedelta(seconds=5)


def test_the_moved_day_moves_now_with_it(settings: Settings) -> None:
    settings.BELLWETHER_TODAY = date(2031, 1, 2)
    assert today() == date(2031, 1, 2)
    assert now().date() == date(2031, 1, 2)
    assert now().tzinfo is UTC
