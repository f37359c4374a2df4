"""Predictions as data: one shape for those that are kept in parts and those that a card words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assessments.selectors import PublishedCard
from assessments.values.prediction import Spec
from publishing.data import Record, joined
from publishing.pages.prediction.words import at_level
from publishing.pages.published import Published
from publishing.predicted import Predicted
from scoring.predictions import PredictionResult, Quantity
from scoring.resolution_states import State

# What a card says of a prediction, in the order in which the tables have always had it.
WORDED_FIELDS = (
    "statement",
    "metric",
    "direction",
    "threshold",
    "population",
    "baseline",
    "deadline",
    "kind",
    "resolution_rule",
    "resolvability",
    "wording_problem",
    "later_status",
)
PART_FIELDS = (
    "indicator",
    "event",
    "unit",
    "comparator",
    "threshold_value",
    "threshold_kind",
    "baseline_period",
    "window",
    "window_from",
    "geography",
    "publisher",
    "vintage_rule",
    "reads_on",
    "if_it_stops",
)
CHANCE_FIELDS = (
    "p_pooled",
    "p_pooled_low",
    "p_pooled_high",
    "p_model",
    "pooled_p10",
    "pooled_p50",
    "pooled_p90",
    "p_never",
    "model_share",
    "people",
    "forecasts_hidden",
    "run",
    "computed_at",
)
ANSWER_FIELDS = (
    "outcome",
    "outcome_value",
    "happened_on",
    "resolved_at",
    "resolution_note",
    "resolution_evidence",
)
FAMILY_FIELDS = ("parent", "stones", "replaces", "replaced_by")
_NO_RESULT = PredictionResult(prediction="", kind="", as_of=date.min)
NOT_KNOWN = dict.fromkeys((*PART_FIELDS, *CHANCE_FIELDS, *ANSWER_FIELDS))


def prediction_records(published: Published, found: Sequence[Predicted] = ()) -> list[Record]:
    """By technology; of each what is kept in parts, then what its lead card words."""
    structured = [structured_record(one) for one in found]
    taken = {record["id"] for record in structured}
    worded = [record for record in _worded(published) if record["id"] not in taken]
    return sorted([*structured, *worded], key=lambda record: place(record["id"]))


def place(key: str) -> tuple[str, int]:
    """Where the id stands in a list; one that ends in no number comes before all."""
    slug, _, number = key.rpartition("-")
    return slug, int(number)


def _worded(published: Published) -> Iterator[Record]:
    for card in published.leads:
        for number, parts in enumerate(card.card["predictions"], 1):
            yield worded_record(card, number, parts)


def worded_record(card: PublishedCard, number: int, parts: Mapping[str, Any]) -> Record:
    """A prediction that stands on a card in words: nobody forecasts on it or resolves it."""
    return {
        "id": f"{card.slug}-{number}",
        "technology": {"slug": card.slug, "name": card.technology["name"]},
        "author": card.author,
        "stated_on": card.as_of.isoformat(),
        "content_hash": card.body["content_hash"],
        **{key: parts[key] for key in WORDED_FIELDS},
        "is_structured": False,
        "is_demonstration": card.is_demonstration,
        "made_at": None,
        "state": None,
        **NOT_KNOWN,
        "parent": None,
        "stones": [],
        "replaces": None,
        "replaced_by": [],
    }


def structured_record(one: Predicted) -> Record:
    record = one.record
    return {
        "id": record.key,
        "technology": {"slug": record.technology_slug, "name": record.technology_name},
        "author": record.author,
        "stated_on": record.as_of.isoformat(),
        "content_hash": record.content_hash,
        "statement": record.statement,
        **_words(record.spec),
        "kind": record.kind,
        "resolution_rule": record.spec.resolution_rule or None,
        "resolvability": None,
        "wording_problem": None,
        "later_status": None,
        "is_structured": True,
        "is_demonstration": record.is_demonstration,
        "made_at": record.made_at.isoformat(),
        "state": one.state.standing.value,
        **_parts(record.spec),
        **_chances(one),
        **_answer(one.state),
        "parent": record.parent_key,
        "stones": list(record.stones),
        "replaces": record.replaces_key,
        "replaced_by": list(record.replaced_by),
    }


def _words(spec: Spec) -> Record:
    """Under the names that cards use too."""
    return {
        "metric": spec.metric or None,
        "direction": spec.comparator.value if spec.comparator else None,
        "threshold": spec.threshold_text or None,
        "population": spec.population or None,
        "baseline": spec.baseline_period,
        "deadline": spec.deadline.isoformat(),
    }


def _parts(spec: Spec) -> Record:
    """A part that was left empty is null; a threshold of 0 is one."""
    spelled = spec.to_json() | {"threshold_value": spec.threshold}
    return {name: None if spelled[name] == "" else spelled[name] for name in PART_FIELDS}


def _chances(one: Predicted) -> Record:
    """What people and model say together. A chance belongs to yes or no, quantiles to numbers and
    dates; before the first run there is neither."""
    result = one.result or _NO_RESULT
    pool, quantity = result.pool, result.pool_quantity
    shares = [part.model_share for part in (pool, quantity) if part]
    return {
        "p_pooled": pool.p if pool else None,
        "p_pooled_low": pool.low if pool else None,
        "p_pooled_high": pool.high if pool else None,
        "p_model": result.model.p if result.model else None,
        **{f"pooled_p{level}": quantile(quantity, level / 100) for level in (10, 50, 90)},
        "p_never": quantity.p_never if quantity else None,
        "model_share": shares[0] if shares else None,
        "people": one.people,
        "forecasts_hidden": one.is_hidden,
        "run": result.run_id or None,
        "computed_at": result.finished_at.isoformat() if result.finished_at else None,
    }


def quantile(quantity: Quantity | None, level: float) -> float | None:
    """As the prediction's page has it."""
    return at_level(quantity, level) if quantity and quantity.levels else None


def _answer(state: State) -> Record:
    """Of what was confirmed alone: a proposal is no answer yet."""
    if not state.is_closed:
        return dict.fromkeys(ANSWER_FIELDS)
    return {
        "outcome": state.outcome or state.standing.value,
        "outcome_value": state.value,
        "happened_on": state.happened_on.isoformat() if state.happened_on else None,
        "resolved_at": state.ended_at.isoformat() if state.ended_at else None,
        "resolution_note": state.note or None,
        "resolution_evidence": state.evidence or None,
    }


def prediction_document(one: Predicted) -> Record:
    """All that is published of one prediction."""
    record, result = one.record, one.result or _NO_RESULT
    return structured_record(one) | {
        "definitions": record.spec.definitions or None,
        "cause": record.spec.cause,
        "status_quo": record.spec.status_quo,
        "original_wording": record.original_wording or None,
        "overruled": [dict(rule) for rule in record.overruled],
        "model": _model(result),
        "quantities": {
            "model": _quantity(result.model_quantity),
            "pool": _quantity(result.pool_quantity),
        },
        "no_model_because": result.without or None,
    }


def worded_document(record: Record) -> Record:
    """The same of a prediction that is only worded."""
    return record | {
        "definitions": None,
        "cause": None,
        "status_quo": None,
        "original_wording": None,
        "overruled": [],
        "model": None,
        "quantities": {"model": None, "pool": None},
        "no_model_because": None,
    }


def _model(result: PredictionResult) -> Record | None:
    model = result.model
    if model is None:
        return None
    return {
        "p": model.p,
        "se": model.se,
        "is_met": model.is_met,
        "proof": model.proof or None,
        "weight": model.weight,
        "observations": model.observations,
        "reference_dominates": model.reference_dominates,
        "baseline_p": model.baseline_p,
        "needed_rate": model.needed_rate,
        "seen_rate": model.seen_rate,
    }


def _quantity(quantity: Quantity | None) -> Record | None:
    if quantity is None:
        return None
    return {
        "levels": list(quantity.levels),
        "values": list(quantity.values),
        "p_never": quantity.p_never,
    }


def flat_prediction(record: Mapping[str, Any]) -> Record:
    """One row of a table: a column a value, several keys in one cell."""
    technology = record["technology"]
    named = {"id": record["id"], "slug": technology["slug"], "name": technology["name"]}
    rest = {
        key: joined(value) if isinstance(value, list) else value
        for key, value in record.items()
        if key not in {"id", "technology"}
    }
    return named | rest
