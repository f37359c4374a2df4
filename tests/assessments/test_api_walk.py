"""The walk that the documentation prints, run as it stands there."""

import io
import re
import urllib.request
from typing import Any

import pytest
from django.test import Client

from assessments.api.card_example import CARD
from config.env import PROJECT
from scoring.models import Run, RunKind
from tests.assessments.programs import Program


class Answer(io.BytesIO):
    """What urlopen gives: the bytes, and the headers beside them."""

    def __init__(self, response: Any) -> None:
        super().__init__(response.content)
        self.headers = response.headers


def printed() -> str:
    page = (PROJECT / "docs" / "api.md").read_text("utf-8")
    found = re.search(r"### Score and publish by script\n.*?```python\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.django_db
def test_the_walk_of_the_documentation_ends_with_what_readers_see(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Client()

    def open_address(request: urllib.request.Request) -> Answer:
        path = request.full_url.removeprefix("http://127.0.0.1:8000")
        body, headers = request.data or b"", dict(request.header_items())
        assert isinstance(body, bytes)
        kind = headers.pop("Content-type")
        response = client.generic(request.get_method(), path, body, kind, headers=headers)
        assert response.status_code < 300, response.content
        return Answer(response)

    monkeypatch.setattr(urllib.request, "urlopen", open_address)
    walk: dict[str, Any] = {}
    exec(compile(printed(), "docs/api.md", "exec"), walk)  # noqa: S102 - it is the documentation
    analyst = secret(Program("anna", scopes="write:cards"))
    editor = secret(Program("ben", "editor", "read:drafts review"))
    assert walk["publish"](CARD | {}, analyst, editor)["state"] == "published"
    assert capsys.readouterr().out == f"{CARD['summary']}\n"
    shown = Program().get("/cards/tidal-stream-power/").json()
    assert shown["text"] == "Seen on site in October."
    assert Program().get("/technologies/tidal-stream-power/").status_code == 200
    assert Run.objects.filter(kind=RunKind.RANKING).exists()


def secret(program: Program) -> str:
    return program.headers["Authorization"].removeprefix("Bearer ")
