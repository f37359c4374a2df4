"""Every character of a text has one place, whatever was placed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.importing.reading import (
    MOST_CHARACTERS,
    MOST_PASSAGES,
    UNPLACED,
    Places,
    Span,
    lines_of,
    refuse_too_long,
    refuse_too_many,
)
from intake.errors import IntakeError

TEXTS = st.text(alphabet="ab \n\t\u00a0\r|•", max_size=60)


def covered(text: str, spans: tuple[Span, ...]) -> str:
    reached = 0
    for span in spans:
        assert span.start == reached
        assert span.end > span.start
        reached = span.end
    assert reached == len(text)
    return "".join(text[span.start : span.end] for span in spans)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_spans_partition_the_text(text: str, wanted: list[tuple[int, int]]) -> None:
    places = Places(text)
    put = []
    for start, end in wanted:
        try:
            places.put(start, end, "title", "because")
        except ValueError:
            continue
        put.append((start, end))
    spans = places.spans()
    assert covered(text, spans) == text
    for start, end in put:
        assert any(one.start <= start and end <= one.end and one.place == "title" for one in spans)


@given(TEXTS)
def test_a_character_that_can_be_seen_is_unplaced_unless_placed(text: str) -> None:
    lines = lines_of(text)
    places = Places(text)
    for line in lines[::2]:
        places.put_line(line, "notes", "because")
    unplaced = "".join(text[s.start : s.end] for s in places.spans() if s.place == UNPLACED)
    assert unplaced.split() == " ".join(line.text for line in lines[1::2]).split()


def test_a_place_is_given_once() -> None:
    places = Places("one two")
    places.put(0, 3, "title", "because")
    assert places.is_free(3, 7)
    assert not places.is_free(2, 7)
    with pytest.raises(ValueError, match="already"):
        places.put(2, 5, "notes", "because")


def test_lines_keep_their_number_indent_and_gap() -> None:
    first, second = lines_of("\n one \n\n\n\t• two")
    assert (first.number, first.indent, first.gap, first.text) == (2, 1, 1, "one")
    assert (second.number, second.indent, second.gap, second.text) == (5, 4, 2, "• two")


def test_too_much_is_refused_with_the_limit() -> None:
    refuse_too_long("a" * MOST_CHARACTERS)
    refuse_too_many(MOST_PASSAGES)
    with pytest.raises(IntakeError, match="at most 200,000"):
        refuse_too_long("a" * (MOST_CHARACTERS + 1))
    with pytest.raises(IntakeError, match="at most 2,000"):
        refuse_too_many(MOST_PASSAGES + 1)
