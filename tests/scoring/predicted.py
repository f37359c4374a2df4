"""Predictions on a made-up series, and what people say of them."""

import datetime
from typing import Any

from accounts.models import User
from assessments.models import Prediction
from assessments.services.forecasts import record_forecast
from assessments.values.forecast import Opinion
from evidence.models import Indicator
from evidence.services.observations import record_observations
from scoring.models import Run, RunKind
from tests.assessments.factories import person
from tests.assessments.predicted import measured_json, published
from tests.evidence import builders

PRICES = (("2019", "400"), ("2020", "330"), ("2021", "290"), ("2022", "240"), ("2023", "200"))


def indicator(slug: str = "module-price", **changes: Any) -> Indicator:
    rows = [builders.row(period, value) for period, value in PRICES]
    return builders.indicator(slug, *rows, **changes)


def figure(row: Indicator, period: str, value: str, **changes: Any) -> None:
    observed = [builders.row(period, value, **changes)]
    record_observations(indicator=row, observed=observed, by=person("anna"))


def on_series(slug: str = "module-price", **changes: Any) -> dict[str, Any]:
    """At most 100 by the end of 2030, read from the series."""
    return measured_json(
        indicator=slug,
        metric="",
        unit="",
        comparator="at most",
        threshold="100",
        geography="",
        publisher="",
        resolution_rule="",
        **changes,
    )


def prediction(
    slug: str = "edge-ai", series: str = "module-price", overruled: Any = (), **changes: Any
) -> Prediction:
    return published(on_series(series, **changes), slug=slug, overruled=overruled)


def says(row: Prediction, p: float, by: User | str = "anna") -> None:
    who = person(by) if isinstance(by, str) else by
    record_forecast(prediction=row, opinion=Opinion(p=p), by=who)


def runs(kind: RunKind, subject: str | None = None) -> list[Run]:
    rows = Run.objects.filter(kind=kind).order_by("seq")
    return list(rows if subject is None else rows.filter(subject=subject))


def counts() -> dict[str, int]:
    """By subject, how many runs of single things there are."""
    found: dict[str, int] = {}
    for subject in Run.objects.exclude(subject="").values_list("subject", flat=True):
        found[subject] = found.get(subject, 0) + 1
    return found


DAY = datetime.date(2026, 11, 21)
