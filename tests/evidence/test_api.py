"""Indicators for programs: reading, writing, and what is refused."""

from typing import Any

import pytest
from django.test import Client

from accounts.services import create_token
from evidence.models import Indicator, Observation
from evidence.services import load_demonstration_indicators
from tests.evidence.builders import VINTAGE, indicator, person, row

pytestmark = pytest.mark.django_db

FACTS = {
    "slug": "module-price",
    "name": "Price of modules",
    "unit": "USD per watt",
    "progress": "down",
    "kind": "cost",
    "publisher": "The bureau of prices",
}
ONE = {"period": "2020", "value": "0.50", "vintage": "2025-03-01"}
LIST, DETAIL = "/api/v1/indicators/", "/api/v1/indicators/module-price/"
FIGURES = f"{DETAIL}observations/"


def writer(*scopes: str) -> Client:
    _, secret = create_token(
        user=person(), name="writes", scopes=list(scopes or ("write:evidence",)), days=30
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client: Client, method: str, path: str, body: object, **headers: str) -> Any:
    call = getattr(client, method)
    return call(path, body, content_type="application/json", headers=headers)


def test_indicators_are_listed_by_slug_in_pages_and_as_files() -> None:
    load_demonstration_indicators(by=person("marta"))
    page = Client().get(f"{LIST}?limit=4&count=true").json()
    assert page["count"] == 10
    slugs = [record["slug"] for record in page["results"]]
    assert slugs == sorted(slugs)
    assert "after:" in page["next"]
    lines = Client().get("/api/v1/indicators.csv").getvalue().decode().splitlines()
    assert len(lines) == 11
    only = Client().get(f"{LIST}?form=snapshot").json()["results"]
    assert [record["slug"] for record in only] == ["gpt-4-gradings"]


def test_one_indicator_says_its_latest_figure() -> None:
    indicator("module-price", row("2020", "0.5"), row("2021", "0.4"))
    record = Client().get(DETAIL).json()
    assert record["latest"] == {"period": "2021", "value": 0.4, "vintage": "2025-03-01"}
    assert record["observations"] == 2


def test_figures_in_force_or_every_vintage() -> None:
    indicator("module-price", row("2020", "0.5"), row("2020", "0.45", VINTAGE.replace(month=9)))
    assert [one["value"] for one in Client().get(FIGURES).json()["results"]] == [0.45]
    every = Client().get(f"{FIGURES}?vintages=true").json()["results"]
    assert [(one["entered"], one["is_in_force"]) for one in every] == [
        ("0.5", False),
        ("0.45", True),
    ]
    assert Client().get(f"{FIGURES}?known_on=2020-01-01").json()["results"] == []
    lines = Client().get(f"{DETAIL}observations.csv").getvalue().decode().splitlines()
    assert len(lines) == 2


def test_pages_of_figures_join_up() -> None:
    indicator("module-price", *(row(str(year), "1") for year in range(1990, 2020)))
    seen, path = [], f"{FIGURES}?limit=7"
    while path:
        page = Client().get(path).json()
        seen += [one["period"] for one in page["results"]]
        path = page["next"]
    assert seen == [str(year) for year in range(1990, 2020)]


def test_what_is_not_public_is_absent_without_the_scope() -> None:
    indicator("module-price", row("2020", "1"), is_public=False)
    for path in (DETAIL, FIGURES, f"{DETAIL}observations.csv"):
        assert Client().get(path).status_code == 404
        assert writer("read:public").get(path).status_code == 404
        assert writer("read:drafts").get(path).status_code == 200
    assert Client().get(LIST).json()["results"] == []
    assert len(writer().get(LIST).json()["results"]) == 1


def test_an_unmoved_list_is_answered_with_304_until_a_figure_comes() -> None:
    made = indicator("module-price", row("2020", "1"))
    tag = Client().get(FIGURES)["ETag"]
    again = Client(headers={"If-None-Match": tag})
    assert again.get(FIGURES).status_code == 304
    from_list = Client().get(LIST)["ETag"]
    send(writer(), "post", FIGURES, {"observations": [ONE | {"period": "2021"}]})
    assert again.get(FIGURES).status_code == 200
    assert Client(headers={"If-None-Match": from_list}).get(LIST).status_code == 200
    assert made.observations.count() == 2


def test_an_indicator_is_begun_and_answered_with_its_address() -> None:
    response = send(writer(), "post", LIST, FACTS)
    assert response.status_code == 201
    assert response["Location"].endswith(DETAIL)
    assert Indicator.objects.get().cadence == "year"
    assert send(writer(), "post", LIST, FACTS).status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], "#"),
        (FACTS | {"surprise": 1}, "#"),
        ({"slug": "x"}, "#/name"),
        (FACTS | {"name": 5}, "#/name"),
        (FACTS | {"is_public": "yes"}, "#/is_public"),
        (FACTS | {"is_snapshot": 1}, "#/is_snapshot"),
        (FACTS | {"release_lag_days": True}, "#/release_lag_days"),
        (FACTS | {"release_lag_days": 1.5}, "#/release_lag_days"),
        (FACTS | {"kind": "rate"}, "#/kind"),
        (FACTS | {"ceiling_high": 90}, "#/ceiling_high"),
        (FACTS | {"name": "a\u202eb"}, "#/name"),
    ],
)
def test_a_wrong_indicator_is_refused_by_pointer(body: Any, pointer: str) -> None:
    response = send(writer(), "post", LIST, body)
    assert response.status_code == 422
    assert pointer in [fault["pointer"] for fault in response.json()["errors"]]
    assert not Indicator.objects.exists()


def test_a_change_names_the_version_it_was_made_on() -> None:
    indicator()
    client = writer()
    tag = client.get(DETAIL)["ETag"]
    body = FACTS | {"name": "One"}
    assert send(client, "put", DETAIL, body).status_code == 428
    assert send(client, "put", DETAIL, body, **{"If-Match": '"nothing"'}).status_code == 412
    changed = send(client, "put", DETAIL, body, **{"If-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["name"] == "One"
    assert send(client, "put", DETAIL, body, **{"If-Match": tag}).status_code == 412
    assert send(client, "put", DETAIL, body, **{"If-Match": changed["ETag"]}).status_code == 200


def test_a_stale_change_is_answered_with_both_texts_and_the_version_of_now() -> None:
    indicator()
    client = writer()
    tag = client.get(DETAIL)["ETag"]
    theirs = FACTS | {"name": "Theirs", "publisher": "An institute"}
    assert send(client, "put", DETAIL, theirs, **{"If-Match": tag}).status_code == 200
    mine = FACTS | {"name": "Mine", "publisher": "An institute"}
    stale = send(client, "put", DETAIL, mine, **{"If-Match": tag})
    assert stale.status_code == 412
    (fault,) = stale.json()["errors"]
    assert fault["pointer"] == "#/name"
    assert fault["detail"] == 'It is now "Theirs"; you sent "Mine".'
    assert Indicator.objects.get().name == "Theirs"
    assert send(client, "put", DETAIL, mine, **{"If-Match": stale["ETag"]}).status_code == 200


def test_a_figure_that_came_meanwhile_does_not_stand_in_the_way_of_a_change() -> None:
    indicator()
    client = writer()
    tag = client.get(DETAIL)["ETag"]
    send(client, "post", FIGURES, {"observations": [ONE]})
    assert send(client, "put", DETAIL, FACTS, **{"If-Match": tag}).status_code == 200


def test_figures_are_recorded_together_and_twice_is_harmless() -> None:
    indicator()
    body = {"observations": [ONE, ONE | {"period": "2021", "value": 0.4}], "reason": "a table"}
    first = send(writer(), "post", FIGURES, body)
    assert (first.status_code, first.json()["created"]) == (201, ["2020", "2021"])
    again = send(writer(), "post", FIGURES, body)
    assert (again.status_code, again.json()["unchanged"]) == (200, ["2020", "2021"])
    assert list(Observation.objects.values_list("entered", flat=True)) == ["0.50", "0.4"]


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"value": "-1"}, "#/observations/1/value"),
        ({"value": None}, "#/observations/1/value"),
        ({"value": "NaN"}, "#/observations/1/value"),
        ({"value": True}, "#/observations/1/value"),
        ({"period": "2020-05"}, "#/observations/1/period"),
        ({"period": 2020}, "#/observations/1/period"),
        ({"vintage": "soon"}, "#/observations/1/vintage"),
        ({"vintage": "2200-01-01"}, "#/observations/1/vintage"),
        ({"surprise": 1}, "#/observations/1"),
        ({"is_withdrawn": "yes"}, "#/observations/1/is_withdrawn"),
        ({"source_url": "javascript:x"}, "#/observations/1/source_url"),
        ({"period": "2019"}, "#/observations/1/period"),
    ],
)
def test_a_wrong_figure_is_refused_by_row_and_column(wrong: Any, pointer: str) -> None:
    indicator()
    rows = [ONE | {"period": "2019"}, ONE | {"period": "2021"} | wrong]
    response = send(writer(), "post", FIGURES, {"observations": rows})
    assert response.status_code == 422
    assert [fault["pointer"] for fault in response.json()["errors"]] == [pointer]
    assert not Observation.objects.exists()


@pytest.mark.parametrize("body", [[], {}, {"observations": []}, {"observations": 1}, {"x": []}])
def test_what_holds_no_figures_is_refused(body: Any) -> None:
    indicator()
    assert send(writer(), "post", FIGURES, body).status_code == 422
