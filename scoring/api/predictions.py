"""How predictions came out, for programs: resolutions with their steps, chances with their history,
and the record of whoever forecast."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from accounts.models import User
from assessments.api.sight import drafts_reader
from assessments.models import Prediction
from assessments.predictions import PredictionRecord, prediction_record
from record.canonical import digest
from record.errors import Conflict, DomainError, NotAllowed
from rest.callers import person_of
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import NUMBER, Record, Rows, Source
from rest.problems import Fault, Problem
from rest.reading import ListEndpoint
from rest.shapes import page_shape
from scoring.api.prediction_shapes import (
    POINT,
    RESOLUTION,
    STEP_EXAMPLE,
    STEP_SENT,
    TALLY,
)
from scoring.api.steps_sent import Action, Step, read_step
from scoring.models import ResolutionEvent
from scoring.predictions import ProbabilityPoint, probability_history, track_record
from scoring.querysets import chances_visible_to
from scoring.resolution_states import Event
from scoring.resolutions import events_of
from scoring.selectors import runs_moment
from scoring.services.resolutions import (
    confirm_resolution,
    propose_resolution,
    refuse_resolution,
    undo_resolution,
)
from scoring.track_record import Record as TrackRecordOf
from scoring.track_record import Tally

KEY_PARAMETER = {
    "key": {
        "description": "The prediction, by its id.",
        "schema": {"type": "string", "pattern": "^[a-z0-9_-]+$", "maxLength": 130},
        "example": "tidal-stream-power-2031-417",
    }
}
HEADERS = ("ETag", "Link")
OF_REMARKS = {
    Action.CONFIRM: confirm_resolution,
    Action.REFUSE: refuse_resolution,
    Action.UNDO: undo_resolution,
}


class _OfOne(ListEndpoint):
    """A list that belongs to one prediction, which the caller sees."""

    path_parameters = {**ListEndpoint.path_parameters, **KEY_PARAMETER}
    cursor_key = (NUMBER, "41")

    def edition(self) -> str:
        """Of what the caller sees alone: the log would tell of what is hidden."""
        reader = drafts_reader(self.request)
        told = [
            {part: value for part, value in row.items() if not part.endswith("at")}
            for row in self.records()
        ]
        return f"{self.kwargs['key']} {reader.pk or 0} {digest(repr(told))}"

    def records(self) -> list[dict[str, Any]]:
        """What is told of it, in the order of its key."""
        raise NotImplementedError

    def seen(self) -> PredictionRecord:
        """The prediction, or 404 where the caller does not see it."""
        rows = Prediction.objects.visible_to(drafts_reader(self.request))
        key = self.kwargs["key"]
        record = prediction_record(key) if rows.filter(key=key).exists() else None
        if record is None:
            raise Http404
        return record


class ResolutionFile(_OfOne):
    """The steps from open to resolved, oldest first."""

    columns = tuple(RESOLUTION.fields)
    file_name = "resolutions"
    operations = {
        "GET": Operation(
            id="listResolutions",
            tag="Predictions",
            summary="How a prediction was resolved",
            description="Every step of the way, those that were refused or undone too.",
            answers={200: Answered("A page of steps.", page_shape(RESOLUTION), OF_LISTS, HEADERS)},
        )
    }

    def source(self) -> Source:
        return Rows(self.records(), "id")

    def records(self) -> list[dict[str, Any]]:
        key = self.seen().key
        return [resolution_record(one) for one in events_of([key]).get(key, ())]


class ResolutionList(ResolutionFile):
    operations = {
        **ResolutionFile.operations,
        "POST": Operation(
            id="resolvePrediction",
            tag="Predictions",
            summary="Propose, confirm, refuse, annul or undo",
            description="One step. Two people stand behind every answer: a proposal is confirmed by"
            " somebody else, one of the machine by two. `seen` names the last step that was read;"
            " where another came since the answer is 409.",
            body=STEP_SENT,
            body_example=STEP_EXAMPLE,
            answers={201: Answered("The step as it stands in the record.", RESOLUTION)},
            refusals=(404, 409, 422),
        ),
    }

    def post(self, request: Request, **kwargs: Any) -> HttpResponse:
        by, key = person_of(request), self.kwargs["key"]
        prediction = Prediction.objects.published().filter(key=key).first()
        if prediction is None:
            raise Http404
        with as_problems():
            event = take(read_step(request.data), prediction, by)
        (found,) = [one for one in events_of([key])[key] if one.id == event.pk]
        return self.json(resolution_record(found), status=201)


def take(sent: Step, prediction: Prediction, by: User) -> ResolutionEvent:
    """The step stands in the record."""
    if sent.answer is not None:
        return propose_resolution(
            prediction=prediction, answer=sent.answer, by=by, seen=sent.remark.seen
        )
    return OF_REMARKS[sent.action](prediction=prediction, remark=sent.remark, by=by)


@contextmanager
def as_problems() -> Iterator[None]:
    """What the service refuses: 409 where the record stands in the way, 422 for what was sent."""
    try:
        yield
    except NotAllowed:
        raise
    except Conflict as error:
        raise Problem(409, error.message) from error
    except DomainError as error:
        faults = [Fault(f"#/{error.field}", "refused", error.message)] if error.field else []
        raise Problem(422 if faults else 409, error.message, faults=faults) from error


def resolution_record(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "step": event.kind,
        "outcome": event.outcome,
        "value": event.value,
        "happened_on": event.happened_on,
        "note": event.note,
        "evidence": event.evidence,
        "by": event.by or None,
        "at": event.at,
    }


class ProbabilityList(_OfOne):
    """What each run gave the prediction, oldest first."""

    columns = tuple(POINT.fields)
    file_name = "probabilities"
    operations = {
        "GET": Operation(
            id="listProbabilities",
            tag="Predictions",
            summary="A prediction's chance over time",
            description="What each finished run said: the pool with the range when each member is"
            " left out, and the model. Questions about numbers and dates have none.",
            answers={200: Answered("A page of runs.", page_shape(POINT), OF_LISTS, HEADERS)},
        )
    }

    def source(self) -> Source:
        return Rows(self.records(), "run")

    def records(self) -> list[dict[str, Any]]:
        record = self.seen()
        if not chances_visible_to(drafts_reader(self.request)).filter(key=record.key).exists():
            raise Http404
        return [point_record(one) for one in probability_history(record.key)]


def point_record(point: ProbabilityPoint) -> dict[str, Any]:
    return {
        "run": point.run_id,
        "at": point.at,
        "as_of": point.as_of,
        "reason": point.reason,
        "pool": point.pool,
        "low": point.low,
        "high": point.high,
        "model": point.model,
        "members": point.members,
    }


class ScoreList(ListEndpoint):
    """The record of people, pool and model, by what was predicted."""

    cursor_key = (r"[a-z]+:[^\n]{1,200}", "real:events:pool:all:")
    columns = tuple(TALLY.fields)
    file_name = "scores"
    operations = {
        "GET": Operation(
            id="listScores",
            tag="Predictions",
            summary="How good the forecasts were",
            description="Means over resolved predictions with 90 % bands, from ten on; cut more"
            " finely from thirty. People are numbers. What the demonstration made up stands under"
            " `set` demonstration and is never part of what is real.",
            answers={200: Answered("A page of records.", page_shape(TALLY), OF_LISTS, HEADERS)},
        )
    }

    def edition(self) -> str:
        return runs_moment()

    def source(self) -> Source:
        found = track_record()
        sets = {"real": found.real, "demonstration": found.demonstration} if found else {}
        rows = [row for name, record in sets.items() for row in tally_records(name, record)]
        return Rows(sorted(rows, key=_id), "id")


def _id(record: Record) -> str:
    return str(record["id"])


def tally_records(name: str, record: TrackRecordOf) -> Sequence[Mapping[str, Any]]:
    return [_tally_record(name, row) for row in record.tallies]


def _tally_record(name: str, row: Tally) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"{name}:{row.scored}:{row.who}:{row.by}:{row.value}",
        "set": name,
        "scored": row.scored,
        "who": row.who,
        "by": row.by,
        "value": row.value,
        "n": row.n,
        "needed": row.needed,
    }
    for score in ("brier", "log", "crps", "wis", "skill"):
        figure = row.figures.get(score)
        told[score] = figure.value if figure else None
        told[f"{score}_low"] = figure.low if figure else None
        told[f"{score}_high"] = figure.high if figure else None
    return told
