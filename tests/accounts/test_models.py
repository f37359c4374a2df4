from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import ApiToken, Invitation, User, validate_scopes, validate_username


@pytest.mark.parametrize("name", ["a", "marta.k", "x_1-2", "a" * 40])
def test_a_username_of_the_grammar_passes(name: str) -> None:
    validate_username(name)


@pytest.mark.parametrize("name", ["", "a" * 41, "Marta", "mar ta", "märta", "a\n", "a/b", "１"])
def test_any_other_username_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="1 to 40"):
        validate_username(name)


@pytest.mark.parametrize("value", [[], "review", ["all"], [1], ["review", "review"], None])
def test_scopes_outside_the_list_are_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        validate_scopes(value)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"role": "owner"}, {"username": "Marta"}])
def test_the_database_refuses_a_role_or_spelling_of_its_own(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        User.objects.create(**{"username": "marta", "role": "reader"} | wrong)


@pytest.mark.django_db
def test_the_database_refuses_a_token_that_ends_before_it_begins() -> None:
    user, now = User.objects.create(username="marta"), timezone.now()
    with pytest.raises(IntegrityError):
        ApiToken.objects.create(user=user, name="x", token_hash="y", created_at=now, expires_at=now)


@pytest.mark.django_db
def test_a_username_has_one_open_invitation() -> None:
    later = timezone.now() + timedelta(days=1)
    Invitation.objects.create(username="m", role="reader", token_hash="1", expires_at=later)
    with pytest.raises(IntegrityError):
        Invitation.objects.create(username="m", role="reader", token_hash="2", expires_at=later)


@pytest.mark.django_db
def test_people_are_found_whatever_the_case_of_the_name_typed() -> None:
    user = User.objects.create(username="marta")
    assert User.objects.get_by_natural_key("MARTA") == user
