import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from jobs.models import Job
from publishing.api.record import OfRecord
from publishing.api.shapes import OUTLOOKS, RANKING, WAITING
from publishing.api.technologies import AS_OF, KNOWN_ON
from publishing.data import outlook_document, ranking_answer
from publishing.filters import RankingFilters, entries_of
from publishing.memory import Remembered
from publishing.own_weights import can_be_weighed, ranking_by_weights
from publishing.pages.published import Past, Published
from publishing.ranking_order import BY_RANK, in_order
from publishing.results import Ranking
from publishing.selectors import published, ranking_dated, ranking_of, ranking_under
from publishing.weights import read_weights
from record.clock import today
from record.errors import Conflict
from rest.endpoints import Endpoint
from rest.filters import filter_parameters
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import NUMBER, Source, Table
from rest.parameters import Parameter
from rest.reading import ListEndpoint
from rest.shapes import page_shape, text
from scoring.api import RUN, run_records
from scoring.filters import RankingFilters as RunsOfRankings
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
from scoring.services.dated import ranking_of_dates

RETRY_SECONDS = 5
# A ranking that is computed for one caller costs as much of the minute as so many other calls.
COST = 200
COST_OF_WEIGHTS = 10
_HEADERS = ("ETag", "Last-Modified", "Link")

_of_runs: Remembered[Ranking] = Remembered(most=6)
_of_dates: Remembered[Ranking] = Remembered(most=6)

_DECLARED = {one.name: one for one in filter_parameters(RankingFilters)}
_DECLARED.pop("lens")
WEIGHTS = _DECLARED.pop("weights")
# The rows that any ranking is asked for, and their order.
ASKED = tuple(_DECLARED.values())


class NotYet(Exception):
    """A worker computes it."""


class RankingList(ListEndpoint):
    parameters = filter_parameters(RunsOfRankings)
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
        done = RunsOfRankings(self.request.query_params, done).qs
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
    parameters = ASKED
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
        record = published()
        ranking = _of_runs.get((self.edition(), run.pk), lambda: _ranking_of(run.pk, record))
        return self.json(_answer(self, ranking, record))


def _ranking_of(pk: int, record: Published) -> Ranking:
    run = Run.objects.select_related("job__result").get(pk=pk)
    return ranking_of(finished(run), record)


def _answer(endpoint: OfRecord, ranking: Ranking, record: Published) -> Mapping[str, Any]:
    """The rows that are asked for, in the order that is; those without a rank come last."""
    filters = RankingFilters(endpoint.request.query_params, entries_of(record))
    kept = {entry.card.slug for entry in filters.qs}
    ranked = in_order(
        [row for row in ranking.ranked if row.slug in kept], filters.values.get("sort", BY_RANK)
    )
    others = [row for row in ranking.rows if not row.is_ranked and row.slug in kept]
    return ranking_answer(ranking, [*ranked, *others])


LENS = Parameter(
    "lens",
    "The key of a lens, as lenses/ lists them; without it, or empty, the default one.",
    text(pattern="^[a-z0-9_-]*$", longest=40),
    example="moonshot",
)


class RankingLatest(OfRecord):
    parameters = (AS_OF, KNOWN_ON, LENS, WEIGHTS, *ASKED)
    operations = {
        "GET": Operation(
            id="getLatestRanking",
            tag="Rankings",
            summary="The ranking of now, or of a date",
            description="The last finished ranking under a lens, the even-handed one where none"
            " is named. With a date the ranking of the record of that date: from the ledger where"
            " it was computed before, else computed for this call. A large one is left to a"
            " worker, and the answer is 202 until it is done. With weights of one's own the record"
            " of now is ranked for this call, around them and in fewer draws, and nothing is"
            " stored.",
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
        past = Past(self.asked["as_of"], self.asked["known_on"])
        if self.asked["weights"]:
            return self._by_weights(past)
        if lens_of(self._lens) is None:
            raise Http404(f"There is no lens “{self._lens}”; lenses/ lists those there are.")
        if past != Past():
            return self._of_dates(past)
        if self._lens != DEFAULT_LENS:
            return self._of_lens()
        record = published()
        if record.ranking is not None:
            return self.json(_answer(self, record.ranking, record))
        if any(row.kind == RunKind.RANKING for row in record.computing):
            return waiting("ranking")
        raise Http404("Nothing has been ranked yet.")

    def _of_lens(self) -> HttpResponseBase:
        ranking = ranking_under(self._lens)
        if ranking is not None:
            return self.json(_answer(self, ranking, published()))
        if run_in_progress(RunKind.RANKING, self._lens) is not None:
            return waiting("ranking")
        raise Http404("Nothing has been ranked under this lens yet.")

    def _by_weights(self, past: Past) -> HttpResponseBase:
        record = published()
        if past != Past() or self.asked["lens"]:
            raise Conflict(
                "Weights are of the record of now and stand in place of a lens; leave out lens,"
                " as_of and known_on, or the weights."
            )
        if not can_be_weighed(record):
            raise Http404("Weights of one's own rank 1 to 1,000 published technologies.")
        self.count_call(self.request, cost=COST_OF_WEIGHTS)
        weights = read_weights(self.asked["weights"]).weights
        return self.json(_answer(self, ranking_by_weights(record, weights), record))

    def _of_dates(self, past: Past) -> HttpResponseBase:
        record = published(as_of=past.as_of, known_on=past.known_on)

        def compute() -> Ranking:
            self.count_call(self.request, cost=COST)
            spoken_of = past.as_of or past.known_on or today()
            dated = ranking_of_dates(as_of=spoken_of, known_on=past.known_on, lens=self._lens)
            if dated is None:
                raise NotYet
            return ranking_dated(dated, replace(past, as_of=spoken_of), record)

        try:
            ranking = _of_dates.get((self.edition(), past, self._lens), compute)
        except NotYet:
            return waiting("ranking")
        return self.json(_answer(self, ranking, record))


def waiting(what: str) -> HttpResponseBase:
    detail = f"This {what} is being computed. Ask again in {RETRY_SECONDS} seconds."
    body = {"detail": detail, "retry_after": RETRY_SECONDS}
    return Endpoint.json(body, status=202, Retry_After=str(RETRY_SECONDS))


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
