"""Three states of one card become one, and whatever both changed is asked about."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.values.card import content_json, parse_card
from assessments.values.merging import Choices, Content, Merge, Side, merge
from tests.assessments.factories import JUDGED, card_json, score

Edit = Callable[[dict[str, Any]], None]


def content(**changes: Any) -> dict[str, Any]:
    return json.loads(json.dumps(content_json(parse_card(card_json(**changes)))))


def company(name: str, note: str = "") -> dict[str, Any]:
    return {"name": name, "note": note, "disclosure": None}


def scenario(name: str, probability: float | None) -> dict[str, Any]:
    return {"name": name, "text": "", "impact_level": None, "probability": probability}


def keys(merged: Merge) -> list[str]:
    return [one.key for one in merged.conflicts]


NAMES = ["Acme", "Beta works", "Čapek & sons", "delta", "Ærø"]
TEXTS = st.sampled_from(["", "One.", "Two words.", "Three whole words.", "Vier."])
NOTES = st.sampled_from(["", "Builds it.", "Buys it."])


@st.composite
def companies(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return [company(name, draw(NOTES)) for name in names]


@st.composite
def scores(draw: st.DrawFn) -> dict[str, Any]:
    level = draw(st.sampled_from(["1", "2", "3", "4", None]))
    words = draw(st.sampled_from(["Because.", "Seen.", "Told."]))
    return score(level, rationale=words)


@st.composite
def scenarios(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(["high", "base", "low"]), unique=True))
    if not names or draw(st.booleans()):
        return [scenario(name, None) for name in names]
    shares = [0.25] * (len(names) - 1)
    return [
        scenario(name, share) for name, share in zip(names, [*shares, 1 - sum(shares)], strict=True)
    ]


@st.composite
def cards(draw: st.DrawFn) -> dict[str, Any]:
    judged = {key: draw(scores()) for key in draw(st.lists(st.sampled_from(JUDGED), unique=True))}
    return content(
        summary=draw(st.sampled_from(["What it is.", "What it does.", "Both."])),
        text=draw(TEXTS),
        companies=draw(companies()),
        scenarios=draw(scenarios()),
        tripwires=draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True)),
        p_never=draw(st.sampled_from([None, 0.1, 0.2])),
        rating=draw(st.sampled_from([None, {"value": "overrated"}, {"value": "underrated"}])),
        detail=draw(st.sampled_from(["full", "sketch"])),
        **judged,
    )


@given(cards(), cards())
def test_who_changed_nothing_gets_what_the_other_made(base: Content, new: Content) -> None:
    for merged in (merge(base, new, base), merge(base, base, new), merge(base, new, new)):
        assert not merged.conflicts
        assert merged.content == new


def sides_of(merged: Merge) -> dict[str, Any]:
    return {
        one.key: (one.base, {json.dumps(one.theirs), json.dumps(one.mine)})
        for one in merged.conflicts
    }


def unordered(card: Content) -> Any:
    """Without the order of lists, in which theirs come first."""
    return {
        key: sorted(map(json.dumps, value)) if isinstance(value, list) else value
        for key, value in card.items()
    }


@given(cards(), cards(), cards())
def test_it_is_the_same_whoever_is_called_theirs(
    base: Content, one: Content, other: Content
) -> None:
    here, there = merge(base, one, other), merge(base, other, one)
    assert sides_of(here) == sides_of(there)
    assert {one.key for one in here.from_theirs} == {one.key for one in there.from_mine}
    if not here.conflicts:
        assert unordered(here.content) == unordered(there.content)


def leaves(card: Content) -> dict[str, str]:
    """Every word of the card with its place, written apart from the merging itself."""
    found = {}
    for key in ("summary", "text", "rating", "p_never", "predictions", "series", "detail"):
        found[key] = json.dumps(card[key])
    for dimension, given_score in card["scores"].items():
        answer = {key: given_score[key] for key in given_score if key != "rationale"}
        found[f"scores.{dimension}"] = json.dumps(answer)
        found[f"scores.{dimension}.rationale"] = json.dumps(given_score["rationale"])
    for key in ("companies", "scenarios"):
        found |= {f"{key}:{row['name'].casefold()}": json.dumps(row) for row in card[key]}
    return found | {f"tripwires:{row}": json.dumps(row) for row in card["tripwires"]}


@given(cards(), cards(), cards())
def test_what_either_side_changed_is_in_the_card_or_in_a_conflict(
    base: Content, theirs: Content, mine: Content
) -> None:
    merged = merge(base, theirs, mine)
    asked = {part for one in merged.conflicts for part in (one.key, one.group)}
    before, after = leaves(base), leaves(merged.content)
    for side in (leaves(theirs), leaves(mine)):
        for place in before.keys() | side.keys():
            group = place.partition(":")[0].removesuffix(".rationale")
            if side.get(place) == before.get(place) or place in asked or group in asked:
                continue
            assert after.get(place) == side.get(place), place


@given(cards(), cards(), cards(), st.sampled_from(Side))
def test_once_every_conflict_is_settled_none_is_left(
    base: Content, theirs: Content, mine: Content, side: Side
) -> None:
    asked = merge(base, theirs, mine).conflicts
    merged = merge(base, theirs, mine, Choices({one.key: side for one in asked}))
    assert not merged.conflicts
    assert [one.key for one in merged.chosen] == [one.key for one in asked]
    after, wanted = leaves(merged.content), leaves(mine if side is Side.MINE else theirs)
    for one in asked:
        if one.key in wanted:
            assert after[one.key] == wanted[one.key]


@given(cards(), cards(), cards())
def test_what_is_merged_without_a_question_can_be_read(
    base: Content, theirs: Content, mine: Content
) -> None:
    merged = merge(base, theirs, mine)
    if not merged.conflicts:
        named = {"technology": {"slug": "edge-ai", "name": "Edge AI"}}
        assert content_json(parse_card({**merged.content, **named})) == merged.content


DISJOINT: list[tuple[Edit, Edit]] = [
    (lambda card: card.update(summary="Theirs."), lambda card: card.update(text="Mine.")),
    (
        lambda card: card["scores"]["impact"].update(level="4"),
        lambda card: card["scores"]["impact"].update(rationale="Mine."),
    ),
    (
        lambda card: card["scores"]["timing"].update({"from": 2028}),
        lambda card: card["scores"]["viability"].update(certainty="low"),
    ),
    (
        lambda card: card["companies"].append(company("Theirs")),
        lambda card: card["companies"].append(company("Mine")),
    ),
    (
        lambda card: card["companies"].pop(0),
        lambda card: card["companies"][-1].update(note="Mine."),
    ),
    (lambda card: card.update(rating=None), lambda card: card.update(p_never=0.5)),
    (
        lambda card: card["tripwires"].append("theirs"),
        lambda card: card["tripwires"].insert(0, "mine"),
    ),
]


def start() -> dict[str, Any]:
    rows = [company("Acme"), company("Beta")]
    return content(companies=rows, tripwires=["a"], rating={"value": "overrated"})


@pytest.mark.parametrize(("theirs", "mine"), DISJOINT)
def test_different_fields_merge_by_themselves(theirs: Edit, mine: Edit) -> None:
    base = start()
    both, one, other = copy.deepcopy(base), copy.deepcopy(base), copy.deepcopy(base)
    theirs(one)
    mine(other)
    theirs(both)
    mine(both)
    merged = merge(base, one, other)
    assert not merged.conflicts
    assert unordered(merged.content) == unordered(both)
    assert merged.from_theirs
    assert merged.from_mine


def test_the_same_field_asks_and_names_all_three() -> None:
    base, theirs, mine = start(), start(), start()
    theirs["summary"], mine["summary"] = "Theirs.", "Mine."
    (asked,) = merge(base, theirs, mine).conflicts
    assert (asked.key, asked.base) == ("summary", base["summary"])
    assert (asked.theirs, asked.mine) == ("Theirs.", "Mine.")


def test_one_element_that_both_changed_asks_and_its_neighbours_do_not() -> None:
    base, theirs, mine = start(), start(), start()
    theirs["companies"][0]["note"], mine["companies"][0]["note"] = "Theirs.", "Mine."
    mine["companies"][1]["note"] = "Mine alone."
    merged = merge(base, theirs, mine)
    assert keys(merged) == ["companies:acme"]
    assert merged.content["companies"][1]["note"] == "Mine alone."


def test_what_one_took_out_and_the_other_changed_asks() -> None:
    base, theirs, mine = start(), start(), start()
    del theirs["companies"][0]
    mine["companies"][0]["note"] = "Mine."
    merged = merge(base, theirs, mine)
    assert keys(merged) == ["companies:acme"]
    kept = merge(base, theirs, mine, Choices({"companies:acme": Side.MINE}))
    assert [row["name"] for row in kept.content["companies"]] == ["Acme", "Beta"]
    gone = merge(base, theirs, mine, Choices({"companies:acme": Side.THEIRS}))
    assert [row["name"] for row in gone.content["companies"]] == ["Beta"]


def test_probabilities_that_no_longer_add_up_make_the_list_one_field() -> None:
    base = content(scenarios=[scenario("high", None), scenario("low", None)])
    theirs = content(scenarios=[scenario("high", 0.5), scenario("low", 0.5)])
    mine = content(scenarios=[scenario("high", None), scenario("low", None), scenario("new", 0.25)])
    mine["text"] = "Mine."
    merged = merge(base, theirs, mine)
    assert keys(merged) == ["scenarios"]
    assert merged.content["text"] == "Mine."


def test_an_order_that_both_changed_asks() -> None:
    rows = [company(name) for name in ("Acme", "Beta", "Delta")]
    base = content(companies=rows)
    theirs, mine = content(companies=rows[::-1]), content(companies=[rows[1], rows[0], rows[2]])
    assert keys(merge(base, theirs, mine)) == ["companies"]
    moved = merge(base, content(companies=[*rows, company("New")]), mine)
    assert [row["name"] for row in moved.content["companies"]] == ["Beta", "Acme", "Delta", "New"]


def test_without_a_base_every_difference_asks() -> None:
    theirs, mine = start(), start()
    mine["text"], mine["companies"] = "Mine.", []
    assert keys(merge(None, theirs, mine)) == ["text", "companies"]
    assert not merge(None, theirs, copy.deepcopy(theirs)).conflicts


def test_words_of_ones_own_settle_a_conflict_too() -> None:
    base, theirs, mine = start(), start(), start()
    theirs["summary"], mine["summary"] = "Theirs.", "Mine."
    merged = merge(base, theirs, mine, Choices(words={"summary": "Both."}))
    assert merged.content["summary"] == "Both."
    assert not merged.conflicts


def test_the_card_speaks_of_the_later_day_for_my_reason() -> None:
    base = start()
    theirs = base | {"as_of": "2026-06-01", "reason": "Theirs."}
    mine = base | {"as_of": "2026-05-20", "reason": "Mine.", "text": "Mine."}
    merged = merge(base, theirs, mine).content
    assert (merged["as_of"], merged["reason"]) == ("2026-06-01", "Mine.")
