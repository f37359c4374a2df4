"""The count of calls, on a server of the suite's own and in parallel."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client, override_settings

from rest import throttling
from rest.problems import Problem
from rest.throttling import Counter, take_call
from tests.stack import PrivateBroker

RUNS = "/api/v1/runs/"


@pytest.fixture
def counted(broker: PrivateBroker) -> Iterator[None]:
    throttling._counter.cache_clear()
    throttling._counter(broker.url)._redis.flushall()
    with override_settings(REDIS_URL=broker.url, API_CALLS_A_MINUTE=60):
        yield
    throttling._counter.cache_clear()


def is_taken(caller: str) -> bool:
    try:
        take_call(caller)
    except Problem:
        return False
    return True


@pytest.mark.usefixtures("counted")
def test_of_500_calls_at_once_exactly_the_limit_gets_through() -> None:
    with ThreadPoolExecutor(50) as pool:
        taken = list(pool.map(lambda _: is_taken("token 1"), range(500)))
    assert sum(taken) == 60
    assert is_taken("token 2")


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_the_answer_beyond_the_limit_says_how_long_to_wait() -> None:
    client = Client(REMOTE_ADDR="192.0.2.1")
    # An address that the visitor claims changes nothing.
    spoofed = {"x-forwarded-for": "198.51.100.7"}
    assert {client.get(RUNS, headers=spoofed).status_code for _ in range(60)} == {200}
    refused = client.get(RUNS, headers=spoofed | {"x-forwarded-for": "198.51.100.8"})
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["code"] == "too_many_requests"
    assert Client(REMOTE_ADDR="192.0.2.2").get(RUNS).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_asking_whether_anything_moved_counts_for_nothing_while_nothing_did() -> None:
    client = Client(REMOTE_ADDR="192.0.2.3")
    tag = client.get(RUNS)["ETag"]
    answers = {client.get(RUNS, headers={"if-none-match": tag}).status_code for _ in range(80)}
    assert answers == {304}
    moved = {client.get(RUNS, headers={"if-none-match": '"x"'}).status_code for _ in range(80)}
    assert moved == {200, 429}


@pytest.mark.django_db
@pytest.mark.usefixtures("counted")
def test_guesses_of_tokens_count_for_the_address() -> None:
    client = Client(REMOTE_ADDR="192.0.2.4")
    guesses = [f"Bearer bw_guess{number}" for number in range(61)]
    answers = [client.get(RUNS, headers={"authorization": guess}).status_code for guess in guesses]
    assert answers == [401] * 60 + [429]


def test_where_the_count_is_silent_reading_goes_on(tmp_path: object) -> None:
    silent = Counter(f"unix://{tmp_path}/nobody")
    assert silent.take("token 1", 1) is None
    assert silent._silent_until > 0
