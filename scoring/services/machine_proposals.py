"""Answers that the machine proposes, because the observation that decides has come."""

from collections.abc import Collection

from assessments.models import Prediction
from assessments.predictions import PredictionRecord, public_predictions
from evidence.models import Observation
from evidence.selectors import Series, series_of
from record.clock import today
from scoring.figures import figures_of, verdict_on
from scoring.models import ResolutionEvent
from scoring.resolution_states import Standing
from scoring.resolutions import states_of
from scoring.services.resolutions import Answer, propose_as_machine
from scoring.verdicts import Verdict

OPEN = {Standing.OPEN, Standing.DUE}


def keys_reading(slug: str) -> list[str]:
    """Published predictions that the indicator decides."""
    rows = Prediction.objects.published().filter(indicator=slug)
    return list(rows.values_list("key", flat=True))


def propose_due() -> None:
    """The same for those whose deadline has passed: a figure may have come before it."""
    rows = Prediction.objects.published().filter(deadline__lt=today()).exclude(indicator="")
    unanswered = rows.filter(resolution_events=None)
    propose_decided(keys=list(unanswered.values_list("key", flat=True)))


def propose_decided(*, keys: Collection[str]) -> list[ResolutionEvent]:
    """Each of these predictions that figures decide has its answer proposed, for people to
    confirm."""
    if not keys:
        return []
    records = [record for record in public_predictions(keys=keys) if record.indicator]
    states = states_of(records)
    waiting = [record for record in records if states[record.key].standing in OPEN]
    slugs = {record.indicator for record in waiting}
    series, figures = series_of(slugs), figures_of(slugs)
    found = []
    for record in waiting:
        own = series.get(record.indicator)
        answer = verdict_on(record, own, figures)
        if own and own.is_public and answer and _may_be_said(record, answer):
            found.append(_propose(record, own, answer))
    return [event for event in found if event is not None]


def _may_be_said(record: PredictionRecord, answer: Verdict) -> bool:
    """Before its deadline only what has happened and stays so."""
    is_lasting = record.spec.window.value == "any time by" or record.kind == "date"
    return today() > record.deadline or (is_lasting and answer.outcome in {"yes", "date"})


def _propose(record: PredictionRecord, series: Series, answer: Verdict) -> ResolutionEvent | None:
    figure = answer.figure
    value = figure.value if answer.value is None else answer.value
    note = (
        f"The figure of {figure.period}, {value:.10g} {series.unit}, published on"
        f" {figure.vintage.isoformat()}, decides it."
    )
    return propose_as_machine(
        prediction=Prediction.objects.get(key=record.key),
        answer=Answer(
            outcome=answer.outcome,
            note=note,
            evidence=series.source_url or series.publisher,
            value=value,
            happened_on=answer.happened_on,
        ),
        observation=Observation.objects.get(pk=figure.id),
    )
