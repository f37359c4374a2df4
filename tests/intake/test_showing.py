import pytest

from intake.showing import kind_of, shown


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        (0.5, "0.5"),
        (float("nan"), "NaN"),
        ("naïve", '"naïve"'),
        ('a "b" \\', '"a \\"b\\" \\\\"'),
        ("a\x00b\u202ec\ud800", '"a\\u0000b\\u202ec\\ud800"'),
        ([1, 2], "a list of 2"),
        ({"a": 1}, "an object of 1 keys"),
        (object(), "a object"),
    ],
)
def test_value_is_shown_in_characters_that_can_be_seen(value: object, printed: str) -> None:
    assert shown(value) == printed


def test_long_text_is_cut() -> None:
    assert shown("x" * 81) == f'"{"x" * 80}…"'


def test_integer_of_thousands_of_digits_is_counted_not_printed() -> None:
    assert shown(10**5000) == "a number of about 5,000 digits"


def test_truth_value_is_not_called_a_number() -> None:
    assert kind_of(value=True) == "true or false"
    assert kind_of(1) == "a number"
