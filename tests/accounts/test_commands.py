import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.services import authenticate_token, create_demonstration_user
from tests.accounts.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def test_create_user_prints_a_password_that_works() -> None:
    password = printed("create_user", "marta", "--role", "admin")
    user = User.objects.get(username="marta", role="admin")
    assert user.check_password(password)


def test_create_user_takes_the_password_of_the_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\nmore\n"))
    words = ("--display-name", "Marta K.", "--password-stdin")
    assert PASSWORD not in printed("create_user", "marta", "--role", "analyst", *words)
    user = User.objects.get(display_name="Marta K.")
    assert user.check_password(PASSWORD)


def test_create_user_prints_a_link_instead() -> None:
    path = printed("create_user", "marta", "--role", "analyst", "--invite")
    assert "marta" in Client().get(path).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("marta",),
        ("marta", "--role", "owner"),
        ("not a name", "--role", "reader"),
        ("a\udc80", "--role", "reader"),
        ("", "--role", "reader"),
        ("marta", "--role", "reader", "--display-name", "\u202e"),
        ("marta", "--role", "reader", "--invite", "--password-stdin"),
    ],
)
def test_create_user_refuses_what_cannot_be(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        printed("create_user", *arguments)
    assert not User.objects.exists()


def test_create_user_refuses_an_empty_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="too short"):
        printed("create_user", "marta", "--role", "reader", "--password-stdin")


def test_create_token_prints_a_secret_that_works(make_user: MakeUser) -> None:
    user = make_user("marta")
    secret = printed("create_token", "Marta", "--scope", "predict", "--scope", "predict")
    bearer = authenticate_token(secret=secret)
    assert bearer is not None
    assert (bearer.user, bearer.scopes) == (user, {"predict"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("nobody", "--scope", "predict"),
        ("marta",),
        ("marta", "--scope", "everything"),
        ("marta", "--scope", "review"),
        ("marta", "--scope", "predict", "--days", "0"),
        ("marta", "--scope", "predict", "--days", "9" * 5000),
        ("marta", "--scope", "predict", "--days", "1_0"),
        ("marta", "--scope", "predict", "--name", "a\0b"),
    ],
)
def test_create_token_refuses_what_cannot_be(
    make_user: MakeUser, arguments: tuple[str, ...]
) -> None:
    user = make_user("marta")
    with pytest.raises(CommandError):
        printed("create_token", *arguments)
    assert not user.api_tokens.exists()


def test_sign_in_link_is_for_the_demonstration_alone(
    make_user: MakeUser, settings: Settings
) -> None:
    make_user("marta")
    create_demonstration_user(
        username="demo", role=Role.READER, password=PASSWORD, display_name="Demo"
    )
    assert Client().get(printed("sign_in_link", "demo"))["Location"] == "/"
    with pytest.raises(CommandError, match="demo"):
        printed("sign_in_link", "marta")
    settings.DEMO = False
    with pytest.raises(CommandError):
        printed("sign_in_link", "demo")
