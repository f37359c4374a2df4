"""A point finds the sentence it sums up, or none."""

from evidence.importing.similar import WEAKEST, proposals

TEXT = (
    "The harbour freezes in January. Crews charge the ferries at night, when power is cheap."
    " A grain elevator stands beside the pier."
)


def test_a_point_finds_the_sentence_that_says_the_same() -> None:
    found = proposals(["At night power is cheap, so crews charge then"], TEXT)[0]
    assert found is not None
    assert TEXT[found.start : found.end].startswith("Crews charge the ferries")
    assert WEAKEST <= found.score <= 1


def test_the_same_sentence_is_wholly_alike() -> None:
    found = proposals(["The harbour freezes in January."], TEXT)[0]
    assert found is not None
    assert round(found.score, 9) == 1


def test_a_point_about_something_else_finds_none() -> None:
    assert proposals(["Whales sing.", "", "the of and"], TEXT) == [None, None, None]
    assert proposals(["Whales sing."], "") == [None]
