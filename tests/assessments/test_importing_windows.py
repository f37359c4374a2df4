from datetime import date

import pytest

from assessments.importing.windows import read_window
from assessments.values.scale import UnscoredReason

DATED = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("printed", "year_from", "year_to", "is_exact"),
    [
        ("2025-2030", 2025, 2030, True),
        ("2030+", 2030, None, True),
        ("2020-2025/2030+", 2020, None, False),
        ("Now (0-2yr)", 2026, 2028, False),
        ("Soon (2-5yr)", 2028, 2031, False),
        ("Later (5-10yr)", 2031, 2036, False),
        ("Distant (10yr+)", 2036, None, False),
    ],
)
def test_window_is_read_as_printed(
    printed: str, year_from: int, year_to: int | None, *, is_exact: bool
) -> None:
    window = read_window(printed, DATED)
    assert window is not None
    assert (window.year_from, window.year_to, window.is_exact) == (year_from, year_to, is_exact)
    assert window.unscored_reason is None


@pytest.mark.parametrize(
    ("printed", "dated"),
    [("Unclear", DATED), ("Unclear", None), ("Now (0-2yr)", None), ("Distant (10yr+)", None)],
)
def test_window_that_names_no_years_is_unscored(printed: str, dated: date | None) -> None:
    window = read_window(printed, dated)
    assert window is not None
    assert (window.year_from, window.year_to) == (None, None)
    assert window.unscored_reason is UnscoredReason.NOT_YET_ASSESSED


def test_years_need_no_date_on_the_card() -> None:
    window = read_window("2025-2030", None)
    assert window is not None
    assert window.year_from == 2025


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Now",
        "now (0-2yr)",
        "2025",
        "2025 - 2030",
        "2025–2030",
        "\uff12025+",
        "2025-2030+",
        "TBD",
        "2030-2025",
        "3000+",
    ],
)
def test_other_spellings_are_not_guessed(printed: str) -> None:
    assert read_window(printed, DATED) is None
