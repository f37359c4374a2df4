"""The form over the changes and over the predictions."""

import pytest
from django.http import QueryDict
from django.test import Client

from publishing.pages.predictions import prediction_list_page
from tests.assessments.factories import published as publish
from tests.publishing.made import card, published

PREDICTION = dict.fromkeys(
    (
        *("metric", "direction", "threshold", "population", "baseline", "kind"),
        *("resolution_rule", "resolvability", "wording_problem", "later_status"),
    )
)


def prediction(deadline: str) -> dict[str, str | None]:
    return PREDICTION | {"statement": f"It sells by {deadline}.", "deadline": deadline}


@pytest.mark.django_db
def test_changes_are_narrowed_and_the_address_keeps_it(client: Client) -> None:
    publish("edge-ai")
    publish("fusion")
    text = client.get("/changes/", {"technology": "fusion"}).content.decode()
    assert "Fusion" in text
    assert "Edge ai</a>" not in text
    assert "Technology: fusion" in text
    assert 'href="/changes/"' in text


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["kind=invented", "technology=%2F", "since=-1"])
def test_what_cannot_be_read_is_refused_on_the_page(client: Client, query: str) -> None:
    publish("edge-ai")
    assert client.get(f"/changes/?{query}").status_code == 400


@pytest.mark.django_db
def test_no_match_leads_back_to_all(client: Client) -> None:
    publish("edge-ai")
    text = client.get("/changes/", {"technology": "nowhere"}).content.decode()
    assert "No change matches." in text
    assert "Show all changes" in text


def test_predictions_are_narrowed_by_deadline_and_field() -> None:
    record = published(
        card("a", predictions=[prediction("2028-12-31"), prediction("2031-12-31")]), card("b")
    )
    page = prediction_list_page(record, asked=QueryDict("deadline_before=2030-01-01&domain=ai"))
    assert page.count == 1
    assert page.form is not None
    assert [row.words for row in page.form.chosen] == [
        "field: AI",
        "latest deadline: 1 January 2030",
    ]
    assert page.prediction_pages == "/predictions/?domain=ai&deadline_before=2030-01-01&page="
    assert prediction_list_page(record).form is None


def test_a_deadline_that_is_no_date_is_refused_with_a_sentence() -> None:
    record = published(card("a", predictions=[prediction("2028-12-31")]))
    page = prediction_list_page(record, asked=QueryDict("deadline_after=soon"))
    assert page.form is not None
    assert page.form.status == 400
    assert "is no date" in page.form.controls[3].error
