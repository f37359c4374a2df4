from datetime import date
from typing import Any

import pytest
from django.test import Client

from assessments.models import Revision
from assessments.selectors import PublishedCard
from publishing.charts.chart import Chart
from publishing.pages.technology.score_history import score_history
from tests.assessments import factories
from tests.publishing.made import TODAY, card, score


def revision(number: int, month: int, **changes: Any) -> PublishedCard:
    said = date(2026, month, 1)
    return card("fusion", seq=number, revision_id=number, as_of=said, **changes)


def chart_of(*revisions: PublishedCard) -> Chart:
    chart = score_history(revisions[-1], list(reversed(revisions)), today=TODAY)
    assert chart
    return chart


def lines_of(chart: Chart, axis: str) -> list[list[float]]:
    traces = [trace for trace in chart.figure["data"] if trace["mode"] == "lines"]
    return [trace["y"] for trace in traces if trace["yaxis"] == axis]


def test_one_revision_makes_no_history() -> None:
    assert score_history(revision(1, 2), [revision(1, 2)], today=TODAY) is None


def test_a_revision_published_again_for_its_facts_is_one() -> None:
    again = card("fusion", seq=2, revision_id=1, as_of=date(2026, 2, 1))
    assert score_history(again, [again, revision(1, 2)], today=TODAY) is None


def test_the_sentence_names_what_differs_first_to_last() -> None:
    chart = chart_of(revision(1, 2), revision(2, 5, impact=score("4", level_to="5")))
    assert chart.sentence == (
        "One level differs between February 2026 and May 2026: impact from 3 to 4/5."
    )
    assert lines_of(chart, "y5") == [[3.0, 4.5, 4.5]]


def test_a_line_is_broken_where_the_series_changes() -> None:
    chart = chart_of(
        revision(1, 1, series="elsewhere"), revision(2, 2), revision(3, 3, drivers=score("5"))
    )
    assert lines_of(chart, "y2") == [[3.0, 3.0], [3.0, 5.0, 5.0]]
    assert chart.sentence.startswith("Another series begins in February 2026")


def test_a_line_is_broken_where_nobody_gave_a_level() -> None:
    chart = chart_of(revision(1, 1), revision(2, 2, novelty=score(None)), revision(3, 3))
    assert lines_of(chart, "y3") == [[3.0, 3.0], [3.0, 3.0]]
    assert chart.table.rows[1][7:9] == ("not yet assessed", None)


def test_second_opinions_are_not_in_the_line() -> None:
    other = card("fusion", seq=3, revision_id=3, card_id=2, as_of=date(2026, 4, 1))
    lead = (revision(1, 1), revision(2, 2))
    chart = score_history(lead[1], [other, *reversed(lead)], today=TODAY)
    assert chart
    assert len(chart.table.rows) == 2


@pytest.mark.django_db
def test_the_page_shows_the_chart_and_the_file_its_rows(client: Client) -> None:
    factories.published()
    assert client.get("/technologies/edge-ai/history.csv").status_code == 404
    head = Revision.objects.get().content_hash
    factories.published(
        as_of="2026-08-04", parent=head, reason="It ships.", impact=factories.score("5")
    )
    text = client.get("/technologies/edge-ai/").content.decode()
    assert 'data-chart="score-history"' in text
    rows = client.get("/technologies/edge-ai/history.csv").content.decode().splitlines()
    assert [row.split(",")[0] for row in rows] == ["Speaks of", "2026-08-04", "2026-05-04"]
