import io
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from record.errors import DomainError
from scoring.engine import hindcasts, reference
from scoring.engine.rolling import Cut, History, Method, accuracies, horizon_cuts, run
from scoring.services.hindcasts import HindcastQuestion, hindcast

COSTS = "series,year,value\n" + "".join(
    f"{name},{year},{value}\n"
    for name, values in (("Lamps", [9, 8, 7.5, 6, 5.5, 5, 4.4, 4]), ("DRAM", [9, 5, 3, 2, 1]))
    for year, value in enumerate(values, start=2000)
)
SHARES = "entity,year,share_pct\n" + "".join(
    f"A,{year},{share}\n" for year, share in enumerate([0, 2, 5, 9, 15, 24, 35, 48], start=2000)
)


def series_method(excluded: list[str]) -> Method:
    left = reference.performance(excluded)
    return hindcasts.cost_methods(lambda _: left)["reference walk"]


def unheard(_done: int, _total: int) -> None:
    """Nobody watches."""


def asked(text: str, kind: str = "cost") -> dict[str, object]:
    return hindcast(question=HindcastQuestion(text.encode(), kind), report=unheard)


def refused(text: str, kind: str = "cost") -> str:
    with pytest.raises(DomainError) as refusal:
        asked(text, kind)
    return refusal.value.message


def test_the_table_is_the_one_of_the_engine() -> None:
    values = np.array([9, 8, 7.5, 6, 5.5, 5, 4.4, 4])
    history = History("Lamps", "Lamps", np.arange(2000.0, 2008), values)
    found = run(
        [history],
        hindcasts.cost_methods(lambda _: reference.performance()),
        horizon_cuts,
        on_logs=True,
        report=unheard,
    )
    lamps = asked(COSTS[: COSTS.index("DRAM")])
    for row in lamps["rows"]:  # type: ignore[attr-defined]
        expected = accuracies(found[row["method"]])[row["group"], str(row["at"])]
        assert row["score"] == round(expected.score, 6)
        assert (row["series"], row["windows"]) == (expected.series, expected.windows)


def test_a_series_of_the_reference_class_is_forecast_without_its_family() -> None:
    assert asked(COSTS)["left_out"] == {"DRAM": ["transistor"]}
    lines = [line + (",PV" if "Lamps" in line else ",") for line in COSTS.splitlines()[1:]]
    text = "\n".join(["series,year,value,group", *lines])
    assert asked(text)["left_out"] == {"Lamps": ["pv"], "DRAM": ["transistor"]}


def test_leaving_out_changes_the_forecast() -> None:
    history = History("DRAM", "DRAM", np.arange(2000.0, 2005), np.array([9.0, 5, 3, 2, 1]))
    cut = Cut(2, (2,), (("x", "1"),))
    said = {
        len(excluded): series_method(excluded)(history, cut) for excluded in ([], ["transistor"])
    }
    full, without = said[0], said[1]
    assert full is not None
    assert without is not None
    assert full[0, 0] < without[0, 0]


def test_shares_are_judged_from_the_levels_and_by_years_ahead() -> None:
    groups = {(row["group"], row["at"]) for row in asked(SHARES, "share")["rows"]}  # type: ignore[attr-defined]
    assert ("cut at", 10) in groups
    assert ("five points or more", 1) in groups


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        ("series,year\na,2000\n", "cost", "no column value or share_pct"),
        ("series,entity,year,value\na,b,2000,1\n", "cost", "more than one column series or entity"),
        ("", "cost", "no column series or entity"),
        ("series,year,value\n", "cost", "no line below its header"),
        ("series,year,value\na,2000,1\na,2000,2\n", "cost", "Line 3, column year: a has 2000"),
        ("series,year,value\na,2000,0\n", "cost", "Line 2, column value: a cost of 0"),
        ("series,year,value\na,2000,nan\n", "cost", 'Line 2: The value is "nan"'),
        ("series,year,value\na,MM,1\n", "cost", 'Line 2: The year is "MM"'),
        ("series,year,value\na,2000,120\n", "share", "Line 2: The value is 120"),
        ("series,year,value\n,2000,1\n", "cost", "Line 2, column series: the name is empty"),
        ("series,year,value\na,2000\n", "cost", "Line 2 has not as many cells"),
        ('series,year,value\n"a,2000,1\n', "cost", "cannot be read as comma-separated"),
        ("series,year,value\na,2000,1\na,2002,1\n", "cost", "Nothing in the file can be judged"),
    ],
)
def test_bad_files_are_refused_by_line_and_column(text: str, kind: str, sentence: str) -> None:
    assert sentence in refused(text, kind)


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(DomainError, match="not UTF-8: byte 0"):
        hindcast(question=HindcastQuestion(b"\xff\xfe", "cost"), report=unheard)


def test_the_command_prints_the_table_and_draws_a_bar(tmp_path: Path) -> None:
    file = tmp_path / "costs.csv"
    file.write_text(COSTS, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    call_command("hindcast", str(file), "--kind", "cost", stdout=out, stderr=err)
    assert "2 series; scores and errors in natural logs" in out.getvalue()
    assert "1 of them are in the reference class themselves" in out.getvalue()
    assert "[########################################] 11 of 11 forecasts" in err.getvalue()
    out = io.StringIO()
    call_command("hindcast", str(file), "--kind", "cost", "--json", stdout=out, stderr=err)
    assert json.loads(out.getvalue()) == asked(COSTS)


def test_the_command_ends_with_two_where_the_file_is_bad(tmp_path: Path) -> None:
    for name, text in (("bad.csv", "series,year\n"), ("absent.csv", None)):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(CommandError) as refusal:
            call_command("hindcast", str(tmp_path / name), "--kind", "share")
        assert refusal.value.returncode == 2
