"""What came true of the demonstration's predictions, for the app that records answers."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessments.models import Prediction

FILE = Path(__file__).resolve().parent / "demonstration" / "predictions.json"


@dataclass(frozen=True)
class KnownAnswer:
    prediction: Prediction
    outcome: str
    happened_on: date
    note: str
    evidence: str


def known_answers() -> list[KnownAnswer]:
    """Of the demonstration's predictions in the record those whose answer is known."""
    entries = json.loads(FILE.read_text("utf-8"))["predictions"]
    known = {(e["technology"], e["made_on"]): e["resolution"] for e in entries if e["resolution"]}
    rows = Prediction.objects.filter(is_demonstration=True).select_related("technology")
    found = []
    for row in rows.order_by("made_at", "pk"):
        answer = known.get((row.technology.slug, row.made_at.date().isoformat()))
        if answer is not None:
            happened_on = date.fromisoformat(answer["happened_on"])
            found.append(
                KnownAnswer(row, answer["outcome"], happened_on, answer["note"], answer["evidence"])
            )
    return found
