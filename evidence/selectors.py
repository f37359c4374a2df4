"""What is known of indicators: the newest figure of each period, now or as known on a date."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, QuerySet, Sum

from evidence.models import Indicator, Observation
from evidence.values.facts import IndicatorFacts
from record.errors import DomainError


@dataclass(frozen=True)
class Point:
    """A figure in force. `time` is None, and `period` empty, where a snapshot has no date."""

    period: str
    time: float | None
    value: float
    entered: str
    label: str
    vintage: date
    source: str
    source_url: str
    note: str
    recorded_at: datetime


@dataclass(frozen=True)
class Series:
    """An indicator with the figures in force, in the order of time; the undated come last."""

    slug: str
    name: str
    unit: str
    progress: str
    kind: str
    cadence: str
    geography: str
    publisher: str
    source_url: str
    licence: str
    licence_url: str
    comparability: str
    ceiling: tuple[float, float] | None
    release_lag_days: int
    is_snapshot: bool
    is_public: bool
    is_demonstration: bool
    version: int
    points: tuple[Point, ...]

    @property
    def times(self) -> tuple[float, ...]:
        return tuple(point.time for point in self.points if point.time is not None)

    @property
    def values(self) -> tuple[float, ...]:
        """As many as there are times."""
        return tuple(point.value for point in self.points if point.time is not None)


def facts_of(indicator: Indicator) -> IndicatorFacts:
    return IndicatorFacts(
        **{field.name: getattr(indicator, field.name) for field in fields(IndicatorFacts)}
    )


def indicator_series(slug: str, *, known_on: date | None = None) -> Series:
    """The series of that slug; DomainError if there is none."""
    found = series_of([slug], known_on=known_on).get(slug)
    if found is None:
        raise DomainError(f"There is no indicator “{slug}”.", field="indicator")
    return found


def series_of(slugs: Iterable[str], *, known_on: date | None = None) -> dict[str, Series]:
    """Those of the slugs that are indicators, in two queries however many they are."""
    return series_among(Indicator.objects.filter(slug__in=set(slugs)), known_on=known_on)


def public_indicators(*, known_on: date | None = None) -> list[Series]:
    """All that readers may see, by name."""
    return list(series_among(Indicator.objects.public(), known_on=known_on).values())


def visible_indicators(actor: Any, *, known_on: date | None = None) -> list[Series]:
    return list(series_among(Indicator.objects.visible_to(actor), known_on=known_on).values())


def visible_series(actor: Any, slug: str, *, known_on: date | None = None) -> Series | None:
    """The series of that slug, if there is one that the actor may see."""
    seen = Indicator.objects.visible_to(actor).filter(slug=slug)
    return series_among(seen, known_on=known_on).get(slug)


def latest_point(series: Series) -> Point | None:
    """The figure of the latest period."""
    dated = [point for point in series.points if point.time is not None]
    return dated[-1] if dated else None


def has_demonstration() -> bool:
    return Indicator.objects.filter(is_demonstration=True).exists()


def observations_known(rows: QuerySet[Observation], known_on: date | None) -> QuerySet[Observation]:
    """What was in the record at the end of that day, of what was published by then."""
    if known_on is None:
        return rows
    end = datetime.combine(known_on, time.max, UTC)
    return rows.filter(recorded_at__lte=end, vintage__lte=known_on)


def figures_in_force(rows: Iterable[Observation], *, by_label: bool) -> list[Observation]:
    """The newest vintage of each period, without those that were taken back.

    A snapshot may hold several things measured in one period, so it is looked at by label too.
    """
    newest: dict[tuple[str, str], Observation] = {}
    for row in sorted(rows, key=_age):
        newest[row.period, row.label if by_label else ""] = row
    return [row for row in newest.values() if not row.is_withdrawn]


def series_among(
    indicators: QuerySet[Indicator], *, known_on: date | None = None
) -> dict[str, Series]:
    """The series of these indicators, by name."""
    found = list(indicators.order_by("name", "slug"))
    rows: dict[int, list[Observation]] = {row.pk: [] for row in found}
    every = Observation.objects.filter(indicator__in=list(rows)).order_by("pk")
    for row in observations_known(every, known_on):
        rows[row.indicator_id].append(row)
    return {row.slug: _one(row, rows[row.pk]) for row in found}


def _one(row: Indicator, observations: Iterable[Observation]) -> Series:
    in_force = figures_in_force(observations, by_label=row.is_snapshot)
    points = sorted(map(_point, in_force), key=_place)
    return Series(
        slug=row.slug,
        name=row.name,
        unit=row.unit,
        progress=row.progress,
        kind=row.kind,
        cadence=row.cadence,
        geography=row.geography,
        publisher=row.publisher,
        source_url=row.source_url,
        licence=row.licence,
        licence_url=row.licence_url,
        comparability=row.comparability,
        ceiling=facts_of(row).ceiling,
        release_lag_days=row.release_lag_days,
        is_snapshot=row.is_snapshot,
        is_public=row.is_public,
        is_demonstration=row.is_demonstration,
        version=row.version,
        points=tuple(points),
    )


def _point(row: Observation) -> Point:
    return Point(
        period=row.period,
        time=row.time,
        value=row.value,
        entered=row.entered,
        label=row.label,
        vintage=row.vintage,
        source=row.source,
        source_url=row.source_url,
        note=row.note,
        recorded_at=row.recorded_at,
    )


def _place(point: Point) -> tuple[bool, float, str]:
    return point.time is None, point.time or 0.0, point.label


@dataclass(frozen=True)
class Vintage:
    """One row of the record; `is_in_force` says whether the series shows it."""

    period: str
    label: str
    value: float
    entered: str
    vintage: date
    is_correction: bool
    is_withdrawn: bool
    is_in_force: bool
    note: str
    recorded_at: datetime


def vintages_of(slug: str) -> tuple[Vintage, ...]:
    """Every row of an indicator, by period and label, the oldest vintage of each first."""
    rows = list(Observation.objects.filter(indicator__slug=slug).select_related("indicator"))
    by_label = bool(rows) and rows[0].indicator.is_snapshot
    in_force = {row.pk for row in figures_in_force(rows, by_label=by_label)}
    rows.sort(key=lambda row: (row.period, row.label if by_label else "", *_age(row)))
    return tuple(_vintage(row, is_in_force=row.pk in in_force) for row in rows)


def _age(row: Observation) -> tuple[date, int, int]:
    return row.vintage, row.correction, row.pk


def _vintage(row: Observation, *, is_in_force: bool) -> Vintage:
    return Vintage(
        period=row.period,
        label=row.label,
        value=row.value,
        entered=row.entered,
        vintage=row.vintage,
        is_correction=bool(row.correction),
        is_withdrawn=row.is_withdrawn,
        is_in_force=is_in_force,
        note=row.note,
        recorded_at=row.recorded_at,
    )


def evidence_moment(indicators: QuerySet[Indicator]) -> str:
    """Short text that changes with every change of these indicators and their figures."""
    known = indicators.aggregate(number=Count("pk"), versions=Sum("version"))
    newest = Observation.objects.filter(indicator__in=indicators.values("pk"))
    rows = newest.aggregate(number=Count("pk"))
    return f"{known['number']}-{known['versions'] or 0}-{rows['number']}"
