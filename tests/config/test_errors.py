import pytest
from django.test import Client

from config import errors

pytestmark = pytest.mark.urls("tests.config.failing_urls")

REQUEST_ID = "the-request-to-report"


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, headers={"X-Request-ID": REQUEST_ID})


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("too-big", 400),
        ("too-many-fields", 400),
        ("suspicious", 400),
        ("malformed", 400),
        ("forbidden", 403),
        ("absent", 404),
        ("broken", 500),
    ],
)
@pytest.mark.django_db
def test_what_goes_wrong_has_a_page_that_names_the_request(
    visitor: Client, address: str, status: int
) -> None:
    answer = visitor.get(f"/{address}/")
    assert answer.status_code == status
    assert REQUEST_ID in answer.content.decode()
    assert "internal words" not in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_why(visitor: Client) -> None:
    assert "This page is for editors." in visitor.get("/forbidden/").content.decode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"no boundary at all", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=\xc3\xa9"),
        (
            b"&".join(b"a%d=1" % number for number in range(3000)),
            "application/x-www-form-urlencoded",
        ),
        (b"a=%FF&b=%ED%A0%80&%00=%00", "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=rot13"),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-16"),
    ],
)
def test_no_body_ends_in_a_failure(visitor: Client, body: bytes, content_type: str) -> None:
    assert visitor.generic("POST", "/form/", body, content_type=content_type).status_code < 500


def test_the_failure_page_needs_no_database(visitor: Client) -> None:
    """Without the mark django_db this suite refuses every query, as a dead database would."""
    visitor.cookies["sessionid"] = "a-session-of-somebody"
    answer = visitor.get("/broken/")
    assert answer.status_code == 500
    assert REQUEST_ID in answer.content.decode()


def test_a_failing_failure_page_still_answers(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(errors, "render_to_string", fail)
    answer = visitor.get("/broken/")
    assert answer.status_code == 500
    assert REQUEST_ID in answer.content.decode()


def test_a_form_without_its_mark_is_refused_with_the_house_page() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"X-Request-ID": REQUEST_ID})
    answer = strict.post("/form/", {"a": "1"})
    assert answer.status_code == 403
    assert REQUEST_ID in answer.content.decode()


def test_another_host_name_is_refused(visitor: Client) -> None:
    assert visitor.get("/form/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.urls("config.urls")
@pytest.mark.django_db
def test_a_wrong_method_has_a_page_and_names_the_right_one(visitor: Client) -> None:
    answer = visitor.get("/accounts/sign-out/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert REQUEST_ID in answer.content.decode()
