import re
from datetime import date, timedelta

import pytest

from assessments.api.texts import past_day


@pytest.mark.parametrize("last", [date(2026, 11, 21), date(2028, 2, 29), date(2030, 1, 1)])
def test_the_pattern_of_a_past_day_takes_every_day_up_to_the_last_and_no_other(last: date) -> None:
    pattern = re.compile(str(past_day(last)["pattern"]))
    days = [date(1900, 1, 1) + timedelta(days=number) for number in range(49_000)]
    assert days[-1] > last
    assert [day for day in days if bool(pattern.fullmatch(str(day))) != (day <= last)] == []
    for wrong in ("2026-02-30", "2025-02-29", "1899-12-31", "2026-13-01", "2026-00-10", "2026-1-1"):
        assert not pattern.fullmatch(wrong)
