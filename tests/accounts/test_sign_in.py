from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import BasePasswordHasher

from accounts.models import User
from accounts.services import (
    TooManyTriesError,
    check_sign_in,
    create_user,
    deactivate_user,
    ensure_author,
)
from record.errors import DomainError
from tests.accounts.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db

HERE = "192.0.2.7"


def refusal(username: str, typed: str = "not this one", address: str = HERE) -> str:
    with pytest.raises(DomainError) as refused:
        check_sign_in(username=username, password=typed, address=address)
    return refused.value.message


def test_name_in_any_case_and_password_open_the_account(make_user: MakeUser) -> None:
    user = make_user("marta")
    assert check_sign_in(username="Marta", password=PASSWORD, address=HERE) == user


def test_a_password_is_the_same_in_either_normal_form(db: None) -> None:
    composed, decomposed = "caf\u00e9 au lait deux", "cafe\u0301 au lait deux"
    for name, stored, typed in (("a", composed, decomposed), ("b", decomposed, composed)):
        user = create_user(username=name, role="reader", password=stored)
        assert check_sign_in(username=name, password=typed, address=HERE) == user


def test_unknown_wrong_closed_and_author_answer_alike(make_user: MakeUser, admin: User) -> None:
    make_user("marta")
    deactivate_user(user=make_user("gone"), by=admin)
    ensure_author(username="lawrence")
    answers = {refusal(name) for name in ("marta", "nobody", "gone", "lawrence")}
    answers.add(refusal("gone", PASSWORD, "192.0.2.8"))
    assert answers == {"No account has this username and password. Check both, then try again."}


@pytest.mark.parametrize("username", ["marta", "nobody", "lawrence"])
def test_every_refusal_costs_one_hash(make_user: MakeUser, username: str) -> None:
    make_user("marta")
    ensure_author(username="lawrence")
    with patch("django.contrib.auth.hashers.MD5PasswordHasher.encode", autospec=True) as encode:
        encode.return_value = "md5$x$y"
        refusal(username)
    assert encode.call_count == 1


def test_the_limit_holds_for_an_account_from_many_addresses(make_user: MakeUser) -> None:
    make_user("marta")
    for number in range(5):
        refusal("marta", address=f"192.0.2.{number}")
    with pytest.raises(TooManyTriesError):
        check_sign_in(username="MARTA", password=PASSWORD, address="192.0.2.9")


def test_the_limit_holds_for_an_address_with_many_accounts(make_user: MakeUser) -> None:
    make_user("marta")
    for number in range(5):
        refusal(f"user{number}")
    with pytest.raises(TooManyTriesError):
        check_sign_in(username="marta", password=PASSWORD, address=HERE)
    assert check_sign_in(username="marta", password=PASSWORD, address="192.0.2.8")


def test_addresses_of_one_ipv6_network_count_together(make_user: MakeUser) -> None:
    for number in range(5):
        refusal(f"user{number}", address=f"2001:db8::{number}")
    assert "limit" in refusal("user9", address="2001:db8::ffff")
    assert "limit" not in refusal("user9", address="2001:db8:0:1::1")


def test_ten_right_passwords_in_a_minute_are_no_attack(make_user: MakeUser) -> None:
    user = make_user("marta")
    for _ in range(10):
        assert check_sign_in(username="marta", password=PASSWORD, address=HERE) == user


def test_a_refused_try_is_not_checked(make_user: MakeUser) -> None:
    make_user("marta")
    for _ in range(5):
        refusal("marta")
    with patch.object(BasePasswordHasher, "verify") as verify, pytest.raises(TooManyTriesError):
        check_sign_in(username="marta", password=PASSWORD, address=HERE)
    verify.assert_not_called()
