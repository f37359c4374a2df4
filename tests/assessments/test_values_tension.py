"""Evidence that moved while the score stayed, and the other way round."""

from typing import Any

import pytest

from assessments.values.scale import Dimension
from assessments.values.tension import Kind, tensions
from tests.assessments.cited import citation
from tests.assessments.factories import card_json, score

SAME: dict[str, Any] = {}


def state(*cited: dict[str, Any], **scores: Any) -> dict[str, Any]:
    return card_json(citations=list(cited), **scores)


def of(item: str, direction: str = "raises", strength: str = "strong", **more: Any) -> Any:
    return citation(item, direction=direction, strength=strength, **more)


def kinds(*history: dict[str, Any], retracted: tuple[str, ...] = ()) -> list[tuple[str, str, int]]:
    found = tensions(history, retracted)
    return [(one.dimension.value, one.kind.value, one.net) for one in found]


@pytest.mark.parametrize(
    ("added", "net"),
    [
        ([of("a")], 3),
        ([of("a", "lowers")], -3),
        ([of("a", strength="moderate"), of("b", strength="weak")], 3),
        ([of("a", strength="weak"), of("b", strength="weak"), of("c", strength="weak")], 3),
        ([of("a"), of("b", "supports")], 3),
        ([of("a"), of("b"), of("c", "lowers")], 3),
    ],
)
def test_evidence_that_moved_while_the_score_stayed_is_flagged(
    added: list[dict[str, Any]], net: int
) -> None:
    assert kinds(state(), state(*added)) == [("viability", "evidence moved", net)]


@pytest.mark.parametrize(
    "added",
    [
        [],
        [of("a", strength="moderate")],
        [of("a", "supports")],
        [of("a"), of("b", "lowers")],
        [of("a"), of("b", "lowers", "weak")],
    ],
)
def test_little_evidence_and_evidence_both_ways_are_not(added: list[dict[str, Any]]) -> None:
    assert kinds(state(of("z", "supports")), state(of("z", "supports"), *added)) == []


def test_evidence_gathers_over_many_states_until_somebody_weighs_it() -> None:
    first, second = of("a", strength="moderate"), of("b", strength="moderate")
    steps = [state(), state(first), state(first, second)]
    assert kinds(*steps) == [("viability", "evidence moved", 4)]
    assert kinds(*steps, state(first, second, viability=score("4"))) == []
    weighed = score("3", rationale="Both are pilots without a buyer.")
    assert kinds(*steps, state(first, second, viability=weighed)) == []
    again = state(first, second, of("c"), viability=weighed)
    assert kinds(*steps, state(first, second, viability=weighed), again) == [
        ("viability", "evidence moved", 3)
    ]


def test_what_was_taken_out_or_retracted_counts_the_other_way() -> None:
    both = state(of("a"), of("b"))
    assert kinds(both, state(of("a"))) == [("viability", "evidence moved", -3)]
    assert kinds(both, retracted=("b",)) == [("viability", "evidence moved", -3)]
    assert kinds(state(of("a", "lowers")), retracted=("a",)) == [("viability", "evidence moved", 3)]


def test_a_citation_that_was_only_reworded_moves_nothing() -> None:
    old = state(of("a", belief="was 2, now 3"))
    new = state(of("a", belief="was 2, now 3, after the second year", title="A new title"))
    assert kinds(old, new) == []


@pytest.mark.parametrize(("level", "direction"), [("5", "raises"), ("1", "lowers")])
def test_a_score_at_the_end_of_its_scale_cannot_follow(level: str, direction: str) -> None:
    there = {"viability": score(level)}
    assert kinds(state(**there), state(of("a", direction), **there)) == []
    other = "lowers" if direction == "raises" else "raises"
    assert len(kinds(state(**there), state(of("a", other), **there))) == 1


def test_impact_5_has_one_level_above_it() -> None:
    there = {"impact": score("5")}
    cited = of("a", dimension="impact")
    assert kinds(state(**there), state(cited, **there)) == [("impact", "evidence moved", 3)]
    there = {"impact": score("5+")}
    assert kinds(state(**there), state(cited, **there)) == []


def test_a_score_that_moved_without_its_evidence_is_flagged() -> None:
    cited = of("a", dimension="impact")
    (found,) = tensions([state(cited), state(cited, viability=score("4"))])
    assert (found.dimension, found.kind, found.by) == (Dimension.VIABILITY, Kind.SCORE_MOVED, 1.0)
    moved = state(cited, of("b"), viability=score("4"))
    assert kinds(state(cited), moved) == []
    late = state(cited, of("b", strength="weak"), viability=score("4"))
    assert kinds(state(cited), state(cited, viability=score("4")), late) == []


def test_a_score_that_moved_against_its_evidence_is_flagged() -> None:
    (found,) = tensions([state(), state(of("a"), viability=score("2"))])
    assert (found.kind, found.net, found.by) == (Kind.AGAINST_EVIDENCE, 3, -1.0)
    assert kinds(state(), state(of("a", strength="weak"), viability=score("2"))) == []
    assert kinds(state(), state(of("a", "supports"), viability=score("2"))) == []


def test_a_window_moves_later_and_earlier() -> None:
    def window(first: int, last: int | None) -> dict[str, Any]:
        return {
            "from": first,
            "to": last,
            "certainty": "low",
            "rationale": "Said so.",
            "unscored_reason": None,
        }

    cited = of("a", "lowers", dimension="timing")
    old = state(timing=window(2026, 2029))
    assert kinds(old, state(cited, timing=window(2026, 2029))) == [("timing", "evidence moved", -3)]
    (found,) = tensions([old, state(cited, timing=window(2028, None))])
    assert (found.kind, found.by) == (Kind.AGAINST_EVIDENCE, 2035 - 2027.5)
    assert kinds(old, state(cited, timing=window(2025, 2027))) == []


def test_a_card_that_never_cited_anything_has_no_tension() -> None:
    assert tensions([card_json(), card_json(viability=score("5"))]) == []
    assert tensions([]) == []


def test_a_dimension_that_was_not_scored_can_be_flagged() -> None:
    unscored = {"viability": score(None)}
    assert kinds(state(**unscored), state(of("a"), **unscored)) == [
        ("viability", "evidence moved", 3)
    ]
