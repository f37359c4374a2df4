"""The level counts, the thumbnail of the map and the strip of years."""

import re

import pytest

from publishing.figures.lettering import shortened, text_width
from publishing.figures.level_counts import level_counts
from publishing.figures.place_on_map import WIDTH, Crowd, Dot, place_on_map
from publishing.figures.year_strip import YearStrip, in_100, year_axis, year_strip
from tests.publishing.drawings import all_of, words_of

LEVELS = ("1", "2", "3", "4", "5")


def test_level_counts_print_every_count_and_mark_this_level() -> None:
    markup = level_counts({"3": 7, "5": 2}, levels=LEVELS, this="5")
    assert words_of(markup) == ["0", "1", "0", "2", "7", "3", "0", "4", "2", "5"]
    assert [box.get("class") for box in all_of(markup, "rect")] == ["", "", "", "", "is-this"]


def points_of(crowd: Crowd, this: Dot) -> list[str]:
    paths = all_of(place_on_map(crowd, this), "path")
    return [path.attrib["d"] for path in paths if path.get("class") == "others"]


def test_this_technology_is_named_inside_the_thumbnail() -> None:
    this = Dot("4", 2044.0, "A technology with quite a long name for its place")
    (label,) = [
        text
        for text in all_of(place_on_map(Crowd([], today=2026.9), this), "text")
        if text.get("class") == "name"
    ]
    end = float(label.attrib["x"])
    assert label.get("text-anchor") == "end"
    assert end - text_width("".join(label.itertext()), 14) >= 0
    assert end <= WIDTH


def test_dots_in_one_place_do_not_cover_each_other() -> None:
    others = [Dot("3", 2030.0) for _ in range(3)]
    (crowd,) = points_of(Crowd(others, today=2026.9), Dot("4", 2028.0, "This"))
    assert len(set(re.findall(r"M[\d.]+ ([\d.]+)h0", crowd))) == 3


def test_a_fourth_dot_in_one_place_is_not_drawn() -> None:
    others = [Dot("3", 2030.0, str(number)) for number in range(9)]
    (crowd,) = points_of(Crowd(others, today=2026.9), others[8])
    assert crowd.count("M") == 3


def test_this_technology_is_not_among_the_others() -> None:
    this = Dot("4", 2028.0, "This")
    assert points_of(Crowd([this], today=2026.9), this) == []


def test_a_strip_has_one_cell_a_year_tinted_by_its_chance() -> None:
    strip = YearStrip(2026, (0.01, 0.03, 0.25, 0.5, 0.75))
    boxes = all_of(year_strip(strip, words="Edge AI"), "rect")
    assert [box.get("class") for box in boxes] == ["c1 gap", "c2 gap", "c3 gap", "c4 gap"]
    assert [box.get("x") for box in boxes] == ["20.00%", "40.00%", "60.00%", "80.00%"]


def test_a_recorded_opening_is_a_fact_and_no_probability() -> None:
    strip = YearStrip(2026, (1.0,) * 5, opened=2023)
    markup = year_strip(strip, words="Chiplets: open")
    assert words_of(markup) == ["open since 2023"]
    assert all_of(markup, "rect") == []


def test_the_axis_of_years_names_the_deadline() -> None:
    strip = YearStrip(2026, (0.5,) * 20)
    assert words_of(year_axis(strip)) == ["2026", "end 2030", "2035", "2040", "2045"]


@pytest.mark.parametrize(
    ("chance", "printed"),
    [(0.0, "<1"), (0.004, "<1"), (0.08, "8"), (0.995, "100"), (0.996, ">99"), (1.0, ">99")],
)
def test_chances_are_printed_of_a_hundred(chance: float, printed: str) -> None:
    assert in_100(chance) == printed


def test_words_that_do_not_fit_are_cut_with_an_ellipsis() -> None:
    cut = shortened("Fully homomorphic encryption", 14, 100)
    assert cut.endswith("…")
    assert text_width(cut, 14) <= 100
    assert shortened("Short", 14, 100) == "Short"
