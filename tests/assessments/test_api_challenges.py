"""What a newsletter prints in its mailbag."""

import pytest
from django.test import Client

from assessments.models import Challenge, Technology
from assessments.services.challenges import decide_challenge, receive_challenge, show_challenge
from assessments.values.challenge import Claim, Sender
from tests.assessments.factories import person, published

pytestmark = pytest.mark.django_db
LIST = "/api/v1/challenges/"


@pytest.fixture
def told() -> Challenge:
    published()
    challenge = receive_challenge(
        technology=Technology.objects.get(slug="edge-ai"),
        claim=Claim("The second vendor has sold chips since May.", dimension="viability"),
        sender=Sender("Rosa Reader", "rosa@example.org", "R. R."),
    ).challenge
    ben = person("ben", "editor")
    show_challenge(challenge=challenge, by=ben)
    decide_challenge(challenge=challenge, outcome="declined", by=ben, note="They are samples.")
    return challenge


def test_the_list_tells_claim_answer_and_credit(told: Challenge) -> None:
    (row,) = Client().get(LIST).json()["results"]
    assert (row["key"], row["outcome"], row["credit"]) == (told.key, "declined", "R. R.")
    assert row["answers"][0]["note"] == "They are samples."
    assert "rosa" not in str(row).lower()


def test_the_tag_moves_with_an_answer_and_with_nothing_that_is_hidden(told: Challenge) -> None:
    before = Client().get(LIST)["ETag"]
    other = receive_challenge(technology=told.technology, claim=Claim("Also wrong.")).challenge
    assert Client().get(LIST)["ETag"] == before
    show_challenge(challenge=other, by=person("ben", "editor"))
    assert Client().get(LIST)["ETag"] != before


def test_as_a_table_and_narrowed(told: Challenge) -> None:
    lines = Client().get("/api/v1/challenges.csv").getvalue().decode().splitlines()
    assert lines[0].startswith("key,technology,dimension,claim")
    assert "They are samples." in lines[1]
    assert Client().get(f"{LIST}?outcome=accepted").json()["results"] == []
    assert Client().get(f"{LIST}?outcome=perhaps").status_code == 400
