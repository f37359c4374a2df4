"""The drawings of a prediction: the fan, the circles, who says what, how the chance moved."""

import re
from datetime import date

import pytest

from publishing.figures.chances import ChanceThen, chances_drawing
from publishing.figures.density import shape_of
from publishing.figures.fan import Fan, Happened, Marked, fan_drawing
from publishing.figures.fan_labels import spread_out
from publishing.figures.fan_plot import is_on_log_axis
from publishing.figures.hundred import hundred_circles
from publishing.figures.opinions import Opinions, Said, opinions_drawing
from publishing.figures.scales import Scale, number_words, scale_over, years_printed

YEARS = (2026.0, 2028.0, 2030.0, 2035.0)
HISTORY = ((2022.0, 100.0), (2023.0, 101.0), (2025.0, 103.0))


def quantiles(*middles: float, wide: float = 1.02) -> dict[str, tuple[float, ...]]:
    steps = {"0.025": -3, "0.1": -2, "0.25": -1, "0.5": 0, "0.75": 1, "0.9": 2, "0.975": 3}
    return {level: tuple(value * wide**step for value in middles) for level, step in steps.items()}


def fan(**changes: object) -> Fan:
    stated: dict[str, object] = {
        "history": HISTORY,
        "years": YEARS,
        "quantiles": quantiles(104.0, 106.0, 108.0, 113.0),
        "deadline": 2030.0,
        "threshold": 112.0,
        "threshold_words": "112 needed: 12 % above 2022",
        "simulated": tuple(108 + (number - 49) / 12 for number in range(99)),
        "share": ("8 of 100 paths", "end above the line"),
    }
    return Fan(**stated | changes)  # type: ignore[arg-type]


def widest(drawn: str) -> str:
    return drawn[: drawn.index("</svg>")]


def test_a_fan_is_drawn_at_three_widths_without_style_or_script() -> None:
    drawn = fan_drawing(fan(), words="Measured to 2025.")
    assert re.findall(r'class="fan (at-\d+)"', drawn) == ["at-1200", "at-720", "at-328"]
    assert drawn.count('role="img" aria-label="Measured to 2025."') == 3
    assert "style=" not in drawn
    assert "<script" not in drawn


def test_the_parts_of_a_fan_carry_their_words() -> None:
    drawn = widest(fan_drawing(fan(), words="x"))
    for words in ("112 needed: 12 % above 2022", "8 of 100 paths", "middle path: 113", "deadline"):
        assert words in drawn
    narrow = fan_drawing(fan(), words="x").split('class="fan at-328"')[1]
    assert "112 needed" in narrow
    assert "12 % above" not in narrow


def test_of_the_hill_at_the_deadline_the_part_beyond_the_threshold_is_filled() -> None:
    places = [300.0 - step for step in range(99)]
    above = shape_of(places, split=220.0, wide=60.0, is_above=True)
    below = shape_of(places, split=220.0, wide=60.0, is_above=False)
    assert {y <= 220.0 for _, y in above.beyond} == {True}
    assert {y >= 220.0 for _, y in below.beyond} == {True}
    assert max(far for far, _ in above.outline) == pytest.approx(60.0)
    cut = shape_of(places, split=220.0, wide=60.0, is_above=True, within=(210.0, 290.0))
    assert min(y for _, y in cut.outline) == 210.0
    assert shape_of(places, split=20.0, wide=60.0, is_above=True).beyond == ()


def test_falling_costs_over_decades_are_drawn_by_their_ratios_and_shares_are_not() -> None:
    past = ((2001.0, 95e6), (2012.0, 6000.0), (2022.0, 500.0))
    ahead = quantiles(400.0, 300.0, 200.0, 100.0, wide=1.5)
    assert is_on_log_axis(fan(history=past, quantiles=ahead, threshold=100.0))
    assert not is_on_log_axis(fan())
    assert not is_on_log_axis(fan(history=((2020.0, 0.5), (2025.0, 40.0)), is_share=True))


def test_a_share_never_leaves_nought_to_a_hundred_on_its_axis() -> None:
    scale = scale_over([2.0, 99.0], 100.0, 0.0, is_log=False, ceiling=100.0)
    assert (scale.low, scale.high) == (0.0, 100.0)


def test_people_who_give_numbers_stand_in_the_fan_with_their_ranges() -> None:
    people = (Marked("Ilse", 107.0, 104.0, 110.0), Marked("<b>", 106.0))
    drawn = widest(fan_drawing(fan(threshold=None, people=people), words="x"))
    assert drawn.count('class="person"') == 2
    assert ">I<" in drawn
    assert "<b>" not in drawn


def test_what_came_out_is_marked_where_it_lies() -> None:
    happened = Happened(2030.0, 111.0, "came out: no, 111")
    drawn = widest(fan_drawing(fan(happened=happened), words="x"))
    ring = re.search(r'cx="([\d.]+)" cy="[\d.]+" r="10" class="resolution-ring"', drawn)
    line = re.search(r'x1="([\d.]+)" y1="[\d.]+" x2="[\d.]+" y2="[\d.]+" class="deadline"', drawn)
    assert ring
    assert line
    assert ring[1] == line[1]
    assert "came out: no, 111" in drawn


def test_a_fan_without_a_forecast_draws_what_was_measured() -> None:
    bare = fan(years=(), quantiles={}, simulated=(), share=("", ""))
    drawn = widest(fan_drawing(bare, words="x"))
    assert 'class="measured"' in drawn
    assert "band95" not in drawn
    assert 'class="threshold"' in drawn


def test_labels_keep_their_order_and_their_distance() -> None:
    places = spread_out([10.0, 12.0, 13.0, 200.0], 8.0, 210.0)
    assert places == [10.0, 28.0, 46.0, 200.0]
    assert spread_out([200.0, 205.0], 0.0, 206.0) == [188.0, 206.0]


@pytest.mark.parametrize(
    ("chance", "filled"), [(0.1, 10), (0.304, 30), (0.002, 1), (0.999, 99), (0.5, 50)]
)
def test_a_chance_fills_as_many_of_a_hundred_circles(chance: float, filled: int) -> None:
    drawn = hundred_circles(chance, words="x")
    assert drawn.count('class="filled"') == filled
    assert drawn.count("<circle") == 100


def test_ticks_are_round_and_at_most_six() -> None:
    assert Scale(86.0, 126.0, 400.0, 0.0).ticks == (90.0, 100.0, 110.0, 120.0)
    assert Scale(90.0, 95e6, 400.0, 0.0, is_log=True).ticks == (100.0, 1e3, 1e4, 1e5, 1e6, 1e7)
    assert len(Scale(1e-9, 1e12, 400.0, 0.0, is_log=True).ticks) <= 6
    assert years_printed(2010.0, 2035.0, 6) == (2010, 2015, 2020, 2025, 2030, 2035)
    assert years_printed(2021.0, 2035.0, 4) == (2025, 2030, 2035)


@pytest.mark.parametrize(
    ("value", "words"),
    [(112.0, "112"), (0.00123, "0.00123"), (95_263_072, "95.3 million"), (12_345, "12,300")],
)
def test_numbers_are_printed_to_three_figures(value: float, words: str) -> None:
    assert number_words(value) == words


def test_opinions_are_told_apart_by_shape_and_name() -> None:
    people = (Said("Marta", 0.06), Said("Ilse", 0.065), Said("Tariq", 0.22))
    pool = Said("pooled: 10 of 100", 0.1, 0.07, 0.2)
    drawn = widest(
        opinions_drawing(Opinions("chance", people, Said("model: 8", 0.08), pool), words="x")
    )
    assert drawn.count('class="person"') == 3
    for words in ('class="square"', 'class="diamond"', "Marta", "the ends are stretched"):
        assert words in drawn
    discs = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="6.5"', drawn)
    assert discs[0][1] != discs[1][1], "names so near each other have a line each"


def test_years_and_numbers_have_axes_of_their_own() -> None:
    years = Opinions("year", (Said("Marta", 2028.5, 2027.0, 2031.0),))
    assert ">year<" in opinions_drawing(years, words="x")
    numbers = Opinions("dollars", (Said("Marta", 80.0, 60.0, 90.0),), answer=Said("came out", 70.0))
    drawn = opinions_drawing(numbers, words="x")
    assert ">dollars<" in drawn
    assert 'class="ring"' in drawn


def test_a_chance_stands_until_the_next_run() -> None:
    rows = [
        ChanceThen(date(2026, 5, 1), 0.2, 0.1, 0.3, None),
        ChanceThen(date(2026, 11, 1), 0.1, 0.07, 0.2, 0.08),
    ]
    drawn = widest(chances_drawing(rows, words="x"))
    corners = re.search(r'd="M([^"]+)" class="pool-line"', drawn)
    assert corners is not None
    assert corners[1].count("L") == 2
    assert "pooled 10" in drawn
    assert "model 8" in drawn
