"""The indicators that ship: whole, attributed, and as many as the method needs."""

import json
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from evidence.selectors import Series, public_indicators
from evidence.services import load_demonstration_indicators
from evidence.services.demonstration import FOLDER
from record.models import Change
from tests.evidence.builders import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> dict[str, Series]:
    load_demonstration_indicators(by=person("marta"))
    return {series.slug: series for series in public_indicators()}


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / "indicators.json").read_text("utf-8"))
    return found


def test_every_table_has_its_entry_and_every_entry_its_table() -> None:
    tables = {path.stem for path in FOLDER.glob("*.csv")}
    assert tables == {entry["slug"] for entry in entries()}


def test_each_says_where_it_comes_from_and_under_which_licence() -> None:
    for entry in entries():
        assert entry["origin"]
        assert entry["licence"]
        assert entry["source_url"].startswith("https://")


def test_all_are_loaded_and_marked(loaded: dict[str, Series]) -> None:
    assert len(loaded) == 10
    assert all(series.is_demonstration for series in loaded.values())
    origins = set(
        Change.objects.filter(kind="observations.recorded").values_list("reason", flat=True)
    )
    assert origins == {entry["origin"] for entry in entries()}


def test_at_least_six_have_eight_observations_or_more(loaded: dict[str, Series]) -> None:
    long = [slug for slug, s in loaded.items() if not s.is_snapshot and len(s.times) >= 8]
    assert len(long) >= 6


def test_the_flagship_grew_by_about_nine_tenths_of_a_per_cent_a_year(
    loaded: dict[str, Series],
) -> None:
    series = loaded["oecd-gdp-per-hour"]
    by_year = dict(zip(series.times, series.values, strict=True))
    assert (by_year[2022.0] / by_year[2010.0]) ** (1 / 12) - 1 == pytest.approx(0.0095, abs=0.0002)


def test_two_editions_of_a_publisher_differ_and_the_newer_stands(loaded: dict[str, Series]) -> None:
    shares = {point.period: point for point in loaded["electric-share-of-new-cars"].points}
    assert (shares["2022"].value, shares["2022"].vintage.year) == (15.0, 2026)
    assert (shares["2017"].value, shares["2017"].vintage.year) == (1.4, 2023)


def test_the_gradings_are_a_snapshot_with_two_references(loaded: dict[str, Series]) -> None:
    gradings = loaded["gpt-4-gradings"]
    assert gradings.is_snapshot
    assert [point.value for point in gradings.points] == [68, 76, 92, 93, 100]
    assert [point.time is None for point in gradings.points] == [False, False, False, True, True]


def test_on_an_earlier_day_only_what_was_published_by_then_is_there(settings: Settings) -> None:
    settings.BELLWETHER_TODAY = date(2023, 6, 1)
    load_demonstration_indicators(by=person("marta"))
    found = {series.slug: series for series in public_indicators()}
    assert "eu-enterprises-using-ai" not in found
    assert found["electric-share-of-new-cars"].values[-1] == 14.0
