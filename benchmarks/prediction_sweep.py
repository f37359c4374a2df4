"""Measures what a new day asks of the sweep: python -m benchmarks.prediction_sweep [predictions].

In a database of its own: open predictions on twenty series, each with a forecast. It says how many
questions to the database and how many seconds the sweeps of a day take, and a sweep that finds
nothing to do, which comes every few seconds.
"""

import datetime
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
PLACE = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = f"sqlite:///{Path(PLACE.name) / 'sweep.sqlite3'}"
django.setup()

from accounts.models import User  # noqa: E402
from assessments.models import Technology  # noqa: E402
from assessments.services.forecasts import record_forecast  # noqa: E402
from assessments.services.prediction_steps import publish_prediction  # noqa: E402
from assessments.services.predictions import PredictionDraft, make_prediction  # noqa: E402
from assessments.values.forecast import Opinion  # noqa: E402
from assessments.values.prediction import Kind, parse_spec  # noqa: E402
from benchmarks.installation import fill  # noqa: E402
from evidence.services import create_indicator, record_observations  # noqa: E402
from evidence.values import IndicatorFacts, Observed  # noqa: E402
from jobs.models import Job  # noqa: E402
from record.clock import now, today  # noqa: E402
from scoring.models import Run, RunKind  # noqa: E402
from scoring.services.forecast_runs import MOST_AT_ONCE, QUIET, open_due_forecasts  # noqa: E402

SERIES, FIRST_YEAR, LAST_YEAR = 20, 2014, 2025


class Measured(NamedTuple):
    seconds: float
    questions: int
    runs: int


def main() -> None:
    number = int(sys.argv[1]) if sys.argv[1:] else 1_000
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    fill(technologies=10, seed=1)
    with transaction.atomic():
        _write(number)
    _finish()
    while _sweep() != (0, 0):
        _finish()
    print(f"{number:,} open predictions on {SERIES} series, each with a forecast")
    _said("a sweep with nothing to do", _measured(_sweep))
    with override_settings(BELLWETHER_TODAY=today() + datetime.timedelta(days=1)):
        sweeps: list[Measured] = []
        while (found := _measured(_sweep)).runs:
            sweeps.append(found)
            _said(f"sweep {len(sweeps)} of the day, at most {MOST_AT_ONCE} runs", found)
        _said("the day", Measured(*(sum(column) for column in zip(*sweeps, strict=True))))


def _write(number: int) -> None:
    anna, ben = (User.objects.get(username=name) for name in ("anna", "ben"))
    slugs = [_series(place, anna) for place in range(SERIES)]
    technology = Technology.objects.published().order_by("pk").first()
    if technology is None:
        raise RuntimeError("The record has no published technology; fill it first.")
    for place in range(number):
        spec = {
            "indicator": slugs[place % SERIES],
            "comparator": "at most",
            "threshold": f"{30 - place // SERIES % 25}",
            "deadline": f"{2028 + place // SERIES // 25}-12-31",
            "reads_on": f"{2030 + place // SERIES // 25}-12-31",
        }
        draft = PredictionDraft(technology=technology, kind=Kind.YES_NO, spec=parse_spec(spec))
        made = make_prediction(draft=draft, by=anna)
        publish_prediction(prediction=made, by=ben)
        record_forecast(prediction=made, opinion=Opinion(p=0.1 + place % 8 / 10), by=anna)


def _series(place: int, by: User) -> str:
    facts = IndicatorFacts(
        slug=f"series-{place}",
        name=f"Price of a made-up good {place}",
        unit="USD",
        progress="down",
        kind="cost",
        geography="World",
        publisher="A bureau that nobody has",
    )
    indicator = create_indicator(facts=facts, by=by)
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    observed = [
        Observed(
            period=str(year),
            entered=f"{100 * 0.93 ** (year - FIRST_YEAR) + place + year % 3:.1f}",
            vintage=datetime.date(LAST_YEAR + 1, 1, 31),
        )
        for year in years
    ]
    record_observations(indicator=indicator, observed=observed, by=by)
    return facts.slug


def _sweep() -> tuple[int, int]:
    """How many runs of predictions, and of series, it opened."""
    counts = [_runs(kind) for kind in (RunKind.PREDICTION, RunKind.FORECAST)]
    open_due_forecasts()
    after = [_runs(kind) for kind in (RunKind.PREDICTION, RunKind.FORECAST)]
    return after[0] - counts[0], after[1] - counts[1]


def _runs(kind: RunKind) -> int:
    return int(Run.objects.filter(kind=kind).count())


def _finish() -> None:
    """What the workers would compute counts for nothing here, and a burst is over."""
    Job.objects.exclude(state=Job.State.DONE).update(state=Job.State.DONE, ended_at=now())
    time.sleep(QUIET.total_seconds() + 0.1)


def _measured(sweep: Callable[[], tuple[int, int]]) -> Measured:
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        opened = sum(sweep())
    return Measured(time.perf_counter() - begun, len(asked), opened)


def _said(what: str, found: Measured) -> None:
    each = f", {found.questions / found.runs:.1f} a run" if found.runs else ""
    print(
        f"{what}: {found.seconds:.2f} s, {found.questions:,} questions to the database{each},"
        f" {found.runs:,} runs"
    )


if __name__ == "__main__":
    main()
