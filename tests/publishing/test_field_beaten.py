from datetime import date

import numpy as np
import pytest

from publishing import field_beaten
from publishing.field_beaten import days_of_history
from scoring.selectors import DayRanking

WINNING = np.array([[0.5, 0.9, 0.8], [0.1, 0.5, 0.6], [0.2, 0.4, 0.5]])


def ranked(slug: str, expected: float) -> dict[str, object]:
    ends = {"rank_low": 1, "rank_high": 2, "band": 1}
    return {"id": slug, "is_ranked": True, "expected_rank": expected} | ends


def day(place: int, engine: str = "ranking/2") -> DayRanking:
    return DayRanking(date(2026, 11, place), place, "even-handed", engine, place, "", None)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the first day a and b are ranked, on the others c as well."""
    two = {"technologies": [ranked("a", 1.1), ranked("b", 1.9)]}
    three = {"technologies": [ranked("a", 1.3), ranked("b", 2.3), ranked("c", 2.4)]}
    monkeypatch.setattr(
        field_beaten, "headlines_of", lambda jobs: {job: two if job == 1 else three for job in jobs}
    )
    pairs = {1: (["a", "b"], WINNING[:2, :2])}
    monkeypatch.setattr(
        field_beaten,
        "pairwise_of",
        lambda jobs: [(job, *pairs.get(job, (list("abc"), WINNING))) for job in jobs],
    )
    monkeypatch.setattr(
        field_beaten,
        "series_of_leads",
        lambda: [("a", date(2026, 11, 1), "house"), ("a", date(2026, 11, 3), "imported")],
    )


def test_a_new_entry_does_not_move_the_share_of_the_common_field(ledger: None) -> None:
    first, second = days_of_history([day(1), day(2)])
    assert (first.common, second.common) == (2, 2)
    assert [one.rows["a"].beaten for one in (first, second)] == pytest.approx([0.9, 0.9])
    assert second.rows["c"].beaten == pytest.approx((0.2 + 0.4) / 2)
    assert second.rows["a"].expected_rank == 1.3


def test_another_method_begins_another_common_field(ledger: None) -> None:
    first, second = days_of_history([day(1), day(2, engine="ranking/3")])
    assert (first.common, second.common) == (2, 3)
    assert second.rows["a"].beaten == pytest.approx((0.9 + 0.8) / 2)


def test_the_series_is_that_of_the_day(ledger: None) -> None:
    days = days_of_history([day(1), day(2), day(3)])
    assert [one.series["a"] for one in days] == ["house", "house", "imported"]


def test_too_large_a_field_is_each_day_s_own(ledger: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_beaten, "MOST_COMPARED", 2)
    first, second = days_of_history([day(1), day(2)])
    assert (first.common, second.common) == (0, 0)
    assert first.rows["a"].beaten == pytest.approx(0.9)
    assert second.rows["a"].beaten == pytest.approx((3 - 1.3) / 2)
