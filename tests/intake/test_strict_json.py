import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import IntakeError
from intake.strict_json import loads

WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=5)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**19), 10**19) | FLOATS | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def refusal(data: bytes | str, **limits: int) -> str:
    with pytest.raises(IntakeError) as caught:
        loads(data, **limits)
    return caught.value.message


def outcome(data: bytes | str) -> object:
    try:
        return loads(data)
    except IntakeError as error:
        return error


def test_plain_json_is_read() -> None:
    assert loads(b'{"a": [1, -2.5, "\\u00e9", true, null]}') == {"a": [1, -2.5, "é", True, None]}


def test_byte_order_mark_is_passed_over() -> None:
    assert loads(b"\xef\xbb\xbf[1]") == [1]


@pytest.mark.parametrize("data", [b"[1, 2, 3]", "[1, 2, 3]"])
def test_size_is_bounded_in_bytes(data: bytes | str) -> None:
    assert refusal(data, max_bytes=8) == (
        "This has 9 bytes; at most 8 are read. Split it and send the parts."
    )


def test_size_of_text_is_counted_in_bytes() -> None:
    assert refusal('"ééé"', max_bytes=7).startswith("This has 8 bytes;")


def test_byte_that_is_not_utf8_is_named() -> None:
    assert refusal(b'{"a": "\xe9"}') == (
        "This is not UTF-8: byte 7 is 0xE9. Save the file as UTF-8 and send it again."
    )


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_number_without_a_value_is_refused(name: str) -> None:
    message = f"Line 2, column 6: {name} is not a number in JSON. Give a finite number, or null."
    assert refusal(f'{{"{name}": 1,\n"p": {name}}}') == message


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1.0e999"])
def test_number_beyond_a_float_is_refused(number: str) -> None:
    message = (
        f"Line 1, column 2: The number {number} is too large to be kept. Give a finite number."
    )
    assert refusal(f"[{number}]") == message


def test_integer_may_have_twenty_digits_and_no_more() -> None:
    assert loads("-" + "9" * 20) == -(10**20) + 1
    assert refusal("[" + "9" * 5000 + "]") == (
        "Line 1, column 2: The number that begins 999999999999 has 5,000 digits; at most 20 are"
        " read. Give a number of that size or smaller."
    )


def test_fraction_of_thousands_of_digits_is_refused() -> None:
    assert refusal("0." + "3" * 5000) == (
        "Line 1, column 1: The number that begins 0.3333333333 is 5,002 characters long; at most 40"
        " are read. Round it."
    )


def test_depth_is_known_before_decoding() -> None:
    assert loads("[" * 60 + "]" * 60) is not None
    message = "This nests lists and objects more than 60 deep, at character 61. Flatten it."
    assert refusal("[" * 61 + "]" * 61) == message
    assert refusal("[" * 100_000) == message
    assert refusal('{"a":' * 100_000).startswith("This nests lists and objects more than 60 deep")


def test_brackets_inside_texts_do_not_nest() -> None:
    brackets = '["' + "[{" * 100 + '\\"]]]"]'
    assert loads(brackets) == ["[{" * 100 + '"]]]']


def test_key_given_twice_is_named() -> None:
    assert refusal('{"a": {"level": 1, "level": 2}}') == (
        'The key "level" stands twice in one object. Keep one of them.'
    )


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'"\\u0000"', "the text"),
        (b'{"companies": [{"name": "a\\u0000b"}]}', '"companies[0].name"'),
        (b'{"a\\u0000": 1}', 'the key "a\\u0000"'),
    ],
)
def test_nul_is_refused_wherever_it_hides(data: bytes, place: str) -> None:
    assert refusal(data) == (
        f"There is a NUL character (U+0000) in {place}. Take it out and send it again."
    )


@pytest.mark.parametrize("data", [b'["\\ud83d"]', b'["\\udc00\\ud800"]', '["\ud83d"]'])
def test_lone_surrogate_is_refused(data: bytes | str) -> None:
    assert refusal(data).startswith("There is half a character, a lone surrogate (U+D")


def test_pair_of_surrogates_is_a_character() -> None:
    assert loads(b'"\\ud83d\\ude00"') == "😀"


def test_written_backslash_before_u0000_is_no_nul() -> None:
    assert loads(b'"\\\\u0000"') == "\\u0000"


def test_raw_control_character_is_placed() -> None:
    assert refusal(b'["a\x08"]').startswith("A text holds a control character at line 1, column 4.")


@pytest.mark.parametrize("data", [b"", b"{", b"[1,]", b'{"a" 1}', b"[1] x", b"'a'", b'"a'])
def test_broken_json_is_placed(data: bytes) -> None:
    message = refusal(data)
    assert message.startswith("This is not JSON: line 1, column ")
    assert message.endswith("Check the quotes, commas and brackets there.")


@settings(max_examples=400, derandomize=True)
@given(st.binary(max_size=200) | st.text(alphabet='[]{}",:\\u0d8eE+-.19 \n', max_size=80))
def test_any_bytes_are_a_value_or_a_sentence(data: bytes | str) -> None:
    found = outcome(data)
    if isinstance(found, IntakeError):
        assert found.message.endswith(".")
    else:
        assert json.loads(json.dumps(found, allow_nan=False)) == found


@settings(max_examples=200, derandomize=True)
@given(PLAIN)
def test_what_json_can_say_comes_back(value: object) -> None:
    assert loads(json.dumps(value, allow_nan=False)) == value
