"""Rankings of the quarters before the record began to be ranked."""

import datetime

import pytest
from django.conf import LazySettings

from jobs.models import Job
from record.clock import now, today
from scoring.engine.lenses import SHIPPED
from scoring.models import Run, RunKind
from scoring.selectors import day_rankings, latest_finished
from scoring.services import runs
from scoring.services.past_runs import open_due_past_run
from tests.assessments.factories import published, score
from tests.scoring.made import finish_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.BELLWETHER_TODAY = datetime.date(2026, 11, 21)
    monkeypatch.setattr(runs, "QUIET", datetime.timedelta(0))
    monkeypatch.setattr(runs, "QUIET_FOR_LENSES", datetime.timedelta(0))


def settle() -> None:
    for _ in range(len(SHIPPED) + 8):
        finish_all()
        runs.open_due_runs()
        open_due_past_run()


def past_runs() -> list[datetime.date]:
    rows = Run.objects.filter(kind=RunKind.RANKING, known_on__isnull=False).order_by("seq")
    return list(rows.values_list("as_of", flat=True))


def test_quarters_since_the_first_card_are_ranked_once() -> None:
    first = published(as_of="2025-12-31")
    settle()
    quarters = [datetime.date(2026, 9, 30), datetime.date(2026, 6, 30)]
    quarters += [datetime.date(2026, 3, 31), datetime.date(2025, 12, 31)]
    assert past_runs() == quarters
    assert [row.day for row in day_rankings(most=40)] == [*reversed(quarters), today()]
    newest = latest_finished(RunKind.RANKING)
    assert newest is not None
    assert newest.run.as_of == today()
    published(
        parent=first.revision.content_hash,
        as_of="2026-07-01",
        viability=score("5"),
        reason="It is sold.",
    )
    settle()
    assert past_runs() == [*quarters, datetime.date(2026, 9, 30)]


def test_cards_of_this_quarter_leave_no_past() -> None:
    published(as_of="2026-10-01")
    settle()
    assert past_runs() == []


def test_nothing_is_opened_while_something_is_computed() -> None:
    published(as_of="2026-01-01")
    open_due_past_run()
    assert past_runs() == []


def test_a_ranking_in_parts_is_waited_for() -> None:
    published(as_of="2026-01-01")
    for _ in SHIPPED:
        finish_all()
        runs.open_due_runs()
    finish_all()
    newest = Run.objects.filter(kind=RunKind.RANKING).first()
    assert newest is not None
    Job.objects.filter(pk=newest.job_id).update(
        state=Job.State.WAITING, parts_total=2, ended_at=None
    )
    open_due_past_run()
    assert past_runs() == []
    Job.objects.filter(pk=newest.job_id).update(state=Job.State.DONE, ended_at=now())
    open_due_past_run()
    assert past_runs() == [datetime.date(2026, 9, 30)]
