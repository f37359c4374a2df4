"""When standing forecasts are scored."""

import datetime

from scoring.checkpoints import checkpoint_days

DAY = datetime.date.fromisoformat


def test_a_long_prediction_is_scored_on_each_anniversary_before_its_close() -> None:
    days = checkpoint_days(DAY("2024-02-29"), DAY("2030-12-31"), DAY("2027-02-28"))
    assert days == (DAY("2025-02-28"), DAY("2026-02-28"))


def test_a_short_prediction_is_also_scored_halfway_to_its_deadline() -> None:
    days = checkpoint_days(DAY("2026-01-01"), DAY("2027-07-01"), DAY("2027-07-01"))
    assert days == (DAY("2026-10-01"), DAY("2027-01-01"))


def test_one_that_closes_early_is_scored_once_halfway_to_its_close() -> None:
    days = checkpoint_days(DAY("2026-01-01"), DAY("2030-12-31"), DAY("2026-03-01"))
    assert days == (DAY("2026-01-30"),)


def test_one_that_closed_on_the_day_of_its_making_is_not_scored() -> None:
    assert checkpoint_days(DAY("2026-01-01"), DAY("2030-12-31"), DAY("2026-01-01")) == ()
