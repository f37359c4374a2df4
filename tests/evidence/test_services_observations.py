from dataclasses import replace
from datetime import date, timedelta

import pytest

from evidence.models import Indicator, Observation
from evidence.services import ObservationsRefused, record_observations
from evidence.signals import observations_recorded
from evidence.values import Observed
from record.clock import today
from record.models import Change
from tests.evidence.builders import VINTAGE, indicator, person, row

pytestmark = pytest.mark.django_db

LATER = date(2025, 9, 1)


def record(made: Indicator, *rows: Observed) -> tuple[int, int, int]:
    outcome = record_observations(indicator=made, observed=rows, by=person())
    return len(outcome.created), len(outcome.revised), len(outcome.unchanged)


def refusal(made: Indicator, *rows: Observed) -> str:
    with pytest.raises(ObservationsRefused) as caught:
        record_observations(indicator=made, observed=rows, by=person())
    return caught.value.message


def test_figures_are_kept_as_typed_and_as_numbers() -> None:
    made = indicator()
    assert record(made, row("2019", "0.50"), row("2020", "4e-1")) == (2, 0, 0)
    kept = Observation.objects.values_list("period", "time", "entered", "value")
    assert list(kept) == [("2019", 2019.0, "0.50", 0.5), ("2020", 2020.0, "4e-1", 0.4)]


def test_the_same_figures_again_change_nothing() -> None:
    made = indicator("module-price", row("2020", "0.4"))
    assert record(made, row("2020", "0.40")) == (0, 0, 1)
    assert record(made, row("2020", "0.4", LATER)) == (0, 0, 1)
    assert Observation.objects.count() == 1
    assert Change.objects.filter(kind="observations.recorded").count() == 1


def test_a_revised_figure_is_a_new_vintage_beside_the_old_one() -> None:
    made = indicator("module-price", row("2020", "0.4"))
    assert record(made, row("2020", "0.41", LATER), row("2021", "0.3", LATER)) == (1, 1, 0)
    assert list(Observation.objects.values_list("value", flat=True)) == [0.4, 0.3, 0.41]


def test_another_figure_of_the_same_vintage_is_refused_and_says_what_to_do() -> None:
    made = indicator("module-price", row("2020", "0.4"))
    said = refusal(made, row("2020", "0.5", place="row 2"))
    assert "Row 2, value: 2020 of the vintage 2025-03-01 is in the record as 0.4" in said
    assert "this row corrects it" in said


def test_a_slip_of_the_pen_is_corrected_beside_what_was_typed() -> None:
    made = indicator("module-price", row("2020", "4"))
    assert record(made, row("2020", "0.4", is_correction=True)) == (0, 1, 0)
    assert list(Observation.objects.values_list("value", "correction")) == [(4.0, 0), (0.4, 1)]
    assert "no figure of that vintage" in refusal(made, row("2021", "1", is_correction=True))


def test_a_figure_that_was_taken_back_leaves_its_row() -> None:
    made = indicator("module-price", row("2020", "0.4"))
    assert record(made, row("2020", "", LATER, is_withdrawn=True)) == (0, 1, 0)
    assert Observation.objects.filter(is_withdrawn=True).get().value == 0.4
    assert "no figure to take back" in refusal(made, row("2021", "1", is_withdrawn=True))


@pytest.mark.parametrize(
    ("kind", "bad", "said"),
    [
        ("cost", "0", "a cost is above 0"),
        ("cost", "-1", "a cost is above 0"),
        ("performance", "-0.0", "a performance is above 0"),
        ("cost", "1e-400", "a cost is above 0"),
        ("count", "-1", "a count is 0 or more"),
        ("share", "100.1", "from 0 to 100"),
        ("share", "-0.1", "from 0 to 100"),
        ("cost", "nan", "plain digits"),
        ("cost", "inf", "plain digits"),
        ("cost", "1e999", "give one from"),
        ("cost", "0,5", "plain digits with a point"),
        ("cost", "1.234,5", "plain digits with a point"),
        ("cost", "１", "plain digits"),
        ("cost", "", "plain digits"),
        ("cost", "5 USD", "plain digits"),
    ],
)
def test_a_value_that_cannot_stand_is_refused(kind: str, bad: str, said: str) -> None:
    assert said in refusal(indicator(kind=kind), row("2020", bad))


def test_a_share_above_its_ceiling_is_refused() -> None:
    made = indicator(kind="share", ceiling_low=40.0, ceiling_high=60.0)
    assert "above the ceiling of 60" in refusal(made, row("2020", "61"))
    assert record(made, row("2020", "60")) == (1, 0, 0)


def test_every_fault_is_named_by_row_and_column_and_nothing_is_saved() -> None:
    made = indicator()
    said = refusal(
        made,
        row("2019", "0.5", place="row 2"),
        row("2020-01", "0.4", place="row 3"),
        row("2021", "-1", place="row 4"),
        row("2019", "0.6", place="row 5"),
    )
    assert said.startswith("Nothing was saved. Row 3, period: ")
    assert "Row 4, value: The value is -1" in said
    assert "Row 5, period: 2019 stands twice with the vintage 2025-03-01, first at row 2" in said
    assert not Observation.objects.exists()


def test_the_future_holds_no_figures() -> None:
    made = indicator(cadence="day")
    tomorrow = today() + timedelta(days=1)
    assert "after today" in refusal(made, row("2020-01-01", "1", tomorrow))
    assert "lies in the future" in refusal(made, row(tomorrow.isoformat(), "1", today()))
    assert "begins after that" in refusal(made, row("2025-03-02", "1", VINTAGE))


def test_a_snapshot_may_hold_what_has_no_date() -> None:
    made = indicator(is_snapshot=True, kind="performance", cadence="day")
    rows = (row("", "68", label="One"), row("", "76", label="Two"))
    assert record(made, *rows) == (2, 0, 0)
    assert list(Observation.objects.values_list("time", flat=True)) == [None, None]
    assert "no period" in refusal(indicator("other"), row("", "1"))


def test_one_observation_and_gaps_are_fine() -> None:
    assert record(indicator("one"), row("2020", "1")) == (1, 0, 0)
    assert record(indicator("gaps"), row("1990", "1"), row("2020", "0.1")) == (2, 0, 0)


def test_too_many_rows_are_refused_before_they_are_looked_at() -> None:
    rows = [replace(row("2020", "1"), label=str(n)) for n in range(20_001)]
    assert "at most 20,000" in refusal(indicator(), *rows)


def test_whoever_listens_hears_of_new_figures_once() -> None:
    made, heard = indicator(), []

    def listen(*, indicator: Indicator, **_: object) -> None:
        heard.append(indicator.slug)

    observations_recorded.connect(listen)
    try:
        record(made, row("2020", "1"))
        record(made, row("2020", "1"))
    finally:
        observations_recorded.disconnect(listen)
    assert heard == ["module-price"]
