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
from scoring.models import RunKind
from tests.assessments import predicted
from tests.scoring.test_predictions import finished
from tests.scoring.test_predictions import prediction as headline


def blocks() -> list[str]:
    page = (PROJECT / "docs" / "newsletter.md").read_text("utf-8")
    return re.findall(r"```python\n(.*?)```", page, re.DOTALL)


def printed() -> str:
    return blocks()[0]


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


@pytest.mark.django_db
def test_the_lines_on_predictions_print_the_chance_of_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = predicted.published()
    silent = predicted.published(predicted.spec_json(event="A chip without a forecast is sold"))
    finished(RunKind.PREDICTION, made.key, headline(0.4) | {"prediction": made.key})
    client = Client()

    def open_address(address: str) -> Any:
        return io.BytesIO(client.get(address.removeprefix("http://127.0.0.1:8000")).getvalue())

    monkeypatch.setattr(urllib.request, "urlopen", open_address)
    exec(blocks()[1], {})  # noqa: S102 - our own page
    text = capsys.readouterr().out
    assert text == f"40%  {made.statement}  (by 2030-12-31, 1 people)\n"
    assert silent.statement not in text
