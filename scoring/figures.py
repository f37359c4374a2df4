"""Every vintage of the figures that predictions are read from."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from assessments.predictions import PredictionRecord
from evidence.models import Observation
from evidence.selectors import Series
from record.clock import today
from scoring.readings import reading_of
from scoring.verdicts import Figure, Verdict, verdict

FACTS = ("id", "period", "time", "value", "vintage", "correction", "is_withdrawn")


def figures_of(slugs: Collection[str]) -> dict[str, list[Figure]]:
    """By indicator, in one query however many they are; what has no date cannot decide."""
    rows = Observation.objects.filter(indicator__slug__in=slugs, time__isnull=False)
    found: dict[str, list[Figure]] = defaultdict(list)
    for slug, *facts in rows.order_by("pk").values_list("indicator__slug", *FACTS):
        found[slug].append(Figure(*facts))
    return dict(found)


def verdict_on(
    record: PredictionRecord, series: Series | None, figures: Mapping[str, Sequence[Figure]]
) -> Verdict | None:
    """What the figures say of it today; those of a snapshot say nothing."""
    if series is None or series.is_snapshot:
        return None
    return verdict(
        record.kind,
        reading_of(record.spec, cadence=series.cadence),
        figures.get(series.slug, ()),
        cadence=series.cadence,
        is_read_out=today() >= record.spec.reads_on,
    )
