"""The pages of lenses: read by everybody, made by editors, and in the API."""

from typing import Any

import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import execute_job
from record.clock import today
from scoring.models import LensVersion, Run, RunKind
from scoring.services.runs import Question, open_run
from tests.assessments.factories import person, published

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "City fund",
    "note": "For a city.",
    "kind": "bounds",
    "low-impact": "30",
    "high-impact": "60",
    "largest": "impact",
    "rule": "mean",
    "spacing": "",
    "version": "0",
}
HORIZON = {"has_horizon": "on", "full_from": "0", "full_to": "3", "zero_at": "8", "if_open": "50"}


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(person("ben", "editor"))
    return client


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def test_everybody_reads_what_each_lens_means(client: Client) -> None:
    page = text_of(client.get("/lenses/"))
    assert "On average impact weighs most, 32 %, and readiness" in page
    assert "Impact weighs most." in page
    assert "Timing counts in full for a market that opens within 2 years" in page
    assert "Editors have made none yet." in page
    assert "Make a lens" not in page


def test_an_editor_sees_the_weights_before_anything_is_saved(editor: Client) -> None:
    page = text_of(editor.post("/lenses/new/", TYPED | HORIZON | {"preview": "1"}))
    assert "What these weights come to" in page
    assert "Nothing is saved yet." in page
    assert 'value="City fund"' in page
    assert not LensVersion.objects.exists()


def test_an_editor_makes_changes_and_retires_a_lens(editor: Client) -> None:
    made = editor.post("/lenses/new/", TYPED | HORIZON)
    assert made.status_code == 302
    assert made["Location"] == "/lenses/#city-fund"
    first = LensVersion.objects.get()
    page = text_of(editor.get("/lenses/city-fund/edit/"))
    for typed in ('value="30"', 'value="60"', 'value="8"', 'value="50"'):
        assert typed in page
    changed = TYPED | {"name": "Town fund", "version": str(first.seq)}
    assert editor.post("/lenses/city-fund/edit/", changed).status_code == 302
    page = text_of(editor.get("/lenses/"))
    assert "Town fund" in page
    assert "by <span" in page
    newest = LensVersion.objects.latest("seq")
    editor.post("/lenses/city-fund/retire/", {"version": str(newest.seq)})
    page = text_of(editor.get("/lenses/"))
    assert "is retired. The rankings under it stay." in page
    assert "Change and bring back" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"low-impact": "50", "low-novelty": "70", "largest": ""},
            "the lower bounds add up to 120 %",
        ),
        ({"low-impact": "70"}, "Impact: 70 % to 60 % leaves no room."),
        ({"high-impact": "15"}, "Impact: 30 % to 15 % leaves no room."),
        ({"low-impact": "", "high-impact": "15"}, "the upper bounds add up to 75 %"),
        ({"low-impact": "a third"}, "write a number in plain digits"),
        ({"kind": "slider"}, "give one above 0"),
        ({"kind": "else"}, "Choose one of the three ways below."),
        ({"name": "Moonshot"}, "The name is taken"),
        ({"has_horizon": "on"}, "Needed: a number, for a lens with a horizon."),
        (HORIZON | {"full_to": "9"}, "let the years rise"),
        ({"largest": "timing"}, "the order names timing"),
        ({"version": "x"}, "The version is"),
    ],
)
def test_what_cannot_be_a_lens_is_refused_with_a_sentence(
    editor: Client, typed: dict[str, str], sentence: str
) -> None:
    for button in ({}, {"preview": "1"}):
        if button and typed.get("name"):
            continue
        page = text_of(editor.post("/lenses/new/", TYPED | typed | button), 422)
        assert sentence.lower() in page.lower()
    assert not LensVersion.objects.exists()


def test_a_version_that_somebody_changed_meanwhile_is_refused(editor: Client) -> None:
    editor.post("/lenses/new/", TYPED)
    page = text_of(editor.post("/lenses/city-fund/edit/", TYPED | {"version": "1000"}), 422)
    assert "was changed by somebody else while you edited it" in page


@pytest.mark.parametrize("key", ["moonshot", "nowhere"])
def test_only_lenses_of_editors_are_changed(editor: Client, key: str) -> None:
    assert editor.get(f"/lenses/{key}/edit/").status_code == 404


def test_the_change_log_names_the_lens(editor: Client) -> None:
    editor.post("/lenses/new/", TYPED)
    page = text_of(editor.get("/changes/"))
    assert "The lens City fund" in page
    assert 'href="/lenses/#city-fund"' in page
    (row,) = editor.get("/api/v1/changes/").json()["results"]
    assert row["kind"] == "lens.created"


def test_the_api_lists_lenses_by_key_with_what_their_weights_come_to(
    client: Client, editor: Client
) -> None:
    before = client.get("/api/v1/lenses/")
    again = client.get("/api/v1/lenses/", headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 304
    editor.post("/lenses/new/", TYPED)
    after = client.get("/api/v1/lenses/", headers={"If-None-Match": before["ETag"]})
    keys = [row["key"] for row in after.json()["results"]]
    assert keys == sorted(keys)
    assert "city-fund" in keys
    lens = client.get("/api/v1/lenses/city-fund/").json()
    assert lens["region"]["upper"]["impact"] == 0.6
    assert sum(row["mean"] for row in lens["weights"]) == pytest.approx(1, abs=0.001)
    assert lens["made_by"] == "ben"
    assert client.get("/api/v1/lenses/nowhere/").status_code == 404
    assert client.get("/api/v1/lenses.csv").status_code == 200


def test_the_latest_ranking_is_told_under_any_lens(client: Client) -> None:
    published()
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    address = "/api/v1/rankings/latest/?lens=moonshot"
    assert client.get(address).status_code == 404
    question = Question(kind=RunKind.RANKING, as_of=today(), lens="moonshot")
    run = open_run(question=question, reason="test")
    assert client.get(address).status_code == 202
    execute_job(job_id=run.job_id)
    answer = client.get(address)
    assert answer.json()["run"]["lens"] == "moonshot"
    assert answer.json()["run"]["id"] == run.pk
    plain = client.get("/api/v1/rankings/latest/")
    assert plain.json()["run"]["lens"] == "even-handed"
    newer = open_run(question=question, reason="the same again")
    assert newer.pk != run.pk
    moved = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert moved.json()["run"]["id"] == newer.pk
    unmoved = client.get("/api/v1/rankings/latest/", headers={"If-None-Match": plain["ETag"]})
    assert unmoved.status_code == 304
    dated = client.get(f"/api/v1/rankings/latest/?lens=adopter&as_of={today()}").json()
    assert dated["run"]["lens"] == "adopter"
    assert client.get("/api/v1/rankings/latest/?lens=nowhere").status_code == 404
    assert client.get("/api/v1/rankings/latest/?lens=%C3%A9").status_code == 404
    assert Run.objects.filter(lens="adopter").count() == 0
