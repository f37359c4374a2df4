"""The answers of the demonstration's resolved questions, by the steps that any answer takes."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from assessments.models import Prediction
from assessments.services.demonstration_predictions import FILE
from record.clock import today
from scoring.services.resolutions import Answer, Remark, confirm_resolution, propose_resolution

CHECKED = Remark("Checked against the source that is named.")


@transaction.atomic
def resolve_demonstration(*, proposer: User, confirmer: User) -> int:
    """Every question of the demonstration whose answer had come by today is resolved; how many."""
    entries = json.loads(FILE.read_text("utf-8"))["predictions"]
    answered = [entry for entry in entries if _is_known(entry["resolution"])]
    found = [(row, entry["resolution"]) for entry in answered if (row := _prediction(entry))]
    for row, said in found:
        propose_resolution(prediction=row, answer=_answer(said), by=proposer)
        confirm_resolution(prediction=row, remark=CHECKED, by=confirmer)
    return len(found)


def _is_known(said: Mapping[str, Any] | None) -> bool:
    return said is not None and date.fromisoformat(said["happened_on"]) < today()


def _prediction(entry: Mapping[str, Any]) -> Prediction | None:
    rows = Prediction.objects.published().filter(
        is_demonstration=True,
        technology__slug=entry["technology"],
        deadline=entry["spec"]["deadline"],
        resolution_events=None,
    )
    event = entry["spec"].get("event")
    found = (row for row in rows.order_by("pk") if json.loads(row.spec)["event"] == event)
    return next(found, None)


def _answer(said: Mapping[str, Any]) -> Answer:
    return Answer(
        outcome=said["outcome"],
        note=said["note"],
        evidence=said["evidence"],
        happened_on=date.fromisoformat(said["happened_on"]),
    )
