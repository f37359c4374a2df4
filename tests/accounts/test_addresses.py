import pytest
from django.test import RequestFactory
from pytest_django import Settings

from accounts.addresses import client_address


def seen(remote: str, forwarded: str) -> str:
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    return client_address(request)


def test_a_forwarded_address_of_a_stranger_is_ignored(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert seen("192.0.2.7", "198.51.100.1") == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("", "10.0.0.1"),
        ("198.51.100.1, not an address", "10.0.0.1"),
        ("\ud800, 10.0.0.2", "10.0.0.2"),
    ],
)
def test_of_a_trusted_proxy_the_last_address_it_did_not_trust_counts(
    settings: Settings, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert seen("10.0.0.1", forwarded) == address
