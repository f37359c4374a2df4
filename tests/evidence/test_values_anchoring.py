"""A quotation is found again in a text that moved, and never at a place that only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values.anchoring import Place, Selector, find, selector_at

TEXT = (
    "The plant in Turku ran for nine weeks. It cost less than planned.\n\n"
    "Its successor in Oulu ran for two days. It cost more than planned, and nobody said why."
)
QUOTE = "It cost more than planned"


def selector(words: str, text: str = TEXT) -> Selector:
    start = text.index(words)
    return selector_at(text, Place(start, start + len(words)))


def words_at(text: str, place: Place | None) -> str:
    assert place is not None
    return text[place.start : place.end]


def test_words_that_stand_once_are_found_without_their_context() -> None:
    assert words_at(TEXT, find(TEXT, Selector(QUOTE))) == QUOTE


def test_words_are_found_where_the_text_before_them_grew() -> None:
    longer = f"A new beginning, and a list.\n{TEXT}"
    assert words_at(longer, find(longer, selector(QUOTE))) == QUOTE


def test_of_two_places_the_one_with_the_old_neighbours_is_meant() -> None:
    wanted = TEXT.index(" ran for", TEXT.index("Oulu"))
    found = selector_at(TEXT, Place(wanted + 1, wanted + 8))
    place = find(TEXT, found)
    assert place is not None
    assert place.start == wanted + 1


def test_of_two_equal_places_the_nearer_one_is_meant() -> None:
    text = "again and again and again"
    assert find(text, Selector("again"), near=16) == Place(20, 25)
    assert find(text, Selector("again"), near=1) == Place(0, 5)


def test_short_words_in_two_places_without_context_are_not_guessed() -> None:
    assert find("a cat, a dog, a cat", Selector("a cat")) is None


def test_short_words_with_other_neighbours_are_lost() -> None:
    taken = selector("nine", TEXT)
    assert find("The other plant had nine rooms and a view of the sea.", taken) is None


def test_quotation_marks_dashes_and_blanks_may_be_spelt_otherwise() -> None:
    old = "He said: \u201cwe\u2019ll see \u2013 next  year\u201d, and left."
    new = 'He said: "we\'ll see - next\nyear", and left.'
    place = find(new, selector("\u201cwe\u2019ll see \u2013 next  year\u201d", old))
    assert words_at(new, place) == '"we\'ll see - next\nyear"'


def test_words_that_were_edited_a_little_are_found_between_their_old_neighbours() -> None:
    new = TEXT.replace("more than planned", "a good deal more than planned")
    taken = selector("Its successor in Oulu ran for two days. It cost more than planned")
    assert "a good deal more" in words_at(new, find(new, taken))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It cost 5 euros.", "It cost 6 euros."),
        ("It cost five euros.", "It cost nine euros."),
        ("It cost 5 million euros.", "It cost 5 billion euros."),
        ("It grew by -3.5 % in May.", "It grew by 3.5 % in May."),
        ("The valve was safe to open.", "The valve was not safe to open."),
        ("It didn’t cost them more.", "It did cost them more."),
        ("It ran without any help.", "It ran with any help."),
        ("It never stood still.", "It ever stood still."),
    ],
)
def test_another_figure_or_a_denial_is_another_statement(old: str, new: str) -> None:
    text = f"The pilot ran. {old} The pilot ran again."
    assert find(text.replace(old, new), selector(old, text)) is None
    assert words_at(text, find(text, selector(old, text))) == old


def test_an_edit_beside_the_same_figures_is_still_found() -> None:
    old, new = "It cost 5 euros, not 6.", "It has cost 5 euros, never 6."
    text = f"The pilot ran. {old} The pilot ran again."
    assert words_at(text.replace(old, new), find(text.replace(old, new), selector(old, text)))


@pytest.mark.parametrize("text", ["", "Something else altogether.", TEXT.replace("more", "less")])
def test_words_that_are_gone_are_lost(text: str) -> None:
    assert find(text, Selector("It cost more than planned, and nobody")) is None


def test_no_words_are_nowhere() -> None:
    assert find(TEXT, Selector("  ")) is None


@given(st.text(min_size=40, max_size=300), st.data())
def test_whatever_is_taken_out_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    taken = selector_at(text, Place(start, end))
    place = find(text, taken, near=start)
    if taken.exact.strip():
        assert place is not None
        assert text[place.start : place.end] == taken.exact
    else:
        assert place is None
