import pytest
from django.test import Client

from accounts.models import User
from accounts.services import deactivate_user, invite, reset_link
from record.models import Change
from tests.accounts.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db

CHANGE = "/accounts/password/"
NEW = {"password": "another four words", "again": "another four words"}


def text_of(client: Client, path: str, **values: str) -> tuple[int, str]:
    answer = client.post(path, values)
    return answer.status_code, answer.content.decode()


def test_a_changed_password_ends_the_other_sessions(make_user: MakeUser) -> None:
    user = make_user("marta")
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(user)
    assert here.post(CHANGE, NEW | {"old_password": PASSWORD}).status_code == 302
    assert here.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW["password"])
    assert Change.objects.filter(kind="account.password_set", actor_id=user.pk).exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"old_password": "wrong"}, "This is not your present password."),
        ({"old_password": ""}, "Needed: the password you have now."),
        ({"again": "another four"}, "The two differ."),
        ({"password": "short", "again": "short"}, "Use at least 12 characters."),
        ({"password": "marta marta", "again": "marta marta"}, "Use at least 12 characters."),
        ({"password": "a\0" * 10, "again": "a\0" * 10}, "The password holds a NUL character"),
        ({"password": "a\u202e" * 10, "again": "x"}, "reverses the reading direction"),
    ],
)
def test_a_password_that_cannot_be_stored_is_refused(
    client: Client, make_user: MakeUser, values: dict[str, str], sentence: str
) -> None:
    user = make_user("marta")
    client.force_login(user)
    status, page = text_of(client, CHANGE, **({"old_password": PASSWORD} | NEW | values))
    assert (status, sentence in page) == (422, True)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_at_leisure(
    client: Client, make_user: MakeUser
) -> None:
    client.force_login(make_user("marta"))
    for _ in range(5):
        text_of(client, CHANGE, old_password="wrong", **NEW)
    assert "limit" in text_of(client, CHANGE, old_password=PASSWORD, **NEW)[1]


def test_a_reset_link_sets_a_password_once_and_signs_in(
    client: Client, make_user: MakeUser, admin: User
) -> None:
    user = make_user("marta")
    path = reset_link(user=user, by=admin)
    assert client.get(path).status_code == 200
    assert client.post(path, NEW)["Location"] == "/desk/"
    assert client.get(CHANGE).status_code == 200
    assert client.get(path).status_code == 404
    assert client.post(path, NEW).status_code == 404


def test_a_weak_password_leaves_the_reset_link_open(
    client: Client, make_user: MakeUser, admin: User
) -> None:
    path = reset_link(user=make_user("marta"), by=admin)
    assert text_of(client, path, password="short", again="short")[0] == 422
    assert client.post(path, NEW).status_code == 302


def test_the_reset_link_of_a_closed_account_opens_nothing(
    client: Client, make_user: MakeUser, admin: User
) -> None:
    user = make_user("marta")
    path = reset_link(user=user, by=admin)
    deactivate_user(user=user, by=admin)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/reset/zz/x/",
        "/accounts/reset/-1/x-y/",
        "/accounts/reset/" + "z" * 5000 + "/x/",
        "/accounts/reset/zzzzzzzzzzzzz/c0ffee-0/",
        "/accounts/reset/%F0%9F/%ED%A0%80/",
        "/accounts/invitations/nobody/",
        "/accounts/invitations/%ED%A0%80/",
        "/accounts/invitations/" + "x" * 5000 + "/",
        "/accounts/demo/x:y:z/",
        "/accounts/demo/%ED%A0%80/",
    ],
)
def test_a_link_that_was_never_made_is_answered_with_a_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_an_invited_person_chooses_a_password_and_is_in(client: Client, admin: User) -> None:
    _, secret = invite(username="marta", role="editor", by=admin)
    path = f"/accounts/invitations/{secret}/"
    assert "marta" in client.get(path).content.decode()
    assert client.post(path, NEW | {"display_name": "Marta K."})["Location"] == "/desk/"
    assert client.get(CHANGE).status_code == 200
    assert User.objects.get(username="marta").display_name == "Marta K."
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["a\0b", "a\u202eb", "x" * 81, "\u200b", "x" * 100_000])
def test_a_hostile_name_is_refused_and_the_invitation_stays(
    client: Client, admin: User, name: str
) -> None:
    _, secret = invite(username="marta", role="editor", by=admin)
    path = f"/accounts/invitations/{secret}/"
    status, page = text_of(client, path, display_name=name, **NEW)
    assert status == 422
    assert "Your name" in page
    assert not User.objects.filter(username="marta").exists()
