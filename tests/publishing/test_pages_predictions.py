from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from publishing.pages.outlook import outlook_finding, outlook_lines
from publishing.pages.prediction.rows import CheckableRow
from publishing.pages.predictions import (
    PredictionListPage,
    PredictionWanted,
    finding,
    prediction_list_page,
)
from publishing.predicted import Predicted
from scoring.resolution_states import Standing, State
from tests.assessments.factories import published as publish
from tests.publishing.made import AT, card, outlook, projected, published
from tests.publishing.made_predictions import READS_ON, foretold


def prediction(deadline: str | None, statement: str = "It is on sale.") -> dict[str, Any]:
    keys: tuple[str, ...] = ("metric", "direction", "threshold", "population", "baseline", "kind")
    keys += ("resolution_rule", "resolvability", "wording_problem", "later_status")
    return dict.fromkeys(keys) | {"statement": statement, "deadline": deadline}


def test_predictions_come_due_first_then_by_deadline_then_without_one() -> None:
    late = card("a", predictions=[prediction("2030-12-31"), prediction(None)])
    due = card("b", predictions=[prediction("2026-11-21"), prediction("2028-12-31")])
    page = prediction_list_page(published(late, due))
    headings = [(group.heading, group.is_due) for group in page.groups]
    assert headings == [
        ("21 November 2026", True),
        ("31 December 2028", False),
        ("31 December 2030", False),
        ("No deadline", False),
    ]
    assert page.headline == (
        "Four predictions stand in the record. One has reached its day and waits to be resolved."
    )


def test_while_nothing_is_due_the_headline_says_what_is_first() -> None:
    page = prediction_list_page(published(card("a", predictions=[prediction("2030-12-31")])))
    assert page.headline == (
        "One prediction stands in the record. The first is due on 31 December 2030."
    )
    assert finding([]) == "Nobody has made a prediction yet."


def test_second_opinions_do_not_predict_for_the_technology() -> None:
    opinion = card("a", role="second", predictions=[prediction("2030-12-31")])
    assert prediction_list_page(published(card("a"), opinion)).count == 0


def test_the_outlook_is_in_the_order_of_the_chances_then_facts_then_gaps() -> None:
    rows = (
        projected("low", p_open_by_2030=0.2),
        projected("none", p_open_by_2030=None, because="no window is stated", chances=()),
        projected("high", p_open_by_2030=0.71),
        projected("done", p_open_by_2030=1.0),
    )
    cards = (card("low"), card("none"), card("high"), card("done", opened=2023))
    lines = outlook_lines(published(*cards, outlook=outlook(*rows)))
    assert [line.slug for line in lines] == ["high", "low", "done", "none"]
    assert [line.at_deadline for line in lines] == ["71", "20", "", ""]
    assert [line.half for line in lines[2:]] == ["open since 2023", "no window is stated"]
    assert "".join(outlook_finding(lines)) == (
        "Of two technologies whose market is not open yet, one has a chance above one half"
        " to open by the end of 2030; High comes first, with 71 of 100."
    )


def test_a_chance_that_never_gets_there_is_said_so_and_has_no_end_tick() -> None:
    row = projected("a", year_p10=2028.2, year_p50=2035.9, year_p90=None)
    (line,) = outlook_lines(published(card("a"), outlook=outlook(row)))
    assert line.reached == ("2028", "2035", "not reached")
    assert line.drawing.count('class="interval"') == 2
    assert 'x2="100%"' in line.drawing
    (line,) = outlook_lines(published(card("a"), outlook=outlook(projected("a"))))
    assert line.drawing.count('class="interval"') == 3


def test_long_lists_come_in_pages_of_their_own() -> None:
    cards = [card(f"t{n}", predictions=[prediction("2030-12-31")]) for n in range(9)]
    rows = [projected(f"t{n}") for n in range(9)]
    wanted = PredictionWanted(page="2", outlook="3", rows_a_page=4)
    page = prediction_list_page(published(*cards, outlook=outlook(*rows)), wanted)
    assert [row.slug for group in page.groups for row in group.rows] == ["t4", "t5", "t6", "t7"]
    assert [line.slug for line in page.outlook] == ["t8"]
    assert page.count == 9


@pytest.mark.django_db
def test_the_page_quotes_each_prediction_with_its_rule(client: Client) -> None:
    stated = prediction("2026-01-31") | {"resolution_rule": "The register <decides>."}
    publish(predictions=[stated | {"wording_problem": "Sale is not defined."}])
    text = client.get("/predictions/").content.decode()
    for words in ("It is on sale.", "The register &lt;decides&gt;.", "Sale is not defined.", "due"):
        assert words in text
    assert 'href="/technologies/edge-ai/"' in text


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["page=0", "page=x&outlook=-1", f"outlook={'9' * 5000}"])
def test_any_page_number_is_answered(client: Client, query: str) -> None:
    publish(predictions=[prediction("2030-12-31")])
    assert client.get(f"/predictions/?{query}").status_code == 200


@pytest.mark.django_db
def test_the_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        publish(f"technology-{number}", predictions=[prediction("2030-12-31")])
    with django_assert_max_num_queries(22):
        assert client.get("/predictions/").status_code == 200


@pytest.mark.django_db
def test_the_headline_says_how_many_match(client: Client) -> None:
    publish("edge-ai", predictions=[prediction("2028-12-31", "The early one.")])
    publish("chiplets", predictions=[prediction("2030-12-31", "The late one.")])
    text = client.get("/predictions/?technology=edge-ai").content.decode()
    assert "One of two predictions matches. The first is due on 31 December 2028." in text
    assert "No prediction matches." in client.get("/predictions/?technology=x").content.decode()


def foretold_page(*found: Predicted, query: str = "", **wanted: Any) -> PredictionListPage:
    made = published(card("edge-ai", predictions=[prediction("2030-12-31", "A card words it.")]))
    return prediction_list_page(made, PredictionWanted(**wanted), QueryDict(query), found)


def test_what_is_due_comes_first_then_open_ones_then_answers_then_what_cards_word() -> None:
    over = State(Standing.RESOLVED, READS_ON, outcome="yes", ended_at=AT)
    due = State(Standing.DUE, READS_ON, days_overdue=3)
    page = foretold_page(
        foretold("edge-ai-2030-1"),
        foretold("edge-ai-2030-2", state=over),
        foretold("edge-ai-2030-3", state=due),
    )
    assert [(group.begins, group.heading, group.is_worded) for group in page.groups] == [
        ("Checkable", "Due", False),
        ("", "31 December 2030", False),
        ("", "Resolved", False),
        ("Worded on cards", "31 December 2030", True),
    ]
    assert page.headline == (
        "Four predictions stand in the record. One has reached its day and waits to be resolved."
    )


def test_a_row_shows_the_pool_beside_the_model_and_hides_what_is_hidden() -> None:
    page = foretold_page(foretold("edge-ai-2030-1"), foretold("a-2030-2", is_hidden=True))
    (hidden, row) = page.groups[0].rows
    assert isinstance(row, CheckableRow)
    assert isinstance(hidden, CheckableRow)
    assert (row.chance, row.model) == ("24 of 100", "12 of 100")
    assert (hidden.chance, hidden.model) == ("", "")
    assert row.url == "/predictions/edge-ai-2030-1/"


def test_checkable_ones_are_found_by_state_kind_and_indicator() -> None:
    rows = (foretold("edge-ai-2030-1"), foretold("edge-ai-2030-2"))
    assert foretold_page(*rows, query="state=open").count == 2
    assert foretold_page(*rows, query="kind=number").count == 0
    assert foretold_page(*rows, query="indicator=oecd-gdp-per-hour").count == 2
    page = foretold_page(*rows)
    assert page.form is not None
    names = [control.name for control in page.form.controls]
    assert {"state", "technology", "kind", "indicator", "deadline_before"} <= set(names)


def test_checkable_and_worded_ones_share_the_pages_of_the_list() -> None:
    rows = [foretold(f"edge-ai-2030-{number}") for number in range(1, 5)]
    page = foretold_page(*rows, page="2", rows_a_page=3)
    assert [group.is_worded for group in page.groups] == [False, True]
    assert page.predictions.paginator.num_pages == 2
