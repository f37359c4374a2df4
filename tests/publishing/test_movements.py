import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.models import Revision
from assessments.services.publication import withdraw_card
from jobs.models import Job
from jobs.services import execute_job
from publishing import movements as selectors
from publishing.api import ranking_changes
from publishing.pages.movements import (
    moved_notably,
    movement_sentence,
    movements_table,
    movements_view,
)
from publishing.pages.published import RecordDates
from publishing.pages.run_compare import choose_runs
from publishing.pages.since import asked_day, since_page
from publishing.results import Movement, Movements, RankingSide, SaidOtherwise
from record.clock import today
from scoring.models import Run, RunKind
from scoring.services import attributions
from scoring.services.runs import Question, open_run
from tests.assessments import factories
from tests.assessments.factories import score
from tests.publishing.made import TODAY, published, ranked, ranking

CAUSES = ("own", "others", "series", "entries", "lens", "method", "calendar")


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    selectors._attributions.forget()
    ranking_changes._documents.forget()
    yield
    selectors._attributions.forget()


def moved(slug: str, before: float, own_changes: Any = (), **parts: float) -> Movement:
    every = dict.fromkeys(CAUSES, 0.0) | parts
    return Movement(
        slug=slug,
        name=slug.capitalize(),
        before=before,
        after=before + sum(every.values()),
        parts=every,
        share_before=0.5,
        share_after=0.625,
        share_parts=every,
        is_break=bool(parts.get("series")),
        own_changes=tuple(SaidOtherwise(*change) for change in own_changes),
    )


def side(run_id: int | None, day: date, lens: str = "Even-handed") -> RankingSide:
    return RankingSide(run_id, day, None, "ranking/2", lens, 10_000, 5, "ab" * 32)


def between(*rows: Movement, **changes: Any) -> Movements:
    facts: dict[str, Any] = {
        "before": side(3, date(2026, 10, 1)),
        "after": side(41, TODAY, "Moonshot"),
        "draws": 10_000,
        "rows": rows,
    }
    return Movements(**facts | changes)


def test_a_sentence_names_the_causes_the_largest_first_and_entries_last() -> None:
    row = moved(
        "fusion", 4.2, [("viability", "3", "4")], own=-1.1, entries=1.6, lens=-0.5, others=0.01
    )
    found = between(row, added_count=2, added=(("a", "A"), ("b", "B")))
    assert movement_sentence(row, found) == (
        "moved from 4.2 to 4.2: its own viability went from 3 to 4 (−1.1 ranks); the lens is"
        " Moonshot in place of Even-handed (−0.5); two entries were added (+1.6)."
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"own": 1.0}, "moved from 2.0 to 3.0: its own cards changed (+1.0 rank)."),
        (
            {"series": 2.0},
            "another series than before, which is no change of its scores (+2.0 ranks)",
        ),
        ({"calendar": 0.3, "method": -0.2}, "cards grew older (+0.3 ranks); the method changed"),
        ({"own": 0.04, "others": 0.04}, "by causes of less than a tenth of a rank each."),
    ],
)
def test_each_cause_has_words_of_its_own(parts: dict[str, float], words: str) -> None:
    row = moved("fusion", 2.0, **parts)
    assert words in movement_sentence(row, between(row))


def test_many_changes_of_a_card_are_counted() -> None:
    changes = [(f"d{n}", "1", "2") for n in range(4)]
    row = moved("fusion", 2.0, changes, own=1.0)
    assert "four things on its own card changed" in movement_sentence(row, between(row))


def test_who_is_moved_by_entries_alone_has_not_moved_against_the_others() -> None:
    pushed, mover = moved("a", 1.0, entries=1.0), moved("b", 2.0, own=0.2, entries=1.0)
    found = between(pushed, mover, added=(("c", "C"),), added_count=2)
    assert moved_notably(found) == [mover]
    view = movements_view(found)
    assert [row.name for row in view.moved] == ["B"]
    assert "One technology moved against the others by less than a tenth" in view.rest
    assert "Two entries were added, which moves ranks by up to 1.0." in view.rest
    assert view.entries == ("New in the ranking: C, one entry that readers do not see now.",)


def test_a_break_is_told_even_where_nothing_moved() -> None:
    quiet = moved("a", 1.0)
    broken = Movement(**{**vars(quiet), "is_break": True})
    (row,) = movements_view(between(broken)).moved
    assert row.is_break
    assert "of another series than before" in row.sentence


def test_the_rows_of_the_table_add_up_and_empty_columns_are_not_shown() -> None:
    found = between(moved("a", 1.0, own=0.5, others=-0.25), moved("b", 2.0, own=0.125))
    table = movements_table(found)
    for row in table.rows:
        parts = [float(part) for part in row[4:11] if part is not None]
        assert sum(parts) == pytest.approx(float(row[3] or 0), abs=0.02)
    shown = movements_view(found).table
    assert shown.columns[:6] == (
        "Technology",
        "Rank then",
        "Rank now",
        "Change",
        "Own scores",
        "Others’ scores",
    )
    assert "Lens" not in shown.columns
    assert shown.rows[0][5] == "−0.25"


def record(**changes: Any) -> Any:
    dates = RecordDates(today=TODAY, spoken=(date(2025, 1, 20), date(2026, 5, 4)))
    return published(ranking=ranking(ranked("a", 1, 1.0)), dates=dates, **changes)


def test_without_a_day_it_is_thirty_days_or_what_the_record_has() -> None:
    assert asked_day("", record()).day == TODAY - timedelta(days=30)
    assert asked_day("2026-03-01", record()).day == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "Write the day"),
        ("2026-02-31", "Write the day"),
        ("2999-01-01", "before today"),
    ],
)
def test_a_day_that_cannot_be_asked_about_is_refused_in_words(text: str, words: str) -> None:
    page = since_page(record(), asked_day(text, record()), None)
    assert words in page.asked.trouble
    assert page.status == 400
    assert not page.is_waiting


def test_a_date_before_the_record_says_so() -> None:
    page = since_page(record(), asked_day("2024-12-31", record()), None)
    assert page.why_none == (
        "The record begins on 20 January 2025: it says nothing about 31 December 2024."
    )
    assert page.status == 200


def test_the_headline_counts_who_moved_against_the_field() -> None:
    rows = (moved("a", 3.0, own=-1.0), moved("b", 1.0, others=0.6), moved("c", 2.0))
    page = since_page(record(), asked_day("2026-10-01", record()), between(*rows))
    assert page.headline == "Two of three technologies moved since 1 October 2026."
    assert page.lede.startswith("A gained most: 50 % of the common field beaten then, 62 % now.")
    assert "B lost most" in page.lede
    assert ("/runs/compare/?a=3&b=41", "Runs 3 and 41 compared") in page.downloads


def test_while_a_worker_compares_the_page_waits() -> None:
    page = since_page(record(), asked_day("2026-10-01", record()), None)
    assert page.is_waiting
    assert page.headline == "What changed since 1 October 2026 is being computed."


def test_two_runs_are_chosen_by_number_and_refused_in_words() -> None:
    assert choose_runs("", "", known=[9, 7, 3], usual=[9, 3]).before == 3
    assert choose_runs("3", "9", known=[9, 7, 3], usual=[]).is_complete
    for before, after in (("3", "8"), ("x", "3"), ("3", ""), ("9" * 40, "3"), ("٣", "3")):
        assert "is no finished ranking" in choose_runs(before, after, known=[3], usual=[]).trouble
    assert not choose_runs("", "", known=[3], usual=[3]).is_complete


@pytest.fixture
def two_runs(db: None) -> tuple[int, int]:
    """A ranking of three, and a later one after a revision and an entry."""
    first = factories.published("fusion", viability=score("2"))
    factories.published("lidar")
    factories.published("blimps", impact=score("2"))
    earlier = _finished_run()
    factories.published(
        "fusion", parent=first.revision.content_hash, viability=score("5"), reason="It is sold."
    )
    factories.published("newcomer", impact=score("5"))
    return earlier, _finished_run()


def _finished_run() -> int:
    run = open_run(question=Question(RunKind.RANKING, as_of=today()), reason="test")
    while waiting := Job.objects.filter(state=Job.State.QUEUED).first():
        execute_job(job_id=waiting.pk)
    return run.pk


def test_two_runs_are_compared_on_a_page(client: Client, two_runs: tuple[int, int]) -> None:
    before, after = two_runs
    text = client.get(f"/runs/compare/?a={before}&b={after}").content.decode()
    assert "its own viability went from 2 to 5" in text
    assert "one entry was added" in text
    assert "Newcomer" in text
    assert "Kendall" in text
    assert f"/api/v1/rankings/{after}/changes/?since={before}" in text


def test_the_last_two_are_compared_unless_others_are_named(
    client: Client, two_runs: tuple[int, int]
) -> None:
    text = client.get("/runs/compare/").content.decode()
    assert f"run {two_runs[1]}" in text
    assert client.get("/runs/compare/?a=1&b=nothing").status_code == 400


def test_the_comparison_goes_as_csv(client: Client, two_runs: tuple[int, int]) -> None:
    before, after = two_runs
    response = client.get(f"/runs/compare.csv?a={before}&b={after}")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert {row["Technology"] for row in rows} == {"Fusion", "Lidar", "Blimps"}
    assert rows[0]["Technology"] == "Fusion"
    assert float(rows[0]["Own scores"]) < 0
    assert client.get("/runs/compare.csv?a=1&b=x").status_code == 404


def test_programs_get_the_same_numbers(client: Client, two_runs: tuple[int, int]) -> None:
    before, after = two_runs
    body = client.get(f"/api/v1/rankings/{after}/changes/?since={before}").json()
    fusion = next(row for row in body["technologies"] if row["slug"] == "fusion")
    assert fusion["own_changes"] == [{"what": "viability", "before": "2", "after": "5"}]
    change = fusion["expected_rank_after"] - fusion["expected_rank_before"]
    assert sum(fusion["rank_parts"].values()) == pytest.approx(change, abs=1e-5)
    assert body["added"] == [{"slug": "newcomer", "name": "Newcomer"}]
    latest = client.get(f"/api/v1/rankings/{after}/").json()
    stated = {row["slug"]: row["expected_rank"] for row in latest["technologies"]}
    assert fusion["expected_rank_after"] == pytest.approx(stated["fusion"], abs=1e-4)


def test_programs_may_leave_the_other_run_out(client: Client, two_runs: tuple[int, int]) -> None:
    before, after = two_runs
    body = client.get(f"/api/v1/rankings/{after}/changes/").json()
    assert before <= body["since"] < after
    first = Run.objects.filter(kind="ranking", lens="even-handed").earliest("seq").pk
    assert client.get(f"/api/v1/rankings/{first}/changes/").status_code == 404
    assert client.get(f"/api/v1/rankings/{after}/changes/?since=x").status_code == 400


def test_a_large_comparison_waits_for_a_worker(
    client: Client, two_runs: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = two_runs
    monkeypatch.setattr(attributions, "AT_ONCE", 0)
    address = f"/runs/compare/?a={before}&b={after}"
    assert "is being computed" in client.get(address).content.decode()
    api = f"/api/v1/rankings/{after}/changes/?since={before}"
    assert client.get(api).status_code == 202
    assert client.get("/runs/compare.csv", {"a": before, "b": after}).status_code == 404
    execute_job(job_id=Job.objects.get(kind="attribution").pk)
    assert "its own viability went" in client.get(address).content.decode()
    assert client.get(api).status_code == 200


def test_since_a_day_compares_with_the_record_of_that_day(
    client: Client, two_runs: tuple[int, int]
) -> None:
    revised = factories.published("lidar", role="lead", reason="again", **_revision_of("lidar"))
    assert revised.seq
    _finished_run()
    text = client.get("/ranking/since/?date=2026-05-05").content.decode()
    assert "no ranking is that old" in text
    assert "its own drivers went from 3 to 5" in text
    csv_text = client.get("/ranking/since.csv?date=2026-05-05").content.decode()
    assert csv_text.startswith("Technology,Rank then")
    assert client.get("/ranking/since.csv?date=1999-01-01").status_code == 404


def _revision_of(slug: str) -> dict[str, Any]:
    parent = Revision.objects.filter(card__technology__slug=slug).latest("number").content_hash
    return {"parent": parent, "as_of": "2026-06-01", "drivers": score("5")}


def test_since_a_day_with_a_ranking_compares_with_that(client: Client, db: None) -> None:
    factories.published("fusion")
    factories.published("lidar")
    day = today() - timedelta(days=40)
    run = open_run(question=Question(RunKind.RANKING, as_of=day), reason="then")
    last = _finished_run()
    text = client.get("/ranking/since/").content.decode()
    assert f"/runs/compare/?a={run.pk}&amp;b={last}" in text
    assert "Nobody moved against the others" in text


def test_the_ranking_links_to_what_changed(client: Client, two_runs: tuple[int, int]) -> None:
    assert "/ranking/since/" in client.get("/ranking/").content.decode()


@pytest.mark.parametrize("path", ["/ranking/since/", "/runs/compare/"])
def test_these_pages_ask_the_database_a_fixed_number_of_times(
    client: Client,
    two_runs: tuple[int, int],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    with django_assert_max_num_queries(24):
        client.get(path)


def test_technologies_that_readers_do_not_see_are_not_named(
    client: Client, two_runs: tuple[int, int]
) -> None:
    revision = Revision.objects.get(card__technology__slug="blimps")
    withdraw_card(revision=revision, by=factories.person("ben", "editor"), reason="Wrong.")
    before, after = two_runs
    body = client.get(f"/api/v1/rankings/{after}/changes/?since={before}")
    assert "blimps" not in json.dumps(body.json())
    assert "Blimps" not in client.get(f"/runs/compare/?a={before}&b={after}").content.decode()
