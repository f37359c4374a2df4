import csv
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from benchmarks import forecast_bands, forecast_rows, reference_tables
from benchmarks.field_series import PROJECT, costs, family_of, indicators, shares
from benchmarks.forecast_rows import BEATEN, COST_BARS
from scoring.engine import reference
from scoring.engine.rolling import MANY, Accuracy, Judged, Row

FOLDER = PROJECT / os.environ.get("FIELD_DATA", "../shared") / "data/indicators"
needs_figures = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the field's figures are not here; set FIELD_DATA"
)


def accuracy(row: Row, score: float, inside: float = 0.8) -> Accuracy:
    return Accuracy(row, 81, 1000, score, 0.2, (0.5, inside, 0.95))


def test_without_figures_the_program_ends_and_says_what_to_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FIELD_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match="Name the folder that holds data/indicators"):
        indicators()


@pytest.mark.parametrize(
    ("score", "inside", "is_met"),
    [(0.0519, 0.8, True), (0.0521, 0.8, False), (0.05, 0.71, False), (0.05, 0.93, False)],
)
def test_a_bar_is_met_by_score_and_coverage(score: float, inside: float, is_met: bool) -> None:  # noqa: FBT001
    row = (MANY, "1")
    verdict = forecast_rows._verdict(accuracy(row, score, inside), COST_BARS[row], "{:.4f}")
    assert verdict.is_met is is_met


def test_to_be_ahead_is_to_be_ahead_of_each() -> None:
    row = (MANY, "5")
    tables = {name: {row: accuracy(row, 0.16)} for name in BEATEN}
    tables["reference walk"] = {row: accuracy(row, 0.15)}
    assert forecast_rows._ahead(tables, row).is_met
    tables["Theta"] = {row: accuracy(row, 0.15)}
    assert not forecast_rows._ahead(tables, row).is_met


def test_bands_draw_families_and_not_series() -> None:
    row = (MANY, "1")
    names = [f"{family}{number}" for family in "abc" for number in range(10)]
    families = {name: name[0] for name in names}
    theirs = [Judged(row, name, 1.0, 0.0, (True,) * 3) for name in names]
    ours = [Judged(row, name, {"a": 0.5}.get(name[0], 1.0), 0.0, (True,) * 3) for name in names]
    middle, low, high = forecast_bands.ratio(ours, theirs, families, row)
    assert_allclose([middle, low, high], [25 / 30, 0.5, 1.0])


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Fotovoltaica", "pv"),
        ("irena_onshore_wind_lcoe_2019_usd_kwh", "wind"),
        ("DRAM", "transistor"),
        ("Ethylene_2", "ethylene"),
        ("PolyesterFiber", "polyesterfiber"),
        ("Low Density Polyethylene", "pe"),
    ],
)
def test_one_technology_is_one_family_under_each_of_its_names(name: str, family: str) -> None:
    assert family_of(name) == family


@needs_figures
def test_the_shipped_tables_are_what_the_script_derives() -> None:
    derived = {
        "performance": [reference_tables.performance_row(history) for history in costs(FOLDER)],
        "adoption": [
            reference_tables.adoption_row(history)
            for history in shares(FOLDER)
            if reference_tables.is_long_enough(history)
        ],
    }
    for name, rows in derived.items():
        shipped = {row["series"]: row for row in reference.shipped_rows(name)}
        assert len(shipped) == len(rows)
        for row in rows:
            found = shipped[row["series"]]
            assert found["group"] == row["group"]
            numbers = [key for key in row if key not in {"group", "series", "origin"}]
            assert_allclose(
                [float(found[key]) for key in numbers],
                [float(row[key]) for key in numbers],
                atol=0.002,
            )


@needs_figures
def test_the_derived_rows_agree_with_the_published_ones() -> None:
    with (FOLDER / "reference_class_performance.csv").open(encoding="utf-8") as file:
        published = {row["series"]: row for row in csv.DictReader(file)}
    found = {history.name: history for history in costs(FOLDER)}
    assert set(found) == set(published)
    for name, row in published.items():
        derived = reference_tables.performance_row(found[name])
        assert derived["group"] == row["group"]
        assert_allclose(
            [float(derived["mu"]), float(derived["K"])],
            [float(row["mu"]), float(row["K"])],
            atol=2e-5,
        )


def test_steps_over_longer_gaps_count_less() -> None:
    drift, noise = reference_tables.drift_and_noise(
        np.array([2000.0, 2001, 2003]), np.array([3.0, 2.5, 2.1])
    )
    assert_allclose([drift, noise], [-0.3, np.sqrt(0.2**2 + 0.2**2 / 2)])
