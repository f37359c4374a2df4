"""Runs, for programs."""

from collections.abc import Iterable
from typing import Any

from assessments.api.sight import drafts_reader
from record.selectors import newest_public_seq
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import NUMBER, Source, Table
from rest.reading import ListEndpoint
from rest.shapes import DAY, INSTANT, SHA256, TEXT, Shape, one_of, or_null, page_shape, whole
from scoring.models import Run, RunKind
from scoring.selectors import runs_moment

RUN = Shape(
    "Run",
    {
        "id": whole(1),
        "kind": one_of(*RunKind.values),
        "subject": TEXT,
        "lens": TEXT,
        "as_of": DAY,
        "known_on": or_null(DAY),
        "reason": TEXT,
        "opened_at": INSTANT,
        "finished_at": or_null(INSTANT),
        "state": one_of("queued", "running", "waiting", "done", "parked"),
        "engine": TEXT,
        "seed": whole(0),
        "inputs_digest": SHA256,
    },
    "Something computed from the record: what was asked, when and why, and how far it is.",
    {
        "id": 41,
        "kind": "ranking",
        "subject": "",
        "lens": "even-handed",
        "as_of": "2026-11-21",
        "known_on": None,
        "reason": "publication 57: tidal-stream-power",
        "opened_at": "2026-11-21T08:15:28.104000+00:00",
        "finished_at": "2026-11-21T08:15:30.250000+00:00",
        "state": "done",
        "engine": "ranking/2",
        "seed": 20300101,
        "inputs_digest": "9f2c1d3e4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    },
)


def run_records(runs: Iterable[Run]) -> list[dict[str, Any]]:
    return [
        {
            "id": run.seq,
            "kind": run.kind,
            "subject": run.subject,
            "lens": run.lens,
            "as_of": run.as_of,
            "known_on": run.known_on,
            "reason": run.reason,
            "opened_at": run.opened_at,
            "finished_at": run.job.ended_at,
            "state": run.job.state,
            "engine": run.job.engine_version,
            "seed": run.job.seed,
            "inputs_digest": run.job.inputs_digest,
        }
        for run in runs
    ]


class RunList(ListEndpoint):
    """Every run, the newest first."""

    cursor_key = (NUMBER, "41")
    columns = tuple(RUN.fields)
    file_name = "runs"
    operations = {
        "GET": Operation(
            id="listRuns",
            tag="Runs",
            summary="Runs, newest first",
            description="What was computed from the record, or is being computed.",
            answers={
                200: Answered(
                    "A page of runs.", page_shape(RUN), OF_LISTS, ("ETag", "Last-Modified", "Link")
                )
            },
        )
    }

    def edition(self) -> str:
        reader = drafts_reader(self.request)
        return f"{runs_moment()} {newest_public_seq()} {reader.pk or 0}"

    def source(self) -> Source:
        return Table(
            Run.objects.visible_to(drafts_reader(self.request))
            .select_related("job")
            .defer("job__inputs"),
            run_records,
            "id",
            is_descending=True,
        )
