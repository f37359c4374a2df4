"""Why the rankings of two runs differ, for programs."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from publishing.api.rankings import COST, RUN_IN_PATH, NotYet, waiting
from publishing.api.record import OfRecord
from publishing.api.shapes import WAITING
from publishing.memory import Remembered
from publishing.movements import movements_between, ranking_runs
from publishing.pages.movements import movement_sentence
from publishing.results import Movement, Movements
from publishing.selectors import published
from rest.operations import Answered, Operation
from rest.parameters import integer
from rest.shapes import BOOLEAN, CHANCE, NUMBER, TEXT, Shape, list_of, or_null, whole

_documents: Remembered[Mapping[str, Any]] = Remembered(most=12)

CAUSES = ("own", "others", "series", "entries", "lens", "method", "calendar")
EXAMPLE: dict[str, Any] = {
    "since": 36,
    "run": 41,
    "draws": 10000,
    "tau_b": 0.94,
    "spearman": 0.99,
    "added": [{"slug": "low-orbit-internet", "name": "Low-orbit internet"}],
    "removed": [],
    "technologies": [
        {
            "slug": "tidal-stream-power",
            "name": "Tidal stream power",
            "expected_rank_before": 4.2,
            "expected_rank_after": 3.3,
            "rank_parts": dict.fromkeys(CAUSES, 0.0) | {"own": -1.1, "entries": 0.2},
            "share_before": 0.6,
            "share_after": 0.7,
            "share_parts": dict.fromkeys(CAUSES, 0.0) | {"own": 0.1},
            "is_break": False,
            "own_changes": [{"what": "viability", "before": "3", "after": "4"}],
            "sentence": "moved from 4.2 to 3.3: its own viability went from 3 to 4 (−1.1 ranks);"
            " one entry was added (+0.2).",
        }
    ],
}
_CORRELATION = or_null({"type": "number", "minimum": -1, "maximum": 1})
_ENTRY = Shape("EntryOfRanking", {"slug": TEXT, "name": TEXT})
_RANK_PARTS = Shape(
    "RankParts",
    dict.fromkeys(CAUSES, NUMBER),
    "Ranks by cause, below 0 is better; they add up to the change. `own` are the technology's own"
    " scores, `others` those of others, `series` cards of another series in place of those before,"
    " `entries` who is ranked, `calendar` the ages of cards and the date.",
)
_SHARE_PARTS = Shape("ShareParts", dict.fromkeys(CAUSES, or_null(NUMBER)), "Shares by cause.")
MOVEMENT = Shape(
    "Movement",
    {
        "slug": TEXT,
        "name": TEXT,
        "expected_rank_before": NUMBER,
        "expected_rank_after": NUMBER,
        "rank_parts": _RANK_PARTS,
        "share_before": or_null(CHANCE),
        "share_after": or_null(CHANCE),
        "share_parts": _SHARE_PARTS,
        "is_break": BOOLEAN,
        "own_changes": list_of(
            Shape("SaidOtherwise", {"what": TEXT, "before": TEXT, "after": TEXT})
        ),
        "sentence": TEXT,
    },
    "How a technology moved. Its share is that of the common field which it beats, null where it is"
    " alone. Across a break of series its own scores are not compared.",
)
RANKING_CHANGES = Shape(
    "RankingChanges",
    {
        "since": whole(1),
        "run": whole(1),
        "draws": whole(1),
        "tau_b": _CORRELATION,
        "spearman": _CORRELATION,
        "added": list_of(_ENTRY),
        "removed": list_of(_ENTRY),
        "technologies": list_of(MOVEMENT),
    },
    "What moved from one ranking to another on common draws, the largest change first, and why:"
    " Shapley values over the causes.",
    EXAMPLE,
)


class RankingChanges(OfRecord):
    path_parameters = RUN_IN_PATH
    parameters = (
        integer(
            "since",
            "The number of the run to compare with; without it the finished ranking before this"
            " one under the same lens.",
            low=0,
            high=10**15,
        ),
    )
    operations = {
        "GET": Operation(
            id="getRankingChanges",
            tag="Rankings",
            summary="Why a ranking differs from another",
            description="By technology, which part of its move comes from which cause. Of the"
            " technologies that readers see now. A large comparison is left to a worker, and the"
            " answer is 202 until it is done.",
            answers={
                200: Answered("What moved.", RANKING_CHANGES, headers=("ETag", "Last-Modified")),
                202: Answered("It is being computed.", WAITING, headers=("Retry-After",)),
            },
            refusals=(404, 409),
        )
    }

    def answer(self) -> HttpResponseBase:
        before, after = self._runs()

        def compute() -> Mapping[str, Any]:
            self.count_call(self.request, cost=COST)
            found = movements_between(before=before, after=after, published=published())
            if found is None:
                raise NotYet
            return changes_document(found)

        try:
            return self.json(_documents.get((self.edition(), before, after), compute))
        except NotYet:
            return waiting("comparison")

    def _runs(self) -> tuple[int, int]:
        after = ranking_runs().filter(pk=self.kwargs["run"]).first()
        if after is None:
            raise Http404("There is no finished ranking of that number.")
        earlier = ranking_runs().filter(pk__lt=after.pk, lens=after.lens, known_on=None)
        since = self.asked["since"]
        before = ranking_runs().filter(pk=since) if since is not None else earlier
        found = before.values_list("pk", flat=True).first()
        if found is None:
            raise Http404("There is no finished ranking to compare it with.")
        return found, after.pk


def changes_document(movements: Movements) -> Mapping[str, Any]:
    return {
        "since": movements.before.run_id,
        "run": movements.after.run_id,
        "draws": movements.draws,
        "tau_b": movements.tau_b,
        "spearman": movements.spearman,
        "added": [{"slug": slug, "name": name} for slug, name in movements.added],
        "removed": [{"slug": slug, "name": name} for slug, name in movements.removed],
        "technologies": [_record(row, movements) for row in movements.by_size],
    }


def _record(row: Movement, movements: Movements) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "expected_rank_before": row.before,
        "expected_rank_after": row.after,
        "rank_parts": dict(row.parts),
        "share_before": row.share_before,
        "share_after": row.share_after,
        "share_parts": dict(row.share_parts),
        "is_break": row.is_break,
        "own_changes": [
            {"what": said.what, "before": said.before, "after": said.after}
            for said in row.own_changes
        ],
        "sentence": movement_sentence(row, movements),
    }
