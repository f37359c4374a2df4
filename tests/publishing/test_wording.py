import pytest

from publishing.wording import counted, in_words, is_plural, opening_words, share_of_draws


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1200, "1,200")]
)
def test_numbers_under_thirteen_are_words(count: int, words: str) -> None:
    assert in_words(count) == words


def test_a_sentence_may_begin_with_a_larger_number_in_words() -> None:
    assert opening_words(15) == "Fifteen"
    assert opening_words(26) == "26"


def test_one_is_not_many() -> None:
    assert counted(1, "draw") == "one draw"
    assert counted(2, "technology", "technologies") == "two technologies"


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Large language models", True),
        ("Nuclear fusion", False),
        ("Photonics", False),
        ("CRISPR therapies", True),
        ("Synthesis", False),
        ("", False),
    ],
)
def test_the_verb_follows_the_name(name: str, *, plural: bool) -> None:
    assert is_plural(name) is plural


def test_shares_near_the_ends_are_not_rounded_to_certainty() -> None:
    assert share_of_draws(0.001) == "<1"
    assert share_of_draws(0.999) == ">99"
    assert share_of_draws(0.91) == "91"
