import time
from collections.abc import Iterator

import pytest
import time_machine

from accounts.models import SignInTries
from accounts.services.tries import TooManyTriesError, give_back_try, take_try

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-21 12:00:50", tick=False) as traveller:
        yield traveller


def test_a_sixth_try_is_refused_and_costs_others_nothing(clock: time_machine.Traveller) -> None:
    for _ in range(5):
        take_try("account marta")
    with pytest.raises(TooManyTriesError, match="Wait a minute"):
        take_try("account marta")
    take_try("account paul")


def test_the_minute_slides(clock: time_machine.Traveller) -> None:
    take_try("marta")
    clock.shift(59)
    for _ in range(4):
        take_try("marta")
    clock.shift(1)
    take_try("marta")
    with pytest.raises(TooManyTriesError):
        take_try("marta")


def test_refused_tries_do_not_prolong_the_wait(clock: time_machine.Traveller) -> None:
    for _ in range(5):
        take_try("marta")
    clock.shift(30)
    with pytest.raises(TooManyTriesError):
        take_try("marta")
    clock.shift(30)
    take_try("marta")


def test_a_try_given_back_does_not_count(clock: time_machine.Traveller) -> None:
    for _ in range(20):
        take_try("marta")
        give_back_try("marta")
    for _ in range(5):
        take_try("marta")
    with pytest.raises(TooManyTriesError):
        take_try("marta")


def test_rows_that_no_longer_matter_are_swept(clock: time_machine.Traveller) -> None:
    for number in range(15):
        take_try(f"account {number}")
    clock.shift(61)
    take_try("marta")
    assert SignInTries.objects.count() == 1


def test_what_is_counted_is_stored_as_a_hash() -> None:
    take_try("address 192.0.2.7")
    row = SignInTries.objects.get()
    assert "192" not in row.key
    assert abs(row.try_5 - time.time() * 1000) < 60_000
