"""Files of cards, the hostile ones included: a value, a refusal of one card, or a sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.importing.cards_file import ImportedCard, Refusal, read_cards_file
from assessments.values.card import to_json
from intake.errors import IntakeError

CARD = (Path(__file__).parent / "data" / "contract_card.json").read_text(encoding="utf-8")


def file_of(*cards: str) -> bytes:
    return f'{{"format": "bellwether.cards/1", "cards": [{", ".join(cards)}]}}'.encode(
        "utf-8", "surrogatepass"
    )


def with_text(value: str) -> bytes:
    return file_of(CARD.replace('"Turbines that turn in tidal streams."', value))


def with_probability(value: str) -> bytes:
    return file_of(CARD.replace('"p_never": 0.1', f'"p_never": {value}'))


def with_year(value: str) -> bytes:
    return file_of(CARD.replace('"from": 2028', f'"from": {value}'))


def with_added(value: str) -> bytes:
    """The card with JSON where the contract has no place for it."""
    return file_of(CARD.replace('"p_never": 0.1', f'"p_never": 0.1, "extra": {value}'))


# The whole file is refused where its JSON cannot be trusted to say what it says.
FILE_SENTENCES: list[tuple[str, Callable[[], bytes], str]] = [
    ("bare NaN", lambda: with_probability("NaN"), "NaN is not a number in JSON."),
    ("1e400", lambda: with_probability("1e400"), "The number 1e400 is too large to be kept."),
    ("10^30", lambda: with_year("1" + "0" * 30), "has 31 digits; at most 20 are read."),
    ("5,000 digits", lambda: with_year("9" * 5000), "has 5,000 digits; at most 20 are read."),
    ("NUL in a text", lambda: with_text('"a\\u0000b"'), "a NUL character (U+0000) in"),
    ("NUL elsewhere", lambda: with_added('{"a": ["\\u0000"]}'), '"cards[0].extra.a[0]"'),
    ("lone surrogate in a text", lambda: with_text('"a\\ud800"'), "a lone surrogate (U+D800) in"),
    ("lone surrogate elsewhere", lambda: with_added('["\\udfff"]'), '"cards[0].extra[0]"'),
    ("1e400 elsewhere", lambda: with_added("[1e400]"), "The number 1e400 is too large"),
    ("depth 100,000", lambda: with_added("[" * 100_000), "more than 60 deep"),
    ("depth 900", lambda: with_added("[" * 900 + "]" * 900), "more than 60 deep"),
    ("bad UTF-8", lambda: file_of(CARD).replace(b"salty", b"sal\xffty"), "is 0xFF. Save the file"),
    ("key twice", lambda: with_text('"a", "summary": "b"'), 'The key "summary" stands twice'),
    ("top-level null", lambda: b"null", "The file holds null; it must hold an object"),
]
# One card is left out and the file goes on.
CARD_SENTENCES: list[tuple[str, Callable[[], bytes], str, str]] = [
    (
        '"NaN"',
        lambda: with_probability('"NaN"'),
        "p_never",
        "The probability of never must be a number, not text.",
    ),
    (
        '"Infinity"',
        lambda: with_probability('"Infinity"'),
        "p_never",
        "The probability of never must be a number, not text.",
    ),
    (
        "3e9 in a year",
        lambda: with_year("3000000000"),
        "scores.timing.from",
        "The first year is 3000000000; give one from 1900 to 2200.",
    ),
    (
        "bidi override",
        lambda: with_text('"a\\u202eb"'),
        "summary",
        (
            "The summary holds a character that reverses the reading direction (U+202E) at"
            " character 2; take it out."
        ),
    ),
    (
        "backspace",
        lambda: with_text('"a\\bb"'),
        "summary",
        "The summary holds a control character (U+0008) at character 2; take it out.",
    ),
    ("top-level list", lambda: b"[1]", "", "The card must be an object, not a number."),
]


def test_corpus_has_twenty_cases() -> None:
    assert len(FILE_SENTENCES) + len(CARD_SENTENCES) == 20


@pytest.mark.parametrize(
    ("make", "sentence"),
    [case[1:] for case in FILE_SENTENCES],
    ids=[case[0] for case in FILE_SENTENCES],
)
def test_hostile_file_is_refused_in_a_sentence(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_cards_file(make())
    assert sentence in caught.value.message
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("make", "field", "sentence"),
    [case[1:] for case in CARD_SENTENCES],
    ids=[case[0] for case in CARD_SENTENCES],
)
def test_hostile_card_is_refused_by_field(
    make: Callable[[], bytes], field: str, sentence: str
) -> None:
    (refusal,) = read_cards_file(make())
    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.reason) == (field, sentence)


def test_contract_file_is_read_in_its_order() -> None:
    second = CARD.replace('"tidal-turbines"', '"another"')
    items = read_cards_file(file_of(CARD, second))
    assert [str(item.label) for item in items if isinstance(item, ImportedCard)] == [
        "card 1 (tidal-turbines, lead, 2026-03-31)",
        "card 2 (another, lead, 2026-03-31)",
    ]
    assert isinstance(items[0], ImportedCard)
    assert to_json(items[0].document) == json.loads(CARD)


def test_card_that_fails_leaves_the_others_in() -> None:
    items = read_cards_file(file_of(CARD, CARD.replace('"level": "4"', '"level": "7"'), CARD))
    assert [type(item) for item in items] == [ImportedCard, Refusal, ImportedCard]
    assert str(items[1]).startswith(
        'card 2 (tidal-turbines, lead, 2026-03-31), scores.viability.level, "7": The level of'
    )


def test_file_says_whether_its_cards_chain() -> None:
    chained = read_cards_file(file_of(CARD), chain=True)
    plain = read_cards_file(file_of(CARD))
    assert [item.chains for item in (*chained, *plain) if isinstance(item, ImportedCard)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{}", 'The key format is null; a file of cards says "bellwether.cards/1".'),
        (b'{"format": "other/1"}', 'The key format is "other/1"; a file of cards says'),
        (b'{"format": "bellwether.cards/1"}', "The key cards holds null; it must hold a list."),
        (
            b'{"format": "bellwether.cards/1", "cards": [], "by": "me"}',
            'The file has the key "by"; take it out.',
        ),
        (b'"cards"', "The file holds text; it must hold an object"),
        (b"", "This is not JSON: line 1, column 1 cannot be read."),
    ],
)
def test_file_that_is_none_of_cards_says_so(data: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_cards_file(data)
    assert caught.value.message.startswith(sentence)


def test_card_without_a_name_is_called_by_its_place() -> None:
    (refusal,) = read_cards_file(b'[{"technology": {"slug": 5}, "as_of": ""}]')
    assert isinstance(refusal, Refusal)
    assert refusal.card == "card 1"


def outcome(data: bytes) -> list[str] | str:
    try:
        return [str(item) for item in read_cards_file(data)]
    except IntakeError as error:
        return error.message


@settings(max_examples=200, derandomize=True)
@given(st.integers(0, len(CARD) - 1), st.binary(max_size=6))
def test_file_with_bytes_written_over_it_is_read_or_refused(place: int, noise: bytes) -> None:
    whole = file_of(CARD)
    found = outcome(whole[:place] + noise + whole[place + len(noise) :])
    assert isinstance(found, list) or found.endswith(".")
