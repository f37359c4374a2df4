"""Addresses, headers, cookies and bodies that no browser sends."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from accounts.services import create_user
from tests.trust.planting import PASSWORD

pytestmark = pytest.mark.django_db

NEXT = [
    "foo",
    "a:b",
    "publishing:map",
    "é",
    "?q=1",
    "#x",
    "..",
    "%2f",
    "/\r\nX: y",
    "//x",
    "\ud800",
]


def quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("asked", NEXT)
def test_no_page_asked_for_after_the_sign_in_fails(client: Client, asked: str) -> None:
    create_user(username="marta", role="analyst", password=PASSWORD)
    body = f"username=marta&password={quoted(PASSWORD)}&next={quoted(asked)}"
    answer = client.generic(
        "POST", "/accounts/sign-in/", body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")
