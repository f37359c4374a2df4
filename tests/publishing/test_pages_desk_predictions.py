"""What predictions make wait at the desk, and for whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assessments.predictions import ForecastRecord
from publishing.pages.desk_predictions import Foretold, due_section, own_sections
from scoring.resolution_states import Event, Standing, State
from tests.publishing.made import card, published
from tests.publishing.made_predictions import MADE_AT, READS_ON, record, spec, state
from tests.publishing.test_prediction_data import WORDED

NOW = datetime(2028, 6, 1, tzinfo=UTC)
ANNA, BEN = 1, 2


def said(made_at: datetime, **changes: Any) -> ForecastRecord:
    facts: dict[str, Any] = dict.fromkeys(
        ("lowest", "best", "highest", "confidence", "p_never", "expires_on")
    )
    facts |= {"key": "edge-ai-2030-417", "forecaster_id": ANNA, "forecaster": "anna", "p": 0.4}
    facts |= {"made_at": made_at, "until": datetime(2031, 1, 1, tzinfo=UTC), "note": ""}
    facts |= {"is_withdrawal": False, "is_demonstration": False}
    return ForecastRecord(**facts | changes)


def waiting(
    *forecasts: ForecastRecord, stands: State | None = None, **changes: Any
) -> dict[str, Any]:
    """What waits for anna, by the heading of its section."""
    facts = {"person_id": ANNA, "is_editor": False, "at": NOW} | {
        key: changes.pop(key) for key in ("person_id", "is_editor") if key in changes
    }
    one = record(**changes)
    foretold = Foretold(
        records=[one],
        states={one.key: stands or state()},
        own={one.key: forecasts},
        **facts,
    )
    return {section.heading: section.rows for section in own_sections(foretold)}


@pytest.mark.parametrize(
    ("made_at", "tags"),
    [
        (MADE_AT + timedelta(days=400), []),
        (MADE_AT + timedelta(days=10), ["said 12 November 2026"]),
    ],
)
def test_a_forecast_is_stale_after_a_third_of_the_life(made_at: datetime, tags: list[str]) -> None:
    rows = waiting(said(made_at))["Forecasts gone stale"]
    assert [row.tag for row in rows] == tags
    assert [row.url for row in rows] == ["/predictions/edge-ai-2030-417/forecast/"] * len(tags)


def test_an_expired_forecast_is_stale_and_a_withdrawn_one_is_not() -> None:
    until, day = datetime(2028, 5, 2, tzinfo=UTC), date(2028, 5, 1)
    expired = said(NOW - timedelta(days=60), until=until, expires_on=day)
    (row,) = waiting(expired)["Forecasts gone stale"]
    assert row.tag == "expired 1 May 2028"
    withdrawn = said(NOW - timedelta(days=9), until=NOW - timedelta(days=9), is_withdrawal=True)
    assert waiting(expired, withdrawn)["Forecasts gone stale"] == ()
    assert waiting()["Forecasts gone stale"] == ()


def test_of_what_is_resolved_or_no_longer_seen_nothing_waits() -> None:
    old = said(MADE_AT)
    for rows in (
        waiting(old, stands=state(Standing.RESOLVED)),
        waiting(old, is_public=False),
    ):
        assert all(found == () for found in rows.values())


def test_only_the_author_is_asked_for_stepping_stones() -> None:
    (row,) = waiting()["Stepping stones missing"]
    assert row.url == "/predictions/new/?technology=edge-ai&parent=edge-ai-2030-417"
    assert waiting(author_id=BEN)["Stepping stones missing"] == ()
    assert waiting(stones=("edge-ai-2029-7",))["Stepping stones missing"] == ()
    assert waiting(parent_key="edge-ai-2031-7")["Stepping stones missing"] == ()
    soon = spec(deadline=date(2029, 3, 1))
    assert waiting(spec=soon)["Stepping stones missing"] == ()


def proposed(by_id: int | None, by: str = "") -> State:
    event = Event(3, "proposed", "no", 112.0, None, "Read it.", "", by_id, by, NOW)
    return state(Standing.PROPOSED, outcome="no", proposal=event, missing=1, events=(event,))


def test_an_answer_waits_for_editors_other_than_who_proposed_it() -> None:
    heading = "Answers that you may confirm"
    (row,) = waiting(stands=proposed(BEN, "ben"), is_editor=True)[heading]
    assert (row.tag, row.url) == ("no, by ben", "/predictions/edge-ai-2030-417/resolve/")
    (row,) = waiting(stands=proposed(None), is_editor=True)[heading]
    assert row.tag == "no, by the deciding figure"
    assert waiting(stands=proposed(BEN, "ben"))[heading] == ()
    assert waiting(stands=proposed(ANNA, "anna"), is_editor=True)[heading] == ()


def test_what_is_overdue_comes_before_what_is_due_soon_and_what_cards_word() -> None:
    late = record("edge-ai-2026-11", spec=spec(deadline=date(2026, 6, 30)))
    soon = record("chiplets-2027-22", spec=spec(deadline=date(2027, 1, 15)))
    far = record("fusion-2030-33")
    states = {
        late.key: State(Standing.DUE, date(2026, 9, 1), days_overdue=81),
        soon.key: state(),
        far.key: State(Standing.OPEN, READS_ON),
    }
    worded = card("peat", predictions=[WORDED | {"deadline": "2026-12-01"}])
    foretold = Foretold(at=NOW, is_editor=True, records=[soon, late, far], states=states)
    found = due_section(foretold, published(worded))
    assert [(row.tag, row.words) for row in found.rows] == [
        ("81 days overdue", "Answer it"),
        ("due 1 December 2026", "Look at it"),
        ("deadline 15 January 2027", "Look at it"),
    ]
    assert found.rows[0].url == "/predictions/edge-ai-2026-11/resolve/"
    for_analysts = due_section(replace(foretold, is_editor=False), published())
    assert for_analysts.rows[0].url == "/predictions/edge-ai-2026-11/"
