import json
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jobs import kinds
from jobs.kinds import register_kind
from jobs.limits import MAX_ATTEMPTS
from jobs.models import Intermediate, Job, JobResult
from jobs.selectors import parts_done, progress_of
from jobs.services import execute_job, lease_job, open_job, reopen_job
from jobs.services.parts import finish_part
from jobs.signals import job_ended
from record.errors import DomainError
from record.models import Change
from tests.jobs.passing import let_time_pass
from tests.jobs.summing import NAME, Summing

pytestmark = pytest.mark.django_db

ALL = sum(number**2 for number in range(45))


@pytest.fixture
def summing(monkeypatch: pytest.MonkeyPatch, rings: list[Any]) -> Summing:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    summing = Summing()
    register_kind(summing.kind)
    return summing


@pytest.fixture
def whole(summing: Summing) -> Job:
    """A job that its first attempt has cut into five parts."""
    job = opened()
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    return job


def opened(numbers: int = 45, seed: int = 7) -> Job:
    return open_job(kind=NAME, inputs={"numbers": numbers}, engine_version="1", seed=seed)


def parts_of(whole: Job) -> list[Job]:
    return list(Job.objects.filter(whole=whole))


def execute_all(whole: Job) -> None:
    for part in parts_of(whole):
        execute_job(job_id=part.pk)


def fail_for_good(job: Job) -> None:
    for _ in range(MAX_ATTEMPTS):
        execute_job(job_id=job.pk)
        let_time_pass(job)


def test_a_small_job_is_computed_by_one_worker(summing: Summing) -> None:
    job = opened(numbers=10)
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.parts_total, Job.objects.count()) == (Job.State.DONE, 0, 1)
    assert "parts" not in job.result.receipt


def test_a_large_job_waits_for_its_parts_without_a_worker(whole: Job) -> None:
    assert (whole.state, whole.lease_until, whole.parts_total) == (Job.State.WAITING, None, 5)
    assert lease_job(job_id=whole.pk) is None
    assert [part.state for part in parts_of(whole)] == [Job.State.QUEUED] * 5
    assert len({part.inputs_digest for part in parts_of(whole)}) == 5


def test_parts_give_the_bytes_that_one_worker_gives(whole: Job, summing: Summing) -> None:
    execute_all(whole)
    execute_job(job_id=whole.pk)
    result = JobResult.objects.get(job=whole)
    alone = summing.compute({"numbers": 45}, seed=7, report=lambda _done, _total: None)
    assert result.digest == alone.digest
    assert json.loads(result.headline) == {"sum": ALL}
    assert result.receipt["parts"] == 5


def test_what_led_to_the_result_is_gone_with_it(whole: Job) -> None:
    execute_all(whole)
    assert Intermediate.objects.count() == 6
    execute_job(job_id=whole.pk)
    assert Intermediate.objects.count() == 0
    assert [job.pk for job in Job.objects.all()] == [whole.pk]


def test_progress_is_the_sum_of_the_parts(whole: Job) -> None:
    assert progress_of(whole) == (0, 45)
    first, *_, last = parts_of(whole)
    execute_job(job_id=first.pk)
    execute_job(job_id=last.pk)
    whole.refresh_from_db()
    assert progress_of(whole) == (15, 45)
    assert (whole.progress_done, parts_done(whole)) == (15, 2)


def test_the_end_of_the_whole_is_told_and_that_of_a_part_is_not(
    whole: Job, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    told: list[int] = []

    def listen(*, job: Job, **_: object) -> None:
        told.append(job.pk)

    job_ended.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            execute_all(whole)
            execute_job(job_id=whole.pk)
    finally:
        job_ended.disconnect(listen)
    assert told == [whole.pk]


def test_the_last_part_rings_for_the_whole(
    whole: Job,
    rings: list[Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    *others, last = parts_of(whole)
    with django_capture_on_commit_callbacks(execute=True):
        for part in others:
            execute_job(job_id=part.pk)
    assert rings == []
    with django_capture_on_commit_callbacks(execute=True):
        execute_job(job_id=last.pk)
    assert rings == [(whole.pk, "compute")]


def test_a_worker_that_dies_in_a_part_loses_that_part_only(whole: Job, summing: Summing) -> None:
    first, *others = parts_of(whole)
    dead = lease_job(job_id=first.pk)
    for part in others:
        execute_job(job_id=part.pk)
    let_time_pass(first)
    execute_job(job_id=first.pk)
    assert dead is not None
    assert not finish_part(held=dead, content=b"wrong", facts={})
    whole.refresh_from_db()
    assert (whole.state, whole.progress_done) == (Job.State.QUEUED, 45)
    execute_job(job_id=whole.pk)
    assert json.loads(JobResult.objects.get(job=whole).headline) == {"sum": ALL}
    assert sorted(summing.begun) == [0, 10, 20, 30, 40]


def test_a_worker_that_dies_before_the_cut_leaves_nothing(summing: Summing) -> None:
    job = opened()
    assert lease_job(job_id=job.pk) is not None
    let_time_pass(job)
    execute_job(job_id=job.pk)
    execute_job(job_id=job.pk)
    assert len(parts_of(job)) == 5
    assert len(summing.cuts) == 1


def test_a_cut_that_comes_too_late_is_not_made(
    summing: Summing, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = opened()
    cut = summing.split

    def slow(*arguments: Any, **named: Any) -> Any:
        let_time_pass(job)
        assert lease_job(job_id=job.pk) is not None
        return cut(*arguments, **named)

    monkeypatch.setattr(summing, "split", slow)
    execute_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.parts_total, parts_of(job)) == (Job.State.RUNNING, 0, [])


def test_a_part_that_fails_for_good_parks_the_whole_with_a_sentence(
    whole: Job, summing: Summing
) -> None:
    summing.before_part = refuse(20)
    first, _, third, *_ = parts_of(whole)
    execute_job(job_id=first.pk)
    fail_for_good(third)
    whole.refresh_from_db()
    assert whole.state == Job.State.PARKED
    assert whole.error == "Part 3 of 5 failed at each of its attempts: ValueError: not 20"
    states = [part.state for part in parts_of(whole)]
    assert states == [Job.State.DONE, *[Job.State.PARKED] * 4]


def test_a_part_whose_worker_is_lost_five_times_parks_the_whole(whole: Job) -> None:
    part = parts_of(whole)[0]
    for _ in range(MAX_ATTEMPTS):
        assert lease_job(job_id=part.pk) is not None
        let_time_pass(part)
    assert lease_job(job_id=part.pk) is None
    whole.refresh_from_db()
    assert "Part 1 of 5" in whole.error
    assert "stopped without a word" in whole.error


def test_a_whole_that_is_opened_again_goes_on_where_it_stopped(
    whole: Job, summing: Summing
) -> None:
    summing.before_part = refuse(20)
    first, _, third, *_ = parts_of(whole)
    execute_job(job_id=first.pk)
    fail_for_good(third)
    whole.refresh_from_db()
    summing.before_part = refuse(0)
    reopen_job(job=whole, actor_id=0, reason="mended")
    assert whole.state == Job.State.WAITING
    execute_all(whole)
    execute_job(job_id=whole.pk)
    assert json.loads(JobResult.objects.get(job=whole).headline) == {"sum": ALL}
    assert Change.objects.get().after == {"state": "waiting", "attempts": 0}


def test_a_merge_that_failed_is_tried_again_with_the_parts_as_they_are(
    whole: Job, summing: Summing
) -> None:
    execute_all(whole)
    summing.before_merge = refuse(7)
    fail_for_good(whole)
    assert (whole.state, whole.error) == (Job.State.PARKED, "ValueError: not 7")
    summing.before_merge = refuse(0)
    assert reopen_job(job=whole, actor_id=0, reason="mended").state == Job.State.QUEUED
    execute_job(job_id=whole.pk)
    whole.refresh_from_db()
    assert whole.state == Job.State.DONE
    assert len(summing.begun) == 5


def test_a_part_is_not_opened_again_by_itself(whole: Job) -> None:
    part = parts_of(whole)[0]
    with pytest.raises(DomainError, match=f"open job {whole.pk} again"):
        reopen_job(job=part, actor_id=0, reason="mended")


def test_of_two_merges_the_one_that_lost_its_lease_writes_nothing(
    whole: Job, summing: Summing
) -> None:
    execute_all(whole)

    def another_worker(_seed: int) -> None:
        summing.before_merge = refuse(0)
        let_time_pass(whole)
        execute_job(job_id=whole.pk)

    summing.before_merge = another_worker
    execute_job(job_id=whole.pk)
    whole.refresh_from_db()
    assert (whole.state, whole.token, whole.error) == (Job.State.DONE, 3, "")
    assert JobResult.objects.count() == 1


def test_a_merge_that_misses_numbers_says_so(whole: Job) -> None:
    execute_all(whole)
    Intermediate.objects.filter(job=parts_of(whole)[0]).delete()
    execute_job(job_id=whole.pk)
    whole.refresh_from_db()
    assert whole.error == f"RuntimeError: 4 of the 5 parts of job {whole.pk} left their numbers."


def test_an_environment_of_a_part_that_differs_is_in_the_receipt(whole: Job) -> None:
    execute_all(whole)
    row = Intermediate.objects.get(job=parts_of(whole)[1])
    row.facts |= {"simd": "ANOTHER"}
    row.save()
    execute_job(job_id=whole.pk)
    elsewhere = JobResult.objects.get(job=whole).receipt["parts_elsewhere"]
    assert [found["simd"] for found in elsewhere] == ["ANOTHER"]


def refuse(wrong: int) -> Callable[[int], None]:
    """Raises at that number, which 0 is not."""

    def check(number: int) -> None:
        if number == wrong and wrong:
            raise ValueError(f"not {wrong}")

    return check
