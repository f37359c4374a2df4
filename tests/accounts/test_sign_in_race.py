from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connections
from django.test import Client

from accounts.roles import Role
from accounts.services import create_user
from tests.accounts.conftest import PASSWORD

TRIES = 100
AT_ONCE = 25


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was compared with a stored one."""
    passwords: list[str] = []
    lock, verify = Lock(), MD5PasswordHasher.verify

    def counted(self: MD5PasswordHasher, password: str, encoded: str) -> bool:
        with lock:
            passwords.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(MD5PasswordHasher, "verify", counted)
    return passwords


def in_parallel(act: Callable[[int], int]) -> list[int]:
    """The answers of all tries, each batch let go at one moment."""
    start = Barrier(AT_ONCE)

    def one(number: int) -> int:
        try:
            start.wait(timeout=30)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(TRIES)))


def test_of_a_hundred_wrong_passwords_at_once_five_are_checked(
    committed_db: str, checked: list[str]
) -> None:
    create_user(username="marta", role=Role.ADMIN, password=PASSWORD)

    def wrong(number: int) -> int:
        sent = {"username": "marta", "password": f"wrong {number}"}
        forwarded = f"198.51.100.{number}"
        return Client().post("/accounts/sign-in/", sent, HTTP_X_FORWARDED_FOR=forwarded).status_code

    answers = in_parallel(wrong)
    assert len(checked) == 5
    assert (answers.count(422), answers.count(429)) == (5, 95)


def test_an_account_is_guarded_from_a_hundred_addresses_at_once(
    committed_db: str, checked: list[str]
) -> None:
    create_user(username="marta", role=Role.ADMIN, password=PASSWORD)

    def wrong(number: int) -> int:
        sent = {"username": "marta", "password": f"wrong {number}"}
        address = f"198.51.100.{number}"
        return Client(REMOTE_ADDR=address).post("/accounts/sign-in/", sent).status_code

    assert in_parallel(wrong).count(429) == 95
    assert len(checked) == 5


def test_two_administrators_cannot_remove_each_other(committed_db: str) -> None:
    clients = []
    people = [create_user(username=n, role=Role.ADMIN, password=PASSWORD) for n in ("ada", "bo")]
    for person in people:
        client = Client()
        client.force_login(person)
        clients.append(client)
    start = Barrier(2)

    def remove_other(number: int) -> int:
        try:
            start.wait(timeout=30)
            other = people[1 - number].pk
            return clients[number].post(f"/accounts/people/{other}/deactivate/").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove_other, range(2)))
    assert type(people[0]).objects.filter(role=Role.ADMIN, is_active=True).count() == 1
