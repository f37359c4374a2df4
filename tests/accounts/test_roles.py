import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.roles import Role, has_role
from accounts.scopes import SCOPES, scopes_of_role


def test_roles_are_ordered_by_what_they_may_do() -> None:
    assert sorted(Role, reverse=True) == [Role.ADMIN, Role.EDITOR, Role.ANALYST, Role.READER]
    assert Role.ADMIN > Role.ANALYST
    assert Role.READER <= Role.READER
    assert not Role.EDITOR < Role.EDITOR


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("asked", Role)
def test_a_person_has_their_role_and_all_below_it(role: Role, asked: Role) -> None:
    is_at_least = list(Role).index(role) >= list(Role).index(asked)
    assert has_role(User(role=role), asked) is is_at_least


def test_nobody_has_a_role_without_an_open_account() -> None:
    assert not has_role(AnonymousUser(), Role.READER)
    assert not has_role(User(role=Role.ADMIN, is_active=False), Role.READER)


def test_the_scopes_are_those_of_the_contract_and_an_admin_has_them_all() -> None:
    contract = "read:public read:drafts write:cards review predict resolve write:evidence export"
    assert list(SCOPES) == contract.split()
    assert scopes_of_role("admin") == list(SCOPES)
    assert scopes_of_role("reader") == ["read:public"]
    assert "review" not in scopes_of_role("analyst")
