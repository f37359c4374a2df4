import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import execute_job
from publishing.pages.pairs import MOST, pairs_page
from publishing.results import Ranking
from record.clock import today
from scoring.models import RunKind
from scoring.services.runs import Question, open_run
from tests.assessments import factories
from tests.publishing.made import RUN, card, published, ranked

ORDER = {"a": 1.0, "b": 0.5, "c": 0.0}


def ranking_of(*slugs: str) -> Ranking:
    rows = tuple(ranked(slug, 1, place + 1.0) for place, slug in enumerate(slugs))

    def share_ahead(first: str, second: str) -> float:
        return 0.5 + (ORDER.get(first, 0.5) - ORDER.get(second, 0.5)) * 0.4

    return Ranking(run=RUN, rows=rows, share_ahead=share_ahead)


def test_the_headline_says_how_many_pairs_are_settled() -> None:
    page = pairs_page(published(*map(card, "abc"), ranking=ranking_of(*"abc")))
    assert page.headline == "Of 100 pairs of technologies, 33 have a settled order."
    assert "so for 1 of three pairs" in page.lede


def test_the_sentence_names_the_most_open_pair() -> None:
    page = pairs_page(published(*map(card, "abc"), ranking=ranking_of(*"abc")))
    assert page.chart
    assert page.chart.sentence == (
        "A is ahead of one of the other two. The most open pair is A and B:"
        " A is ahead in 70 of 100 draws."
    )


def test_chart_and_table_hold_the_same_numbers_and_nothing_on_the_diagonal() -> None:
    chart = pairs_page(published(*map(card, "abc"), ranking=ranking_of(*"abc"))).chart
    assert chart
    assert chart.table.columns == ("Ahead of", "A", "B", "C")
    assert chart.table.rows[0] == ("A", None, 70.0, 90.0)
    assert chart.figure["data"][0]["z"][0] == [None, 0.7, 0.9]
    light, dark = chart.figure["data"][1:]
    assert (light["text"], dark["text"]) == (["70", "30", "70", "10", "30"], ["90"])


def test_at_most_thirty_are_drawn() -> None:
    slugs = [f"t{place}" for place in range(MOST + 5)]
    page = pairs_page(published(*map(card, slugs), ranking=ranking_of(*slugs)))
    assert page.chart
    assert len(page.chart.table.rows) == MOST
    assert "among the first 30" in page.headline


def test_before_the_first_ranking_the_page_says_so() -> None:
    page = pairs_page(published(card("a")))
    assert (page.chart, page.headline) == (None, "No two technologies are ranked yet.")


@pytest.mark.django_db
def test_page_and_file_are_answered(client: Client) -> None:
    assert client.get("/ranking/pairs.csv").status_code == 404
    factories.published()
    factories.published("fusion")
    open_run(question=Question(kind=RunKind.RANKING, as_of=today()), reason="both")
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    assert "of 100 draws" in client.get("/ranking/pairs/").content.decode()
    assert len(client.get("/ranking/pairs.csv").content.decode().splitlines()) == 3
