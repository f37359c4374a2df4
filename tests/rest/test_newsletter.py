"""The ten lines that the documentation prints, run as they stand there."""

import io
import json
import re
import urllib.request
from typing import Any

import pytest
from django.test import Client

from benchmarks.installation import fill
from config.env import PROJECT
from publishing.pages.api import NEWSLETTER


def printed() -> str:
    page = (PROJECT / "docs" / "newsletter.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def test_the_newsletter_is_ten_lines_and_the_same_in_both_places() -> None:
    assert printed() == NEWSLETTER
    assert len(printed().splitlines()) <= 10


@pytest.mark.django_db
def test_the_newsletter_prints_every_change_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(technologies=5, seed=3)
    client, answers = Client(), []

    def open_address(address: str) -> Any:
        body = client.get(address.removeprefix("http://127.0.0.1:8000")).getvalue()
        answers.append(json.loads(body))
        return io.BytesIO(body)

    monkeypatch.setattr(urllib.request, "urlopen", open_address)
    exec(printed(), {})  # noqa: S102 - our own page
    text = capsys.readouterr().out
    changes = answers[0]["results"]
    assert len(changes) > 5
    assert all(change["technology"]["name"] in text for change in changes)
    assert all(change["reason"] in text for change in changes)
    assert f"SINCE = {changes[-1]['seq']}" in text
    exec(printed().replace("SITE, SINCE =", "SITE, _ =").replace("{SINCE}", "10000"), {})  # noqa: S102
    assert answers[1]["results"] == []
    assert answers[1]["next_since"] == 10000
