import pytest
from django.test import Client

from assessments.models import Opening, OpeningStep
from tests.assessments.factories import person, published

pytestmark = pytest.mark.django_db
PAGE = "/technologies/edge-ai/opening/"


def proposed(client: Client) -> OpeningStep:
    published()
    client.force_login(person("anna"))
    sent = {"status": "open", "year": "2025", "evidence": "Three vendors, 2 billion USD."}
    assert client.post(PAGE, sent).status_code == 302
    step: OpeningStep = OpeningStep.objects.get()
    return step


def test_one_proposes_and_another_confirms(client: Client) -> None:
    step = proposed(client)
    text = client.get(PAGE).content.decode()
    assert "A proposal waits" in text
    assert "Confirm" not in text
    client.force_login(person("ben", "editor"))
    assert "Confirm, and tell readers" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}confirm/", {"proposal": step.pk})
    assert Opening.objects.get().year == 2025
    assert "open since 2025" in client.get(PAGE).content.decode()


def test_a_refusal_without_a_reason_is_told_and_saves_nothing(client: Client) -> None:
    step = proposed(client)
    client.force_login(person("ben", "editor"))
    answer = client.post(f"{PAGE}refuse/", {"proposal": step.pk, "note": ""}, follow=True)
    assert "why it is refused" in answer.content.decode()
    assert OpeningStep.objects.count() == 1
    client.post(f"{PAGE}refuse/", {"proposal": step.pk, "note": "Pilots only."})
    assert "Pilots only." in client.get(PAGE).content.decode()


def test_a_proposal_is_taken_back_by_its_own_author(client: Client) -> None:
    step = proposed(client)
    client.post(f"{PAGE}withdraw/", {"proposal": step.pk})
    assert OpeningStep.objects.latest("pk").kind == "withdrawn"


def test_a_year_to_come_is_refused_beside_its_field(client: Client) -> None:
    published()
    client.force_login(person("anna"))
    sent = {"status": "open", "year": "2199", "evidence": "Surely."}
    answer = client.post(PAGE, sent)
    assert answer.status_code == 422
    assert "make a prediction" in answer.content.decode()


def test_the_test_is_restated_until_a_proposal_waits(client: Client) -> None:
    published()
    client.force_login(person("anna"))
    client.post(f"{PAGE}test/", {"text": "Two vendors ship.", "version": "0"})
    assert "Two vendors ship." in client.get(PAGE).content.decode()
    late = client.post(f"{PAGE}test/", {"text": "One vendor ships.", "version": "0"})
    assert late.status_code in (409, 422)
    assert "Somebody stated another test" in late.content.decode()
