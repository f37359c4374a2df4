from dataclasses import replace
from typing import Any

import pytest

from evidence.models import Indicator
from evidence.selectors import facts_of
from evidence.services import IndicatorRefused, create_indicator, edit_indicator
from evidence.signals import indicator_changed
from record.errors import Conflict, DomainError
from record.models import Change
from tests.evidence.builders import facts, indicator, person, row

pytestmark = pytest.mark.django_db


def test_an_indicator_is_kept_as_it_was_said() -> None:
    given = facts("share-of-cars", kind="share", ceiling_low=60.0, ceiling_high=100.0)
    assert facts_of(create_indicator(facts=given, by=person())) == given
    assert Change.objects.get().kind == "indicator.created"


def test_two_indicators_do_not_share_an_address() -> None:
    indicator()
    with pytest.raises(Conflict, match="exists already"):
        create_indicator(facts=facts(), by=person())


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "Module Price", "small letters"),
        ("slug", "new", "belongs to a page"),
        ("name", " ", "is empty"),
        ("unit", "", "The unit is empty"),
        ("publisher", "", "The publisher is empty"),
        ("progress", "sideways", "choose up, down"),
        ("kind", "rate", "choose cost, performance, share, count"),
        ("cadence", "week", "choose year, month, day"),
        ("source_url", "javascript:alert(1)", "begins with https"),
        ("release_lag_days", -1, "from 0 to 3650"),
        ("ceiling_high", 50.0, "Only a share"),
        ("name", "a\x00b", "NUL"),
    ],
)
def test_a_fact_that_cannot_stand_is_refused_by_its_name(field: str, value: Any, said: str) -> None:
    with pytest.raises(IndicatorRefused, match=said) as caught:
        create_indicator(facts=replace(facts(), **{field: value}), by=person())
    assert list(caught.value.faults) == [field]
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(("low", "high"), [(None, 90.0), (90.0, None), (90.0, 80.0), (0.0, 80.0)])
def test_a_ceiling_is_a_range(low: float | None, high: float | None) -> None:
    given = facts(kind="share", ceiling_low=low, ceiling_high=high)
    with pytest.raises(IndicatorRefused, match="ceiling"):
        create_indicator(facts=given, by=person())


def test_an_edit_raises_the_version_and_keeps_before_and_after() -> None:
    made = indicator()
    edited = edit_indicator(
        indicator=made, facts=facts(name="Module price"), version=1, by=person(), reason="shorter"
    )
    change = Change.objects.get(kind="indicator.edited")
    assert edited.version == 2
    assert (change.before["name"], change.after["name"]) == (
        "Price of module-price",
        "Module price",
    )
    assert change.reason == "shorter"


def test_an_edit_of_an_older_version_is_refused() -> None:
    made = indicator()
    edit_indicator(indicator=made, facts=facts(name="One"), version=1, by=person())
    with pytest.raises(Conflict, match="somebody else"):
        edit_indicator(indicator=made, facts=facts(name="Two"), version=1, by=person())
    made.refresh_from_db()
    assert made.name == "One"


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    made = indicator()
    assert edit_indicator(indicator=made, facts=facts(), version=1, by=person()).version == 1
    assert Change.objects.count() == 1


def test_whoever_listens_hears_of_an_edit() -> None:
    made, heard = indicator(), []

    def listen(*, indicator: Indicator, **_: object) -> None:
        heard.append(indicator.slug)

    indicator_changed.connect(listen)
    try:
        edit_indicator(indicator=made, facts=facts(name="One"), version=1, by=person())
    finally:
        indicator_changed.disconnect(listen)
    assert heard == ["module-price"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "other"}, "slug"),
        ({"unit": "EUR per watt"}, "unit"),
        ({"cadence": "month"}, "cadence"),
        ({"is_snapshot": True}, "is_snapshot"),
    ],
)
def test_what_was_measured_stays_what_was_measured(changes: dict[str, Any], field: str) -> None:
    made = indicator("module-price", row("2020", "0.5"))
    with pytest.raises(DomainError) as caught:
        edit_indicator(indicator=made, facts=replace(facts(), **changes), version=1, by=person())
    assert caught.value.field == field


def test_an_indicator_without_figures_may_change_its_unit() -> None:
    made = edit_indicator(indicator=indicator(), facts=facts(unit="EUR"), version=1, by=person())
    assert made.unit == "EUR"


def test_a_ceiling_below_a_figure_is_refused() -> None:
    made = indicator("users", row("2020", "70"), kind="share")
    given = facts("users", kind="share", ceiling_low=50.0, ceiling_high=60.0)
    with pytest.raises(DomainError, match="2020: The value is 70, above the ceiling of 60"):
        edit_indicator(indicator=made, facts=given, version=1, by=person())
