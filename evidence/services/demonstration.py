"""Indicators of the demonstration: small tables of public figures, each with its origin."""

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from evidence.services.indicators import create_indicator
from evidence.services.observations import record_observations
from evidence.values.facts import IndicatorFacts
from evidence.values.observed import Observed
from record.clock import today

FOLDER = Path(__file__).resolve().parent.parent / "demonstration"
_FACTS = {field.name for field in fields(IndicatorFacts)}


@transaction.atomic
def load_demonstration_indicators(*, by: User) -> int:
    """How many indicators came into the record, with what was published of them by today."""
    entries = json.loads((FOLDER / "indicators.json").read_text("utf-8"))
    return sum(_load(entry, by=by) for entry in entries)


def _load(entry: dict[str, Any], *, by: User) -> bool:
    rows = [row for row in _rows(entry["slug"]) if row.vintage <= today()]
    if not rows:
        return False
    facts = IndicatorFacts(**{name: entry[name] for name in _FACTS & entry.keys()})
    indicator = create_indicator(facts=facts, by=by, is_demonstration=True)
    record_observations(indicator=indicator, observed=rows, by=by, reason=entry["origin"])
    return True


def _rows(slug: str) -> Iterator[Observed]:
    with (FOLDER / f"{slug}.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            yield Observed(
                period=row["period"],
                entered=row["value"],
                vintage=date.fromisoformat(row["vintage"]),
                label=row.get("label", ""),
                source=row.get("source", ""),
                note=row.get("note", ""),
                place=f"row {number}",
            )
