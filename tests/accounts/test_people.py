from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.services import (
    change_role,
    create_token,
    create_user,
    deactivate_user,
    ensure_author,
    reactivate_user,
)
from record.errors import DomainError, NotAllowed
from record.models import Change
from tests.accounts.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db


def test_a_new_person_may_sign_in_and_the_log_holds_no_name() -> None:
    user = create_user(
        username="Marta", role="analyst", password=PASSWORD, display_name="M. K.", email="m@k.org"
    )
    change = Change.objects.get(kind="account.created")
    assert (user.username, user.check_password(PASSWORD)) == ("marta", True)
    assert (change.subject_kind, change.subject_key) == ("account", str(user.pk))
    assert change.after == {"role": "analyst", "is_active": True}
    assert change.is_public is False


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"username": "marta k"}, "username", "1 to 40"),
        ({"role": "owner"}, "role", "Choose a role"),
        ({"email": "nowhere"}, "email", "valid email"),
        ({"display_name": "x" * 81}, "display_name", "at most 80"),
        ({"password": "short"}, "password", "at least 12"),
        ({"password": "password1234"}, "password", "most used"),
        ({"password": "482915603718"}, "password", "only digits"),
        ({"username": "marta.karlsson", "password": "marta.karlsson"}, "password", "too close"),
        ({"password": "x" * 201}, "password", "at most 200"),
        ({"password": "four words\0in a row"}, "password", "NUL"),
        ({"password": "four words \ud800 a row"}, "password", "surrogate"),
    ],
)
def test_a_person_that_cannot_be_is_refused_with_the_field(
    wrong: dict[str, Any], field: str, words: str
) -> None:
    good = {"username": "marta", "role": "analyst", "password": PASSWORD}
    with pytest.raises(DomainError, match=words) as refused:
        create_user(**good | wrong)
    assert refused.value.field == field
    assert not User.objects.exists()
    assert not Change.objects.exists()


def test_a_username_is_taken_in_any_case(make_user: MakeUser) -> None:
    make_user("marta")
    with pytest.raises(DomainError, match="taken"):
        make_user("MARTA")


def test_an_author_of_an_import_has_no_sign_in_and_is_made_once() -> None:
    author = ensure_author(username="lawrence")
    assert not author.is_active
    assert not author.has_usable_password()
    assert ensure_author(username="Lawrence") == author
    assert Change.objects.count() == 1


def test_a_changed_role_is_logged_with_both(make_user: MakeUser, admin: User) -> None:
    user = make_user("marta", Role.ANALYST)
    change_role(user=user, role="editor", by=admin)
    change = Change.objects.get(kind="account.role_changed")
    user.refresh_from_db()
    assert user.role == "editor"
    assert change.actor_id == admin.pk
    assert (change.before["role"], change.after["role"]) == ("analyst", "editor")


def test_a_role_that_stays_is_no_change(make_user: MakeUser, admin: User) -> None:
    change_role(user=make_user("marta", Role.ANALYST), role="analyst", by=admin)
    assert not Change.objects.filter(kind="account.role_changed").exists()


def test_only_an_administrator_manages_people(make_user: MakeUser) -> None:
    editor, user = make_user("ed", Role.EDITOR), make_user("marta")
    for act in (
        lambda: change_role(user=user, role="admin", by=editor),
        lambda: deactivate_user(user=user, by=editor),
        lambda: create_user(username="new", role="reader", by=editor),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_last_administrator_can_neither_leave_nor_step_down(
    admin: User, make_user: MakeUser
) -> None:
    deactivate_user(user=make_user("gone", Role.ADMIN), by=admin)
    with pytest.raises(DomainError, match="last administrator"):
        deactivate_user(user=admin, by=admin)
    with pytest.raises(DomainError, match="last administrator"):
        change_role(user=admin, role="editor", by=admin)


def test_a_closed_account_keeps_no_password_and_no_token(make_user: MakeUser, admin: User) -> None:
    user = make_user()
    token, _ = create_token(user=user, name="feed", scopes=["read:public"], days=30)
    deactivate_user(user=user, by=admin)
    user.refresh_from_db()
    token.refresh_from_db()
    assert not user.is_active
    assert not user.check_password(PASSWORD)
    assert token.revoked_at is not None


def test_an_account_opened_again_has_no_old_rights(make_user: MakeUser, admin: User) -> None:
    user = make_user()
    deactivate_user(user=user, by=admin)
    again = reactivate_user(user=user, by=admin)
    assert again.is_active
    assert not again.has_usable_password()
