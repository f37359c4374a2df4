"""Whichever signal asks, the first stops the supervisor and the second hurries it."""

import signal
from collections.abc import Iterator

import pytest

from config.up.signals import StopRequested, StopSignals

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def signals() -> Iterator[StopSignals]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    heard = StopSignals()
    heard.listen()
    yield heard
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_first_stops_and_the_second_hurries(
    signals: StopSignals, number: signal.Signals
) -> None:
    with pytest.raises(StopRequested):
        signal.raise_signal(number)
    assert not signals.is_hurried()
    signal.raise_signal(number)
    assert signals.is_hurried()


def test_a_signal_during_a_stop_only_hurries_it(signals: StopSignals) -> None:
    signals.ignore_next()
    signal.raise_signal(signal.SIGTERM)
    assert signals.is_hurried()
