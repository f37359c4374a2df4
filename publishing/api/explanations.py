"""Why technologies stand where they stand, for programs."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from jobs.models import Job
from publishing.api.explanation_shapes import EXPLANATION, PAIR
from publishing.api.rankings import RankingDetail
from publishing.api.record import OfRecord
from publishing.api.technologies import SLUG_PARAMETER
from publishing.explained_data import explanation_document, pair_document
from publishing.explanations import explained, reasons_against
from publishing.memory import Remembered
from publishing.results import Ranked, Ranking
from publishing.selectors import published, ranking_of
from rest.operations import Answered, Operation
from rest.parameters import Parameter, spelled
from rest.problems import Problem
from scoring.models import Run, RunKind
from scoring.selectors import finished, results_so_far

_HEADERS = ("ETag", "Last-Modified", "Link")
_SLUG = "^[a-z0-9_-]{1,100}$"

_rankings: Remembered[Ranking] = Remembered(most=4)


class OfExplanation(OfRecord):
    """Answers also follow from rankings of other lenses and from what is computed beside a run."""

    @cached_property
    def _results(self) -> tuple[int, datetime | None]:
        return results_so_far()

    def edition(self) -> str:
        return f"{super().edition()}-{self._results[0]}"

    def changed_at(self) -> float | None:
        ended_at, settled_at = self._results[1], super().changed_at() or 0.0
        return max(ended_at.timestamp(), settled_at) if ended_at else settled_at

    def ranking_of_run(self, run_id: int) -> Ranking:
        """Of any finished run; only a lookup where it is the one that pages show."""
        record = published()
        if record.ranking is not None and record.ranking.run.id == run_id:
            return record.ranking
        done = Run.objects.filter(kind=RunKind.RANKING, job__state=Job.State.DONE)
        run = get_object_or_404(done.select_related("job__result"), pk=run_id)
        key = (OfRecord.edition(self), run.pk, run.job.inputs_digest)
        return _rankings.get(key, lambda: ranking_of(finished(run), record))

    def explain(self, ranking: Ranking) -> HttpResponseBase:
        row = row_of(self.kwargs["slug"], ranking)
        return self.json(explanation_document(row, ranking, explained(ranking, row.slug)))


def row_of(slug: str, ranking: Ranking) -> Ranked:
    row = ranking.row(slug)
    if row is None:
        raise Http404
    return row


class RankedTechnology(OfExplanation):
    path_parameters = {**RankingDetail.path_parameters, **SLUG_PARAMETER}
    operations = {
        "GET": Operation(
            id="explainRank",
            tag="Rankings",
            summary="Why a technology stands where it stands in a run",
            description="What drives its rank, how it stands to its neighbours and by what, which"
            " single scores would put it and a neighbour in the other order, how far other"
            " constants move it, and where it stands under every lens.",
            answers={200: Answered("The explanation.", EXPLANATION, headers=_HEADERS)},
            refusals=(404,),
        )
    }

    def answer(self) -> HttpResponseBase:
        return self.explain(self.ranking_of_run(self.kwargs["run"]))


class TechnologyRanking(OfExplanation):
    path_parameters = SLUG_PARAMETER
    operations = {
        "GET": Operation(
            id="explainLatestRank",
            tag="Technologies",
            summary="Why a technology stands where it stands",
            description="The explanation of its rank in the last finished ranking.",
            answers={200: Answered("The explanation.", EXPLANATION, headers=_HEADERS)},
            refusals=(404,),
        )
    }

    def answer(self) -> HttpResponseBase:
        ranking = published().ranking
        if ranking is None:
            raise Http404
        return self.explain(ranking)


def _named(name: str, which: str) -> Parameter:
    described = f"The {which} of the two, by the slug of its page."
    example = "tidal-stream-power" if name == "a" else "wave-power"
    return spelled(name, described, _SLUG, example=example, is_required=True)


class RankingPair(OfExplanation):
    parameters = (_named("a", "first"), _named("b", "second"))
    path_parameters = RankingDetail.path_parameters
    operations = {
        "GET": Operation(
            id="comparePair",
            tag="Rankings",
            summary="How any two technologies of a run stand to each other",
            description="How often a is ahead of b, and the parts of the difference of their"
            " worths by dimension. 404 where one of them is not ranked in the run, or both are"
            " the same.",
            answers={200: Answered("The pair.", PAIR, headers=_HEADERS)},
            refusals=(404,),
        )
    }

    def answer(self) -> HttpResponseBase:
        ranking = self.ranking_of_run(self.kwargs["run"])
        first, second = (row_of(self.asked[name], ranking) for name in ("a", "b"))
        for row in (first, second):
            if not row.is_ranked:
                raise Problem(404, f"{row.name} is not ranked: {row.not_ranked_because}.")
        if first is second:
            raise Problem(404, "a and b are the same technology; name two.")
        reasons = reasons_against(ranking, first.slug, [second.slug])
        document: Mapping[str, Any] = pair_document(first, second, ranking, reasons)
        return self.json(document)
