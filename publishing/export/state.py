"""One state of the public record, read once: everything in the export is made from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from assessments.challenges import ChallengeRecord, challenge_records
from assessments.models import Challenge
from assessments.selectors import PublishedCard, published_histories
from evidence.selectors import Series, public_indicators
from publishing.foretold import forecaster_names, prediction_facts
from publishing.indicator_data import is_passed_on
from publishing.pages.prediction.facts import PredictionFacts
from publishing.pages.published import Published, day_words
from publishing.predicted import Predicted, read_predicted
from publishing.selectors import public_changes, published, standing
from record.models import PublicChange
from scoring.predictions import track_record
from scoring.track_record import TrackRecord


@dataclass(frozen=True)
class ExportState:
    """`published` speaks of the last day on which the record or a run of it moved, so that the
    same state gives the same export on any later day. `changes` newest first; `standing` are
    the publications among them that were not withdrawn since; `foretold` is all that stands on
    the page of each prediction, `indicators` those by which one is decided; `record` is how good
    forecasts were, by people whose `names` are given by their number."""

    published: Published
    publications: Mapping[str, list[PublishedCard]]
    changes: tuple[PublicChange, ...]
    standing: frozenset[int]
    predictions: tuple[Predicted, ...] = ()
    foretold: tuple[PredictionFacts, ...] = ()
    indicators: tuple[Series, ...] = ()
    challenges: tuple[ChallengeRecord, ...] = ()
    record: TrackRecord | None = None
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def seq(self) -> int:
        return self.published.seq

    @property
    def day(self) -> date:
        return self.published.today

    @cached_property
    def is_demonstration(self) -> bool:
        cards = any(card.is_demonstration for card in self.published.cards)
        said = any(one.record.is_demonstration for one in self.predictions)
        said = said or any(one.is_demonstration for one in self.challenges)
        return cards or said or any(series.is_demonstration for series in self.indicators)

    @property
    def words(self) -> str:
        """Change 12, 9 November 2026."""
        return f"change {self.seq}, {day_words(self.day)}"


def export_state() -> ExportState:
    """What readers see at this moment, of one state of the database."""
    with transaction.atomic():
        _hold_still()
        found = published()
        changes = tuple(public_changes())
        foretold = read_predicted(found.today)
        state = ExportState(
            published=found,
            publications=published_histories(),
            changes=changes,
            standing=frozenset(standing(row.change for row in changes)),
            predictions=foretold,
            indicators=_indicators(foretold),
            challenges=tuple(challenge_records(Challenge.objects.shown())),
            record=(record := track_record()),
            names=forecaster_names(record),
        )
        day = _day(state)
        still = replace(found, today=day, computing=())
        predictions = read_predicted(day)
        return replace(
            state,
            published=still,
            predictions=predictions,
            foretold=tuple(_foretold(predictions, still)),
        )


def _foretold(predictions: Iterable[Predicted], published: Published) -> Iterator[PredictionFacts]:
    """As a visitor sees them at the end of the day that the export speaks of."""
    now = datetime.combine(published.today, time.max, UTC)
    for one in predictions:
        facts = prediction_facts(one.record.key, AnonymousUser(), published)
        if facts is not None:
            series = facts.series if facts.series and is_passed_on(facts.series) else None
            still = replace(facts, now=now, state=one.state, is_computing=False, series=series)
            yield still if series else replace(still, fan=None)


def _indicators(predictions: Iterable[Predicted]) -> tuple[Series, ...]:
    slugs = {one.record.indicator for one in predictions}
    return tuple(series for series in public_indicators() if series.slug in slugs)


def _hold_still() -> None:
    """SQLite shows a transaction one state by itself."""
    is_outermost = len(connection.savepoint_ids) == 0
    if connection.vendor == "postgresql" and is_outermost:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _day(state: ExportState) -> date:
    """Today only while nothing has ever happened."""
    runs = [run.run.as_of for run in (state.published.ranking, state.published.outlook) if run]
    days = runs + [row.change.at.date() for row in state.changes[:1]]
    for one in state.predictions:
        days += [one.result.as_of] if one.result else []
        days += [event.at.date() for event in one.state.events[-1:]]
    return max(days, default=state.published.today)
