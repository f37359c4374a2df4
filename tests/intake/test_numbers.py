from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import IntakeError
from intake.numbers import (
    check_integer,
    check_number,
    parse_decimal,
    parse_integer,
    whole_or_zero,
)
from intake.showing import shown

PYTHON_READS_THEM = [
    "\uff11",
    "\u0663",
    "1_000",
    "+1",
    "0x10",
    "01",
    "1.",
    ".5",
    "inf",
    "nan",
    "Infinity",
]


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("-3", -3), (" 2030\t", 2030)])
def test_integer_is_read(text: str, number: int) -> None:
    assert parse_integer(text, -10, 3000) == number


@pytest.mark.parametrize("text", ["", " ", "-", "1.0", "1e3", "9" * 5000, *PYTHON_READS_THEM])
def test_integer_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(IntakeError, match="write a whole number in plain digits, such as 2030"):
        parse_integer(text, 0, 10**30)


def test_integer_out_of_range_is_told_the_range() -> None:
    with pytest.raises(IntakeError) as caught:
        parse_integer("3000000000", 1900, 2200, field="The first year")
    assert caught.value.message == "The first year is 3000000000; give one from 1900 to 2200."


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.25", "0.25"), ("-0", "0"), ("1e-5", "0.00001"), ("12", "12"), ("2.5E+1", "25")],
)
def test_decimal_is_read_exactly(text: str, number: str) -> None:
    found = parse_decimal(text, -100, 100)
    assert found == Decimal(number)
    assert not (found.is_zero() and found.is_signed())


@pytest.mark.parametrize("text", ["", "1,5", "1e", "1e9999", "0." + "1" * 19, *PYTHON_READS_THEM])
def test_decimal_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(IntakeError, match="write a number in plain digits with a point"):
        parse_decimal(text, 0, 1)


def test_decimal_beyond_a_float_is_out_of_range() -> None:
    with pytest.raises(IntakeError, match="The number is 1e400; give one from 0 to 1"):
        parse_decimal("1e400", 0, 1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "must be a whole number, not true or false."),
        (2025.5, "must be a whole number, not 2025.5."),
        ("2025", "must be a whole number, not text."),
        (3_000_000_000, "is 3000000000; give one from 1900 to 2200."),
        (10**5000, "is a number of about 5,000 digits; give one from 1900 to 2200."),
    ],
    ids=shown,
)
def test_decoded_value_that_is_no_year_is_refused(value: object, said: str) -> None:
    with pytest.raises(IntakeError) as caught:
        check_integer(value, 1900, 2200, field="The year")
    assert caught.value.message == f"The year {said}"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (False, "must be a number, not true or false."),
        ("NaN", "must be a number, not text."),
        (float("nan"), "is NaN; give a finite number."),
        (float("-inf"), "is -Infinity; give a finite number."),
        (1.5, "is 1.5; give one from 0 to 1."),
        (-(10**400), "is a number of about 400 digits; give one from 0 to 1."),
    ],
    ids=shown,
)
def test_decoded_value_that_is_no_probability_is_refused(value: object, said: str) -> None:
    with pytest.raises(IntakeError) as caught:
        check_number(value, 0, 1, field="The probability")
    assert caught.value.message == f"The probability {said}"


def test_whole_and_negative_zero_become_plain_floats() -> None:
    assert repr(check_number(1, 0, 1)) == "1.0"
    assert repr(check_number(-0.0, 0, 1)) == "0.0"


def outcome(text: str) -> int | str:
    try:
        return parse_integer(text, -500, 500)
    except IntakeError as error:
        return error.message


@settings(max_examples=300, derandomize=True)
@given(st.text(max_size=12) | st.from_regex(r"\A-?[0-9]{1,4}\Z"))
def test_any_text_is_a_number_in_range_or_a_sentence(text: str) -> None:
    found = outcome(text)
    if isinstance(found, str):
        assert found.startswith("The number is ")
    else:
        assert -500 <= found <= 500
        assert text.strip(" \t").isascii()


def test_a_whole_number_written_with_a_point_is_whole() -> None:
    found = check_integer(2030.0, 1900, 2200)
    assert (found, type(found)) == (2030, int)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("", 0),
        (None, 0),
        ("x", 0),
        ("-1", 0),
        ("²", 0),
        ("٣", 0),
        ("9" * 9000, 0),
    ],
)
def test_a_hidden_field_spells_a_number_or_none(text: object, number: int) -> None:
    assert whole_or_zero(text) == number
