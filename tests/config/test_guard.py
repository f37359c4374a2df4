import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from accounts.roles import Role
from config.guard import Permission, guarded

ADDRESS = "/review/?page=2"


def view(request: HttpRequest, **_: object) -> HttpResponse:
    return HttpResponse("seen")


def request_of(
    user: User | AnonymousUser, *, method: str = "GET", htmx: bool = False
) -> HttpRequest:
    headers = {"HX-Request": "true"} if htmx else {}
    request = RequestFactory().generic(method, ADDRESS, headers=headers)
    request.user = user
    return request


def person(role: Role, *, is_active: bool = True) -> User:
    return User(username="ilse", role=role, is_active=is_active)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_pages_and_those_below(role: Role, permission: Permission) -> None:
    request = request_of(person(role))
    if permission.value is None or role >= permission.value:
        assert guarded(view, permission)(request).status_code == 200
    else:
        with pytest.raises(PermissionDenied, match="or above"):
            guarded(view, permission)(request)


def test_a_visitor_is_asked_to_sign_in_and_comes_back() -> None:
    answer = guarded(view, Permission.EDITOR)(request_of(AnonymousUser()))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/sign-in/?next=/review/%3Fpage%3D2"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    answer = guarded(view, Permission.READER)(request_of(AnonymousUser(), htmx=True))
    assert answer.headers["HX-Redirect"] == "/accounts/sign-in/"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_visitor_changes_nothing(method: str) -> None:
    with pytest.raises(PermissionDenied, match="not signed in"):
        guarded(view, Permission.READER)(request_of(AnonymousUser(), method=method))


def test_a_deactivated_person_opens_nothing() -> None:
    closed = person(Role.ADMIN, is_active=False)
    with pytest.raises(PermissionDenied):
        guarded(view, Permission.READER)(request_of(closed))
