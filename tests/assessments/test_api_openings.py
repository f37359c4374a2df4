"""Markets recorded as open through the API."""

from typing import Any

import pytest
from django.test import Client

from accounts.services import create_token
from assessments.models import Opening, OpeningStep
from tests.assessments.factories import person, published

pytestmark = pytest.mark.django_db
OPEN = {"action": "propose", "status": "open", "year": 2025, "evidence": "Three vendors sell."}


@pytest.fixture(autouse=True)
def seen() -> None:
    published("kelp")


def step(body: Any, by: str = "ben", scope: str = "resolve", slug: str = "kelp") -> Any:
    user = person(by, "editor")
    _, secret = create_token(user=user, name="script", scopes=[scope], days=9)
    headers = {"Authorization": f"Bearer {secret}"}
    address = f"/api/v1/technologies/{slug}/opening/"
    return Client(headers=headers).post(address, body, "application/json")


def answer(action: str, **changes: Any) -> dict[str, Any]:
    return {"action": action, "status": "open", "year": 2025} | changes


def test_two_people_record_an_opening() -> None:
    proposed = step(OPEN)
    assert proposed.status_code == 201, proposed.content
    assert proposed.json()["step"] == "proposed"
    assert not Opening.objects.exists()
    own = step(answer("confirm"))
    assert own.status_code == 403
    assert "two people" in own.json()["detail"]
    confirmed = step(answer("confirm", note="I read it."), by="cleo").json()
    assert (confirmed["step"], confirmed["by"], confirmed["proposed_by"]) == (
        "confirmed",
        "cleo",
        "ben",
    )
    assert Opening.objects.get().year == 2025


def test_nobody_confirms_what_they_did_not_read() -> None:
    nothing = step(answer("confirm"))
    assert (nothing.status_code, OpeningStep.objects.count()) == (409, 0)
    step(OPEN)
    other = step(answer("confirm", year=2024), by="cleo")
    assert other.status_code == 409
    assert "What waits is “open” in 2025, by ben." in other.json()["detail"]


def test_a_refusal_needs_a_note_and_whoever_proposed_may_withdraw() -> None:
    step(OPEN)
    bare = step(answer("refuse"), by="cleo")
    assert (bare.status_code, bare.json()["errors"][0]["pointer"]) == (422, "#/note")
    assert step(answer("withdraw"), by="cleo").status_code == 403
    assert step(answer("withdraw")).json()["step"] == "withdrawn"
    step(OPEN)
    assert step(answer("refuse", note="Pilots only."), by="cleo").json()["step"] == "refused"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"year": 3000}, "#/year"),
        ({"year": "soon"}, "#/year"),
        ({"status": "ajar"}, "#/status"),
        ({"action": "sing"}, "#/action"),
        ({"evidence": ""}, "#/evidence"),
        ({"colour": "red"}, "#/colour"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], pointer: str) -> None:
    refused = step(OPEN | changes)
    assert refused.status_code == 422
    assert pointer in [fault["pointer"] for fault in refused.json()["errors"]]
    assert not OpeningStep.objects.exists()


def test_another_scope_or_no_technology_is_refused() -> None:
    assert step(OPEN, scope="review").status_code == 403
    assert step(OPEN, slug="nowhere").status_code == 404
