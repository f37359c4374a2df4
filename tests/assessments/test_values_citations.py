"""Citations in the card's JSON."""

import json
from typing import Any

import pytest

from assessments.values.card import (
    CardInvalid,
    changed_dimensions,
    content_json,
    parse_card,
    to_json,
)
from record.canonical import canonical_json, digest
from tests.assessments.cited import citation
from tests.assessments.factories import card_json, document

KEY = "third-year-3f9a1c"


def problems(*citations: Any) -> dict[str, str]:
    with pytest.raises(CardInvalid) as caught:
        parse_card(card_json(citations=list(citations)))
    return {error.field: error.message for error in caught.value.errors}


def test_a_card_that_cites_nothing_is_spelled_and_hashed_as_before_there_were_citations() -> None:
    old = card_json()
    assert "citations" not in old
    assert json.dumps(to_json(document())) == json.dumps(old)
    assert to_json(parse_card(old | {"citations": []})) == old
    content = {key: value for key, value in old.items() if key != "author"}
    content["technology"] = {"slug": "edge-ai"}
    assert digest(canonical_json(content_json(document()))) == digest(canonical_json(content))


def test_a_citation_goes_through_unchanged_after_the_sources() -> None:
    whole = card_json(citations=[citation(KEY, quote="ein ß\nund 漢字", url="https://a.example/")])
    assert json.dumps(to_json(parse_card(whole))) == json.dumps(whole)
    assert list(to_json(parse_card(whole)))[-2:] == ["sources", "citations"]


def test_a_citation_of_the_required_keys_takes_the_rest_as_empty() -> None:
    least = {
        "dimension": "timing",
        "item": KEY,
        "title": "A",
        "direction": "lowers",
        "strength": "weak",
    }
    (found,) = parse_card(card_json(citations=[least])).citations
    assert (found.url, found.quote, found.belief) == (None, "", "")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("dimension", "charm", "The dimension must be one of: viability, drivers, novelty,"),
        ("dimension", None, "A citation needs its dimension; choose one."),
        ("direction", "up", "The direction must be one of: raises, lowers, supports."),
        ("direction", None, "A citation needs its direction; choose one."),
        ("strength", 3, "The strength must be one of: weak, moderate, strong."),
        ("strength", None, "A citation needs its strength; choose one."),
        ("item", "", "The item must be the key of an item of the evidence library:"),
        ("item", "A b", "The item must be the key of an item of the evidence library:"),
        ("item", 7, "The item must be the key of an item of the evidence library:"),
        ("item", "a" * 81, "The item must be the key of an item of the evidence library:"),
        ("title", "", "The title"),
        ("title", "a" * 301, "The title"),
        ("url", "javascript:alert(1)", "The address must begin with http:// or https://"),
        ("url", "https://u:p@example.org/", "The address must begin with http:// or https://"),
        ("url", "https://example.org/" + "a" * 500, "The address"),
        ("url", "https://example.org/a^b", "The address is"),
        ("quote", "a" * 4_001, "The quote"),
        ("belief", "a" * 1_001, "The belief"),
        ("colour", "red", "There is no such key here"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(field: str, value: object, message: str) -> None:
    found = problems(citation(KEY, **{field: value}))
    assert list(found) == [f"citations[0].{field}"]
    assert found[f"citations[0].{field}"].startswith(message)


@pytest.mark.parametrize("field", ["dimension", "item", "title", "direction", "strength"])
def test_a_missing_key_is_named(field: str) -> None:
    cited = citation(KEY)
    del cited[field]
    found = problems(cited)
    assert found == {f"citations[0].{field}": f'The key "{field}" is missing; add it.'}


def test_the_same_words_of_an_item_are_cited_once_on_a_dimension() -> None:
    found = problems(citation(KEY), citation(KEY, direction="lowers"))
    assert found == {
        "citations[1]": "This item is cited twice on viability with the same words; keep one."
    }
    apart = [citation(KEY), citation(KEY, quote="Others."), citation(KEY, "impact")]
    assert len(parse_card(card_json(citations=apart)).citations) == 3


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({"direction": "lowers"}, ["citations"]),
        ({"strength": "strong"}, ["citations"]),
        ({"belief": "was 3"}, ["citations"]),
        ({"quote": "Other words."}, ["citations"]),
        ({"dimension": "impact"}, ["citations"]),
        ({"item": "another-item"}, ["citations"]),
        ({"title": "As it is called now"}, []),
        ({"url": "https://example.org/moved/"}, []),
    ],
)
def test_what_a_source_does_to_a_score_is_no_minor_edit(
    changes: dict[str, str], changed: list[str]
) -> None:
    old = document(citations=[citation(KEY)])
    new = document(citations=[citation(KEY) | changes])
    assert changed_dimensions(old, new) == changed
    assert changed_dimensions(old, document()) == ["citations"]


def test_the_order_of_citations_decides_nothing() -> None:
    both = [citation(KEY), citation(KEY, "impact")]
    assert changed_dimensions(document(citations=both), document(citations=both[::-1])) == []
