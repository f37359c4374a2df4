"""The predictions of the demonstration, each marked as such, with forecasts that only show."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from accounts.models import User
from assessments.models import Prediction, Technology
from assessments.prediction_context import known_indicator
from assessments.services.forecasts import record_forecast
from assessments.services.prediction_steps import publish_prediction
from assessments.services.predictions import (
    Overruled,
    PredictionDraft,
    Shown,
    make_prediction,
)
from assessments.values.forecast import Opinion, Points
from assessments.values.measures import filled_in
from assessments.values.prediction import Kind, parse_spec
from record.clock import today

FILE = Path(__file__).resolve().parent.parent / "demonstration" / "predictions.json"
AT = time(9, tzinfo=UTC)


def load_predictions(*, people: Mapping[str, User], author: str, editor: User) -> int:
    """Published predictions on technologies that readers see; what is of days after today is left
    out, and so are the answers, which the app above records."""
    made: dict[str, Prediction] = {}
    for entry in json.loads(FILE.read_text("utf-8"))["predictions"]:
        technology = Technology.objects.published().filter(slug=entry["technology"]).first()
        is_told = date.fromisoformat(entry["made_on"]) < today()
        if technology is None or not is_told or (entry["parent"] and entry["parent"] not in made):
            continue
        parent = made.get(entry["parent"] or "")
        row = make_prediction(
            draft=_draft(entry, technology, parent), by=people[author], demonstration=_at(entry)
        )
        publish_prediction(prediction=row, by=editor)
        _forecast(row, entry["forecasts"], people)
        made[entry["id"]] = row
    return len(made)


def _at(entry: Mapping[str, Any], key: str = "made_on") -> Shown:
    return Shown(datetime.combine(date.fromisoformat(entry[key]), AT))


def _draft(
    entry: Mapping[str, Any], technology: Technology, parent: Prediction | None
) -> PredictionDraft:
    indicator = known_indicator(entry["spec"].get("indicator"))
    return PredictionDraft(
        technology=technology,
        kind=Kind(entry["kind"]),
        spec=parse_spec(filled_in(entry["spec"], indicator)),
        parent=parent,
        hides_forecasts=entry["hides_forecasts"],
        original_wording=entry["original_wording"],
        overruled=tuple(Overruled(*pair) for pair in entry["overruled"].items()),
    )


def _forecast(row: Prediction, said: list[dict[str, Any]], people: Mapping[str, User]) -> None:
    for one in said:
        if date.fromisoformat(one["on"]) < today():
            record_forecast(
                prediction=row,
                opinion=_opinion(one),
                by=people[one["by"]],
                demonstration=_at(one, "on"),
            )


def _opinion(said: Mapping[str, Any]) -> Opinion:
    points = None
    if "best" in said:
        points = Points(said["lowest"], said["best"], said["highest"], said["confidence"])
    return Opinion(
        p=said.get("p"), points=points, p_never=said.get("p_never"), note=said.get("note", "")
    )
