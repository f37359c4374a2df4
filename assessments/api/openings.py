"""That a market is open, or closed again: proposed by one person, answered by another."""

from enum import StrEnum
from typing import Any

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from accounts.models import User
from assessments.api import texts
from assessments.api.card_shapes import object_of
from assessments.api.faults import faults_of_fields, refusal
from assessments.api.predictions import told
from assessments.api.sight import drafts_reader
from assessments.models import Opening, OpeningStep, Technology
from assessments.openings import pending_step
from assessments.services.openings import (
    FIRST_YEAR,
    confirm_opening,
    propose_opening,
    refuse_opening,
    withdraw_opening,
)
from assessments.values import limits
from assessments.values.fields import FieldProblem, Fields
from record.errors import Conflict
from rest.callers import person_of
from rest.endpoints import Endpoint
from rest.operations import Answered, Operation
from rest.shapes import INSTANT, TEXT, Shape, named, one_of, or_null, whole

LAST_YEAR = 2200


class Action(StrEnum):
    PROPOSE = "propose"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


SENT = named(
    "SentOpeningStep",
    object_of(
        {
            "action": one_of(*Action),
            "status": one_of(*Opening.Status.values),
            "year": whole(FIRST_YEAR, LAST_YEAR),
            "evidence": or_null(texts.text(limits.PASSAGE)),
            "note": or_null(texts.text(limits.NOTE)),
        },
        ["action", "status", "year"],
    ),
    "`evidence` belongs to a proposal, and the note says why one is refused. Whoever answers"
    " repeats the status and the year that they read, so that nobody confirms what they did not.",
)
STEP = Shape(
    "OpeningStep",
    {
        "technology": TEXT,
        "step": one_of(*OpeningStep.Kind.values),
        "status": one_of(*Opening.Status.values),
        "year": whole(FIRST_YEAR, LAST_YEAR),
        "evidence": TEXT,
        "test": TEXT,
        "note": TEXT,
        "by": TEXT,
        "proposed_by": TEXT,
        "at": INSTANT,
    },
    "One step of the way to a recorded opening, with the test that it was held to.",
    {
        "technology": "tidal-stream-power",
        "step": "proposed",
        "status": "open",
        "year": 2025,
        "evidence": "Three makers sell turbines to farms; 130 million USD in 2025 (registers).",
        "test": "Three independent vendors have paying customers beyond pilots.",
        "note": "",
        "by": "anna",
        "proposed_by": "anna",
        "at": "2026-11-02T09:30:00+00:00",
    },
)


class OpeningSteps(Endpoint):
    path_parameters = {
        "slug": {
            "description": "The technology, by its slug.",
            "schema": texts.slug(),
            "example": "tidal-stream-power",
        }
    }
    operations = {
        "POST": Operation(
            id="recordOpening",
            tag="Outlooks",
            summary="Propose that a market opened, or answer a proposal",
            description="One step. An opening, or that a market closed again, counts once another"
            " editor has confirmed it. A proposal is refused with a note, or withdrawn by whoever"
            " made it.",
            body=SENT,
            body_example={
                "action": "propose",
                "status": "open",
                "year": 2025,
                "evidence": STEP.example["evidence"],
            },
            answers={201: Answered("The step as it stands in the record.", STEP)},
            refusals=(404, 409, 422),
        )
    }

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        by = person_of(request)
        rows = Technology.objects.visible_to(drafts_reader(request))
        technology = rows.filter(slug=self.kwargs["slug"]).first()
        if technology is None:
            raise Http404
        fields = _read(request.data)
        with told():
            _take(technology, by, **fields)
        step = OpeningStep.objects.filter(technology=technology).latest("id")
        return self.json(_record(step), status=201)


def _read(body: object) -> dict[str, Any]:
    """The step, or 422 with all that is wrong in it."""
    problems: list[FieldProblem] = []
    fields = Fields(body, "", problems)
    read = {
        "action": fields.optional_choice("action", Action) if fields.has("action") else None,
        "status": fields.optional_choice("status", Opening.Status)
        if fields.has("status")
        else None,
        "year": fields.year("year") if fields.has("year") else None,
        "evidence": fields.text("evidence", limit=limits.PASSAGE),
        "note": fields.text("note", limit=limits.NOTE),
    }
    for name in ("action", "status", "year"):
        if read[name] is None and not problems:
            fields.note(name, None, f"Needed: the {name}.", "missing")
    fields.finish()
    if problems:
        raise refusal(faults_of_fields(problems))
    return read


def _take(
    technology: Technology, by: User, *, action: Action, status: str, year: int, **words: str
) -> None:
    if action is Action.PROPOSE:
        evidence = words["evidence"]
        propose_opening(technology=technology, status=status, year=year, evidence=evidence, by=by)
        return
    proposal = pending_step(technology)
    if proposal is None:
        raise Conflict(f"No proposal on {technology.name} waits for an answer. Propose one first.")
    if (proposal.status, proposal.year) != (status, year):
        raise Conflict(
            f"What waits is “{proposal.status}” in {proposal.year}, by {proposal.by}. Read it, and"
            " answer that one."
        )
    if action is Action.CONFIRM:
        confirm_opening(proposal=proposal, by=by, note=words["note"])
    elif action is Action.REFUSE:
        refuse_opening(proposal=proposal, by=by, note=words["note"])
    else:
        withdraw_opening(proposal=proposal, by=by)


def _record(step: OpeningStep) -> dict[str, Any]:
    return {
        "technology": step.technology.slug,
        "step": step.kind,
        "status": step.status,
        "year": step.year,
        "evidence": step.evidence,
        "test": step.test,
        "note": step.note,
        "by": step.by.get_username(),
        "proposed_by": step.proposed_by.get_username(),
        "at": step.at,
    }
