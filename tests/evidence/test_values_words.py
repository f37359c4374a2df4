"""Words are found as people type them, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.values.words import (
    MOST_BYTES,
    Piece,
    Query,
    Term,
    distinctive,
    joined,
    read_query,
    snippet,
    within,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Heat-pumps, 2024!", ["heat", "pumps", "2024"]),
        ("Ångström Straße ﬁne", ["angstrom", "strasse", "fine"]),
        ("電池 storage", ["電", "池", "storage"]),
        ("한국어", ["한국어"]),
        ("Энергия", ["энергия"]),
        ("snake_case", ["snake", "case"]),
        ("…—", []),
    ],
)
def test_a_text_is_taken_apart_into_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("heat pum", Query((Term(("heat",)), Term(("pum",), is_prefix=True)))),
        ("heat pump ", Query((Term(("heat",)), Term(("pump",))))),
        ('"heat pump" -gas ', Query((Term(("heat", "pump")),), (Term(("gas",)),))),
        ("“heat pump”", Query((Term(("heat", "pump")),))),
        ('-"gas boiler"', Query((), (Term(("gas", "boiler")),))),
        ("re-anchored ", Query((Term(("re", "anchored")),))),
        ("電池", Query((Term(("電", "池")),))),
        ('"', Query()),
        ("- -- ''", Query()),
        ('a OR "', Query((Term(("a",)), Term(("or",))))),
    ],
)
def test_what_is_typed_is_read(typed: str, query: Query) -> None:
    assert read_query(typed) == query


@given(st.text(max_size=120))
def test_anything_can_be_typed(typed: str) -> None:
    query = read_query(typed)
    assert all(term.words for term in (*query.wanted, *query.unwanted))
    snippet([typed], query)


def test_a_snippet_marks_the_words_where_they_stand() -> None:
    text = f"{'Nothing here. ' * 40}The Pumps of Zürich ran for nine weeks. {'Or there. ' * 40}"
    pieces = snippet(["no hit", text], read_query("zurich pump"))
    assert [piece.text for piece in pieces if piece.is_hit] == ["Pumps", "Zürich"]
    assert pieces[0].text.startswith("… ")
    assert pieces[-1].text.endswith(" …")
    assert sum(len(piece.text) for piece in pieces) < 240
    assert Piece("Pumps", is_hit=True) in snippet([text], read_query("pump"))


def test_a_snippet_of_nothing_is_nothing() -> None:
    assert snippet(["some words"], read_query("others ")) == []
    assert snippet(["some words"], read_query("-others")) == []


def test_an_index_holds_the_first_words_of_too_many() -> None:
    title, body = within(["a title", " ".join(f"word{n}" for n in range(200_000))])
    assert title == "a title"
    assert body.startswith("word0 word1 ")
    assert len(body) < MOST_BYTES


def test_no_phrase_goes_from_one_text_to_the_next() -> None:
    assert "one two" not in joined(["one", "two"])


def test_the_distinctive_words_leave_out_what_every_text_has() -> None:
    words = distinctive("Salt caverns", ["There would be hydrogen, and hydrogen again, in 2024."])
    assert words[:3] == ["hydrogen", "caverns", "salt"]
    assert not {"there", "would", "again", "2024"} & set(words)
