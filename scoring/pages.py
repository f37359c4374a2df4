"""What the pages of runs show."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.roles import Role, has_role
from jobs.models import Job
from scoring.models import Run

RUNS_A_PAGE = 30
WORDS = {
    Job.State.QUEUED: "waiting for a worker",
    Job.State.RUNNING: "being computed",
    Job.State.WAITING: "being computed in parts",
    Job.State.DONE: "finished",
    Job.State.PARKED: "parked after five attempts",
}


@dataclass(frozen=True)
class RunRow:
    """A run as its list shows it."""

    run: Run

    @property
    def state_words(self) -> str:
        return WORDS[Job.State(self.run.job.state)]

    @property
    def is_moving(self) -> bool:
        return self.run.job.is_waited_for

    @property
    def progress_words(self) -> str:
        job = self.run.job
        if not job.progress_total:
            return self.state_words
        return f"{job.progress_done} of {job.progress_total} parts done"

    @property
    def stamp(self) -> str:
        job = self.run.job
        return f"{self.run.seq}.{job.state}.{job.progress_done}"


@dataclass(frozen=True)
class RunListPage:
    rows: list[RunRow]
    listing: "Page[Run]"
    heading: str
    state: str


@dataclass(frozen=True)
class RunPage:
    row: RunRow
    receipt: list[tuple[str, str]]
    inputs: str
    headline: str
    error: str
    can_reopen: bool
    state: str


def run_list_page(*, number: str | None) -> RunListPage:
    runs = Run.objects.select_related("job").order_by("-seq")
    listing = Paginator(runs, RUNS_A_PAGE).get_page(number)
    rows = [RunRow(run) for run in listing]
    waiting = sum(row.is_moving for row in rows)
    return RunListPage(
        rows=rows,
        listing=listing,
        heading=_heading(rows, waiting),
        state="-".join(row.stamp for row in rows),
    )


def _heading(rows: list[RunRow], waiting: int) -> str:
    if not rows:
        return "Nothing has been computed yet."
    if waiting:
        return f"{'One run is' if waiting == 1 else f'{waiting} runs are'} being computed."
    return "Every run is finished."


def run_page(*, run: Run, actor: Any) -> RunPage:
    job = run.job
    row = RunRow(run)
    result = getattr(job, "result", None)
    is_team = has_role(actor, Role.ANALYST)
    return RunPage(
        row=row,
        receipt=_receipt(run, result),
        inputs=json.dumps(json.loads(job.inputs), indent=1, ensure_ascii=False),
        headline=json.dumps(json.loads(result.headline), indent=1, ensure_ascii=False)
        if result
        else "",
        error=job.error if is_team else "",
        can_reopen=has_role(actor, Role.EDITOR) and job.state == Job.State.PARKED,
        state=row.stamp,
    )


def _receipt(run: Run, result: Any) -> list[tuple[str, str]]:
    job = run.job
    rows = [
        ("Asked for by", run.reason),
        ("Speaks of", run.as_of.isoformat()),
        ("Known on", run.known_on.isoformat() if run.known_on else "whenever it was known"),
        ("Opened", _instant(run.opened_at)),
        ("Finished", _instant(job.ended_at)),
        ("Engine", job.engine_version),
        ("Seed", str(job.seed)),
        ("Inputs, sha256", job.inputs_digest),
        ("Attempts", str(job.attempts)),
    ]
    if result is not None:
        rows.append(("Result, sha256", result.digest))
        rows.extend((key.replace("_", " "), str(value)) for key, value in result.receipt.items())
    return rows


def _instant(moment: datetime.datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC") if moment else "not yet"
