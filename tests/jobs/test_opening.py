import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jobs.limits import MAX_ATTEMPTS
from jobs.models import Job
from jobs.services import execute_job, open_job, reopen_job
from record.errors import Conflict, DomainError
from record.models import Change
from record.trace import tracing
from tests.jobs.passing import let_time_pass

pytestmark = pytest.mark.django_db


def parked(job: Job) -> Job:
    for _ in range(MAX_ATTEMPTS):
        let_time_pass(job)
        execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.PARKED
    return job


def test_equal_inputs_are_one_job(doubling: str) -> None:
    first = open_job(kind=doubling, inputs={"a": 1, "b": 2}, engine_version="1", seed=7)
    second = open_job(kind=doubling, inputs={"b": 2, "a": 1}, engine_version="1", seed=7)
    assert first == second
    assert first.inputs == '{"a":1,"b":2}'


@pytest.mark.parametrize(
    "other",
    [
        {"inputs": {"a": 2}, "engine_version": "1", "seed": 7},
        {"inputs": {"a": 1}, "engine_version": "2", "seed": 7},
        {"inputs": {"a": 1}, "engine_version": "1", "seed": 8},
    ],
)
def test_any_other_part_of_the_key_makes_another_job(doubling: str, other: dict) -> None:
    first = open_job(kind=doubling, inputs={"a": 1}, engine_version="1", seed=7)
    assert open_job(kind=doubling, **other) != first


def test_a_job_carries_the_request_that_opened_it(doubling: str) -> None:
    with tracing("abc123"):
        opened = open_job(kind=doubling, inputs={}, engine_version="1", seed=7)
    assert opened.request_id == "abc123"


def test_the_bell_rings_only_after_commit_and_only_for_a_waiting_job(
    doubling: str,
    rings: list[tuple[int, str]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        opened = open_job(kind=doubling, inputs={"number": 1}, engine_version="1", seed=7)
        assert rings == []
    assert rings == [(opened.pk, "compute")]
    execute_job(job_id=opened.pk)
    with django_capture_on_commit_callbacks(execute=True):
        again = open_job(kind=doubling, inputs={"number": 1}, engine_version="1", seed=7)
    assert again.state == Job.State.DONE
    assert len(rings) == 1


def test_a_kind_that_nobody_registers_is_refused() -> None:
    with pytest.raises(LookupError, match=r"No app registers the job kind 'test\.unknown'"):
        open_job(kind="test.unknown", inputs={}, engine_version="1", seed=7)


def test_a_parked_job_opened_again_has_all_its_attempts_and_a_line_in_the_log(
    failing: Job,
    rings: list[tuple[int, str]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    job = parked(failing)
    with django_capture_on_commit_callbacks(execute=True), tracing("later"):
        reopened = reopen_job(job=job, actor_id=3, reason="the inputs were repaired")
    assert (reopened.state, reopened.attempts, reopened.ended_at) == (Job.State.QUEUED, 0, None)
    assert reopened.request_id == "later"
    assert rings == [(job.pk, "compute")]
    change = Change.objects.get()
    assert (change.kind, change.actor_id, change.reason, change.subject_key) == (
        "job.reopened",
        3,
        "the inputs were repaired",
        str(job.pk),
    )
    assert (change.before["state"], change.after["state"]) == ("parked", "queued")


def test_a_job_that_is_not_parked_cannot_be_opened_again(job: Job) -> None:
    with pytest.raises(Conflict, match="no longer parked; reload the page"):
        reopen_job(job=job, actor_id=3, reason="impatience")
    assert not Change.objects.exists()


def test_opening_again_asks_for_a_reason(failing: Job) -> None:
    with pytest.raises(DomainError, match="Say why") as refusal:
        reopen_job(job=parked(failing), actor_id=3, reason="  ")
    assert refusal.value.field == "reason"
