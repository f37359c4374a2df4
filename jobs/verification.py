"""Whether jobs and results still are what their digests say."""

import json
from collections.abc import Iterator

from jobs.kinds import JobOutput
from jobs.models import Job, JobResult
from record.canonical import digest
from record.verification import Check, Examined, register_check

# Results hold arrays of some hundred kilobytes.
CHUNK = 20


def register_checks() -> None:
    register_check(Check("jobs", _jobs))
    register_check(Check("results", _results))


def _jobs() -> Iterator[Examined]:
    for job in Job.objects.order_by("pk").iterator(chunk_size=CHUNK):
        wrong = "" if digest(job.inputs) == job.inputs_digest else "its inputs changed"
        yield Examined(f"job {job.pk}", wrong)


def _results() -> Iterator[Examined]:
    rows = JobResult.objects.select_related("job").order_by("pk")
    for result in rows.iterator(chunk_size=CHUNK):
        yield Examined(f"result of job {result.pk}", _wrong_with(result, result.job))


def _wrong_with(result: JobResult, job: Job) -> str:
    try:
        output = JobOutput(json.loads(result.headline), bytes(result.arrays))
    except ValueError:
        return "its headline is no JSON"
    if output.headline_json != result.headline or output.digest != result.digest:
        return "its numbers are not those of its digest"
    promised = {
        "kind": job.kind,
        "inputs_digest": job.inputs_digest,
        "engine_version": job.engine_version,
        "seed": job.seed,
    }
    if any(result.receipt.get(key) != value for key, value in promised.items()):
        return "its receipt is of another job"
    return ""
