"""The contract's card as JSON Schema: one for what is sent, and a plain one for what is answered.

What is sent may leave out or put null for whatever has a default. Three rules that JSON Schema
cannot say are told in words: a window ends after it begins, probabilities add up, and names in
a list differ by more than their capitals.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from assessments.api import texts
from assessments.values import limits
from assessments.values.citations import Direction, Strength
from assessments.values.parts import PREDICTION_TEXTS
from assessments.values.scale import (
    LEVEL_DIMENSIONS,
    Certainty,
    Dimension,
    Origin,
    RatingValue,
    Role,
    UnscoredReason,
    levels_of,
    next_level,
)
from record.clock import today

Schema = dict[str, Any]
_NULL: Schema = {"type": "null"}
_CHANCE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_YEAR: Schema = {
    "type": "integer",
    "minimum": limits.FIRST_YEAR,
    "maximum": limits.LAST_YEAR,
}


def optional(schema: Mapping[str, Any]) -> Schema:
    """The same or null."""
    nullable = dict(schema) | {"type": [schema["type"], "null"]}
    return nullable | {"enum": [*schema["enum"], None]} if "enum" in schema else nullable


def one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}


def object_of(fields: Mapping[str, Any], required: Iterable[str], description: str = "") -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": dict(fields),
        "required": list(required),
        "additionalProperties": False,
    }
    return schema | {"description": description} if description else schema


def list_of(items: Any, *, is_distinct: bool = False) -> Schema:
    schema: Schema = {"type": ["array", "null"], "items": items, "maxItems": limits.ITEMS}
    return schema | {"uniqueItems": True} if is_distinct else schema


def technology_facts() -> Schema:
    return object_of(
        {
            "slug": texts.slug(),
            "name": texts.name(),
            "aliases": list_of(texts.name(), is_distinct=True),
            "domains": list_of(texts.name(limits.SLUG), is_distinct=True),
            "variant_of": optional(texts.slug()),
        },
        ["slug", "name"],
    )


def level_score(dimension: Dimension, *, needs_reason: bool) -> Schema:
    """A level or two neighbours, or the reason why there is neither."""
    scored = [
        _scored(level, next_level(dimension, level), needs_reason=needs_reason)
        for level in levels_of(dimension)
    ]
    fields = {"level": _NULL, "level_to": _NULL}
    return {"anyOf": [*scored, _unscored(fields)]}


def _scored(level: str, above: str | None, *, needs_reason: bool) -> Schema:
    fields = {
        "level": {"type": "string", "const": level},
        "level_to": optional(one_of([above])) if above else _NULL,
    }
    return _with_reason(fields, ["level"], needs_reason=needs_reason)


def window(*, needs_reason: bool) -> Schema:
    fields = {"from": _YEAR, "to": optional(_YEAR)}
    unscored = {"from": _NULL, "to": _NULL}
    scored = _with_reason(fields, ["from"], needs_reason=needs_reason)
    return {
        "anyOf": [scored, _unscored(unscored)],
        "description": "`to` is no earlier than `from`.",
    }


def _with_reason(fields: Mapping[str, Any], required: list[str], *, needs_reason: bool) -> Schema:
    rationale = texts.text(limits.RATIONALE, texts.WORDS if needs_reason else texts.TEXT)
    return object_of(
        {
            **fields,
            "certainty": optional(one_of(Certainty)),
            "rationale": rationale if needs_reason else optional(rationale),
            "unscored_reason": _NULL,
        },
        [*required, "rationale"] if needs_reason else required,
    )


def _unscored(fields: Mapping[str, Any]) -> Schema:
    return object_of(
        {
            **fields,
            "certainty": optional(one_of(Certainty)),
            "rationale": optional(texts.text(limits.RATIONALE)),
            "unscored_reason": one_of(UnscoredReason),
        },
        ["unscored_reason"],
    )


def impact_levels() -> list[str]:
    """ "1" to "5+", and every two neighbours."""
    levels = levels_of(Dimension.IMPACT)
    return [*levels, *(f"{low}/{high}" for low, high in pairwise(levels))]


def scenario() -> Schema:
    return object_of(
        {
            "name": texts.name(),
            "text": optional(texts.text(limits.PASSAGE)),
            "impact_level": optional(one_of(impact_levels())),
            "probability": optional(_CHANCE),
        },
        ["name"],
    )


def company() -> Schema:
    fields = {
        "name": texts.name(),
        "note": optional(texts.text(limits.NOTE)),
        "disclosure": optional(texts.text(limits.NOTE)),
    }
    return object_of(fields, ["name"], "`disclosure` is printed wherever the company is.")


def rating() -> Schema:
    fields = {
        "value": one_of(RatingValue),
        "perspective": optional(texts.name()),
        "note": optional(texts.text(limits.NOTE)),
    }
    return object_of(fields, ["value"])


def open_question() -> Schema:
    answer = texts.text(limits.PASSAGE)
    question = {"question": texts.name(limits.NOTE)}
    asked = {"answer": optional(answer), "answered_on": _NULL}
    answered = {"answer": answer, "answered_on": texts.day()}
    return {
        "anyOf": [
            object_of(question | asked, ["question"]),
            object_of(question | answered, ["question", "answer", "answered_on"]),
        ]
    }


def prediction() -> Schema:
    """One of statement and metric is there."""
    fields: Schema = {key: optional(texts.text(limit)) for key, limit in PREDICTION_TEXTS.items()}
    fields["deadline"] = optional(texts.day())
    ways = [
        object_of(fields | {key: texts.text(PREDICTION_TEXTS[key])}, [key])
        for key in ("statement", "metric")
    ]
    return {"anyOf": ways}


def source() -> Schema:
    fields = {
        "title": texts.name(limits.TITLE),
        "url": optional(texts.text(limits.URL, texts.WEB_ADDRESS)),
        "accessed_on": optional(texts.day()),
    }
    return object_of(fields, ["title"])


def citation() -> Schema:
    fields = {
        "dimension": one_of(Dimension),
        "item": texts.item_key(),
        "title": texts.name(limits.TITLE),
        "url": optional(texts.text(limits.ITEM_URL, texts.ITEM_ADDRESS)),
        "quote": optional(texts.text(limits.PASSAGE)),
        "direction": one_of(Direction),
        "strength": one_of(Strength),
        "belief": optional(texts.text(limits.NOTE)),
    }
    return object_of(
        fields,
        ["dimension", "item", "title", "direction", "strength"],
        "`item` is the key of an item of the evidence library. The same words of one item are"
        " cited once on a dimension.",
    )


def scores(level: Any, impact: Any, timing: Any) -> Schema:
    """The six dimensions in their order."""
    fields: Schema = {dimension.value: level for dimension in LEVEL_DIMENSIONS}
    fields[Dimension.IMPACT.value] = impact
    fields[Dimension.TIMING.value] = timing
    return object_of(fields, fields)


def card_fields() -> Schema:
    """All but detail, summary and scores, which hang together."""
    return {
        "role": one_of(Role),
        "author": optional(texts.name(limits.PERSON)),
        "origin": optional(one_of(Origin)),
        "series": optional(texts.name(limits.SERIES)),
        "as_of": texts.past_day(today()),
        "reason": optional(texts.text(limits.REASON)),
        "parent": optional({"type": "string", "pattern": texts.HASH}),
        "text": optional(texts.text(limits.TEXT)),
        "p_never": optional(_CHANCE),
        "tripwires": list_of(texts.name(limits.NOTE), is_distinct=True),
    }
