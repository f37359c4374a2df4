"""What the linter of predictions knows: the day, the technology, and the indicators."""

from typing import Any

from assessments.models import Technology
from assessments.values.linting import Context
from assessments.values.measures import KnownIndicator
from evidence.selectors import Series, series_of, visible_indicators
from record.clock import today


def known(series: Series) -> KnownIndicator:
    """The indicator as wording and linting need it."""
    return KnownIndicator(
        slug=series.slug,
        name=series.name,
        unit=series.unit,
        kind=series.kind,
        progress=series.progress,
        cadence=series.cadence,
        geography=series.geography,
        publisher=series.publisher,
        release_lag_days=series.release_lag_days,
        ceiling=series.ceiling,
        is_snapshot=series.is_snapshot,
        is_public=series.is_public,
        values={point.period: point.value for point in series.points if point.period},
    )


def known_indicator(slug: str | None) -> KnownIndicator | None:
    found = series_of([slug]) if slug else {}
    return next((known(series) for series in found.values()), None)


def known_indicators(actor: Any) -> tuple[KnownIndicator, ...]:
    """All that the person may see, by name."""
    return tuple(known(series) for series in visible_indicators(actor))


def context_of(technology: Technology | None, indicators: tuple[KnownIndicator, ...]) -> Context:
    aliases = technology.aliases.values_list("name", flat=True) if technology else ()
    return Context(
        today=today(),
        technology=technology.name if technology else "",
        aliases=tuple(aliases),
        indicators=indicators,
    )
