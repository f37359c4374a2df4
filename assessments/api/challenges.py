"""Corrections from readers, for programs: a newsletter prints them in its mailbag."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser

from assessments.challenge_filters import OUTCOMES, ChallengeFilters
from assessments.challenges import ChallengeRecord, challenge_records
from assessments.models import Challenge, ChallengeEvent
from assessments.values.scale import Dimension
from record.canonical import digest
from rest.filters import filter_parameters
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import Record, Rows, Source
from rest.reading import ListEndpoint
from rest.shapes import (
    BOOLEAN,
    DAY,
    TEXT,
    Shape,
    list_of,
    one_of,
    or_null,
    page_shape,
    text,
)

KEY = text(pattern="^[a-z0-9_-]+$", longest=100)
ANSWER = Shape(
    "ChallengeAnswer",
    {
        "kind": one_of(*ChallengeEvent.Kind.values),
        "note": TEXT,
        "by": TEXT,
        "on": DAY,
    },
    "A reply, or an outcome with its reason.",
)
MOVED = Shape(
    "ChallengedScore",
    {"dimension": one_of(*Dimension), "before": TEXT, "after": TEXT},
    "A score that changed because a reader was right.",
)
CHALLENGE = Shape(
    "Challenge",
    {
        "key": KEY,
        "technology": KEY,
        "dimension": or_null(one_of(*Dimension)),
        "claim": TEXT,
        "evidence": TEXT,
        "evidence_url": or_null(TEXT),
        "said_on": DAY,
        "is_from_mailbag": BOOLEAN,
        "outcome": one_of(*OUTCOMES),
        "credit": or_null(TEXT) | {"description": "null where the reader wants no name printed."},
        "answers": list_of(ANSWER),
        "scores": list_of(MOVED),
        "revised_on": or_null(DAY),
        "is_demonstration": BOOLEAN,
    },
    "What a reader found wrong, what was answered, and what changed because of it.",
    {
        "key": "edge-ai-5c1d2e7a",
        "technology": "edge-ai",
        "dimension": "viability",
        "claim": "The second vendor has sold chips since May.",
        "evidence": "Its price list.",
        "evidence_url": "https://example.org/prices",
        "said_on": "2026-05-02",
        "is_from_mailbag": False,
        "outcome": "accepted",
        "credit": "R. R.",
        "answers": [
            {
                "kind": "accepted",
                "note": "Two customers confirmed it.",
                "by": "ben",
                "on": "2026-05-09",
            }
        ],
        "scores": [{"dimension": "viability", "before": "3", "after": "4"}],
        "revised_on": "2026-05-09",
        "is_demonstration": False,
    },
)


_NESTED = {"answers", "scores"}


class ChallengeList(ListEndpoint):
    """What readers see of the ledger, in the order of its keys."""

    columns = (*(name for name in CHALLENGE.fields if name not in _NESTED), "answer", "scores")
    file_name = "challenges"
    cursor_key = (r"[a-z0-9_-]{1,100}", "edge-ai-5c1d2e7a")
    parameters = filter_parameters(ChallengeFilters)
    operations = {
        "GET": Operation(
            id="listChallenges",
            tag="Challenges",
            summary="Corrections from readers",
            description="Those that an editor let through, with answer, outcome and the scores that"
            " changed because of them.",
            answers={
                200: Answered(
                    "A page of corrections.", page_shape(CHALLENGE), OF_LISTS, ("ETag", "Link")
                )
            },
        )
    }

    def edition(self) -> str:
        return digest(repr(self._shown()))

    def source(self) -> Source:
        kept: Iterable[ChallengeRecord] = ChallengeFilters(
            self.request.query_params, self._shown()
        ).qs
        return Rows(sorted(map(challenge_json, kept), key=lambda row: str(row["key"])), "key")

    def row(self, record: Record) -> Sequence[object]:
        """The last answer, and the scores in words: a table has one cell for each."""
        flat = [record[name] for name in CHALLENGE.fields if name not in _NESTED]
        moved = "; ".join(
            f"{one['dimension']} {one['before']} to {one['after']}" for one in record["scores"]
        )
        return [*flat, record["answers"][-1]["note"] if record["answers"] else "", moved]

    def _shown(self) -> list[ChallengeRecord]:
        return challenge_records(Challenge.objects.visible_to(AnonymousUser()))


def challenge_json(record: ChallengeRecord) -> dict[str, Any]:
    return {
        "key": record.key,
        "technology": record.slug,
        "dimension": record.dimension or None,
        "claim": record.claim,
        "evidence": record.evidence,
        "evidence_url": record.evidence_url or None,
        "said_on": record.said_on,
        "is_from_mailbag": record.is_from_mailbag,
        "outcome": "waiting" if record.is_waiting else record.outcome,
        "credit": record.credit if record.is_credited else None,
        "answers": [
            {"kind": step.kind, "note": step.note, "by": step.by, "on": step.on}
            for step in record.steps
        ],
        "scores": [
            {"dimension": one.dimension, "before": one.before, "after": one.after}
            for one in record.moved
        ],
        "revised_on": record.revised_on,
        "is_demonstration": record.is_demonstration,
    }
