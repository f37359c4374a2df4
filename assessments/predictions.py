"""Reads on predictions and on what people say of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from assessments.models import Forecast, Prediction, PredictionEvent, Publication
from assessments.values.prediction import Spec, parse_spec


@dataclass(frozen=True)
class PredictionRecord:
    """A prediction as it was made, and how it stands among people."""

    key: str
    technology_slug: str
    technology_name: str
    author: str
    author_id: int
    made_at: datetime
    as_of: date
    kind: str
    parent_key: str | None
    statement: str
    spec: Spec
    content_hash: str
    deadline: date
    indicator: str
    hides_forecasts: bool
    original_wording: str
    replaces_key: str | None
    replaced_by: tuple[str, ...]
    overruled: tuple[dict[str, str], ...]
    state: str
    published_at: datetime | None
    closes_at: datetime
    is_public: bool
    is_demonstration: bool
    stones: tuple[str, ...]


@dataclass(frozen=True)
class ForecastRecord:
    """What one person said, and until when it stood; a withdrawal stands for no time."""

    key: str
    forecaster_id: int
    forecaster: str
    made_at: datetime
    until: datetime
    p: float | None
    lowest: float | None
    best: float | None
    highest: float | None
    confidence: float | None
    p_never: float | None
    expires_on: date | None
    note: str
    is_withdrawal: bool
    is_demonstration: bool

    def stands_at(self, instant: datetime) -> bool:
        return self.made_at <= instant < self.until


def predictions(
    *, keys: Iterable[str] | None = None, technology: str | None = None
) -> list[PredictionRecord]:
    """Every prediction of the record, drafts and withdrawn ones too, by deadline."""
    return _records(_chosen(Prediction.objects.with_state(), keys, technology), is_public=False)


def public_predictions(
    *, keys: Iterable[str] | None = None, technology: str | None = None
) -> list[PredictionRecord]:
    """What readers see: published, not withdrawn since, of a technology that they see."""
    return _records(_chosen(Prediction.objects.published(), keys, technology), is_public=True)


def prediction_record(key: str) -> PredictionRecord | None:
    """The prediction of that key, or None."""
    return next(iter(predictions(keys=[key])), None)


def _chosen(
    rows: QuerySet[Prediction], keys: Iterable[str] | None, technology: str | None
) -> QuerySet[Prediction]:
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    return rows if technology is None else rows.filter(technology__slug=technology)


def _records(rows: QuerySet[Prediction], *, is_public: bool) -> list[PredictionRecord]:
    related = Prediction.objects.published() if is_public else Prediction.objects.with_state()
    chosen = rows.select_related("technology", "author", "parent", "replaces").prefetch_related(
        Prefetch("events", PredictionEvent.objects.order_by("id")),
        Prefetch("stones", related.order_by("deadline", "key")),
        Prefetch("replaced_by", related.order_by("key")),
    )
    found = list(chosen.order_by("deadline", "key"))
    names = published_names({row.technology_id for row in found})
    seen = set(Prediction.objects.published().values_list("pk", flat=True)) if found else set()
    return [_record(row, names, seen, is_public=is_public) for row in found]


def published_names(technologies: Iterable[int]) -> dict[int, str]:
    """What readers call each technology, by its id: a new name is a draft until published."""
    rows = Publication.objects.in_force().filter(technology__in=list(technologies))
    bodies = rows.order_by("-card__role", "seq").values_list("technology", "body")
    return {pk: json.loads(body)["card"]["technology"]["name"] for pk, body in bodies}


def _record(
    row: Any, names: dict[int, str], seen: set[int], *, is_public: bool
) -> PredictionRecord:
    name = names.get(row.technology_id) if is_public else None
    published = [event.at for event in row.events.all() if event.kind == "published"]
    replaced = row.replaces if not is_public or row.replaces_id in seen else None
    return PredictionRecord(
        key=row.key,
        technology_slug=row.technology.slug,
        technology_name=name or row.technology.name,
        author=row.author.get_username(),
        author_id=row.author_id,
        made_at=row.made_at,
        as_of=row.as_of,
        kind=row.kind,
        parent_key=row.parent.key if row.parent else None,
        statement=row.statement,
        spec=spec_of(row),
        content_hash=row.content_hash,
        deadline=row.deadline,
        indicator=row.indicator,
        hides_forecasts=row.hides_forecasts,
        original_wording=row.original_wording,
        replaces_key=replaced.key if replaced else None,
        replaced_by=tuple(other.key for other in row.replaced_by.all()),
        overruled=tuple(row.overruled),
        state=row.publication or "draft",
        published_at=published[0] if published else None,
        closes_at=_close(row.deadline, list(row.events.all())),
        is_public=row.pk in seen,
        is_demonstration=row.is_demonstration,
        stones=tuple(stone.key for stone in row.stones.all() if stone.publication != "withdrawn"),
    )


def spec_of(prediction: Prediction) -> Spec:
    return parse_spec(json.loads(prediction.spec))


def closes_at(prediction: Prediction) -> datetime:
    """The instant from which no forecast is taken: the end of the deadline, or sooner."""
    return _close(prediction.deadline, list(prediction.events.order_by("id")))


def _close(deadline: date, events: list[PredictionEvent]) -> datetime:
    end = datetime.combine(deadline + timedelta(days=1), time.min, UTC)
    closings = [event for event in events if event.kind in {"closed", "opened again"}]
    if closings and closings[-1].kind == PredictionEvent.Kind.CLOSED:
        return min(end, closings[-1].at)
    return end


def is_withdrawn(prediction: Prediction) -> bool:
    kinds = prediction.events.filter(kind__in=["published", "withdrawn"]).order_by("-id")
    return kinds.values_list("kind", flat=True).first() == PredictionEvent.Kind.WITHDRAWN


def forecasts_of(keys: Iterable[str]) -> dict[str, tuple[ForecastRecord, ...]]:
    """Every forecast on each of the predictions, oldest first, hidden ones too."""
    return _forecasts(list(keys), Forecast.objects.all())


def visible_forecasts_of(keys: Iterable[str], actor: Any) -> dict[str, tuple[ForecastRecord, ...]]:
    """Those that the person may see, oldest first; of a prediction hidden from them, none."""
    return _forecasts(list(keys), Forecast.objects.visible_to(actor))


def own_forecasts(keys: Iterable[str], actor: Any) -> dict[str, tuple[ForecastRecord, ...]]:
    """What the person alone said of each, oldest first."""
    return _forecasts(list(keys), Forecast.objects.filter(forecaster=actor))


def visible_forecasts(key: str, actor: Any) -> tuple[ForecastRecord, ...]:
    return visible_forecasts_of([key], actor)[key]


def standing_forecasts(key: str, at: datetime) -> tuple[ForecastRecord, ...]:
    """What people say at that instant, one each, oldest first."""
    return tuple(row for row in forecasts_of([key])[key] if row.stands_at(at))


def keys_hidden_from(keys: Iterable[str], actor: Any) -> frozenset[str]:
    """Predictions whose forecasts, counts of them and pooled chances the person may not see."""
    wanted = Prediction.objects.filter(key__in=list(keys), hides_forecasts=True)
    hidden = wanted.exclude(pk__in=Prediction.objects.closed().values("pk"))
    if getattr(actor, "is_authenticated", False):
        own = Forecast.objects.filter(forecaster=actor, is_withdrawal=False)
        hidden = hidden.exclude(pk__in=own.values("prediction"))
    return frozenset(hidden.values_list("key", flat=True))


def _forecasts(keys: list[str], rows: QuerySet[Forecast]) -> dict[str, tuple[ForecastRecord, ...]]:
    found: dict[str, list[Any]] = {key: [] for key in keys}
    chosen = rows.filter(prediction__key__in=keys).select_related("prediction", "forecaster")
    for row in chosen.order_by("made_at", "id"):
        found[row.prediction.key].append(row)
    closes = _closes(keys)
    return {key: _intervals(key, said, closes.get(key)) for key, said in found.items()}


def _closes(keys: list[str]) -> dict[str, datetime]:
    rows = Prediction.objects.filter(key__in=keys).prefetch_related(
        Prefetch("events", PredictionEvent.objects.order_by("id"))
    )
    return {row.key: _close(row.deadline, list(row.events.all())) for row in rows}


def _intervals(
    key: str, said: list[Forecast], close: datetime | None
) -> tuple[ForecastRecord, ...]:
    """Each forecast stands until the same person's next one, its expiry, or the close."""
    following: dict[int, datetime] = {}
    records = []
    for row in reversed(said):
        ends = [end for end in (close, following.get(row.forecaster_id)) if end is not None]
        if row.expires_on is not None:
            ends.append(datetime.combine(row.expires_on + timedelta(days=1), time.min, UTC))
        following[row.forecaster_id] = row.made_at
        until = row.made_at if row.is_withdrawal else max(row.made_at, min(ends))
        records.append(_forecast_record(key, row, until))
    return tuple(reversed(records))


def _forecast_record(key: str, row: Forecast, until: datetime) -> ForecastRecord:
    return ForecastRecord(
        key=key,
        forecaster_id=row.forecaster_id,
        forecaster=row.forecaster.get_username(),
        made_at=row.made_at,
        until=until,
        p=row.p,
        lowest=row.lowest,
        best=row.best,
        highest=row.highest,
        confidence=row.confidence,
        p_never=row.p_never,
        expires_on=row.expires_on,
        note=row.note,
        is_withdrawal=row.is_withdrawal,
        is_demonstration=row.is_demonstration,
    )
