"""Published predictions with what stands behind each: its state, its chances, its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Max

from assessments.models import Prediction, PredictionEvent
from assessments.predictions import PredictionRecord, keys_hidden_from, public_predictions
from jobs.models import Job
from publishing.memory import Remembered
from publishing.pages.published import Published
from scoring.models import ResolutionEvent, Run, RunKind
from scoring.predictions import PredictionResult, latest_predictions
from scoring.resolution_states import State, state_of
from scoring.resolutions import events_of, people_needed


@dataclass(frozen=True)
class Predicted:
    """`result` is that of the last finished run, without its fan; None before the first, and while
    forecasts are hidden: whoever reads the record is nobody in particular, and has not forecast."""

    record: PredictionRecord
    state: State
    result: PredictionResult | None = None
    is_hidden: bool = False

    @property
    def people(self) -> int | None:
        """How many forecast at the last run; None where readers may not know."""
        return None if self.result is None else len(self.result.people)


Instants = tuple[datetime | None, ...]
_predicted: Remembered[tuple[Published, tuple[Predicted, ...]]] = Remembered(most=4)


@dataclass(frozen=True)
class PredictionMoment:
    """How far predictions have come beyond what public changes tell: the last run, step and answer
    by their numbers. Runs end in any order, so they are counted too. The instants tell records
    apart whose numbers agree."""

    run: int
    runs: int
    step: int
    answer: int
    at: Instants

    @property
    def words(self) -> str:
        return f"{self.run}.{self.runs}.{self.step}.{self.answer}"

    @property
    def newest(self) -> float:
        """In seconds since 1970; 0 before anything came."""
        return max([0.0, *(instant.timestamp() for instant in self.at if instant)])


def prediction_moment() -> PredictionMoment:
    """In three short questions to the database; what moves among drafts moves nothing."""
    seen = Prediction.objects.published().order_by()
    runs = Run.objects.filter(kind=RunKind.PREDICTION, subject__in=seen.values("key")).order_by()
    done = runs.filter(job__state=Job.State.DONE)
    run = done.aggregate(number=Max("seq"), count=Count("seq"), at=Max("job__ended_at"))
    steps = PredictionEvent.objects.filter(prediction__in=seen.values("pk")).order_by()
    step = steps.aggregate(number=Max("pk"), at=Max("at"))
    answers = ResolutionEvent.objects.filter(prediction__in=seen.values("pk")).order_by()
    answer = answers.aggregate(number=Max("pk"), at=Max("at"))
    return PredictionMoment(
        run["number"] or 0,
        run["count"],
        step["number"] or 0,
        answer["number"] or 0,
        (run["at"], step["at"], answer["at"]),
    )


def predicted(published: Published) -> tuple[Predicted, ...]:
    """Every prediction that readers see, by technology and then by key."""
    # The cards are the same object for as long as the record is; the value keeps them alive.
    key = id(published.cards), published.today, prediction_moment()
    return _predicted.get(key, lambda: (published, read_predicted(published.today)))[1]


def read_predicted(today: date) -> tuple[Predicted, ...]:
    """The same, read from the database; what is due is told by `today`."""
    records = public_predictions()
    keys = [record.key for record in records]
    results, hidden = _results(keys), keys_hidden_from(keys, None)
    states = _states(records, today)
    found = [
        Predicted(
            record=record,
            state=states[record.key],
            result=None if record.key in hidden else results.get(record.key),
            is_hidden=record.key in hidden,
        )
        for record in records
    ]
    return tuple(sorted(found, key=lambda one: (one.record.technology_slug, one.record.key)))


def _states(records: Sequence[PredictionRecord], today: date) -> dict[str, State]:
    events, needed = events_of([record.key for record in records]), people_needed()
    return {
        record.key: state_of(
            events.get(record.key, ()),
            reads_on=record.spec.reads_on,
            today=today,
            people_needed=needed,
        )
        for record in records
    }


def _results(keys: Sequence[str]) -> dict[str, PredictionResult]:
    """A fan is long, and stands in the run of its indicator too."""
    found = latest_predictions(keys)
    return {key: replace(result, fan=None, at_deadline=()) for key, result in found.items()}
