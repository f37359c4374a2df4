"""Differences between states of a card, as a reviewer reads them."""

from assessments.pages.differences import Version, changed, differences
from assessments.values.card import content_json
from tests.assessments.factories import document, score
from tests.growth import MOST, growth


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in changed(old, new)]


def test_words_that_stay_are_not_marked() -> None:
    assert pieces("one two three", "one four three") == [
        ("same", "one"),
        ("removed", " two"),
        ("added", " four"),
        ("same", " three"),
    ]


def test_a_text_that_comes_or_goes_is_one_piece() -> None:
    assert pieces("", "All new.") == [("added", "All new.")]
    assert pieces("All gone.", "") == [("removed", "All gone.")]
    assert pieces("", "") == []


def test_both_texts_can_be_read_out_of_the_pieces() -> None:
    old, new = "a b\n\nc  d e", "a x\n\nc d  e f"
    found = pieces(old, new)
    assert "".join(text for kind, text in found if kind != "added") == old
    assert "".join(text for kind, text in found if kind != "removed") == new


def test_a_long_text_takes_no_more_than_its_length() -> None:
    text = " ".join(f"w{number % 97}" for number in range(9_000))
    found = pieces(text, text[::-1])
    assert {kind for kind, _ in found} <= {"same", "added", "removed"}
    assert growth(lambda part: pieces(part, part[::-1]), text) < MOST


def test_only_the_fields_that_differ_are_listed() -> None:
    before = content_json(document())
    after = content_json(document(impact=score("4"), summary="Other.", tripwires=["A fab opens."]))
    found = differences(Version("before", before), Version("after", after))
    assert [one.key for one in found] == ["impact", "summary", "tripwires"]
    line = found[0].sides[1].line
    assert line is not None
    assert (line.printed, line.moved, line.direction) == ("4", "from 3", "raise")


def test_three_states_stand_side_by_side() -> None:
    base = content_json(document())
    theirs = content_json(document(impact=score("2")))
    mine = content_json(document(novelty=score("4", level_to="5")))
    found = differences(Version("b", base), Version("t", theirs), Version("m", mine))
    assert [one.key for one in found] == ["novelty", "impact"]
    assert [side.heading for side in found[0].sides] == ["b", "t", "m"]
    assert [side.line.printed for side in found[0].sides if side.line] == ["3", "3", "4/5"]
