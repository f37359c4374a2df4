"""One prediction with everything behind it, as whoever asks may see it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.prediction_context import known_indicators
from assessments.predictions import (
    PredictionRecord,
    keys_hidden_from,
    prediction_record,
    public_predictions,
    visible_forecasts,
)
from assessments.values.linting import Context, lint_text
from evidence.selectors import Series, series_of
from jobs.models import Job
from publishing.pages.prediction.facts import PredictionFacts, Stone
from publishing.pages.prediction.words import standing_words
from publishing.pages.published import Published
from record.canonical import digest
from record.clock import now
from scoring.models import Run, RunKind
from scoring.predictions import (
    PredictionResult,
    TrackRecord,
    latest_forecasts,
    latest_predictions,
    probability_history,
)
from scoring.resolutions import states_of

INSTANT = re.compile(r"datetime\.datetime\([^()]*\)")


def state_of(facts: PredictionFacts, published: Published) -> str:
    """Text that changes whenever the page would look different to whoever may see these facts. It
    is made of them alone: a count of all rows would tell readers of drafts. Whatever has an
    instant is a row of its own, so the instants themselves are left out."""
    told = INSTANT.sub("", repr(replace(facts, now=datetime.combine(facts.today, time.min, UTC))))
    return f"{published.moment.of_record}-{digest(told)[:16]}"


def prediction_seen_by(key: str, actor: Any) -> PredictionRecord | None:
    """What readers see; to the team drafts and withdrawn ones too."""
    found = next(iter(public_predictions(keys=[key])), None)
    if found is not None or not has_role(actor, Role.ANALYST):
        return found
    return prediction_record(key)


def prediction_facts(key: str, actor: Any, published: Published) -> PredictionFacts | None:
    """None where there is no such prediction, or the actor may not see it."""
    record = prediction_seen_by(key, actor)
    if record is None:
        return None
    is_hidden = bool(keys_hidden_from([key], actor))
    result = latest_predictions([key]).get(key)
    series = _series(record.indicator, actor)
    history = () if is_hidden else probability_history(key)
    return PredictionFacts(
        now=now(),
        record=record,
        state=states_of([record])[key],
        result=_seen(result, series, is_hidden=is_hidden),
        fan=latest_forecasts([record.indicator]).get(record.indicator) if series else None,
        series=series,
        forecasts=visible_forecasts(key, actor),
        history=history,
        stones=stones_of(record.stones, actor),
        parent=next(iter(stones_of([record.parent_key], actor)), None)
        if record.parent_key
        else None,
        is_hidden=is_hidden,
        is_computing=not is_hidden and _is_computing(key),
        is_technology_public=published.lead(record.technology_slug) is not None,
        actor_id=getattr(actor, "pk", None),
        is_team=has_role(actor, Role.ANALYST),
        asked=_asked(record, actor),
    )


def _series(slug: str, actor: Any) -> Series | None:
    found = series_of([slug]).get(slug) if slug else None
    if found is None or found.is_public or has_role(actor, Role.ANALYST):
        return found
    return None


def _seen(
    result: PredictionResult | None, series: Series | None, *, is_hidden: bool
) -> PredictionResult | None:
    """Nothing of what is hidden, and no figure of a series that the actor may not see."""
    if result is None or is_hidden:
        return None
    return result if series is not None else replace(result, fan=None, at_deadline=())


def stones_of(keys: Any, actor: Any) -> tuple[Stone, ...]:
    """Those of the keys that the actor may see, by deadline; a hidden chance is left out."""
    wanted = list(keys)
    if not wanted:
        return ()
    records = public_predictions(keys=wanted)
    hidden, results = keys_hidden_from(wanted, actor), latest_predictions(wanted)
    states = states_of(records)
    return tuple(
        Stone(
            key=record.key,
            statement=record.statement,
            deadline=record.deadline,
            chance=_chance(results.get(record.key)) if record.key not in hidden else None,
            standing=standing_words(states[record.key]),
        )
        for record in records
    )


def _chance(result: PredictionResult | None) -> float | None:
    return result.pool.p if result and result.pool else None


def _is_computing(key: str) -> bool:
    busy = (Job.State.QUEUED, Job.State.RUNNING, Job.State.WAITING)
    return Run.objects.filter(kind=RunKind.PREDICTION, subject=key, job__state__in=busy).exists()


def _asked(record: PredictionRecord, actor: Any) -> tuple[str, ...]:
    """What the linter says of the sentence that the prediction was made from."""
    if not record.original_wording:
        return ()
    context = Context(
        today=record.made_at.date(),
        technology=record.technology_name,
        indicators=known_indicators(actor),
    )
    found = lint_text(record.original_wording, context)
    return tuple(f"{finding.wrong} {finding.instead}" for finding in found)


def forecaster_names(found: TrackRecord | None) -> dict[int, str]:
    """By number, the people in the track record; whoever was forgotten has another name."""
    if found is None:
        return {}
    rows = [*found.real.tallies, *found.demonstration.tallies]
    people = {row.person_id for row in rows if row.person_id is not None}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "username"))
