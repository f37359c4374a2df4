from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jobs.models import Job
from jobs.services import execute_job
from publishing import selectors
from publishing.charts.ranking_history import spaced
from publishing.pages.compare.choice import choose
from publishing.pages.published import Published
from publishing.pages.ranking_history import MOST, ranking_history_page
from publishing.results import RankingOfDay, RankThen
from scoring.models import Run, RunKind
from scoring.services.runs import Question, open_run
from tests.assessments import factories
from tests.publishing.made import card, published, ranked, ranking

DAYS = (date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1))


FIELD = 11


def day(
    place: int, engine: str = "ranking/1", series: str = "house", **ranks: tuple[float, int, int]
) -> RankingOfDay:
    """Of a field of eleven: rank 1 beats all, rank 11 none."""
    rows = {
        slug: RankThen(expected, low, high, 1, *map(beaten, (expected, high, low)))
        for slug, (expected, low, high) in ranks.items()
    }
    of_series = dict.fromkeys(ranks, series)
    return RankingOfDay(DAYS[place], 10 + place, "even-handed", engine, rows, of_series, FIELD)


def beaten(rank: float) -> float:
    return (FIELD - rank) / (FIELD - 1)


def record(*slugs: str) -> Published:
    rows = [ranked(slug, 1, place + 1.0) for place, slug in enumerate(slugs)]
    return published(*[card(slug) for slug in slugs], ranking=ranking(*rows))


def page_of(
    days: tuple[RankingOfDay, ...], *named: str, slugs: tuple[str, ...] = ("a", "b")
) -> Any:
    here = record(*slugs)
    return ranking_history_page(here, choose(named, here, most=MOST), days)


def lines_of(page: Any) -> list[list[float]]:
    return [trace["y"] for trace in page.chart.figure["data"] if "markers" in trace["mode"]]


def test_the_headline_counts_those_that_moved_clear() -> None:
    apart = (day(0, a=(1.2, 1, 2), b=(4.0, 3, 5)), day(1, a=(1.3, 1, 2), b=(8.0, 7, 9)))
    near = (day(0, a=(1.2, 1, 4), b=(4.0, 3, 5)), day(1, a=(1.3, 1, 4), b=(5.0, 4, 9)))
    assert page_of(apart).headline == "B has moved clear of where it stood."
    assert page_of(near).headline == "Neither of the two moved clear of where it stood."


def test_the_sentence_speaks_of_the_one_in_front() -> None:
    days = (day(0, a=(1.2, 1, 2), b=(4.0, 3, 5)), day(1, a=(1.3, 1, 2), b=(8.0, 7, 9)))
    page = page_of(days, "b", "a")
    assert page.chart.sentence == (
        "B beats 30 of 100 others in the field, after 70; 90 of 100 draws give it a rank from 7"
        " to 9."
    )
    assert [row.name for row in page.shown] == ["B", "A"]
    assert page.shown[1].url == "/ranking/history/?t=a&t=b"


def test_a_line_is_broken_where_the_method_changed_and_over_a_gap() -> None:
    rank = (2.0, 1, 3)
    changed = (day(0, a=rank), day(1, a=rank), day(2, engine="ranking/2", a=rank))
    gone = (day(0, a=rank), day(1, b=rank), day(2, a=rank))
    assert [len(line) for line in lines_of(page_of(changed, "a"))] == [2, 1]
    assert [len(line) for line in lines_of(page_of(gone, "a"))] == [1, 1]
    assert "broken where the method" in page_of(changed, "a").chart.sentence


def test_a_line_is_broken_where_another_series_of_cards_begins() -> None:
    rank = (2.0, 1, 3)
    days = (day(0, a=rank), day(1, a=rank), day(2, series="imported", a=rank))
    page = page_of(days, "a")
    assert [len(line) for line in lines_of(page)] == [2, 1]
    assert "another series of cards" in page.chart.sentence


def test_the_table_holds_every_point_of_the_chart() -> None:
    days = (day(0, a=(1.2, 1, 2), b=(4.0, 3, 5)), day(1, a=(1.26, 1, 2)))
    assert page_of(days).chart.table.rows == (
        ("2026-06-01", "A", 97.4, 90.0, 100.0, 1.3, 1, 2, 1, "house", 11),
        ("2026-05-01", "A", 98.0, 90.0, 100.0, 1.2, 1, 2, 1, "house", 10),
        ("2026-05-01", "B", 70.0, 60.0, 80.0, 4.0, 3, 5, 1, "house", 10),
    )


def test_without_a_choice_the_first_ten_are_drawn() -> None:
    slugs = tuple("abcdefghijkl")
    ranks = dict.fromkeys(slugs, (2.0, 1, 3))
    page = page_of((day(0, **ranks), day(1, **ranks)), slugs=slugs)
    assert [row.name for row in page.shown] == [slug.upper() for slug in slugs[:10]]
    assert page_of((day(0, **ranks), day(1, **ranks)), *slugs, slugs=slugs).choice.status == 400


def test_one_day_makes_no_line_and_says_so() -> None:
    page = page_of((day(0, a=(1.0, 1, 1)),))
    assert page.chart is None
    assert page.why_none == "All rankings so far speak of 1 May 2026; a second day makes a line."


def test_names_at_the_ends_keep_apart_and_within_the_chart() -> None:
    places = spaced([1.0, 1.1, 1.2, 9.9, 10.0], apart=0.5, last=10.4)
    assert all(after - before >= 0.5 - 1e-9 for before, after in pairwise(places))
    assert places[-1] <= 10.4
    assert places[0] == 1.0


@pytest.fixture
def two_days(db: None) -> None:
    """June has two rankings and one of what was known before; July has one."""
    factories.published(impact=factories.score("5"))
    factories.published("fusion")
    for question in (
        Question(kind=RunKind.RANKING, as_of=DAYS[1]),
        Question(kind=RunKind.RANKING, as_of=DAYS[1]),
        Question(kind=RunKind.RANKING, as_of=DAYS[1], known_on=DAYS[1]),
        Question(kind=RunKind.RANKING, as_of=DAYS[2]),
    ):
        open_run(question=question, reason="a day")
    for job in Job.objects.filter(state=Job.State.QUEUED):
        execute_job(job_id=job.pk)


def test_each_day_is_shown_by_its_last_ranking(two_days: None) -> None:
    found = {row.day: row for row in selectors.ranking_history()}
    june = Run.objects.filter(as_of=DAYS[1], known_on=None)
    assert june.count() == 2
    assert found[DAYS[1]].run_id == june.order_by("-seq")[0].seq
    assert set(found[DAYS[2]].rows) == {"edge-ai", "fusion"}


def test_the_history_asks_the_database_a_fixed_number_of_times(
    client: Client, two_days: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(23):
        text = client.get("/ranking/history/?t=edge-ai&t=fusion").content.decode()
    assert 'data-chart="ranking-history"' in text
    rows = client.get("/ranking/history.csv?t=edge-ai&t=fusion").content.decode().splitlines()
    assert len(rows) == 1 + sum(len(day.rows) for day in selectors.ranking_history())
    assert client.get("/ranking/history.csv?t=nowhere").status_code == 404


def test_the_form_takes_names_and_says_which_are_unknown(client: Client, two_days: None) -> None:
    answer = client.get("/ranking/history/", {"t": "nowhere"})
    assert answer.status_code == 404
    assert "No published technology is called “nowhere”." in answer.content.decode()
