"""Adding a technology, and changing its facts for readers."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Domain, Link, Publication, Technology
from tests.assessments.factories import published
from tests.assessments.typed_cards import signed_in, technology

pytestmark = pytest.mark.django_db


def facts(**changes: Any) -> dict[str, Any]:
    return {"name": "Quantum toasters", "slug": "", "aliases": "", "variant_of": ""} | changes


def links(*rows: tuple[str, str, str]) -> dict[str, str]:
    sent = {"links-TOTAL_FORMS": str(len(rows) + 1), "links-INITIAL_FORMS": "0"}
    for number, (kind, to, note) in enumerate(rows):
        place = f"links-{number}"
        sent |= {f"{place}-kind": kind, f"{place}-to": to, f"{place}-note": note}
    return sent


def test_a_new_technology_leads_to_its_card() -> None:
    answer = signed_in().post("/technologies/new/", facts(aliases="Toast qubits\n\nQ-toast"))
    assert answer.headers["Location"] == "/cards/new/?technology=quantum-toasters"
    made = Technology.objects.get(slug="quantum-toasters")
    assert sorted(alias.name for alias in made.aliases.all()) == ["Q-toast", "Toast qubits"]
    assert [domain.name for domain in made.domains.all()] == ["unsorted"]


def test_domains_and_variant_are_kept() -> None:
    technology("toasters")
    name = Domain.objects.exclude(name="unsorted").values_list("name", flat=True)[0]
    sent = facts(slug="q-toast", domains=[name], variant_of="toasters")
    signed_in().post("/technologies/new/", sent)
    made = Technology.objects.get(slug="q-toast")
    assert [domain.name for domain in made.domains.all()] == [name]
    assert made.links_out.get().target.slug == "toasters"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Needed: the name"),
        ("name", "a\x00b", "NUL"),
        ("name", "a\u202eb", "reverses the reading direction"),
        ("name", "x" * 121, "at most 120"),
        ("name", "two\nlines", "one line"),
        ("name", "電気", "No address can be made from this name"),
        ("slug", "Not A Slug", "small letters"),
        ("slug", "new", "is a page of this site"),
        ("slug", "x" * 81, "at most 80"),
        ("domains", ["nowhere"], "Choose fields out of the list"),
        ("aliases", "Toast\ntoast", "listed twice"),
        ("aliases", "a\x00b", "NUL"),
        ("aliases", "\n".join(map(str, range(60))), "At most 50"),
        ("variant_of", "nowhere", "Choose a technology out of the list"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(field: str, value: Any, words: str) -> None:
    answer = signed_in().post("/technologies/new/", facts(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Technology.objects.exists()


def test_a_taken_address_is_told() -> None:
    technology("edge-ai")
    answer = signed_in().post("/technologies/new/", facts(slug="edge-ai"))
    assert answer.status_code == 422
    assert "exists already" in answer.content.decode()


def test_new_facts_reach_readers_at_once() -> None:
    technology("chiplets")
    edge = published().revision.card.technology
    sent = facts(name="AI at the edge", version=edge.version) | links(
        ("requires", "chiplets", "for memory")
    )
    answer = signed_in("ben", "editor").post("/technologies/edge-ai/edit/", sent, follow=True)
    assert "Saved and published" in answer.content.decode()
    assert "AI at the edge" in Client().get("/technologies/edge-ai/").content.decode()
    assert Link.objects.get().note == "for memory"


def test_facts_of_what_is_not_published_stay_inside() -> None:
    made = technology("edge-ai")
    sent = facts(name="AI at the edge", version=made.version) | links()
    answer = signed_in("ben", "editor").post("/technologies/edge-ai/edit/", sent, follow=True)
    assert "Readers see nothing of it until a card is published." in answer.content.decode()
    assert not Publication.objects.exists()


def test_somebody_elses_edit_is_not_overwritten() -> None:
    made = technology("edge-ai")
    client = signed_in("ben", "editor")
    client.post("/technologies/edge-ai/edit/", facts(name="One", version=made.version) | links())
    for version in (made.version, "", "0", "x", "9" * 5_000, "\x00"):
        sent = facts(name="Two", version=version) | links()
        answer = client.post("/technologies/edge-ai/edit/", sent)
        assert answer.status_code == 422
        assert "was changed by somebody else" in answer.content.decode()
    assert Technology.objects.get().name == "One"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("requires", "", "")], "Needed: the technology"),
        ([("", "chiplets", "")], "Needed: the kind"),
        ([("", "", "for memory")], "Needed: the kind"),
        ([("eats", "chiplets", "")], "Choose a kind"),
        ([("requires", "nowhere", "")], "Choose a technology"),
        ([("requires", "edge-ai", "")], "Choose a technology"),
        ([("variant of", "chiplets", "")], "Choose a kind"),
        ([("requires", "chiplets", "a\x00b")], "NUL"),
        ([("requires", "chiplets", "")] * 2, "listed twice"),
    ],
)
def test_a_link_that_cannot_be_kept_changes_nothing(
    rows: list[tuple[str, str, str]], words: str
) -> None:
    technology("chiplets")
    made = technology("edge-ai")
    sent = facts(name="Other", version=made.version) | links(*rows)
    answer = signed_in("ben", "editor").post("/technologies/edge-ai/edit/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Technology.objects.get(slug="edge-ai").name == "Edge ai"
    assert not Link.objects.exists()


def test_the_form_shows_the_facts_as_they_are() -> None:
    technology("chiplets")
    made = technology("edge-ai")
    Link.objects.create(
        source=made, target=technology("chiplets"), kind="requires", note="for memory"
    )
    page = signed_in("ben", "editor").get("/technologies/edge-ai/edit/").content.decode()
    assert 'value="for memory"' in page
    assert '<option value="requires" selected>' in page


@pytest.mark.parametrize(
    ("path", "role", "status"),
    [
        ("/technologies/new/", "reader", 403),
        ("/technologies/edge-ai/edit/", "analyst", 403),
        ("/technologies/edge-ai/edit/", "editor", 200),
        ("/technologies/nowhere/edit/", "editor", 404),
    ],
)
def test_facts_are_for_their_roles(path: str, role: str, status: int) -> None:
    technology("edge-ai")
    assert signed_in("someone", role).get(path).status_code == status
