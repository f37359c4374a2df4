"""Measured series as data, under the names in which they are kept."""

from evidence.selectors import Series, latest_point
from publishing.data import Record


def indicator_record(series: Series) -> Record:
    """One row of a table: what is measured, by whom, and the last figure of it."""
    low, high = series.ceiling or (None, None)
    latest = latest_point(series)
    return {
        "slug": series.slug,
        "name": series.name,
        "unit": series.unit,
        "kind": series.kind,
        "progress": series.progress,
        "cadence": series.cadence,
        "geography": series.geography or None,
        "publisher": series.publisher,
        "source_url": series.source_url or None,
        "licence": series.licence or None,
        "licence_url": series.licence_url or None,
        "comparability": series.comparability or None,
        "ceiling_low": low,
        "ceiling_high": high,
        "release_lag_days": series.release_lag_days,
        "is_snapshot": series.is_snapshot,
        "is_demonstration": series.is_demonstration,
        "observations": len(series.points),
        "latest_period": latest.period if latest else None,
        "latest_value": latest.value if latest and is_passed_on(series) else None,
    }


def observation_rows(series: Series) -> list[Record]:
    """The figures in force, none of a series whose licence nobody has named."""
    if not is_passed_on(series):
        return []
    return [
        {
            "indicator": series.slug,
            "period": point.period or None,
            "time": point.time,
            "label": point.label or None,
            "value": point.value,
            "entered": point.entered,
            "unit": series.unit,
            "vintage": point.vintage.isoformat(),
            "source": point.source or None,
            "source_url": point.source_url or None,
            "note": point.note or None,
            "licence": series.licence,
            "is_demonstration": series.is_demonstration,
        }
        for point in series.points
    ]


def indicator_document(series: Series) -> Record:
    """The indicator with its figures."""
    return indicator_record(series) | {"figures": observation_rows(series)}


def is_passed_on(series: Series) -> bool:
    return series.is_public and bool(series.licence.strip())
