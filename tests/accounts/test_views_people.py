import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.services import ensure_author, invite
from tests.accounts.conftest import MakeUser

pytestmark = pytest.mark.django_db

PEOPLE = "/accounts/people/"


def link_on(page: str) -> str:
    found = re.search(r'value="(http://testserver/[^"]+)"', page)
    assert found
    return found.group(1).removeprefix("http://testserver")


def test_the_list_costs_the_same_whatever_its_length(
    admin_client: Client, make_user: MakeUser
) -> None:
    with CaptureQueriesContext(connection) as short:
        admin_client.get(PEOPLE)
    for number in range(20):
        make_user(f"user{number}")
    with CaptureQueriesContext(connection) as long:
        page = admin_client.get(PEOPLE).content.decode()
    assert "21 people" in page
    assert len(long) == len(short)


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.EDITOR])
@pytest.mark.parametrize(
    "path", ["", "invite/", "1/role/", "1/deactivate/", "1/reactivate/", "1/reset-link/"]
)
def test_only_administrators_manage_people(
    client: Client, make_user: MakeUser, role: Role, path: str
) -> None:
    client.force_login(make_user("marta", role))
    sent = client.get(PEOPLE) if not path else client.post(PEOPLE + path)
    assert sent.status_code == 403


def test_an_invitation_is_shown_once_and_can_be_withdrawn(admin_client: Client) -> None:
    sent = {"username": "marta", "role": "editor", "email": "m@k.org"}
    path = link_on(admin_client.post(PEOPLE + "invite/", sent).content.decode())
    assert Client().get(path).status_code == 200
    assert path not in admin_client.get(PEOPLE).content.decode()
    invitation = Invitation.objects.get()
    admin_client.post(f"{PEOPLE}invitations/{invitation.pk}/withdraw/")
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"username": "Not a name"}, "1 to 40 of the characters"),
        ({"username": "root"}, "This username is taken."),
        ({"username": "a\0"}, "NUL character"),
        ({"username": ""}, "Needed: the username"),
        ({"role": "owner"}, "Choose a role out of reader"),
        ({"role": "a\0"}, "Choose a role out of reader"),
        ({"email": "nowhere"}, "valid email address"),
        ({"email": "x" * 300}, "at most 254"),
        ({"email": "a\u202e@k.org"}, "reverses the reading direction"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(
    admin_client: Client, values: dict[str, str], sentence: str
) -> None:
    sent = {"username": "marta", "role": "editor", "email": ""} | values
    answer = admin_client.post(PEOPLE + "invite/", sent)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Invitation.objects.exists()


def test_a_role_changes_and_an_unknown_one_does_not(
    admin_client: Client, make_user: MakeUser
) -> None:
    user = make_user("marta")
    for sent in ("editor", "owner", "\0", "x" * 100_000, ""):
        answer = admin_client.post(f"{PEOPLE}{user.pk}/role/", {"role": sent}, follow=True)
        assert answer.status_code == 200
    assert "Choose a role out of" in answer.content.decode()
    user.refresh_from_db()
    assert user.role == "editor"


@pytest.mark.parametrize("pk", ["0", "99999", "9" * 30, "9" * 5000, "-1", "x"])
def test_people_that_are_not_there_are_not_found(admin_client: Client, pk: str) -> None:
    assert admin_client.post(f"{PEOPLE}{pk}/deactivate/").status_code == 404


def test_a_closed_account_opens_again_with_a_link(
    admin_client: Client, make_user: MakeUser
) -> None:
    user = make_user("marta")
    admin_client.post(f"{PEOPLE}{user.pk}/deactivate/")
    assert "no sign-in" in admin_client.get(PEOPLE).content.decode()
    refused = admin_client.post(f"{PEOPLE}{user.pk}/reset-link/", follow=True)
    assert "This account has no sign-in." in refused.content.decode()
    path = link_on(admin_client.post(f"{PEOPLE}{user.pk}/reactivate/").content.decode())
    assert Client().get(path).status_code == 200


def test_an_author_of_an_import_gets_a_sign_in(admin_client: Client) -> None:
    author = ensure_author(username="lawrence")
    path = link_on(admin_client.post(f"{PEOPLE}{author.pk}/reactivate/").content.decode())
    words = {"password": "another four words", "again": "another four words"}
    assert Client().post(path, words).status_code == 302


def test_the_last_administrator_is_told_why_not(admin_client: Client, admin: User) -> None:
    answer = admin_client.post(f"{PEOPLE}{admin.pk}/deactivate/", follow=True)
    assert "This is the last administrator." in answer.content.decode()
    assert User.objects.get(pk=admin.pk).is_active


def test_names_are_shown_as_text(admin_client: Client, make_user: MakeUser) -> None:
    user = make_user("marta")
    User.objects.filter(pk=user.pk).update(display_name="<b>M</b>")
    invite(username="paul", role="reader", email="p@k.org")
    page = admin_client.get(PEOPLE).content.decode()
    assert "&lt;b&gt;M&lt;/b&gt;" in page
    assert "p@k.org" in page
