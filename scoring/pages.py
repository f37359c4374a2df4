"""What the pages of runs show."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.roles import Role, has_role
from assessments.selectors import published_cards
from jobs.models import ENDED, Job
from jobs.selectors import parts_done
from scoring.models import Run, RunKind, Sensitivity
from scoring.sensitivities import ScoreFlip, Steadiness, ranking_sensitivity

RUNS_A_PAGE = 30
LONGEST_SHOWN = 2_000_000
STEADY_ROWS = 200
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
    def of_what(self) -> str:
        """Forecast 41, or with the thing that it is of: Forecast 41 of module-price."""
        name = f"{self.run.get_kind_display().capitalize()} {self.run.seq}"
        return f"{name} of {self.run.subject}" if self.run.subject else name

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
        if job.parts_total:
            share = 100 * job.progress_done // job.progress_total
            return f"{share} of 100 draws done, in {job.parts_total} parts"
        return f"{job.progress_done} of {job.progress_total} parts done"

    @property
    def stamp(self) -> str:
        """Without the parts that were done of a job that has ended: nobody waits for more."""
        job = self.run.job
        done = 0 if job.state in ENDED else job.progress_done
        return f"{self.run.seq}.{job.state}.{done}"


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
    parts: str = ""
    steadiness: "SteadinessView | None" = None
    previous: int | None = None


@dataclass(frozen=True)
class SteadyRow:
    """What other constants make of a technology's rank, and what would swap it with the next."""

    name: str
    expected: str
    low: str
    high: str
    swap: str


@dataclass(frozen=True)
class SteadinessView:
    run: int
    finding: str
    rows: tuple[SteadyRow, ...]
    constants: tuple[str, ...]
    receipt: list[tuple[str, str]]
    is_cut: bool
    has_flips: bool


def run_list_page(*, number: str | None, actor: Any) -> RunListPage:
    runs = Run.objects.visible_to(actor).select_related("job").defer("job__inputs")
    listing = Paginator(runs.order_by("-seq"), RUNS_A_PAGE).get_page(number)
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


def run_state(run: Run) -> str:
    """What tells whether the page of the run would look different."""
    done = Sensitivity.objects.filter(run_id=run.seq, job__state=Job.State.DONE).exists()
    return f"{RunRow(run).stamp}.steady" if done else RunRow(run).stamp


def run_page(*, run: Run, actor: Any) -> RunPage:
    job = run.job
    row = RunRow(run)
    result = getattr(job, "result", None)
    is_team = has_role(actor, Role.ANALYST)
    steadiness = _steadiness(run)
    return RunPage(
        row=row,
        receipt=_receipt(run, result),
        inputs=_shown(job.inputs),
        headline=_shown(result.headline) if result else "",
        error=job.error if is_team else "",
        can_reopen=has_role(actor, Role.EDITOR) and job.state == Job.State.PARKED,
        state=run_state(run),
        steadiness=steadiness,
        previous=_previous(run),
        parts=_parts(job),
    )


def _shown(text: str) -> str:
    """JSON to be read on a page; of ten thousand technologies nobody could."""
    if len(text) > LONGEST_SHOWN:
        return f"{len(text):,} characters, too many for a page. The file as JSON has them."
    return json.dumps(json.loads(text), indent=1, ensure_ascii=False)


def _parts(job: Job) -> str:
    """How far a computation in parts has come; empty for any other."""
    if job.state == Job.State.WAITING:
        return (
            f"{parts_done(job)} of {job.parts_total} parts are done. Each is computed by whichever"
            " worker is free."
        )
    if job.parts_total and not job.is_ended:
        return f"All {job.parts_total} parts are done and wait to be put together."
    return ""


def _previous(run: Run) -> int | None:
    """The finished ranking under the same lens that came before this one."""
    if run.kind != RunKind.RANKING or run.job.state != Job.State.DONE:
        return None
    earlier = Run.objects.filter(
        kind=run.kind,
        lens=run.lens,
        known_on=None,
        job__state=Job.State.DONE,
        seq__lt=run.seq,
    )
    seq: int | None = earlier.values_list("seq", flat=True).first()
    return seq


def _steadiness(run: Run) -> SteadinessView | None:
    found = ranking_sensitivity(run_id=run.seq)
    if found is None or not found.technologies:
        return None
    names = {
        card.slug: str(card.technology["name"]) for card in published_cards() if card.role == "lead"
    }
    seen = [(slug, row) for slug, row in found.technologies.items() if slug in names]
    seen.sort(key=lambda pair: pair[1].expected_rank)
    rows = [_steady_row(slug, row, names) for slug, row in seen]
    rows[-1:] = [replace(row, swap="Nobody stands behind it.") for row in rows[-1:]]
    return SteadinessView(
        run=run.seq,
        finding=steadiness_words([row for _, row in seen]),
        rows=tuple(rows[:STEADY_ROWS]),
        constants=found.constants,
        receipt=[
            ("Job", str(found.job_id)),
            ("Engine", found.engine),
            ("Seed", str(found.seed)),
            ("Draws", f"{found.draws:,}"),
            ("Inputs, sha256", str(found.receipt["inputs_digest"])),
            ("Result, sha256", found.digest),
        ],
        is_cut=len(rows) > STEADY_ROWS,
        has_flips=found.has_flips,
    )


def _steady_row(slug: str, row: Steadiness, names: Mapping[str, str]) -> SteadyRow:
    """With the smallest change that swaps it with the next one."""
    swaps = [flip for flip in row.flips if flip.ahead == slug and flip.behind in names]
    return SteadyRow(
        name=names[slug],
        expected=f"{row.expected_rank:.1f}",
        low=f"{row.low:.1f}",
        high=f"{row.high:.1f}",
        swap=flip_words(swaps[0], names) if swaps else "No single score.",
    )


def steadiness_words(rows: Sequence[Steadiness]) -> str:
    """How far the ranking moves under other constants, at the most and in the middle."""
    spans = sorted(row.high - row.low for row in rows)
    if not spans:
        return ""
    middle = spans[len(spans) // 2]
    return (
        f"Under other constants half of the expected ranks move by at most {middle:.1f}, and none"
        f" by more than {spans[-1]:.1f}."
    )


def flip_words(flip: ScoreFlip, names: Mapping[str, str]) -> str:
    """With viability at 4 in place of 3, Fusion would stand before Lidar."""
    is_ahead = flip.slug == flip.ahead
    other, place = (flip.behind, "behind") if is_ahead else (flip.ahead, "before")
    share = flip.share_ahead_then if is_ahead else 1 - flip.share_ahead_then
    return (
        f"With {flip.dimension} at {flip.level_then} in place of {flip.level}, {names[flip.slug]}"
        f" would stand {place} {names[other]}, ahead of it in {100 * share:.0f} of 100 draws."
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
