import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.errors import IntakeError
from intake.text import clean_name, clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


def refusal(value: object, **options: object) -> str:
    settings_of_field = {"multiline": True, "field": "The text", **options}
    with pytest.raises(IntakeError) as caught:
        clean_text(value, **settings_of_field)  # type: ignore[arg-type]
    return caught.value.message


def test_text_comes_out_composed_with_line_feeds_and_no_outer_space() -> None:
    typed = "  Caf\u0065\u0301\r\none\rtwo\tthree \n"
    assert clean_text(typed, multiline=True, field="The text") == "Café\none\ntwo\tthree"


@pytest.mark.parametrize("script", ["光学计算", "محاسبه\u200cنوری", "👩\u200d🔬", "ひろ\u3099"])
def test_any_script_enters(script: str) -> None:
    cleaned = clean_text(script, multiline=False, field="The name")
    assert cleaned == unicodedata.normalize("NFC", script)


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\x00", "a NUL character (U+0000)"),
        ("\x08", "a control character (U+0008)"),
        ("\x85", "a control character (U+0085)"),
        ("\x1b", "a control character (U+001B)"),
        ("\ud800", "half a character, a lone surrogate (U+D800)"),
        ("\u202e", "a character that reverses the reading direction (U+202E)"),
        ("\u2066", "a character that reverses the reading direction (U+2066)"),
        ("\u200f", "a character that reverses the reading direction (U+200F)"),
        ("\uffff", "a code that is not a character (U+FFFF)"),
        ("\U0010fffe", "a code that is not a character (U+10FFFE)"),
    ],
)
def test_hidden_character_is_named_with_its_place(character: str, named: str) -> None:
    message = f"The text holds {named} at character 3; take it out."
    assert refusal(f"ab{character}c") == message


def test_what_is_not_text_is_called_by_its_kind() -> None:
    assert refusal(5) == "The text must be text, not a number."
    assert refusal(None) == "The text must be text, not null."


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\u2029"])
def test_line_break_is_refused_in_a_line(line_break: str) -> None:
    message = "The text must be on one line; take the line break out."
    assert refusal(f"a{line_break}b", multiline=False) == message


@pytest.mark.parametrize("length", [11, 20_000])
def test_length_is_told_with_the_limit(length: int) -> None:
    message = f"The text has {length:,} characters; at most 10 are kept. Shorten it."
    assert refusal("x" * length, max_length=10) == message


def test_text_of_exactly_the_limit_enters() -> None:
    assert clean_text("x" * 10, multiline=True, field="The text", max_length=10) == "x" * 10


def test_name_has_single_spaces() -> None:
    assert clean_name(" Edge \t\u00a0 AI ", field="The name") == "Edge AI"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\ufeff \u2060", "\u0301"])
def test_name_without_a_visible_character_is_empty(name: str) -> None:
    with pytest.raises(IntakeError, match="The name is empty; fill it in"):
        clean_name(name, field="The name")


@settings(max_examples=300, derandomize=True)
@given(ANY_TEXT)
def test_cleaned_text_stays_as_it_is_and_can_be_stored(typed: str) -> None:
    try:
        cleaned = clean_text(typed, multiline=True, field="The text")
    except IntakeError:
        return
    assert clean_text(cleaned, multiline=True, field="The text") == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


@settings(max_examples=300, derandomize=True)
@given(ANY_TEXT)
def test_cleaned_name_stays_as_it_is(typed: str) -> None:
    try:
        cleaned = clean_name(typed, field="The name")
    except IntakeError:
        return
    assert clean_name(cleaned, field="The name") == cleaned
