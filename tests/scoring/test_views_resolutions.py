"""The page on which predictions are resolved, and the queue of those that wait."""

import datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from scoring.models import ResolutionEvent
from tests.assessments.factories import person
from tests.assessments.predicted import made, published

pytestmark = pytest.mark.django_db

PROPOSAL = {
    "step": "propose",
    "propose-outcome": "yes",
    "propose-evidence": "https://example.org/prices",
    "propose-note": "Three vendors sell one.",
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ben() -> Client:
    return signed_in(person("ben", "editor"))


@pytest.fixture
def cleo() -> Client:
    return signed_in(person("cleo", "editor"))


def test_a_prediction_is_proposed_confirmed_and_undone_by_form(ben: Client, cleo: Client) -> None:
    path = f"/predictions/{published().key}/resolve/"
    assert "Propose an answer" in ben.get(path).content.decode()
    assert ben.post(path, PROPOSAL).status_code == 302
    waiting = ben.get(path).content.decode()
    assert "stand behind this answer already" in waiting
    assert "Confirm the answer" not in waiting
    theirs = cleo.get(path).content.decode()
    assert "Confirm the answer" in theirs
    seen = str(ResolutionEvent.objects.get().pk)
    assert f'value="{seen}"' in theirs
    sent = {"step": "confirm", "confirm-seen": seen, "confirm-note": "I looked."}
    assert cleo.post(path, sent).status_code == 302
    assert "This prediction is resolved." in cleo.get(path).content.decode()
    undone = ben.post(path, {"step": "undo", "undo-note": "One was a pilot."}, follow=True)
    assert "This prediction is open." in undone.content.decode()
    kinds = ResolutionEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["proposed", "confirmed", "undone"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"propose-outcome": "no"}, "has not passed"),
        ({"propose-outcome": "maybe"}, "Select a valid choice"),
        ({"propose-evidence": " "}, "how one knows"),
        ({"propose-note": ""}, "one sentence on why"),
        ({"propose-happened_on": "31.12.2026"}, "write it as 2030-12-31"),
        ({"propose-value": "1e400"}, "number"),
        ({"propose-seen": "12"}, "Reload the page"),
        ({"step": "decide"}, "names no step"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    changes: dict[str, str], words: str, ben: Client
) -> None:
    path = f"/predictions/{published().key}/resolve/"
    answer = ben.post(path, PROPOSAL | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ResolutionEvent.objects.exists()


def test_a_draft_has_no_resolution(ben: Client) -> None:
    assert ben.get(f"/predictions/{made().key}/resolve/").status_code == 404


def test_the_queue_names_what_is_due_and_what_waits(ben: Client, settings: LazySettings) -> None:
    assert "No prediction waits" in ben.get("/predictions/due/").content.decode()
    key = published().key
    settings.BELLWETHER_TODAY = datetime.date(2031, 4, 2)
    assert "no answer is proposed" in ben.get("/predictions/due/").content.decode()
    ben.post(f"/predictions/{key}/resolve/", PROPOSAL)
    shown = ben.get("/predictions/due/").content.decode()
    assert "a proposal waits for one person" in shown
    assert "2 days" in shown
