import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.values.card import (
    CardDocument,
    CardInvalid,
    changed_dimensions,
    content_json,
    parse_card,
    to_json,
    unscored_dimensions,
)
from assessments.values.scale import Detail, Dimension, Origin
from intake.showing import shown

CARD_FILE = Path(__file__).parent / "data" / "contract_card.json"
NO_REASON = "looked and found nothing"


def card(path: str = "", value: object = None) -> dict[str, Any]:
    """The contract's example card, with the value put at a path such as scores.impact.level."""
    whole: dict[str, Any] = json.loads(CARD_FILE.read_bytes())
    if path:
        place: Any = whole
        *parents, last = path.replace("[", ".").replace("]", "").split(".")
        for step in parents:
            place = place[int(step) if step.isdigit() else step]
        place[int(last) if last.isdigit() else last] = value
    return whole


def problems(value: object) -> dict[str, str]:
    with pytest.raises(CardInvalid) as caught:
        parse_card(value)
    return {error.field: error.message for error in caught.value.errors}


def document(path: str = "", value: object = None) -> CardDocument:
    return parse_card(card(path, value))


def test_card_goes_through_unchanged_in_value_and_order() -> None:
    assert json.dumps(to_json(document())) == json.dumps(card())
    assert parse_card(to_json(document())) == document()


def test_card_of_the_required_keys_alone_takes_the_rest_as_empty() -> None:
    level = {"level": "3", "rationale": "Seen."}
    scores: dict[str, Any] = {d.value: level for d in Dimension}
    scores["timing"] = {"from": 2030, "rationale": "Said."}
    least = {
        "technology": {"slug": "a", "name": "A"},
        "role": "lead",
        "as_of": "2026-01-01",
        "scores": scores,
    }
    found = parse_card(least)
    assert (found.origin, found.series, found.detail) == (Origin.HAND, "house", Detail.FULL)
    assert (found.author, found.rating, found.p_never, found.companies) == (None, None, None, ())
    assert parse_card(to_json(found)) == found


def test_texts_are_cleaned_on_the_way_in() -> None:
    assert document("text", "a\r\nCafe\u0301 ").text == "a\nCafé"


def test_every_wrong_field_is_told_at_once() -> None:
    wrong = card("scores.impact.level", "7")
    wrong["p_never"] = 2
    wrong["companies"][0]["name"] = ""
    del wrong["as_of"]
    wrong["colour"] = "red"
    fields = {"scores.impact.level", "p_never", "companies[0].name", "as_of", "colour"}
    assert set(problems(wrong)) == fields


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("technology.slug", "Tidal_Turbines", "The slug must be small letters a to z"),
        ("technology.slug", "a--b", "The slug must be small letters a to z"),
        ("technology.slug", "x" * 81, "The slug has 81 characters; at most 80"),
        ("technology.name", "", "The name is empty; fill it in."),
        ("technology.name", "a\u202eb", "The name holds a character that reverses"),
        ("technology.name", "x" * 121, "The name has 121 characters; at most 120"),
        ("technology.aliases[0]", 5, "The item must be text, not a number."),
        ("technology.domains", "energy", "The domains must be a list, not text."),
        ("technology.variant_of", "tidal-turbines", "A technology is no variant of itself"),
        ("role", "boss", "The role must be one of: lead, second opinion."),
        ("role", None, "The role must be one of: lead, second opinion."),
        ("origin", "robot", "The origin must be one of: hand, machine draft, imported."),
        ("detail", ["full"], "The detail must be one of: sketch, full."),
        ("as_of", "2026-3-31", "The date that the card speaks of must be a date written as"),
        ("as_of", "20260331", "The date that the card speaks of must be a date written as"),
        ("as_of", "2026-02-30", "The date that the card speaks of is no day of the calendar"),
        ("as_of", "1066-10-14", "The date that the card speaks of must fall in the years 1900"),
        ("as_of", None, "Give the date that the card speaks of, as YYYY-MM-DD."),
        ("parent", "abc", "The parent must be the content hash of a revision"),
        ("text", "x" * 50_001, "The text has 50,001 characters; at most 50,000"),
        ("text", "a\x00b", "The text holds a NUL character (U+0000) at character 2"),
        ("scores.viability", 4, "This must be an object, not a number."),
        ("scores.viability.level", 4, "The level of viability must be one of"),
        ("scores.viability.level", "5+", 'must be one of "1", "2", "3", "4", "5", as text.'),
        ("scores.impact.level", "6", '"4", "5", "5+", as text.'),
        ("scores.impact.level", True, "The level of impact must be one of"),
        ("scores.viability.level", None, "Give viability a level, or say why it is unscored"),
        ("scores.viability.unscored_reason", NO_REASON, "A scored dimension has no reason"),
        ("scores.viability.certainty", "sure", "The certainty must be one of: low, medium, high."),
        ("scores.viability.rationale", " ", 'Say in a sentence why viability is "4".'),
        ("scores.drivers.rationale", None, 'Say in a sentence why drivers is "2/3".'),
        ("scores.timing.rationale", "", 'Say in a sentence why timing is "2028+".'),
        ("scores.viability.rationale", "x" * 4001, "The rationale has 4,001 characters"),
        ("scores.drivers.level_to", "4", "the level above 2 is 3."),
        ("scores.drivers.level_to", "1", "the lower one first; the level above 2 is 3."),
        ("scores.novelty.level_to", "4", "An upper level needs a lower one in level"),
        ("scores.timing.from", 3_000_000_000, "The first year is 3000000000; give one from 1900"),
        ("scores.timing.from", "2028", "The first year must be a whole number, not text."),
        ("scores.timing.from", 2028.5, "The first year must be a whole number, not 2028.5."),
        ("scores.timing.from", None, "Give timing a first year, or say why it is unscored"),
        ("scores.timing.to", 2027, "The window ends before it begins, in 2028; swap"),
        ("scenarios[0].impact_level", "5/4", 'The impact level must be a level such as "4"'),
        ("scenarios[0].probability", -0.1, "The probability is -0.1; give one from 0 to 1."),
        ("scenarios[0].name", "x" * 121, "The name has 121 characters"),
        ("scenarios", "none", "The scenarios must be a list, not text."),
        ("companies", [{}] * 51, "The companies must be at most 50 in number, not 51."),
        ("companies[0].disclosure", 1, "The disclosure must be text, not a number."),
        ("rating.value", "great", "The value must be one of: underrated, fairly rated"),
        ("rating.value", None, "A rating needs a value; give one"),
        ("rating.perspective", " ", "The perspective is empty; fill it in."),
        ("p_never", "NaN", "The probability of never must be a number, not text."),
        ("p_never", float("nan"), "The probability of never is NaN; give a finite number."),
        ("p_never", 10**5000, "The probability of never is a number of about 5,000 digits"),
        ("tripwires", ["a", "b", "a"], None),
        ("open_questions[0].answer", None, None),
        ("predictions[0].deadline", "open-ended", "The deadline must be a date written as"),
        ("predictions[0].threshold", 0.2, "The threshold must be text, not a number."),
        ("sources[0].url", "javascript:alert(1)", "The address must begin with http://"),
        ("sources[0].url", "https://", "The address must begin with http://"),
        ("sources[0].url", "http://a b.org", "The address must begin with http://"),
        ("sources[0].url", "https://user@example.org/", "The address must begin with http://"),
        ("sources[0].url", "https://[::1", "The address must begin with http://"),
        ("sources[0].url", "https://a.org:99999/", "The address must begin with http://"),
        ("sources[0].accessed_on", 20260101, "The date of access must be a date written as"),
    ],
    ids=shown,
)
def test_wrong_field_is_named(path: str, value: object, message: str | None) -> None:
    found = problems(card(path, value))
    assert len(found) == 1
    if message is not None:
        assert message in found[path]


def test_second_of_two_equal_tripwires_is_named() -> None:
    found = problems(card("tripwires", ["a", "b", "a"]))
    assert found == {"tripwires[2]": '"a" is listed twice; keep one of them.'}


def test_day_of_an_answer_without_the_answer_is_named() -> None:
    found = problems(card("open_questions[0].answer", None))
    assert found["open_questions[0].answered_on"].startswith("A question answered on a day needs")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "technology",
        "scores",
        "scores.impact",
        "scores.timing",
        "scenarios[1]",
        "companies[0]",
        "rating",
        "open_questions[0]",
        "predictions[0]",
        "sources[0]",
    ],
)
def test_unknown_key_is_refused_at_every_depth(path: str) -> None:
    key = f"{path}.colour" if path else "colour"
    found = problems(card(key, "red"))
    assert list(found) == [key]
    assert found[key].startswith("There is no such key here; the keys are ")


@pytest.mark.parametrize(
    "path",
    [
        "technology",
        "technology.slug",
        "technology.name",
        "role",
        "as_of",
        "scores",
        *(f"scores.{dimension}" for dimension in Dimension),
        "scenarios[0].name",
        "companies[0].name",
        "rating.value",
        "open_questions[0].question",
        "sources[0].title",
    ],
)
def test_missing_key_is_named(path: str) -> None:
    whole = card()
    place: Any = whole
    *parents, last = path.replace("[", ".").replace("]", "").split(".")
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    del place[last]
    assert problems(whole)[path] == f'The key "{last}" is missing; add it.'


@pytest.mark.parametrize(("value", "kind"), [(None, "null"), ([], "a list"), (5, "a number")])
def test_what_is_no_object_is_no_card(value: object, kind: str) -> None:
    assert problems(value)[""] == f"The card must be an object, not {kind}."


def test_unscored_dimension_may_stay_without_words_and_keep_a_certainty() -> None:
    found = document("scores.novelty.certainty", "low").scores[Dimension.NOVELTY]
    assert (found.level, found.certainty, found.rationale) == (None, "low", "")


def test_sketch_gives_its_one_sentence_for_all_levels() -> None:
    sketch = card("detail", "sketch")
    for score in sketch["scores"].values():
        score["rationale"] = ""
    assert parse_card(sketch).detail is Detail.SKETCH
    sketch["summary"] = " "
    assert problems(sketch) == {"summary": "A sketch needs its one sentence; write it."}


@pytest.mark.parametrize(
    ("high", "low", "total"),
    [(0.5, 0.25, "0.75"), (0.75, 0.5, "1.25"), (1, 1e-6, "1.000001"), (None, 1.5, None)],
)
def test_probabilities_of_scenarios_add_to_one(
    high: float | None, low: float, total: str | None
) -> None:
    whole = card("scenarios[0].probability", high)
    whole["scenarios"][1]["probability"] = low
    if total is None:
        assert "scenarios[1].probability" in problems(whole)
    else:
        expected = f"The probabilities of the scenarios add up to {total}; make them add to 1."
        assert problems(whole) == {"scenarios": expected}


def test_scenario_without_a_probability_leaves_the_sum_open() -> None:
    assert document("scenarios[0].probability", None).scenarios[1].probability == 0.75


def test_thirds_add_to_one() -> None:
    third = {"name": "a", "probability": 1 / 3}
    assert len(document("scenarios", [third] * 3).scenarios) == 3


def test_prediction_needs_something_to_check() -> None:
    found = problems(card("predictions", [{"kind": "share"}]))
    assert found["predictions[0].statement"].startswith("A prediction needs a statement")


def test_rating_speaks_from_the_default_perspective() -> None:
    rating = document("rating", {"value": "overrated"}).rating
    assert rating is not None
    assert (rating.perspective, rating.note) == ("ten-year venture fund", "")


def test_content_covers_all_but_author_and_changing_facts() -> None:
    content = content_json(document())
    assert content["technology"] == {"slug": "tidal-turbines"}
    assert set(card()) - set(content) == {"author"}
    renamed = document("technology.name", "Stream turbines")
    assert content_json(renamed) == content
    assert content_json(document("text", "Other.")) != content


def test_dimensions_without_a_level_are_listed() -> None:
    assert unscored_dimensions(document()) == (Dimension.NOVELTY,)


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        ("scores.viability.level", "3", ["viability"]),
        ("scores.drivers.level_to", None, ["drivers"]),
        ("scores.novelty.unscored_reason", "not applicable", ["novelty"]),
        ("scores.impact.certainty", "high", ["impact"]),
        ("scores.timing.to", 2040, ["timing"]),
        ("rating.value", "overrated", ["rating"]),
        ("rating", None, ["rating"]),
        ("predictions[0].threshold", "2 TWh", ["predictions"]),
        ("p_never", None, ["p_never"]),
        ("scores.viability.rationale", "Three arrays sell power.", []),
        ("rating.note", "Some look.", []),
        ("text", "Other words.", []),
        ("as_of", "2026-04-01", []),
    ],
)
def test_change_is_minor_unless_it_touches_a_judgement(
    path: str, value: object, changed: list[str]
) -> None:
    assert changed_dimensions(document(), document(path, value)) == changed


def test_dates_are_dates() -> None:
    found = document()
    assert found.as_of == date(2026, 3, 31)
    assert found.predictions[0].deadline == date(2030, 12, 31)


def test_flood_of_problems_stops_at_two_hundred() -> None:
    flood = card() | {f"key{number}": None for number in range(1000)}
    assert len(problems(flood)) == 200


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
PATHS = [
    "technology.slug",
    "technology.aliases",
    "scores.viability",
    "scores.impact.level",
    "scores.timing.to",
    "scenarios",
    "scenarios[0].impact_level",
    "rating",
    "p_never",
    "tripwires",
    "predictions",
    "sources[0].url",
]


def outcome(value: object) -> CardDocument | CardInvalid:
    try:
        return parse_card(value)
    except CardInvalid as invalid:
        return invalid


@settings(max_examples=300, derandomize=True)
@given(st.sampled_from(PATHS), ANY_JSON)
def test_any_value_anywhere_is_a_card_or_named_problems(path: str, value: object) -> None:
    found = outcome(card(path, value))
    if isinstance(found, CardInvalid):
        assert all(error.message.endswith(".") for error in found.errors)
    else:
        assert parse_card(json.loads(json.dumps(to_json(found), allow_nan=False))) == found
