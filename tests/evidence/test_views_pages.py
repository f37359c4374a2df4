"""The pages of indicators: who sees what, and what a form makes of what was typed."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
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
    "cadence": "year",
    "publisher": "The bureau of prices",
    "is_public": "on",
}
TABLE = "year,value,note\n2020,0.5,\n2021,0.40,a note\n"
OWID = Path(__file__).parent / "data" / "owid.csv"
METADATA = Path(__file__).parent / "data" / "owid.metadata.json"


def signed_in(user: User | None = None) -> Client:
    client = Client()
    client.force_login(user or person())
    return client


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_readers_see_the_public_indicators_and_their_vintages() -> None:
    load_demonstration_indicators(by=person("marta"))
    assert "Price of solar modules" in text(Client().get("/indicators/"))
    page = text(Client().get("/indicators/electric-share-of-new-cars/"))
    assert "rose from 0.012 % in 2010 to 25 % in 2025" in page
    assert "in force" in page
    assert "Add figures" not in page


def test_a_snapshot_is_called_so_and_never_extrapolated() -> None:
    load_demonstration_indicators(by=person("marta"))
    page = text(Client().get("/indicators/gpt-4-gradings/"))
    assert "never extrapolated" in page
    assert "two references without a date" in page


def test_what_is_not_public_is_absent_for_readers() -> None:
    indicator("closed", row("2020", "1"), is_public=False)
    for address in ("/indicators/closed/", "/indicators/closed/history.csv"):
        assert Client().get(address).status_code == 404
        assert signed_in(person("rita", "reader")).get(address).status_code == 404
        assert signed_in().get(address).status_code == 200
    assert "closed" not in text(Client().get("/indicators/"))


def test_an_indicator_without_figures_has_a_page() -> None:
    indicator("empty")
    assert "nothing is recorded yet" in text(Client().get("/indicators/empty/"))


def test_the_list_is_narrowed_by_kind_and_form() -> None:
    load_demonstration_indicators(by=person("marta"))
    page = text(Client().get("/indicators/?kind=share"))
    assert "Electric share" in page
    assert "Price of solar modules" not in page
    assert "gpt-4-gradings" in text(Client().get("/indicators/?form=snapshot"))
    assert Client().get("/indicators/?kind=what").status_code == 400


def test_a_form_makes_an_indicator() -> None:
    response = signed_in().post("/indicators/new/", FACTS)
    assert response["Location"] == "/indicators/module-price/observations/new/"
    assert Indicator.objects.get().name == "Price of modules"


def test_every_wrong_field_is_told_at_its_place() -> None:
    wrong = FACTS | {"kind": "rate", "source_url": "ftp://x", "release_lag_days": "soon"}
    response = signed_in().post("/indicators/new/", wrong)
    assert response.status_code == 422
    assert "write a whole number" in text(response)
    response = signed_in().post("/indicators/new/", wrong | {"release_lag_days": "3"})
    assert "choose cost, performance, share, count" in text(response)
    assert "begins with https" in text(response)
    assert not Indicator.objects.exists()


def test_an_edit_on_an_older_version_is_refused() -> None:
    indicator()
    client, address = signed_in(), "/indicators/module-price/edit/"
    changed = FACTS | {"name": "One", "version": "1"}
    assert client.post(address, changed).status_code == 302
    response = client.post(address, changed | {"name": "Two"})
    assert response.status_code == 422
    assert "changed by somebody else" in text(response)
    assert Indicator.objects.get().name == "One"


def test_one_figure_is_recorded_by_form() -> None:
    indicator()
    figure = {"period": "2020", "value": "0.50", "vintage": "2025-03-01"}
    response = signed_in().post("/indicators/module-price/observations/new/", figure)
    assert response["Location"] == "/indicators/module-price/"
    assert Observation.objects.get().entered == "0.50"


def test_a_wrong_figure_is_told_at_its_field() -> None:
    indicator()
    figure = {"period": "May", "value": "0,5", "vintage": "2025-03-01"}
    response = signed_in().post("/indicators/module-price/observations/new/", figure)
    assert response.status_code == 422
    assert "no period; write it as 2022" in text(response)
    assert "plain digits with a point" in text(response)


def test_a_table_is_looked_at_and_then_saved() -> None:
    indicator()
    client, address = signed_in(), "/indicators/module-price/observations/new/"
    sent = {"table": TABLE, "vintage": "2025-03-01", "then": "preview"}
    looked = client.post(address, sent)
    assert "2 created, 0 revised, 0 unchanged. Nothing is saved yet." in text(looked)
    assert not Observation.objects.exists()
    assert client.post(address, sent | {"then": "save"}).status_code == 302
    assert list(Observation.objects.values_list("entered", flat=True)) == ["0.5", "0.40"]


def test_a_table_with_a_wrong_line_is_saved_not_even_in_part() -> None:
    indicator()
    sent = {"table": TABLE + "2022,-1,\n", "vintage": "2025-03-01", "then": "save"}
    response = signed_in().post("/indicators/module-price/observations/new/", sent)
    assert response.status_code == 422
    assert "a cost is above 0" in text(response)
    assert not Observation.objects.exists()


def test_a_file_is_read_like_a_paste() -> None:
    indicator()
    sent = {"file": SimpleUploadedFile("a.csv", TABLE.encode()), "vintage": "2025-03-01"}
    address = "/indicators/module-price/observations/new/"
    looked = signed_in().post(address, sent | {"then": "preview"})
    assert "2 created" in text(looked)
    assert "2021,0.40,a note" in text(looked)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 10, b'a;b\n"', b""])
def test_a_file_that_cannot_be_read_is_refused_in_words(content: bytes) -> None:
    indicator()
    sent = {"file": SimpleUploadedFile("a.csv", content), "then": "save"}
    response = signed_in().post("/indicators/module-price/observations/new/", sent)
    assert response.status_code == 422


def owid(**more: str) -> dict[str, str]:
    files = {"csv": OWID.read_text("utf-8"), "metadata": METADATA.read_text("utf-8")}
    return files | {"entity": "World", "column": "Share of boats that are electric"} | more


def test_a_chart_of_our_world_in_data_is_offered_as_its_metadata_has_it() -> None:
    page = text(signed_in().post("/indicators/import/", owid(then="preview")))
    assert 'value="Electric share of boats"' in page
    assert "CC BY 4.0" in page
    assert "The harbour office (2025)" in page
    assert "3 created, 0 revised, 0 unchanged, 2 left out." in page
    assert not Indicator.objects.exists()


def facts_of_owid(**more: str) -> dict[str, str]:
    return owid(
        slug="electric-boats",
        name="Electric share of boats",
        unit="% of boats",
        progress="up",
        kind="share",
        cadence="year",
        publisher="The harbour office (2025)",
        is_public="on",
        then="save",
        **more,
    )


def test_a_chart_becomes_an_indicator_and_later_downloads_its_vintages() -> None:
    client = signed_in()
    assert client.post("/indicators/import/", facts_of_owid()).status_code == 302
    kept = Observation.objects.values_list("period", "value", "vintage")
    assert list(kept) == [
        ("2021", 1.5, VINTAGE.replace(month=1, day=8)),
        ("2022", 2.25, VINTAGE.replace(month=1, day=8)),
        ("2024", 4.0, VINTAGE.replace(month=1, day=8)),
    ]
    later = facts_of_owid() | {
        "csv": OWID.read_text("utf-8").replace("2.25", "2.5") + "World,OWID_WRL,2025,5,2025\n",
        "metadata": METADATA.read_text("utf-8").replace("2025-01-08", "2026-01-09"),
    }
    looked = client.post("/indicators/import/", later | {"then": "preview"})
    assert "1 created, 1 revised, 2 unchanged" in text(looked)
    assert client.post("/indicators/import/", later).status_code == 302
    assert Observation.objects.count() == 5


def test_a_chart_in_another_unit_is_refused() -> None:
    client = signed_in()
    client.post("/indicators/import/", facts_of_owid())
    said = json.loads(METADATA.read_text("utf-8"))
    said["columns"]["electric_share"]["unit"] = "boats"
    response = client.post("/indicators/import/", facts_of_owid() | {"metadata": json.dumps(said)})
    assert response.status_code == 422
    assert "The file is in “boats”" in text(response)


@pytest.mark.parametrize(
    "metadata", ["[]", "{", "null", '{"columns": [1]}', '{"chart": 3}', "[" * 99]
)
def test_metadata_of_any_shape_never_fails(metadata: str) -> None:
    response = signed_in().post("/indicators/import/", owid(then="preview", metadata=metadata))
    assert response.status_code in {200, 422}


@pytest.mark.parametrize(
    "address", ["/indicators/", "/api/v1/indicators/", "/api/v1/indicators.csv"]
)
def test_a_list_asks_as_often_for_thirty_as_for_three(address: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            assert response.status_code == 200
            response.getvalue()
        return len(queries)

    client = signed_in()
    client.get(address)
    numbers = []
    for start, end in ((0, 3), (3, 30)):
        for number in range(start, end):
            indicator(f"series-{number}", row("2020", "1"), row("2021", "2"))
        numbers.append(asked())
    assert numbers[0] == numbers[1]
