"""Predictions in the exported map: a page each, their figures, and nothing that is hidden."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from assessments.services.forecasts import record_forecast
from assessments.values.forecast import Opinion
from publishing.export.build import export_map
from scoring.models import RunKind
from scoring.services.repeats import unheard
from scoring.services.score_computations import compute_scores
from tests.assessments import factories, predicted
from tests.databases import Template, connected_to
from tests.evidence.builders import indicator, row
from tests.publishing.exported import digests_of, elements
from tests.scoring.test_predictions import finished
from tests.scoring.test_predictions import prediction as headline
from tests.scoring.test_services_score_computations import event

OPEN, CLOSED = "module-price", "secret-price"
NOTE = "Two plants were ordered in May."
UNSEEN = "Nobody may read this before the close."
FIGURES = (row("2022", "0.31"), row("2023", "0.27"), row("2024", "0.22"))


@dataclass(frozen=True)
class Export:
    folder: Path
    again: Path
    keys: dict[str, str]

    def page(self, name: str) -> str:
        return (self.folder / "predictions" / self.keys[name] / "index.html").read_text("utf-8")

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "data" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def measured(slug: str, **changes: Any) -> dict[str, Any]:
    parts = predicted.measured_json(
        indicator=slug, metric="", unit="", comparator="at most", threshold="0.1", geography=""
    )
    return parts | {"resolution_rule": f"The figure of {slug} for 2030."} | changes


@pytest.fixture(scope="module")
def export(
    template_database: Template,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Export:
    place = tmp_path_factory.mktemp("predictions")
    with django_db_blocker.unblock():
        name = template_database.copy("exported-predictions")
        with connected_to(name):
            keys = _predictions()
            export_map(place / "map", publisher="The house", base_url="")
            predicted.made(predicted.spec_json(event="A draft of it is sold"))
            export_map(place / "again", publisher="The house", base_url="")
        template_database.drop(name)
    return Export(place / "map", place / "again", keys)


def _predictions() -> dict[str, str]:
    indicator(OPEN, *FIGURES, licence="CC BY 4.0")
    indicator(CLOSED, *FIGURES)
    made = {
        "open": predicted.published(measured(OPEN)),
        "closed": predicted.published(measured(CLOSED)),
        "event": predicted.published(),
        "blind": predicted.published(
            predicted.spec_json(event="A blind one is sold"), hides_forecasts=True
        ),
    }
    otto = factories.person("otto")
    record_forecast(prediction=made["event"], opinion=Opinion(p=0.4, note=NOTE), by=otto)
    record_forecast(prediction=made["blind"], opinion=Opinion(p=0.7, note=UNSEEN), by=otto)
    for one in (made["event"], made["blind"]):
        earlier = headline(0.3) | {"prediction": one.key}
        finished(RunKind.PREDICTION, one.key, earlier, as_of=date(2026, 3, 1))
    inputs = {
        name: {"counts": {}, "predictions": [event(k) for k in range(first, first + count)]}
        for name, first, count in (("real", 0, 12), ("demonstration", 20, 11))
    }
    finished(RunKind.SCORES, "", compute_scores(inputs, seed=1, report=unheard).headline)
    for one in made.values():
        finished(RunKind.PREDICTION, one.key, headline(0.4) | {"prediction": one.key})
    return {name: one.key for name, one in made.items()}


def test_each_has_its_page_and_the_figures_of_its_chart(export: Export) -> None:
    found = {path for path in digests_of(export.folder) if path.startswith("predictions/")}
    pages = {f"predictions/{key}/index.html" for key in export.keys.values()}
    figures = f"predictions/{export.keys['open']}/figures.csv"
    chances = f"predictions/{export.keys['event']}/chances.csv"
    assert found == pages | {"predictions/index.html", figures, chances}
    assert "2026-03-01,30.0" in (export.folder / chances).read_text("utf-8")
    assert 'href="../../' + chances in export.page("event")
    assert NOTE in export.page("event")
    assert "40 of 100" in export.page("event")
    drawn = [one for one in elements(export.page("open")) if one.name == "svg"]
    assert len(drawn) > 2
    assert 'href="../../predictions/' in export.page("open")


def test_no_link_of_a_page_leads_nowhere(export: Export) -> None:
    files = set(digests_of(export.folder))
    for name, key in export.keys.items():
        for element in elements(export.page(name)):
            address = element.attributes.get("href", "")
            if element.name == "a":
                assert address, (name, element.text)
            if address and not address.startswith(("#", "https:")):
                target = normpath(join(f"predictions/{key}", address.partition("#")[0]))
                assert target in files, (name, address)
    assert dirname(f"predictions/{key}/index.html") == f"predictions/{key}"


def test_what_is_hidden_stays_so(export: Export) -> None:
    for path in export.folder.rglob("*"):
        if path.is_file():
            assert UNSEEN.encode() not in path.read_bytes(), path
    (blind,) = [line for line in export.table("predictions") if line["id"] == export.keys["blind"]]
    assert (blind["p_pooled"], blind["people"], blind["forecasts_hidden"]) == ("", "", "true")


def test_figures_are_passed_on_under_a_named_licence_alone(export: Export) -> None:
    indicators = {line["slug"]: line for line in export.table("indicators")}
    assert set(indicators) == {OPEN, CLOSED}
    assert (indicators[OPEN]["latest_value"], indicators[CLOSED]["latest_value"]) == ("0.22", "")
    figures = export.table("observations")
    assert [(line["indicator"], line["period"], line["entered"]) for line in figures] == [
        (OPEN, "2022", "0.31"),
        (OPEN, "2023", "0.27"),
        (OPEN, "2024", "0.22"),
    ]
    assert {line["licence"] for line in figures} == {"CC BY 4.0"}
    document = json.loads((export.folder / "data" / "indicators.json").read_text("utf-8"))
    assert [len(one["figures"]) for one in document["indicators"]] == [3, 0]
    assert "0.27" not in export.page("closed")


def test_the_record_goes_along_with_names_and_bands(export: Export) -> None:
    rows = export.table("scores")
    assert {row["set"] for row in rows} == {"real", "demonstration"}
    (brier,) = [
        row
        for row in rows
        if (row["set"], row["forecaster"], row["by"], row["score"])
        == ("real", "The pool", "all", "brier")
    ]
    assert brier["n"] == "12"
    assert float(brier["low"]) <= float(brier["mean"]) <= float(brier["high"])
    document = json.loads((export.folder / "data" / "scores.json").read_text("utf-8"))
    assert len(document["scores"]) == len(rows)
    assert not any(row["forecaster"].isdecimal() for row in rows)


def test_drafts_change_no_byte(export: Export) -> None:
    assert digests_of(export.folder) == digests_of(export.again)
