"""The desk names scores that rest on a dataset whose figures went on without them."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.new_figures import published_figures
from evidence.models import Indicator, Item
from evidence.services import record_observations
from tests.assessments.cited import citation, item, retracted
from tests.assessments.factories import published, score
from tests.assessments.typed_cards import signed_in
from tests.evidence.builders import indicator, person, row

pytestmark = pytest.mark.django_db
SOURCE = "https://www.example.org/prices/"


def dataset(url: str = "http://example.org/prices") -> Item:
    return item("Prices of modules", kind="dataset", url=url, passages=())


def record(series: Indicator, *rows: object) -> None:
    record_observations(indicator=series, observed=list(rows), by=person())


def desk(client: Client) -> str:
    return client.get("/desk/").content.decode()


def found() -> list[tuple[str, str, list[str]]]:
    return [
        (one.slug, one.dimension, [figure.period for figure in one.figures])
        for one in published_figures().unseen
    ]


def test_new_figures_of_a_cited_dataset_wait_until_somebody_looks_at_the_score() -> None:
    series = indicator("module-price", row("2023", "0.40"), source_url=SOURCE)
    cited, client = dataset(), signed_in()
    first = published(citations=[citation(cited), citation(cited, "impact")])
    assert found() == []
    assert "New figures behind a score" not in desk(client)
    record(series, row("2025", "0.25"), row("2024", "0.31"))
    assert found() == [
        ("edge-ai", "viability", ["2025", "2024"]),
        ("edge-ai", "impact", ["2025", "2024"]),
    ]
    shown = desk(client)
    assert "New figures behind a score" in shown
    assert (
        "“Prices of modules” has two new figures of “Price of module-price”: the latest is 0.25 USD"
        " per watt for 2025"
    ) in shown
    assert f"/cards/{first.card.pk}/edit/#impact" in shown
    published(
        parent=first.revision.content_hash,
        citations=[citation(cited), citation(cited, "impact")],
        viability=score("4"),
        reason="It fell.",
    )
    assert found() == [("edge-ai", "impact", ["2025", "2024"])]
    record(series, row("2025", "0.25", date(2025, 9, 1), is_withdrawn=True))
    assert [periods for _, _, periods in found()] == [["2025"], ["2025", "2024", "2025"]]
    assert "has one new figure of “Price of module-price”, taken back" in desk(client)


def test_a_score_that_followed_new_figures_did_not_move_alone() -> None:
    series = indicator("module-price", row("2023", "0.40"), source_url=SOURCE)
    cited, client, parent = dataset(), signed_in(), None
    for level, figures, is_alone in (("3", (), False), ("4", (), True), ("5", ("2024",), False)):
        if figures:
            record(series, *(row(period, "0.31") for period in figures))
        newest = published(
            parent=parent,
            citations=[citation(cited)],
            viability=score(level),
            reason="It fell.",
        )
        parent = newest.revision.content_hash
        assert ("no citation came or went with it" in desk(client)) is is_alone


def test_a_dataset_that_is_cited_anew_was_looked_at_then() -> None:
    series = indicator("module-price", row("2023", "0.40"), source_url=SOURCE)
    cited, other = dataset(), item("Other", url="https://example.org/other")
    first = published(citations=[citation(other)])
    record(series, row("2024", "0.31"))
    published(
        parent=first.revision.content_hash,
        citations=[citation(other), citation(cited)],
        reason="Cited.",
    )
    assert found() == []
    record(series, row("2025", "0.25"))
    assert found() == [("edge-ai", "viability", ["2025"])]


@pytest.mark.parametrize(
    ("url", "is_found"),
    [
        ("https://bellwether.example/indicators/module-price/", True),
        ("https://example.org/prices#table", True),
        ("https://example.org/prices/more", False),
        ("https://bellwether.example/indicators/another/", False),
    ],
)
def test_a_series_is_known_by_its_source_or_its_page(url: str, is_found: bool) -> None:  # noqa: FBT001
    series = indicator("module-price", row("2023", "0.40"), source_url=SOURCE)
    published(citations=[citation(dataset(url))])
    record(series, row("2024", "0.31"))
    assert bool(found()) is is_found


def test_what_was_retracted_or_is_cited_in_a_draft_alone_asks_for_nothing() -> None:
    series = indicator("module-price", row("2023", "0.40"), source_url=SOURCE)
    cited = dataset()
    published(citations=[citation(cited)])
    retracted(cited)
    record(series, row("2024", "0.31"))
    assert found() == []


def test_more_cards_and_figures_take_as_many_questions() -> None:
    series = indicator("module-price", row("2020", "0.80"), source_url=SOURCE)
    cited, counts = dataset(), []
    for slugs in (["edge-ai"], ["fusion", "gene-editing"]):
        for slug in slugs:
            published(slug, citations=[citation(cited)])
        record(series, row(str(2021 + len(counts)), "0.31"), row(str(2011 + len(counts)), "0.2"))
        with CaptureQueriesContext(connection) as asked:
            assert found()
        counts.append(len(asked))
    assert len(set(counts)) == 1
