"""One request can be followed from the answer to the log, the record, the run and the worker."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from assessments.models import Publication, Revision
from assessments.services.review import approve_revision, submit_revision
from config.logs import JsonLines
from jobs.models import Job
from jobs.services import execute_job
from record.models import Change
from record.trace import current_request_id
from scoring.models import Run
from tests.assessments.factories import person, saved

pytestmark = pytest.mark.django_db

ID = "the-request-to-follow"
LATER = "another-request-of-later"


class Written(logging.Handler):
    """What the log would hold: every line is formed at the moment it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"].startswith(logger)]


@pytest.fixture
def written() -> Iterator[Written]:
    handler, root = Written(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


def approved() -> Revision:
    revision = saved()
    submit_revision(revision=revision, by=person("anna"))
    shown = revision.content_hash
    approve_revision(revision=revision, by=person("ben", "editor"), shown_hash=shown)
    return revision


def post(address: str, request_id: str, **fields: str) -> Any:
    client = Client(headers={"X-Request-ID": request_id})
    client.force_login(person("ben", "editor"))
    return client.post(address, fields)


def publish() -> Any:
    revision = approved()
    return post(f"/cards/{revision.card_id}/publish/", ID, shown_hash=revision.content_hash)


def test_the_answer_and_the_log_of_the_site_name_the_request(written: Written) -> None:
    answer = publish()
    assert answer["X-Request-ID"] == ID
    [line] = written.of("bellwether.requests")
    assert (line["request_id"], line["view"]) == (ID, "assessments:card-publish")


def test_the_changes_of_a_request_carry_its_id() -> None:
    publish()
    assert Publication.objects.count() == 1
    assert [row.kind for row in Change.objects.filter(request_id=ID)] == ["card.published"]
    assert not Change.objects.exclude(request_id=ID).filter(kind="card.published").exists()


def test_the_runs_and_jobs_of_a_publication_carry_its_id() -> None:
    publish()
    assert {run.kind for run in Run.objects.filter(request_id=ID)} == {"ranking", "outlook"}
    assert {job.kind for job in Job.objects.filter(request_id=ID)} == {"ranking", "outlook"}
    assert Run.objects.exclude(request_id=ID).count() == 0


def test_the_worker_writes_under_the_id_of_the_request(written: Written) -> None:
    publish()
    written.lines.clear()
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
        assert current_request_id() == ""
    said = [line["message"].partition(": ")[2] for line in written.of("jobs")]
    assert said == ["attempt 1 of ranking", "done", "attempt 1 of outlook", "done"]
    assert {line["request_id"] for line in written.lines} == {ID}
    assert {job.state for job in Job.objects.all()} == {"done"}


def test_a_job_opened_again_is_followed_under_the_later_request(written: Written) -> None:
    publish()
    run = Run.objects.filter(kind="ranking").get()
    Job.objects.filter(pk=run.job_id).update(state="parked", error="lost", ended_at=run.opened_at)
    post(f"/runs/{run.seq}/reopen/", LATER, reason="The worker is back.")
    [change] = Change.objects.filter(request_id=LATER)
    assert change.kind == "job.reopened"
    written.lines.clear()
    execute_job(job_id=run.job_id)
    assert {line["request_id"] for line in written.of("jobs")} == {LATER}
    assert Run.objects.get(pk=run.pk).request_id == ID


def test_a_failure_in_the_worker_is_logged_under_the_id(written: Written) -> None:
    publish()
    job = Job.objects.filter(kind="ranking").get()
    Job.objects.filter(pk=job.pk).update(inputs="{")
    execute_job(job_id=job.pk)
    [line] = [line for line in written.of("jobs") if line["level"] == "error"]
    assert line["request_id"] == ID
    assert "failed" in line["message"]
    assert "JSONDecodeError" in line["error"]
