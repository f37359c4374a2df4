"""Resolved predictions as the plain inputs of the track record: the receipt's canonical part."""

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.models import Card, Domain, Publication
from assessments.predictions import (
    ForecastRecord,
    PredictionRecord,
    forecasts_of,
    public_predictions,
)
from evidence.selectors import Series, series_of
from evidence.values.periods import decimal_year
from scoring.checkpoints import checkpoint_days
from scoring.forecast_results import PredictionResult, Quantity
from scoring.predictions import results_standing
from scoring.readings import reading_of, status_quo
from scoring.resolution_states import Standing, State
from scoring.resolutions import closed_keys, states_of

DIMENSIONS = {
    "cost": "drivers",
    "performance": "novelty",
    "share": "diffusion",
    "count": "diffusion",
}
"""What a series of that kind bears on; what is read without one bears on timing."""
YES_NO, DATE = "yes or no", "date"
PER_CENT = {"%", "per cent", "percent"}


@dataclass(frozen=True)
class Resolved:
    """A resolved prediction with all that its scores depend on."""

    record: PredictionRecord
    state: State
    forecasts: tuple[ForecastRecord, ...]
    results: Mapping[datetime.date, PredictionResult]
    series: Series | None
    cuts: Mapping[str, str]
    days: tuple[datetime.date, ...]

    @property
    def is_share(self) -> bool:
        if self.series is not None:
            return self.series.kind == "share"
        return self.record.spec.unit in PER_CENT


def score_values() -> dict[str, Any]:
    """Real predictions and those of the demonstration, each by themselves."""
    records = public_predictions(keys=closed_keys())
    states = states_of(records)
    found = _resolved([row for row in records if _is_answered(states[row.key])], states)
    return {
        "computation": "scores",
        "real": _set(records, states, found, is_demonstration=False),
        "demonstration": _set(records, states, found, is_demonstration=True),
    }


def _is_answered(state: State) -> bool:
    return state.standing == Standing.RESOLVED


def _set(
    records: Iterable[PredictionRecord],
    states: Mapping[str, State],
    found: Iterable[Resolved],
    *,
    is_demonstration: bool,
) -> dict[str, Any]:
    counts = dict.fromkeys(("resolved", "annulled", "ambiguous"), 0)
    for record in records:
        if record.is_demonstration == is_demonstration:
            counts[states[record.key].standing.value] += 1
    rows = [row for row in found if row.record.is_demonstration == is_demonstration]
    rows.sort(key=lambda row: (row.state.ended_at or row.record.closes_at, row.record.key))
    return {"counts": counts, "predictions": [_values(row) for row in rows]}


def _resolved(records: Sequence[PredictionRecord], states: Mapping[str, State]) -> list[Resolved]:
    keys = [record.key for record in records]
    said = forecasts_of(keys)
    days = {record.key: _days(record, states[record.key]) for record in records}
    results = results_standing(days)
    series = series_of({record.indicator for record in records if record.indicator})
    cards = _lead_cards({record.technology_slug for record in records})
    topics = dict(Domain.objects.values_list("name", "parent__name"))
    return [
        Resolved(
            record=record,
            state=states[record.key],
            forecasts=said[record.key],
            results={
                day: results[record.key, day]
                for day in days[record.key]
                if (record.key, day) in results
            },
            series=series.get(record.indicator),
            cuts=_cuts(record, series.get(record.indicator), cards, topics),
            days=days[record.key],
        )
        for record in records
    ]


def _days(record: PredictionRecord, state: State) -> tuple[datetime.date, ...]:
    """The checkpoints before the day from which the answer could be known."""
    ended = (state.ended_at or record.closes_at).date()
    known = min(day for day in (state.happened_on, record.deadline, ended) if day)
    return checkpoint_days(record.made_at.date(), record.deadline, known)


def _lead_cards(slugs: Collection[str]) -> dict[str, list[tuple[datetime.date, dict[str, Any]]]]:
    """By technology, what its lead card said from which day on, oldest first."""
    rows = Publication.objects.standing().filter(
        technology__slug__in=slugs, card__role=Card.Role.LEAD
    )
    found: dict[str, list[tuple[datetime.date, dict[str, Any]]]] = defaultdict(list)
    facts = rows.order_by("as_of", "seq").values_list("technology__slug", "as_of", "body")
    for slug, day, body in facts:
        found[slug].append((day, json.loads(body)["card"]))
    return found


def _cuts(
    record: PredictionRecord,
    series: Series | None,
    cards: Mapping[str, list[tuple[datetime.date, dict[str, Any]]]],
    topics: Mapping[str, str | None],
) -> dict[str, str]:
    """The broad domain of its technology, the domain itself, the dimension it bears on, and how
    sure the lead card was of that dimension when the prediction was made."""
    dimension = DIMENSIONS[series.kind] if series else "timing"
    history = cards.get(record.technology_slug, [])
    then = [card for day, card in history if day <= record.made_at.date()] or [
        card for _, card in history[:1]
    ]
    if not then:
        return {"topic": "", "domain": "", "dimension": dimension, "certainty": ""}
    domain = next(iter(then[-1]["technology"]["domains"]), "")
    certainty = then[-1]["scores"][dimension].get("certainty") or ""
    topic = topics.get(domain) or domain
    return {"topic": topic, "domain": domain, "dimension": dimension, "certainty": certainty}


def _values(row: Resolved) -> dict[str, Any]:
    """A date that did not come by the deadline is scored as the deadline, as is all beyond it."""
    record, truth = row.record, _truth(row)
    return {
        "key": record.key,
        "kind": record.kind,
        "outcome": row.state.outcome,
        "truth": truth,
        "value": row.state.value,
        "resolved_on": (row.state.ended_at or record.closes_at).date().isoformat(),
        "is_share": row.is_share,
        "cuts": dict(row.cuts),
        "deadline": decimal_year(record.deadline),
        "life_days": max((record.deadline - record.made_at.date()).days, 1),
        "status_quo": _status_quo(row),
        "checkpoints": [_checkpoint(row, day) for day in row.days] if truth is not None else [],
    }


def _truth(row: Resolved) -> float | None:
    state = row.state
    if row.record.kind == YES_NO:
        return float(state.outcome == "yes")
    if row.record.kind == DATE:
        came = state.happened_on if state.outcome == DATE else None
        return decimal_year(came or row.record.deadline)
    return state.value


def _status_quo(row: Resolved) -> str | None:
    """By the last figure that spoke of a time before the prediction was made; of an event as its
    author said."""
    if row.series is None:
        return row.record.spec.status_quo
    made = decimal_year(row.record.made_at.date())
    pairs = zip(row.series.times, row.series.values, strict=True)
    seen = [(time, value) for time, value in pairs if time <= made]
    reading = reading_of(row.record.spec, cadence=row.series.cadence)
    return status_quo(reading, [time for time, _ in seen], [value for _, value in seen])


def _checkpoint(row: Resolved, day: datetime.date) -> dict[str, Any]:
    """What stood at the end of that day: the last result then, and what each person said."""
    instant = datetime.datetime.combine(day, datetime.time.max, datetime.UTC)
    result = row.results.get(day)
    is_event, is_date = row.record.kind == YES_NO, row.record.kind == DATE
    return {
        "on": day.isoformat(),
        **(_chances(result) if is_event else _quantities(result, is_date=is_date)),
        "people": [
            {
                "who": said.forecaster_id,
                "age_days": max((day - said.made_at.date()).days, 0),
                "p": said.p,
                "points": [said.lowest, said.best, said.highest] if said.p is None else None,
                "confidence": said.confidence,
                "p_never": said.p_never,
            }
            for said in row.forecasts
            if said.stands_at(instant)
        ],
    }


def _chances(result: PredictionResult | None) -> dict[str, float | None]:
    """A base rate, which is known only once others have resolved, is the baseline of chances."""
    pool, model = (result.pool, result.model) if result else (None, None)
    return {
        "pool": pool.p if pool else None,
        "model": model.p if model else None,
        "baseline": None,
    }


def _quantities(result: PredictionResult | None, *, is_date: bool) -> dict[str, list[float] | None]:
    if result is None:
        return dict.fromkeys(("pool", "model", "baseline"))
    return {
        "pool": _told(result.pool_quantity, is_date=is_date),
        "model": _told(result.model_quantity, is_date=is_date),
        "baseline": _told(result.baseline_quantity, is_date=is_date),
    }


def _told(quantity: Quantity | None, *, is_date: bool) -> list[float] | None:
    """Quantiles of dates end where never begins, and may be none: that says never."""
    if quantity is None or not (quantity.values or is_date):
        return None
    return list(quantity.values)
