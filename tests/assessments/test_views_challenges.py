"""A reader sends a correction without an account; the team answers; readers see what came of it."""

import pytest
from django.test import Client

from assessments.models import Challenge, Technology
from assessments.services.challenges import receive_challenge
from assessments.values.challenge import Claim, Sender
from tests.assessments.factories import person, published, saved

pytestmark = pytest.mark.django_db
FORM = "/technologies/edge-ai/challenge/"
SENT = {
    "claim": "The second vendor has sold chips since May.",
    "dimension": "viability",
    "evidence": "Its price list.",
    "evidence_url": "https://example.org/prices",
    "credit": "R. R.",
    "name": "Rosa Reader",
    "email": "rosa@example.org",
}


def page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def received() -> Challenge:
    published()
    return receive_challenge(
        technology=Technology.objects.get(slug="edge-ai"),
        claim=Claim(SENT["claim"]),
        sender=Sender("Rosa Reader", "rosa@example.org", "R. R."),
    ).challenge


def test_from_the_form_to_the_page_of_the_technology(client: Client) -> None:
    published()
    assert "Correct us" in page(client, "/technologies/edge-ai/")
    thanked = client.post(FORM, SENT, follow=True).content.decode()
    assert "An editor reads it first" in thanked
    assert SENT["claim"] not in thanked
    challenge = Challenge.objects.get()
    address = f"/challenges/{challenge.key}/"
    assert client.get(address).status_code == 404
    ben = Client()
    ben.force_login(person("ben", "editor"))
    assert "Rosa Reader" in page(ben, address)
    assert "Show it, and answer it" in page(ben, "/desk/")
    ben.post(f"{address}step/", {"then": "show"})
    ben.post(f"{address}step/", {"then": "accepted", "note": "Two customers confirmed it."})
    for told in (address, "/challenges/", "/technologies/edge-ai/"):
        text = page(client, told)
        assert SENT["claim"] in text
        assert "Two customers confirmed it." in text
        assert "R. R." in text
        assert "Rosa Reader" not in text
        assert "rosa@example.org" not in text
    assert "correction accepted" in page(client, "/changes/")


def test_erasing_the_sender_changes_the_page_at_once(client: Client) -> None:
    challenge, ben = received(), Client()
    ben.force_login(person("ben", "editor"))
    address = f"/challenges/{challenge.key}/"
    ben.post(f"{address}step/", {"then": "show"})
    before = client.get("/technologies/edge-ai/")
    assert "R. R." in before.content.decode()
    ben.post(f"{address}step/", {"then": "forget"})
    tag = {"HTTP_IF_NONE_MATCH": before.headers.get("ETag", '"none"')}
    after = client.get("/technologies/edge-ai/", **tag)
    assert after.status_code == 200
    assert "R. R." not in after.content.decode()


def test_an_empty_form_says_what_is_missing_and_keeps_the_rest(client: Client) -> None:
    published()
    answer = client.post(FORM, SENT | {"claim": " "})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Say in a sentence or two what is wrong." in text
    assert "Its price list." in text
    assert not Challenge.objects.exists()


def test_a_sixth_in_a_minute_waits_and_loses_nothing(client: Client) -> None:
    published()
    for number in range(5):
        assert client.post(FORM, SENT | {"claim": f"Figure {number}."}).status_code == 302
    answer = client.post(FORM, SENT | {"claim": "Figure 6."})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Wait a minute" in answer.content.decode()
    assert "Figure 6." in answer.content.decode()
    assert Challenge.objects.count() == 5


def test_the_team_enters_what_came_elsewhere_with_its_day(client: Client) -> None:
    published()
    client.force_login(person("anna"))
    client.post(FORM, SENT | {"said_on": "2026-05-02"})
    challenge = Challenge.objects.get()
    assert (challenge.origin, challenge.said_on.isoformat()) == ("mailbag", "2026-05-02")
    client.post(FORM, SENT | {"said_on": "2026-05-02"})
    assert Challenge.objects.count() == 1
    wrong = client.post(FORM, SENT | {"claim": "Another.", "said_on": "May"})
    assert "YYYY-MM-DD" in wrong.content.decode()


def test_readers_correct_nothing_that_they_do_not_see(client: Client) -> None:
    saved()
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, SENT).status_code == 404


def test_a_step_that_is_refused_says_why_and_keeps_the_note(client: Client) -> None:
    challenge = received()
    client.force_login(person("anna"))
    answer = client.post(
        f"/challenges/{challenge.key}/step/", {"then": "accepted", "note": "It is so."}
    )
    assert answer.status_code == 422
    assert "Only editors" in answer.content.decode()
    assert "It is so." in answer.content.decode()
    unknown = client.post(f"/challenges/{challenge.key}/step/", {"then": "dance", "note": "x"})
    assert unknown.status_code == 422


def test_the_ledger_is_narrowed_by_outcome_and_technology(client: Client) -> None:
    challenge, ben = received(), Client()
    ben.force_login(person("ben", "editor"))
    ben.post(f"/challenges/{challenge.key}/step/", {"then": "show"})
    assert SENT["claim"] in page(client, "/challenges/?outcome=waiting&technology=edge-ai")
    assert SENT["claim"] not in page(client, "/challenges/?outcome=declined")
    assert SENT["claim"] not in page(client, "/challenges/?technology=fusion")
    assert client.get("/challenges/?outcome=maybe").status_code == 400
