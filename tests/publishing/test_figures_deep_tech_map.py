from datetime import date
from itertools import combinations, pairwise

import pytest

from publishing.fields import Field
from publishing.figures.deep_tech_map import deep_tech_map
from publishing.figures.map_layout import (
    GAP,
    SHEETS,
    Mark,
    Placed,
    Sheet,
    lay_out,
    span_of,
)
from tests.publishing.drawings import all_of, words_of

TODAY = 2026.9
AI = Field(name="AI", letter="A", colour="ai", slug="ai")
NAMES = (
    "Fully homomorphic encryption",
    "eVTOL aircraft",
    "A technology with a name so long that no sheet of paper has room for all of it at once",
    "量子コンピューター",
    "Chips",
)


def mark(name: str = "Edge AI", level: str = "4", **years: int | None) -> Mark:
    stated = {"year_from": 2025, "year_to": 2029, "opened": None} | years
    return Mark(name=name, url="/t/", field=AI, level=level, certainty="medium", **stated)


def crowd() -> list[Mark]:
    """Windows of every kind: past the axis on both sides, one year long, open, already open."""
    windows: list[dict[str, int | None]] = [
        {"year_from": 1990, "year_to": 1999},
        {"year_from": 2044, "year_to": 2044},
        {"year_from": 2043, "year_to": None},
        {"year_from": 2030, "year_to": 2090},
        {"year_from": 2026, "year_to": 2026},
        {"year_from": None, "year_to": None, "opened": 2023},
        {"year_from": 2015, "year_to": None},
        {"year_from": 2015, "year_to": 2060},
    ]
    levels = ("5+", "4", "3/4", "1")
    return [
        mark(f"{name} {number}", level, **window)
        for level in levels
        for number, window in enumerate(windows)
        for name in NAMES
    ][:60]


def placed(sheet: Sheet, marks: list[Mark]) -> list[list[Placed]]:
    return [list(stratum.placed) for stratum in lay_out(marks, sheet, TODAY)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_marks_and_labels_stay_on_the_sheet(sheet: Sheet) -> None:
    for row in (row for rows in placed(sheet, crowd()) for row in rows):
        assert row.left >= 0, row.mark.name
        assert row.right <= sheet.width + 0.5, row.mark.name
        assert row.x_from <= row.x_disc <= row.x_to, row.mark.name


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_in_a_lane_overlaps(sheet: Sheet) -> None:
    for rows in placed(sheet, crowd()):
        for one, other in combinations(rows, 2):
            if one.lane == other.lane:
                first, second = sorted((one, other), key=lambda row: row.left)
                assert first.right + GAP <= second.left + 0.01, (first.label, second.label)


@pytest.mark.parametrize("sheet", SHEETS)
def test_strata_lie_under_one_another_and_hold_their_lanes(sheet: Sheet) -> None:
    strata = lay_out(crowd(), sheet, TODAY)
    for upper, lower in pairwise(strata):
        assert upper.top + upper.height == pytest.approx(lower.top)
    for stratum in strata:
        lanes = 1 + max((row.lane for row in stratum.placed), default=0)
        assert lanes * sheet.lane <= stratum.height


def test_a_span_has_a_stratum_between_its_levels_and_only_when_used() -> None:
    levels = [stratum.level for stratum in lay_out([mark(level="3/4")], SHEETS[0], TODAY)]
    assert levels == ["5+", "5", "4", "3/4", "3", "2", "1"]


def test_a_window_ends_with_the_end_of_its_last_year() -> None:
    (row,) = lay_out([mark(year_from=2027, year_to=2029)], SHEETS[0], TODAY)[2].placed
    span = span_of(SHEETS[0], TODAY)
    assert (row.x_from, row.x_to) == (span.x(2027), span.x(2030))
    assert row.x_disc == pytest.approx(span.x(2028.5))


def test_a_window_as_wide_as_the_map_is_named_on_its_bar() -> None:
    wide = mark("Optical computing", year_from=2019, year_to=None)
    (row,) = lay_out([wide], SHEETS[0], TODAY)[2].placed
    assert row.label == "Optical computing"
    assert row.x_disc < row.label_x < row.x_to


def test_above_sixty_technologies_only_some_of_each_stratum_are_named() -> None:
    marks = [mark(f"Technology {number}") for number in range(61)]
    rows = next(rows for rows in placed(SHEETS[0], marks) if rows)
    assert len(rows) == 61
    assert sum(bool(row.label) for row in rows) == 6


def test_above_three_hundred_technologies_the_map_counts() -> None:
    marks = [mark(f"Technology {number}") for number in range(301)]
    stratum = next(s for s in lay_out(marks, SHEETS[0], TODAY) if s.counts)
    assert not stratum.placed
    assert sum(count for _, count in stratum.counts) == 301


def test_a_name_is_escaped_in_label_and_title() -> None:
    markup = deep_tech_map([mark('<script>"&')], today=date(2026, 11, 21))
    assert "<script" not in markup
    assert words_of(markup).count('<script>"&') == len(SHEETS)


def test_no_drawing_carries_a_style_or_a_handler() -> None:
    markup = deep_tech_map(crowd(), today=date(2026, 11, 21))
    assert "style=" not in markup
    assert " on" not in {name[:3] for svg in all_of(markup, "a") for name in svg.attrib}


def test_links_of_marks_are_outside_the_tab_order() -> None:
    links = all_of(deep_tech_map([mark()], today=date(2026, 11, 21)), "a")
    assert [link.get("tabindex") for link in links] == ["-1"] * len(SHEETS)


def test_a_date_without_a_certainty_has_no_ring() -> None:
    unsaid = Mark("A", "/", AI, "4", "", year_from=2027, year_to=2029)
    markup = deep_tech_map([unsaid, mark("B")], today=date(2026, 11, 21))
    rings = [ring for ring in all_of(markup, "circle") if "ring" in ring.attrib["class"]]
    assert len(rings) == len(SHEETS)


def test_an_empty_map_says_so_in_its_strata() -> None:
    words = words_of(deep_tech_map([], today=date(2026, 11, 21)))
    assert words.count("no technology is scored here") == 6 * len(SHEETS)
