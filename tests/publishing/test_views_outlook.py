import pytest
from django.test import Client

from assessments.models import Link, Technology
from assessments.services.facts import revise_facts
from assessments.services.openings import confirm_opening, propose_opening
from assessments.services.technologies import Facts
from record.clock import today
from scoring.models import RunKind
from scoring.services.links import open_due_links_run
from scoring.services.runs import Question, open_run
from tests.assessments.factories import card_json, person, published
from tests.scoring.made import finish_all

pytestmark = pytest.mark.django_db


def timed(
    slug: str, start: int, end: int, as_of: str = "2026-05-04", parent: str | None = None
) -> str:
    scores = card_json()["scores"]
    window = {"from": start, "to": end, "certainty": "high", "unscored_reason": None}
    timing = scores["timing"] | window
    row = published(
        slug, scores=scores | {"timing": timing}, p_never=0.05, as_of=as_of, parent=parent
    )
    return str(row.revision.content_hash)


def linked(source: str, kind: str, target: str) -> None:
    technology, other = (Technology.objects.get(slug=slug) for slug in (source, target))
    revise_facts(
        technology=technology,
        facts=Facts(slug=source, name=technology.name),
        links=[Link(source=technology, target=other, kind=kind)],
        version=technology.version,
        by=person("ed", "editor"),
    )


def computed() -> None:
    open_run(question=Question(RunKind.OUTLOOK, as_of=today()), reason="all")
    finish_all()
    open_due_links_run()
    finish_all()


@pytest.fixture
def record() -> None:
    year = today().year
    timed("llm", year, year + 4)
    timed("photonic", year + 2, year + 8)
    linked("llm", "accelerates", "photonic")
    computed()


def test_the_page_says_what_each_link_does_and_that_it_assumes(
    client: Client, record: None
) -> None:
    text = client.get("/outlook/").content.decode()
    assert "The median of Photonic moves from" in text
    assert "without the pull of Llm" in text
    assert "if Llm opens 2 years later" in text
    assert "Model assumptions, not calibrated: 0 of the 30 openings" in text


def test_both_ends_of_a_link_have_it_on_their_pages(client: Client, record: None) -> None:
    for slug in ("llm", "photonic"):
        text = client.get(f"/technologies/{slug}/").content.decode()
        assert "without the pull of Llm" in text


def test_page_file_and_api_say_the_same_number(client: Client, record: None) -> None:
    (row,) = client.get("/api/v1/outlooks/latest/").json()["links"]
    median, cut = row["base"]["year_p50"], row["cut"]["year_p50"]
    assert f"moves from {median:.1f} to {cut:.1f}" in client.get("/outlook/").content.decode()
    lines = client.get("/outlook/links.csv").content.decode().splitlines()
    assert lines[1].startswith("llm,accelerates,photonic,photonic,llm,true,")
    assert f",{median}," in lines[1]


def test_a_contradiction_is_flagged_on_every_face(client: Client) -> None:
    year = today().year
    timed("early", year, year + 1)
    timed("late", year + 6, year + 9)
    linked("early", "requires", "late")
    computed()
    words = f"The window of Early ends in {year + 1}, before"
    client.force_login(person("anna"))
    for path in ("/outlook/", "/technologies/early/", "/technologies/late/"):
        assert words in client.get(path).content.decode(), path
    assert "With what it requires" in client.get("/technologies/early/").content.decode()
    (found,) = client.get("/api/v1/outlooks/latest/").json()["contradictions"]
    assert (found["slug"], found["requires"], found["is_circle"]) == ("early", "late", False)


def test_before_anything_is_computed_the_page_says_so(client: Client) -> None:
    assert "No link acts on an outlook yet." in client.get("/outlook/").content.decode()
    assert client.get("/outlook/links.csv").status_code == 404


def test_a_window_that_stays_as_far_away_is_told_to_slip(client: Client) -> None:
    parent = None
    for said in (2022, 2024, 2026):
        parent = timed("fusion", said + 4, said + 7, f"{said}-01-02", parent)
    text = client.get("/technologies/fusion/").content.decode()
    assert (
        "Still six years away: over three revisions and 4.0 years its median moved 4.0 years on."
        in text
    )


def test_a_passed_window_is_listed_and_scored(client: Client) -> None:
    timed("blimps", 2022, 2024, as_of="2021-01-02")
    assert "no opening is recorded" in client.get("/outlook/").content.decode()
    text = client.get("/technologies/blimps/").content.decode()
    assert "it passed without an opening, mean Brier" in text


def test_a_confirmed_opening_is_told_with_its_evidence(client: Client) -> None:
    timed("lidar", 2023, 2025)
    step = propose_opening(
        technology=Technology.objects.get(slug="lidar"),
        status="open",
        year=2025,
        evidence="Three vendors.",
        by=person("anna"),
    )
    assert client.get("/api/v1/openings/").json()["openings"] == []
    confirm_opening(proposal=step, by=person("ben", "editor"))
    answer = client.get("/api/v1/openings/").json()
    (told,) = answer["openings"]
    assert (told["slug"], told["year"], told["evidence"]) == ("lidar", 2025, "Three vendors.")
    assert (answer["on_record"], answer["needed"]) == (1, 30)
