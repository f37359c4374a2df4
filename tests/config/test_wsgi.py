import io
from wsgiref.util import setup_testing_defaults

import pytest

from config.wsgi import application


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain; charset*=nosuch''%FF",
        "text/plain; charset*=utf-7''+2AA-",
        "multipart/form-data; boundary*=hex''%41",
    ],
)
def test_no_content_type_fails_before_the_site_can_answer(content_type: str) -> None:
    answers: list[str] = []
    environ: dict[str, object] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/healthz",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": "1",
        "wsgi.input": io.BytesIO(b"z"),
        "HTTP_HOST": "testserver",
    }
    setup_testing_defaults(environ)
    response = application(
        environ, lambda status, *rest: answers.append(status) or (lambda _: None)
    )
    getattr(response, "close", lambda: None)()
    assert answers[0][0] in "24"
