"""The page of one prediction, built from values made by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from publishing.pages.prediction.facts import Stone
from publishing.pages.prediction.fan import drawn_fan, fan_part, threshold_words, time_cell
from publishing.pages.prediction.page import PredictionPage, prediction_page
from publishing.pages.prediction.words import rate_words, year_words
from scoring.resolution_states import Standing
from tests.publishing.one_prediction import (
    chance,
    event,
    facts,
    fan,
    forecast,
    model,
    quantity,
    record,
    result,
    series,
    state,
)

NOW_END = datetime(2032, 3, 1, tzinfo=UTC)


def page(**changes: Any) -> PredictionPage:
    return prediction_page(facts(**changes))


def test_the_lede_holds_what_is_needed_against_what_was_seen_and_says_who_says_what() -> None:
    assert page().lede == (
        "The series would have to grow 1.9 % a year from here; since 2010 it has grown 1.1 % a"
        " year. Two analysts say between 6 and 22 of 100, the model says 8."
    )


def test_a_series_that_went_the_other_way_is_said_to() -> None:
    falling = model(needed_rate=-0.2, seen_rate=0.05)
    assert "have to fall 20.0 % a year from here; since 2010 it has grown instead" in (
        page(result=result(model=falling)).lede
    )


def test_the_page_opens_with_the_pool_and_its_range() -> None:
    pooled = page().pooled
    assert pooled is not None
    assert pooled.number == "10"
    assert pooled.range == "7 to 13 as any one is left out"
    assert pooled.circles.count('class="filled"') == 10


def test_a_change_is_drawn_at_its_height_and_explained() -> None:
    made = facts()
    assert made.threshold == pytest.approx(98.0 * 1.12)
    assert threshold_words(made) == "110 needed: 12 % above 2022"
    assert drawn_fan(made).deadline == 2030.0
    assert drawn_fan(made).share == ("8 of 100 paths", "end above the line")


@pytest.mark.parametrize(
    ("window", "comparator", "words"),
    [
        ("any time by", "at least", "rise over the line by then"),
        ("average over", "above", "average above the line"),
        ("at", "at most", "end below the line"),
    ],
)
def test_the_share_is_named_for_the_window_and_the_side(
    window: str, comparator: str, words: str
) -> None:
    stated = record(spec={"window": window, "comparator": comparator, "window_from": "2029"})
    drawn = drawn_fan(facts(record=stated))
    assert drawn.share[1] == words
    assert drawn.is_above == (comparator in {"at least", "above"})


def test_the_table_of_the_fan_holds_figures_quantiles_and_the_baseline() -> None:
    part = fan_part(facts())
    assert part is not None
    table = part.table
    assert table.columns[:3] == ("Year", "Measured, 2022 = 100", "2.5 %")
    assert table.columns[-1] == "drift walk, 90 %"
    assert table.rows[0][:3] == ("2010", 86.0, None)
    assert table.rows[-1][0] == "2035"
    assert table.rows[-1][5] == 112.0
    assert len(table.rows) == 16 + 10
    assert part.run_id == 9


def test_figures_that_came_after_the_forecast_are_measured_all_the_same() -> None:
    later = series(values={2024: 100.0, 2025: 101.0, 2026: 104.0})
    drawn = drawn_fan(facts(series=later))
    assert drawn.later == ((2026.0, 104.0),)
    assert drawn.history[-1][0] == 2025.0


def test_few_figures_get_the_badge_and_a_snapshot_is_never_forecast() -> None:
    few = fan(reference_dominates=True, observations=4)
    part = fan_part(facts(result=result(fan=few)))
    assert part is not None
    assert "With 4 figures the series says little of itself" in part.dominates
    shown = fan_part(facts(result=None, series=series(is_snapshot=True)))
    assert shown is not None
    assert "never extrapolated" in shown.why_none


def test_forecasts_stand_in_a_table_with_their_weights_beside_model_and_pool() -> None:
    part = page().opinions
    assert [(row.name, row.said, row.weight) for row in part.rows] == [
        ("tariq", "22", "30 %"),
        ("marta", "6", "30 %"),
    ]
    assert [(row.name, row.said, row.weight) for row in part.parts] == [
        ("The model", "8", "40 %"),
        ("Pooled", "10", "100 %"),
    ]
    assert part.gap == (
        "People give a yes more than the model: the analysts’ middle says 14 of 100, the model 8 of"
        " 100, odds 1.9 times apart."
    )


def test_the_gap_between_people_and_model_is_put_in_words() -> None:
    said = (forecast("marta", 1, p=0.6),)
    close = (forecast("marta", 1, p=0.1),)
    assert page(forecasts=close).opinions.gap == (
        "People and model are close: the analyst says 10 of 100, the model 8 of 100."
    )
    assert page(forecasts=said).opinions.gap == (
        "People give a yes much more than the model: the analyst says 60 of 100, the model 8 of"
        " 100, odds 17.2 times apart."
    )


def test_old_forecasts_are_stale_until_the_answer_is_known() -> None:
    old = forecast("marta", 1, p=0.1, made_at=datetime(2023, 1, 1, tzinfo=UTC))
    assert [row.is_stale for row in page(forecasts=(old,)).opinions.rows] == [True]
    over = state(Standing.RESOLVED, outcome="no")
    assert [row.is_stale for row in page(forecasts=(old,), state=over).opinions.rows] == [False]


def test_what_was_withdrawn_or_followed_by_another_forecast_stands_no_more() -> None:
    first = forecast("marta", 1, p=0.5, until=datetime(2026, 10, 5, tzinfo=UTC))
    second = forecast("marta", 1, p=0.1, made_at=datetime(2026, 10, 5, tzinfo=UTC))
    assert [row.said for row in page(forecasts=(first, second)).opinions.rows] == ["10"]
    assert page(forecasts=(first,)).opinions.rows == ()


def test_hidden_forecasts_leave_no_chance_anywhere_on_the_page() -> None:
    shown = prediction_page(
        facts(
            record=record(hides_forecasts=True),
            result=None,
            forecasts=(),
            is_hidden=True,
            history=(chance(date(2026, 10, 1), 0.2), chance(date(2026, 11, 1), 0.1)),
        )
    )
    assert shown.pooled is None
    assert shown.chances is None
    assert shown.opinions.rows == ()
    assert "hidden until you have given your own" in shown.opinions.why_hidden
    assert shown.fan is not None
    assert "band95" not in shown.fan.drawing
    assert shown.run_id == 0


def test_a_number_shows_the_pooled_middle_and_people_stand_in_the_fan() -> None:
    asked = record(kind="number", spec={"comparator": None, "threshold": None})
    said = forecast("marta", 1, best=107.0, lowest=104.0, highest=111.0, confidence=0.8)
    shown = page(
        record=asked,
        result=result(
            kind="number",
            model=None,
            pool=None,
            pool_quantity=quantity(104.0, 108.0, 112.0),
            model_quantity=quantity(105.0, 108.5, 112.0),
        ),
        forecasts=(said,),
    )
    assert shown.pooled is not None
    assert shown.pooled.number == "108"
    assert shown.pooled.range == "80 of 100 from 104 to 112"
    assert shown.lede.endswith("One analyst says 107, the model says 108.")
    assert shown.fan is not None
    assert shown.fan.drawing.count('class="person"') == 3
    assert shown.opinions.rows[0].said == "107"
    assert shown.opinions.rows[0].range == "80 of 100 from 104 to 111"
    assert "within the model’s 80 of 100" in shown.opinions.gap
    assert shown.decides_heading == "What is read"


def test_a_day_is_told_by_months_and_keeps_its_chance_of_never() -> None:
    shown = page(
        record=record(kind="date"),
        result=result(
            kind="date",
            model=None,
            pool=None,
            pool_quantity=quantity(2027.5, 2029.0, 2030.5, p_never=0.12),
        ),
        forecasts=(
            forecast("marta", 1, best=2028.5, lowest=2027.0, highest=2030.0, confidence=0.8),
        ),
    )
    assert shown.pooled is not None
    assert shown.pooled.number == "January 2029"
    assert "never: 12 of 100" in shown.pooled.range
    assert ">year<" in shown.opinions.drawing


def test_an_event_without_a_series_has_no_chart_and_says_why_there_is_no_model() -> None:
    happening = record(
        spec={
            "indicator": None,
            "comparator": None,
            "threshold": None,
            "threshold_kind": None,
            "baseline_period": None,
            "event": "A photonic chip is on sale at three vendors",
        }
    )
    without = result(fan=None, model=None, at_deadline=(), without="No series decides it.")
    shown = page(record=happening, series=None, result=without)
    assert shown.fan is None
    assert shown.opinions.why_none == "No series decides it."
    assert ("Event", "A photonic chip is on sale at three vendors") in [
        (fact.name, fact.words) for fact in shown.decides
    ]


def test_what_decides_is_told_line_by_line() -> None:
    decides = {fact.name: fact.words for fact in page().decides}
    assert decides["Test"] == "2030 value ÷ 2022 value ≥ 1.12"
    assert decides["Series"] == "Output per hour worked, OECD, 2022 = 100"
    assert decides["Read on"] == "1 December 2031, as first published"
    assert decides["If it stops"] == "annulled"


def test_checkpoints_say_on_pace_or_since_when_behind() -> None:
    early = record(as_of=date(2023, 6, 1), made_at=datetime(2023, 6, 1, tzinfo=UTC))
    slow = {2021: 97.0, 2022: 98.0, 2023: 101.0, 2024: 101.2, 2025: 101.3}
    found = page(record=early, series=series(values=slow)).pace
    assert found is not None
    assert [row.is_on_pace for row in found.rows] == [True, True, False]
    assert found.sentence == "Behind since 2025: 101 in 2025, and 102 was needed."
    quick = {2021: 97.0, 2022: 98.0, 2023: 104.0, 2024: 108.0}
    found = page(record=early, series=series(values=quick)).pace
    assert found is not None
    assert found.sentence == "On pace: 108 in 2024, and 101 was needed."
    assert page().pace is None, "no figure of a later year has come"


def test_the_history_of_the_chance_leaves_out_days_on_which_nothing_moved() -> None:
    points = (
        chance(date(2026, 9, 1), 0.2),
        chance(date(2026, 9, 2), 0.2),
        chance(date(2026, 10, 1), 0.12),
        chance(date(2026, 11, 1), 0.1),
    )
    shown = page(history=points).chances
    assert shown is not None
    assert shown.sentence == (
        "The pooled chance was 20 of 100 on 1 September 2026, and is 10 of 100 now."
    )
    assert [row[0] for row in shown.table.rows] == ["2026-11-01", "2026-10-01", "2026-09-01"]
    assert page(history=points[:1]).chances is None


def test_an_answer_is_told_with_its_steps_and_marked_in_the_fan() -> None:
    steps = (
        event("proposed", "no", value=107.2, by_id=None, by=""),
        event("confirmed", "no"),
    )
    over = state(Standing.RESOLVED, outcome="no", value=107.2, ended_at=NOW_END, events=steps)
    shown = page(state=over)
    assert shown.outcome == "It came out no (107), confirmed on 1 March 2032."
    assert [step.words for step in shown.steps] == ["proposed: no, 107", "confirmed: no"]
    assert shown.steps[0].who == "the machine, when the deciding figure came"
    assert shown.steps[1].is_address
    assert shown.fan is not None
    assert "came out: no, 107" in shown.fan.drawing


def test_what_waits_for_an_answer_says_since_when() -> None:
    due = page(state=state(Standing.DUE, days_overdue=12))
    assert due.is_waiting
    assert due.lede.startswith("Its answer could be read from 1 December 2031 on, twelve days ago.")
    proposed = page(state=state(Standing.PROPOSED, outcome="yes", missing=1))
    assert proposed.lede.startswith(
        "An answer is proposed, yes, and waits for one person to confirm it."
    )


def test_demonstration_is_marked_even_after_the_answer() -> None:
    said = (forecast("marta", 1, p=0.1, is_demonstration=True),)
    over = state(Standing.RESOLVED, outcome="yes")
    assert page(forecasts=said, state=over).is_demonstration
    assert page(record=record(is_demonstration=True)).is_demonstration
    assert not page().is_demonstration


def test_the_first_wording_stays_with_what_the_linter_asked_and_what_was_set_aside() -> None:
    made = record(
        original_wording="Language models will lift productivity by a fifth.",
        overruled=({"rule": "undefined words", "reason": "The OECD defines output."},),
    )
    wording = page(record=made, asked=("Whose productivity? Name the series.",)).wording
    assert wording is not None
    assert wording.original == "Language models will lift productivity by a fifth."
    assert wording.asked == ("Whose productivity? Name the series.",)
    assert wording.overruled == (("undefined words", "The OECD defines output."),)
    assert page().wording is None


def test_stepping_stones_stand_beneath_with_their_chances() -> None:
    stone = Stone("large-language-models-2027-1", "It grows.", date(2027, 6, 30), 0.31, "open")
    (row,) = page(stones=(stone,)).stones
    assert (row.due, row.chance) == ("due Jun 2027", "31 of 100")
    assert row.url == "/predictions/large-language-models-2027-1/"


@pytest.mark.parametrize(("rate", "words"), [(0.019, "1.9 %"), (-0.2, "20.0 %"), (2e-4, "0.02 %")])
def test_a_rate_is_printed_so_that_it_tells(rate: float, words: str) -> None:
    assert rate_words(rate) == words


def test_times_within_a_year_are_printed_by_their_month() -> None:
    assert [time_cell(time) for time in (2022.0, 2022 + 4 / 12, 2022.999)] == [
        "2022",
        "2022-05",
        "2022-12",
    ]


def test_a_fraction_of_a_year_is_a_month() -> None:
    assert year_words(2028.0) == "January 2028"
    assert year_words(2028.5) == "July 2028"
