import json
import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.errors import error_page
from config.logs import JsonLines
from config.middleware import AnswerRefusals, refuse_bad_requests, trace_request
from intake.errors import IntakeError
from record.errors import Conflict, DomainError, NotAllowed
from record.trace import current_request_id

HEALTH = "/healthz"


def answer_with_id(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Seen-ID": current_request_id()})


@pytest.mark.parametrize("sent", ["0123456789abcdef", "job-7.part_2", "A" * 64])
def test_a_proper_request_id_is_kept(client: Client, sent: str) -> None:
    assert client.get(HEALTH, headers={"X-Request-ID": sent}).headers["X-Request-ID"] == sent


@pytest.mark.parametrize("sent", ["", "short", "-leading-dash", "a b c d e f", "A" * 65, "ä" * 12])
def test_any_other_request_id_is_replaced(client: Client, sent: str) -> None:
    answered = client.get(HEALTH, headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert len(answered) == 32
    assert answered.isalnum()


def test_the_id_holds_for_the_request_and_no_longer() -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": "the-one-request"})
    assert trace_request(answer_with_id)(request).headers["Seen-ID"] == "the-one-request"
    assert current_request_id() == ""


def test_the_log_names_the_page_and_not_its_secret_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bellwether.requests")
    client.get(HEALTH + "?secret=x")
    [line] = [record for record in caplog.records if record.name == "bellwether.requests"]
    written = json.loads(JsonLines().format(line))
    assert written["view"] == "health:process-alive"
    assert "secret" not in json.dumps(written)


@pytest.mark.parametrize("path", [HEALTH, "/static/css/app.css"])
def test_every_answer_carries_the_policy(client: Client, path: str) -> None:
    answer = client.get(path)
    answer.close()
    headers = answer.headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_page_and_its_part_are_cached_apart(client: Client) -> None:
    assert "HX-Request" in client.get("/accounts/sign-in/%00").headers["Vary"]


def test_a_long_body_is_read_and_refused(client: Client, settings: Settings) -> None:
    body = b"x" * (settings.BODY_LIMIT_BYTES + 1)
    answer = client.generic("POST", HEALTH, body, content_type="text/plain")
    assert answer.status_code == 413
    assert "larger than 4 MB" in answer.content.decode()


def test_the_longest_body_that_is_taken_is_taken(settings: Settings) -> None:
    body = b"x" * settings.BODY_LIMIT_BYTES
    request = RequestFactory().generic("POST", "/", body, content_type="text/plain")
    assert refuse_bad_requests(answer_with_id)(request).status_code == 200


@pytest.mark.parametrize("length", ["9" * 12, "9" * 20, "9" * 5000])
def test_a_body_without_end_is_refused_unread(length: str) -> None:
    request = RequestFactory().post("/", {"a": "1"}, CONTENT_LENGTH=length)
    assert refuse_bad_requests(answer_with_id)(request).status_code == 413


@pytest.mark.parametrize("length", ["-5", "nine", "٣", ""])
def test_a_length_that_is_no_number_breaks_nothing(client: Client, length: str) -> None:
    assert client.get(HEALTH, CONTENT_LENGTH=length).status_code == 200


@pytest.mark.parametrize(
    "address", ["/technologies/%00/", "/?q=a%00b", "/?%00=1", "/runs/?page=%00"]
)
def test_nul_in_an_address_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_nul_in_a_cookie_is_refused(client: Client) -> None:
    assert client.get(HEALTH, headers={"cookie": r'sessionid="abcdefgh\000"'}).status_code == 400


@pytest.mark.parametrize(
    "address", ["/%FF%FE/", "/%ED%A0%80/", "/healthz/%C0%AF", "/" + "a" * 3000]
)
@pytest.mark.django_db
def test_an_address_in_no_encoding_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DomainError("Write a reason."), 400),
        (IntakeError("Write a reason."), 400),
        (Conflict("Write a reason."), 409),
    ],
)
def test_a_refusal_answers_with_its_sentence(error: Exception, status: int) -> None:
    answer = AnswerRefusals(answer_with_id).process_exception(RequestFactory().get("/"), error)
    assert answer is not None
    assert answer.status_code == status
    assert "Write a reason." in answer.content.decode()


def test_other_errors_are_left_to_the_failure_page() -> None:
    middleware = AnswerRefusals(answer_with_id)
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("x")) is None


@pytest.mark.django_db
def test_what_one_may_not_do_is_forbidden(client: Client) -> None:
    request = client.get("/accounts/sign-in/").wsgi_request
    answer = AnswerRefusals(answer_with_id).process_exception(request, NotAllowed("Not yours."))
    assert answer is not None
    assert answer.status_code == 403


@pytest.mark.parametrize("status", [400, 409, 413, 415])
def test_a_refused_page_needs_no_request(status: int) -> None:
    answer = error_page(status, "Say why.")
    assert answer.status_code == status
    assert "Say why." in answer.content.decode()
