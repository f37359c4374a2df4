"""Figures that a text tells, as rows of a snapshot indicator."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from evidence.forms.reading import FigureRowForm, SeriesForm, day_or_none
from evidence.importing.reading import ReadFigure, ReadText
from evidence.values import Observed
from evidence.values.facts import NAME_CHARACTERS, UNIT_CHARACTERS
from record.errors import DomainError

_LATEST = date(9000, 1, 1)


def figure_rows(
    figures: Sequence[ReadFigure], base: date | None
) -> Iterator[tuple[ReadFigure, dict[str, Any]]]:
    """Each figure with what its row begins with; the undated stay undated."""
    for figure in figures:
        day = _day(figure, base)
        yield (
            figure,
            {
                "is_kept": True,
                "label": figure.label,
                "value": figure.value,
                "period": day.isoformat() if day else "",
            },
        )


def _day(figure: ReadFigure, base: date | None) -> date | None:
    if base is None or figure.days_after is None or base > _LATEST:
        return None
    months = base.year * 12 + base.month - 1 + figure.months_after
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return first.replace(day=min(base.day, last)) + timedelta(days=figure.days_after)


def series_initial(read: ReadText) -> dict[str, Any]:
    """What the text says of its figures; whether more is progress is left to be chosen."""
    name = read.figures_name[:NAME_CHARACTERS].strip()
    units = [figure.unit for figure in read.figures]
    return {
        "slug": slugify(name)[:80].strip("-_").replace("_", "-"),
        "name": name,
        "unit": (units[0] if units else "")[:UNIT_CHARACTERS],
        "cadence": "day",
        "publisher": (read.publisher or read.via)[:NAME_CHARACTERS],
        "source_url": read.via_url or read.url,
        "is_snapshot": True,
        "is_public": True,
    }


def observed_rows(
    rows: Sequence[tuple[FigureRowForm, ReadFigure]], series: SeriesForm
) -> list[Observed]:
    """The kept rows of forms that are valid; a DomainError where no day of publication is given."""
    vintage = day_or_none(series.cleaned_data["vintage"])
    if vintage is None:
        raise DomainError("Needed: the day on which the figures were published.", field="vintage")
    kept = [(form.cleaned_data, figure) for form, figure in rows if form.cleaned_data["is_kept"]]
    if not kept:
        raise DomainError("Keep at least one of the figures, or do not save them.", field="make")
    return [
        Observed(
            period=typed["period"].strip(),
            entered=typed["value"],
            vintage=vintage,
            label=typed["label"],
            note=figure.when,
            place=f"figure {place}",
        )
        for place, (typed, figure) in enumerate(kept, start=1)
    ]
