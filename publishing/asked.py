"""The chart of a prediction that is still being written: its fan, its bar, what the model gives."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict

from assessments.forms.prediction import PredictionForm
from assessments.prediction_context import known_indicators
from assessments.predictions import PredictionRecord
from assessments.values.measures import measure_of
from assessments.values.prediction import Kind, Spec, wrong_parts
from assessments.values.wording import statement
from evidence.selectors import Series, series_of
from publishing.pages.prediction.facts import PredictionFacts
from publishing.pages.prediction.fan import FanPart, fan_part
from publishing.pages.prediction.words import of_100
from record.clock import now
from scoring.predictions import PredictionResult
from scoring.resolution_states import Standing, State
from scoring.services.previews import previewed

LAST_DAY = date(2100, 12, 31)
OPEN_PARTS = {"resolution_rule", "reads_on"}
"""What the drawing does not show, so that it may still be missing."""


@dataclass(frozen=True)
class AskedChart:
    """Empty where no indicator is chosen; else the fan, or in `why_none` what it waits for."""

    heading: str = ""
    statement: str = ""
    chance: str = ""
    why_none: str = ""
    fan: FanPart | None = None


def asked_chart(query: QueryDict, actor: Any) -> AskedChart:
    """Of what stands in the form, by the names of its fields."""
    form = PredictionForm(query, indicators=known_indicators(actor))
    chosen = form.chosen
    if chosen is None:
        return AskedChart()
    heading = f"Where it may go: {chosen.name}"
    spec, problems = form.read()
    kind = form.chosen_kind
    if spec is None or kind is None or problems:
        first = problems[0].message if problems else ""
        return AskedChart(heading, why_none=f"It is drawn here once this is done. {first}".strip())
    missing = [each for each in wrong_parts(kind, spec) if each.field not in OPEN_PARTS]
    if missing:
        return AskedChart(
            heading, why_none=f"It is drawn here once all is said. {missing[0].message}"
        )
    words = statement(kind, spec, measure_of(spec, chosen))
    if spec.deadline > LAST_DAY:
        why = f"Nothing is drawn beyond {LAST_DAY.year}. Give an earlier day."
        return AskedChart(heading, words, why_none=why)
    return _drawn(heading, words, (kind, spec), series_of([chosen.slug])[chosen.slug])


def _drawn(heading: str, words: str, asked: tuple[Kind, Spec], series: Series) -> AskedChart:
    record = _record(*asked, words)
    result = previewed(record=record, series=series)
    facts = PredictionFacts(
        now=now(),
        record=record,
        state=State(Standing.OPEN, record.spec.reads_on),
        result=result,
        series=series,
        is_team=True,
    )
    part = fan_part(facts)
    why = (part.why_none if part else "") or result.without
    if part is None:
        why = why or "No figure of it is known yet. Add figures to the indicator first."
    return AskedChart(heading, words, _chance(result), why, part)


def _chance(result: PredictionResult) -> str:
    model = result.model
    if model is None:
        return ""
    if model.is_met:
        return f"It is met already. {model.proof}"
    said = f"By the model alone it comes true on {of_100(model.p)} paths"
    if model.needed_rate is None or model.seen_rate is None:
        return f"{said}."
    return (
        f"{said}: it needs {model.needed_rate * 100:+.1f} % a year from the last figure on; the"
        f" figures so far moved by {model.seen_rate * 100:+.1f} % a year."
    )


def _record(kind: Kind, spec: Spec, words: str) -> PredictionRecord:
    """As it would stand in the record if it were made now, of nobody and of no technology."""
    made = now()
    end = datetime.combine(spec.deadline + timedelta(days=1), time.min, UTC)
    return PredictionRecord(
        key="",
        technology_slug="",
        technology_name="",
        author="",
        author_id=0,
        made_at=made,
        as_of=made.date(),
        kind=kind.value,
        parent_key=None,
        statement=words,
        spec=spec,
        content_hash="",
        deadline=spec.deadline,
        indicator=spec.indicator or "",
        hides_forecasts=False,
        original_wording="",
        replaces_key=None,
        replaced_by=(),
        overruled=(),
        state="draft",
        published_at=None,
        closes_at=end,
        is_public=False,
        is_demonstration=False,
        stones=(),
    )
