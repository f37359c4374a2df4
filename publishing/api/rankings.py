import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from jobs.models import Job
from publishing.api.record import OfRecord
from publishing.api.shapes import OUTLOOKS, RANKING, WAITING
from publishing.api.technologies import AS_OF, KNOWN_ON
from publishing.data import outlook_document, ranking_document, ranking_record
from publishing.memory import Remembered
from publishing.pages.published import Published
from publishing.selectors import published, ranked_rows, ranking_of, ranking_under
from record.clock import today
from rest.endpoints import Endpoint
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import NUMBER, Source, Table
from rest.parameters import Parameter
from rest.reading import ListEndpoint
from rest.shapes import page_shape, text
from scoring.api import RUN, run_records
from scoring.models import Run, RunKind
from scoring.selectors import (
    DEFAULT_LENS,
    finished,
    latest_finished_seq,
    lens_of,
    newest_lens_version,
    run_in_progress,
    runs_moment,
)
from scoring.services.dated import DatedRanking, ranking_of_dates

RETRY_SECONDS = 5
# A ranking that is computed for one caller costs as much of the minute as so many other calls.
COST = 200
_HEADERS = ("ETag", "Last-Modified", "Link")

_of_runs: Remembered[Mapping[str, Any]] = Remembered(most=12)
_of_dates: Remembered[Mapping[str, Any]] = Remembered(most=12)


class NotYet(Exception):
    """A worker computes it."""


class RankingList(ListEndpoint):
    cursor_key = (NUMBER, "41")
    columns = tuple(RUN.fields)
    file_name = "rankings"
    operations = {
        "GET": Operation(
            id="listRankings",
            tag="Rankings",
            summary="Finished rankings, newest first",
            description="The runs whose ranking can be read under rankings/{run}/.",
            answers={200: Answered("A page of runs.", page_shape(RUN), OF_LISTS, _HEADERS)},
        )
    }

    def edition(self) -> str:
        return runs_moment()

    def source(self) -> Source:
        done = Run.objects.filter(kind=RunKind.RANKING, job__state=Job.State.DONE)
        rows = done.select_related("job").defer("job__inputs")
        return Table(rows, run_records, "id", is_descending=True)


RUN_IN_PATH = {
    "run": {
        "description": "The number of a run.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 10**15},
        "example": 41,
    }
}


class RankingDetail(OfRecord):
    path_parameters = RUN_IN_PATH
    operations = {
        "GET": Operation(
            id="getRanking",
            tag="Rankings",
            summary="The ranking of one run",
            description="As it was computed then, of the technologies that readers see now.",
            answers={200: Answered("The ranking.", RANKING, headers=_HEADERS)},
        )
    }

    def answer(self) -> HttpResponseBase:
        runs = Run.objects.filter(kind=RunKind.RANKING, job__state=Job.State.DONE)
        run = get_object_or_404(runs, pk=self.kwargs["run"])
        key = (self.edition(), run.pk)
        return self.json(_of_runs.get(key, lambda: _document_of(run.pk)))


def _document_of(pk: int) -> Mapping[str, Any]:
    run = Run.objects.select_related("job__result").get(pk=pk)
    return ranking_document(ranking_of(finished(run), published()))


LENS = Parameter(
    "lens",
    "The key of a lens, as lenses/ lists them; without it the default one.",
    text(pattern="^[a-z0-9_-]+$", longest=40),
    example="moonshot",
)


class RankingLatest(OfRecord):
    parameters = (AS_OF, KNOWN_ON, LENS)
    operations = {
        "GET": Operation(
            id="getLatestRanking",
            tag="Rankings",
            summary="The ranking of now, or of a date",
            description="The last finished ranking. With a date the ranking of the record of that"
            " date: from the ledger where it was computed before, else computed for this call."
            " A large one is left to a worker, and the answer is 202 until it is done.",
            answers={
                200: Answered("The ranking.", RANKING, headers=_HEADERS),
                202: Answered("It is being computed.", WAITING, headers=("Retry-After",)),
            },
            refusals=(404, 409),
        )
    }

    @cached_property
    def _lens(self) -> str:
        return str(self.request.query_params.get("lens") or DEFAULT_LENS)

    @cached_property
    def _under(self) -> tuple[str, datetime.datetime | None]:
        """Which ranking under another lens, by which version of it, and when it was computed."""
        if self._lens == DEFAULT_LENS or lens_of(self._lens) is None:
            return "", None
        seq, ended_at = latest_finished_seq(RunKind.RANKING, self._lens)
        return f"-{seq}.{newest_lens_version()[0]}", ended_at

    def edition(self) -> str:
        return super().edition() + self._under[0]

    def changed_at(self) -> float | None:
        ended_at = self._under[1]
        return max(super().changed_at() or 0, ended_at.timestamp() if ended_at else 0)

    def answer(self) -> HttpResponseBase:
        as_of, known_on = self.asked["as_of"], self.asked["known_on"]
        if lens_of(self._lens) is None:
            raise Http404(f"There is no lens “{self._lens}”; lenses/ lists those there are.")
        if as_of or known_on:
            return self._of_dates(as_of, known_on)
        if self._lens != DEFAULT_LENS:
            return self._of_lens()
        record = published()
        if record.ranking is not None:
            return self.json(ranking_document(record.ranking))
        if any(row.kind == RunKind.RANKING for row in record.computing):
            return waiting("ranking")
        raise Http404("Nothing has been ranked yet.")

    def _of_lens(self) -> HttpResponseBase:
        ranking = ranking_under(self._lens)
        if ranking is not None:
            return self.json(ranking_document(ranking))
        if run_in_progress(RunKind.RANKING, self._lens) is not None:
            return waiting("ranking")
        raise Http404("Nothing has been ranked under this lens yet.")

    def _of_dates(
        self, as_of: datetime.date | None, known_on: datetime.date | None
    ) -> HttpResponseBase:
        def compute() -> Mapping[str, Any]:
            self.count_call(self.request, cost=COST)
            spoken_of = as_of or known_on or today()
            dated = ranking_of_dates(as_of=spoken_of, known_on=known_on, lens=self._lens)
            if dated is None:
                raise NotYet
            record = published(as_of=as_of, known_on=known_on)
            return _dated_document(dated, record, spoken_of, known_on)

        try:
            return self.json(_of_dates.get((self.edition(), self._lens, as_of, known_on), compute))
        except NotYet:
            return waiting("ranking")


def waiting(what: str) -> HttpResponseBase:
    detail = f"This {what} is being computed. Ask again in {RETRY_SECONDS} seconds."
    body = {"detail": detail, "retry_after": RETRY_SECONDS}
    return Endpoint.json(body, status=202, Retry_After=str(RETRY_SECONDS))


def _dated_document(
    dated: DatedRanking,
    record: Published,
    as_of: datetime.date,
    known_on: datetime.date | None,
) -> Mapping[str, Any]:
    run = {
        "id": dated.run_id,
        "inputs_digest": dated.inputs_digest,
        "seed": dated.seed,
        "draws": dated.headline["draws"],
        "engine": dated.engine,
        "lens": dated.lens,
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat() if known_on else None,
        "finished_at": dated.finished_at.isoformat() if dated.finished_at else None,
    }
    rows = ranked_rows(dated.headline["technologies"], record)
    technologies = [{"slug": row.slug, "name": row.name} | ranking_record(row) for row in rows]
    return {"run": run, "technologies": technologies}


class OutlookLatest(OfRecord):
    operations = {
        "GET": Operation(
            id="getLatestOutlook",
            tag="Outlooks",
            summary="When markets may open",
            description="The last finished outlook, by slug.",
            answers={
                200: Answered("The outlook.", OUTLOOKS, headers=_HEADERS),
                202: Answered("It is being computed.", WAITING, headers=("Retry-After",)),
            },
            refusals=(404,),
        )
    }

    def answer(self) -> HttpResponseBase:
        record = published()
        if record.outlook is not None:
            return self.json(outlook_document(record.outlook, record))
        if any(row.kind == RunKind.OUTLOOK for row in record.computing):
            return waiting("outlook")
        raise Http404("No outlook has been computed yet.")
