import time

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.links import SIGN_IN_LINK_SECONDS, sign_in_path
from accounts.models import User
from accounts.roles import Role
from accounts.services import create_demonstration_user, deactivate_user
from record.errors import DomainError
from tests.accounts.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"
MULTIPART = "multipart/form-data; boundary=x"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def form(**values: str) -> dict[str, str]:
    return {"username": "marta", "password": PASSWORD} | values


def multipart(username: bytes, charset: str) -> tuple[bytes, str]:
    head = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = head % (b"username", username) + head % (b"password", b"p") + b"--x--\r\n"
    return body, f"{MULTIPART}; charset={charset}"


def test_signing_in_leads_to_the_page_asked_for(client: Client, make_user: MakeUser) -> None:
    make_user("marta")
    answer = client.post(SIGN_IN, form(next="/accounts/tokens/?a=b"))
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/tokens/?a=b")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "https:evil.example",
        " //evil.example",
        "/" + "a" * 3000,
    ],
)
def test_no_next_page_leads_off_the_site(
    client: Client, make_user: MakeUser, elsewhere: str
) -> None:
    make_user("marta")
    assert client.post(SIGN_IN, form(next=elsewhere))["Location"] == "/desk/"


def test_a_next_page_with_line_breaks_adds_no_header(client: Client, make_user: MakeUser) -> None:
    make_user("marta")
    answer = client.post(SIGN_IN, form(next="/a\r\nSet-Cookie: x=y"))
    assert answer.status_code == 302
    assert "\n" not in answer["Location"]


def test_signing_in_changes_the_session_key_and_guards_the_cookie(
    client: Client, make_user: MakeUser
) -> None:
    make_user("marta")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    cookie = client.post(SIGN_IN, form()).cookies["sessionid"]
    assert cookie.value != session.session_key
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_wrong_password_is_answered_with_a_sentence(client: Client, make_user: MakeUser) -> None:
    make_user("marta")
    answer = client.post(SIGN_IN, form(password="another one"))
    assert answer.status_code == 422
    assert "No account has this username and password." in answer.content.decode()
    assert "another one" not in answer.content.decode()
    assert not is_signed_in(client)


def test_the_sixth_try_is_told_to_wait(client: Client, make_user: MakeUser) -> None:
    make_user("marta")
    for number in range(5):
        client.post(SIGN_IN, form(password="wrong"), HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    answer = client.post(SIGN_IN, form(), HTTP_X_FORWARDED_FOR="198.51.100.9")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Wait a minute" in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"username": ""}, "Needed: your username."),
        ({"password": ""}, "Needed: your password."),
        ({"username": "a\0b"}, "Username holds a NUL character (U+0000) at character 2"),
        ({"username": "a\u202eb"}, "reverses the reading direction (U+202E)"),
        ({"username": "a\bb"}, "a control character (U+0008)"),
        ({"username": "x" * 41}, "Username has 41 characters; at most 40"),
        ({"username": "x" * 3_000_000}, "Username has 3,000,000 characters"),
        ({"password": "a\0b"}, "The password holds a NUL character"),
        ({"password": "x" * 3_000_000}, "The password has 3,000,000 characters"),
        ({"next": "/a\0b"}, "No account has this username and password."),
        ({"username": "marta' OR 1=1 --"}, "No account has this username and password."),
        ({"username": "<script>x</script>"}, "&lt;script&gt;x&lt;/script&gt;"),
    ],
)
def test_what_cannot_be_read_is_answered_beside_the_field(
    client: Client, values: dict[str, str], sentence: str
) -> None:
    answer = client.post(SIGN_IN, form(**values))
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (*multipart(b"+2AA-", "utf-7"), 415),
        (*multipart(b"marta", "hex"), 415),
        (*multipart(b"\xff\xfe", "utf-8"), 422),
        (*multipart(b"marta", "no-such-charset"), 415),
        (b"username=%ED%A0%80&password=%FF", "application/x-www-form-urlencoded", 422),
        (b"username=%F0%28", "application/x-www-form-urlencoded; charset=utf-16", 415),
        (b"username=a&" * 12_500, "application/x-www-form-urlencoded", 400),
        (b"username=" + b"x" * 10_000_000, "application/x-www-form-urlencoded", 413),
        (b'{"username": "marta"}', "application/json", 422),
        (b"", "application/x-www-form-urlencoded", 422),
        (b"--x\r\nbroken", MULTIPART, 422),
        (b"broken", "multipart/form-data", 400),
    ],
)
def test_no_body_breaks_the_page(
    client: Client, body: bytes, content_type: str, status: int
) -> None:
    answer = client.generic("POST", SIGN_IN, body, content_type=content_type)
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()


def test_the_page_is_not_kept_and_signs_nobody_out(client: Client) -> None:
    answer = client.get(SIGN_IN, {"next": '"><script>'})
    assert "no-store" in answer["Cache-Control"]
    assert "<script>" not in answer.content.decode().split("<main")[1]


@pytest.mark.parametrize(("role", "home"), [(Role.READER, "/"), (Role.ANALYST, "/desk/")])
def test_signing_in_leads_readers_to_the_map_and_others_to_their_desk(
    client: Client, make_user: MakeUser, role: Role, home: str
) -> None:
    make_user("marta", role)
    assert client.post(SIGN_IN, form())["Location"] == home
    assert client.post(SIGN_IN, form(next="/"))["Location"] == "/"


def test_a_form_without_its_mark_is_refused(make_user: MakeUser) -> None:
    make_user("marta")
    client = Client(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, form()).status_code == 403
    assert not is_signed_in(client)


def test_signing_out_takes_a_post(client: Client, make_user: MakeUser) -> None:
    client.force_login(make_user("marta"))
    assert client.get("/accounts/sign-out/").status_code == 405
    assert is_signed_in(client)
    assert client.post("/accounts/sign-out/")["Location"] == "/"
    assert not is_signed_in(client)


def test_a_closed_account_is_signed_out_with_its_next_request(
    client: Client, make_user: MakeUser, admin: User
) -> None:
    user = make_user("marta")
    client.force_login(user)
    assert client.get("/accounts/tokens/").status_code == 200
    deactivate_user(user=user, by=admin)
    assert client.get("/accounts/tokens/")["Location"].startswith(SIGN_IN)
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert client.get("/accounts/tokens/")["Location"].startswith(SIGN_IN)


def demo_user() -> User:
    return create_demonstration_user(
        username="demo", role=Role.EDITOR, password=PASSWORD, display_name="Demo"
    )


def test_the_link_of_a_demonstration_account_signs_in_again_and_again() -> None:
    path = sign_in_path(demo_user())
    for client in (Client(), Client()):
        assert client.get(path)["Location"] == "/desk/"
        assert is_signed_in(client)


def test_no_other_account_and_no_older_link_signs_in(
    client: Client, make_user: MakeUser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DomainError):
        sign_in_path(make_user("marta"))
    path = sign_in_path(demo_user())
    assert client.get(path[:-2] + "x/").status_code == 404
    settings.DEMO = False
    assert client.get(path).status_code == 404
    settings.DEMO = True
    late = time.time() + SIGN_IN_LINK_SECONDS + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)
    assert client.get(path).status_code == 404
    assert not is_signed_in(client)
