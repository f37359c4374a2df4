"""What each link does to the last finished outlook, computed beside it."""

import datetime
import json
from typing import Any

from django.db import transaction

from jobs.kinds import JobOutput, Kind, Report, register_kind
from jobs.models import Job
from jobs.services import open_job
from record.trace import current_request_id
from scoring.engine import outlook_what_if
from scoring.engine.outlook import LAST_YEAR
from scoring.engine.outlook_draws import Question
from scoring.engine.outlook_network import Assumptions
from scoring.inputs import LINKS_ENGINE, OUTLOOK_ENGINE
from scoring.models import Run, RunKind
from scoring.selectors import newest_run
from scoring.services.computations import link_of, window_of
from scoring.services.runs import held_newest_run

MOST_DRAWS, FEWEST_DRAWS = 5_000, 500
MOST_WORK = 150_000_000
"""Windows times links times draws; a larger network is walked by fewer draws."""


@transaction.atomic
def open_due_links_run() -> None:
    """The newest outlook, once it is done, has what its links do computed, once."""
    outlook = newest_run(RunKind.OUTLOOK)
    if outlook is None or outlook.job.state != Job.State.DONE:
        return
    if outlook.job.engine_version != OUTLOOK_ENGINE:
        return
    run = held_newest_run(RunKind.LINKS)
    if run is not None and (run.job.is_waited_for or _is_level(run, outlook)):
        return
    inputs = _inputs(outlook)
    if inputs["links"]:
        _open(outlook, inputs)


def _is_level(run: Run, outlook: Run) -> bool:
    if run.publication_seq < outlook.publication_seq or run.as_of < outlook.as_of:
        return False
    return run.job.engine_version == LINKS_ENGINE


def _open(outlook: Run, inputs: dict[str, Any]) -> Run:
    job = open_job(
        kind=RunKind.LINKS.value,
        inputs=inputs,
        engine_version=LINKS_ENGINE,
        seed=outlook.job.seed,
    )
    return Run.objects.create(
        kind=RunKind.LINKS,
        as_of=outlook.as_of,
        reason=f"the links of outlook run {outlook.seq}",
        publication_seq=outlook.publication_seq,
        request_id=current_request_id(),
        job=job,
    )


def _inputs(outlook: Run) -> dict[str, Any]:
    """Those of the outlook, drawn less often."""
    values: dict[str, Any] = json.loads(Job.objects.get(pk=outlook.job_id).inputs)
    size = max(len(values["windows"]) * len(values["links"]), 1)
    draws = max(FEWEST_DRAWS, min(MOST_DRAWS, MOST_WORK // size))
    return values | {"computation": RunKind.LINKS.value, "draws": draws}


def compute_links(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    today, horizon_year = datetime.date.fromisoformat(inputs["today"]), inputs["horizon_year"]
    question = Question(
        today,
        max(LAST_YEAR, horizon_year, today.year),
        inputs["draws"],
        seed,
        Assumptions(**inputs["assumptions"]),
    )
    found = outlook_what_if.link_effects(
        [window_of(row) for row in inputs["windows"]],
        [link_of(row) for row in inputs["links"]],
        question,
        horizon_year=horizon_year,
        report=report,
    )
    return JobOutput(headline=outlook_what_if.headline(found, question, horizon_year=horizon_year))


def register_links() -> None:
    register_kind(Kind(name=RunKind.LINKS.value, queue="compute", compute=compute_links))
