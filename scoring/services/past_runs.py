"""Rankings of the quarters before the first one that was computed in its time, so that a record
which begins with older cards has a history."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max, Min

from assessments.models import Publication
from jobs.models import ENDED, Job
from record.clock import today
from scoring.inputs import RANKING_ENGINE
from scoring.models import Run, RunKind
from scoring.selectors import DEFAULT_LENS
from scoring.services.runs import Question, held_newest_run, is_quiet, open_run

QUARTERS = 8
_MONTHS_AND_DAYS = ((12, 31), (9, 30), (6, 30), (3, 31))


@transaction.atomic
def open_due_past_run() -> None:
    """One ranking of the end of a quarter is opened, where there is none or the record has said
    more about that time since, and nothing else is going on."""
    default = held_newest_run(RunKind.RANKING)
    if default is None or default.job.state != Job.State.DONE or not is_quiet(default):
        return
    rankings = Run.objects.filter(kind=RunKind.RANKING)
    if rankings.exclude(job__state__in=ENDED).exists():
        return
    days = _quarters_before_the_first_run()
    newest = rankings.filter(known_on__isnull=False, as_of__in=days).order_by()
    ids = newest.values("as_of").annotate(newest=Max("seq")).values("newest")
    runs = {run.as_of: run for run in Run.objects.filter(seq__in=ids).select_related("job")}
    for day in days:
        if day not in runs or _is_behind(runs[day]):
            question = Question(kind=RunKind.RANKING, as_of=day, known_on=today())
            open_run(question=question, reason=f"the end of a quarter, {day}")
            return


def _quarters_before_the_first_run() -> list[datetime.date]:
    """Their last days, newest first."""
    in_time = Run.objects.filter(kind=RunKind.RANKING, lens=DEFAULT_LENS, known_on=None)
    until = in_time.aggregate(first=Min("as_of"))["first"]
    since = Publication.objects.standing().aggregate(first=Min("as_of"))["first"]
    if until is None or since is None:
        return []
    return [day for day in _ends_of_quarters(until.year) if since <= day < until][:QUARTERS]


def _ends_of_quarters(year: int) -> Iterator[datetime.date]:
    for earlier in range(QUARTERS // 4 + 1):
        for month, last in _MONTHS_AND_DAYS:
            yield datetime.date(year - earlier, month, last)


def _is_behind(run: Run) -> bool:
    since = Publication.objects.filter(seq__gt=run.publication_seq, as_of__lte=run.as_of)
    return str(run.job.engine_version) != RANKING_ENGINE or since.exists()
