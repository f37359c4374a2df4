"""Openings that wait for a second person, and windows at odds with what they require."""

import re

import pytest
from django.test import Client

from assessments.models import Technology
from assessments.services.openings import confirm_opening, propose_opening
from publishing.pages.desk_timing import contradictions_section
from publishing.results import Contradicted
from tests.assessments.factories import person, published, saved
from tests.publishing import made

EVIDENCE = "Three vendors sell; 2 billion USD in 2025 (trade press)."


def proposed(slug: str, by: str = "anna") -> None:
    technology = Technology.objects.get(slug=slug)
    propose_opening(
        technology=technology, status="open", year=2025, evidence=EVIDENCE, by=person(by, "editor")
    )


def desk(name: str, role: str = "editor") -> str:
    client = Client()
    client.force_login(person(name, role))
    return re.sub(r"\s+", " ", client.get("/desk/").content.decode())


@pytest.mark.django_db
def test_openings_wait_for_editors_who_did_not_propose_them() -> None:
    published("kelp")
    saved("peat")
    proposed("kelp")
    proposed("peat")
    page = desk("ben")
    assert "Openings that you may confirm" in page
    assert page.index("/technologies/peat/opening/") < page.index("/technologies/kelp/opening/")
    assert EVIDENCE in page
    for name, role in (("anna", "editor"), ("otto", "analyst")):
        assert "Openings that you may confirm" not in desk(name, role)


@pytest.mark.django_db
def test_an_opening_that_is_answered_waits_no_longer() -> None:
    published("kelp")
    proposed("kelp")
    step = Technology.objects.get(slug="kelp").opening_steps.get()
    confirm_opening(proposal=step, by=person("ben", "editor"))
    assert "Openings that you may confirm" not in desk("cleo")


def at_odds(*rows: Contradicted) -> list[tuple[str, str, str]]:
    cards = [made.card("chips"), made.card("optics")]
    outlook = made.outlook()
    record = made.published(
        *cards, outlook=type(outlook)(outlook.run, outlook.rows, contradictions=rows)
    )
    return [(row.url, row.tag, row.what) for row in contradictions_section(record).rows]


def test_windows_at_odds_lead_to_the_card_and_circles_to_the_links() -> None:
    window = Contradicted("chips", "optics", 2027, 2030, is_circle=False)
    circle = Contradicted("optics", "chips", None, None, is_circle=True)
    (first, second) = at_odds(window, circle)
    assert first[:2] == ("/technologies/optics/", "a circle")
    assert "require one another" in first[2]
    assert second[0].endswith("/edit/#timing")
    assert "ends in 2027, before the window that ends in 2030" in second[2]


def test_nothing_at_odds_is_no_section() -> None:
    assert contradictions_section(made.published()).total == 0
