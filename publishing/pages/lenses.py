"""What each lens means, in words and numbers, and the form in which editors make their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from publishing.lens_form import LensForm
from publishing.lens_words import lens_words
from scoring.selectors import LensRecord
from scoring.services.lenses import WeightRange, weight_ranges

READINESS = ("viability", "drivers", "diffusion")
NOTES = {
    "even-handed": "Every mix of weights counts the same. This is the ranking that pages show"
    " where no other lens is named.",
    "ten-year-fund": "For somebody who invests now and has to sell within about ten years.",
    "moonshot": "For somebody who looks for what would change most, however far it is.",
    "adopter": "For somebody who wants to use a technology within two years.",
    "with-timing": "A variant of the even-handed lens in which earlier is better.",
    "ordinal-only": "A variant of the even-handed lens that believes the order of levels and"
    " nothing about the distances between them.",
    "weakest-link": "A variant of the even-handed lens in which a weak dimension is not made up"
    " for by a strong one.",
}


@dataclass(frozen=True)
class WeightRow:
    """One dimension under a lens, in per cent; `bounds` are words, the rest lies on 0 to 100."""

    name: str
    bounds: str
    mean: float
    low: float
    high: float

    @property
    def width(self) -> float:
        return max(self.high - self.low, 0.5)


@dataclass(frozen=True)
class LensEntry:
    record: LensRecord
    note: str
    sentences: tuple[str, ...]
    rows: tuple[WeightRow, ...]

    @property
    def made_at(self) -> datetime | None:
        return self.record.made_at


@dataclass(frozen=True)
class LensListPage:
    shipped: tuple[LensEntry, ...]
    made: tuple[LensEntry, ...]
    retired: tuple[LensEntry, ...]
    can_edit: bool


@dataclass(frozen=True)
class LensFormPage:
    """`rows` is what the weights would be, where the editor asked for it."""

    form: LensForm
    record: LensRecord | None = None
    rows: tuple[WeightRow, ...] = field(default=())
    sentences: tuple[str, ...] = field(default=())


def lens_list_page(records: Sequence[LensRecord], *, can_edit: bool) -> LensListPage:
    entries = [_entry(record) for record in records]
    return LensListPage(
        shipped=tuple(entry for entry in entries if not entry.record.version),
        made=tuple(
            entry for entry in entries if entry.record.version and not entry.record.is_retired
        ),
        retired=tuple(entry for entry in entries if entry.record.is_retired),
        can_edit=can_edit,
    )


def lens_form_page(
    form: LensForm, record: LensRecord | None = None, shown: Mapping[str, Any] | None = None
) -> LensFormPage:
    """`shown` are the values of the lens whose weights are looked at before it is saved."""
    if shown is None:
        return LensFormPage(form, record)
    weights = weight_ranges(shown)
    return LensFormPage(form, record, _rows(shown, weights), _sentences(shown, weights))


def _entry(record: LensRecord) -> LensEntry:
    weights = weight_ranges(record.values)
    return LensEntry(
        record=record,
        note=record.note or NOTES.get(record.key, ""),
        sentences=_sentences(record.values, weights),
        rows=_rows(record.values, weights),
    )


def _rows(values: Mapping[str, Any], weights: Sequence[WeightRange]) -> tuple[WeightRow, ...]:
    return tuple(
        WeightRow(
            name=row.dimension.capitalize(),
            bounds=_bounds(values["region"], row.dimension),
            mean=round(100 * row.mean, 1),
            low=round(100 * row.low, 1),
            high=round(100 * row.high, 1),
        )
        for row in weights
    )


def _bounds(region: Mapping[str, Any], dimension: str) -> str:
    if region["kind"] == "bounds":
        low, high = region["lower"][dimension], region["upper"][dimension]
        return f"{_percent(low)} to {_percent(high)} %"
    if region["kind"] == "slider":
        share = region["centre"][dimension] / sum(region["centre"].values())
        return f"around {_percent(share)} %"
    return "0 to 100 %"


def _percent(share: float) -> str:
    return f"{100 * share:.3g}"


def _sentences(values: Mapping[str, Any], weights: Sequence[WeightRange]) -> tuple[str, ...]:
    means = {row.dimension: 100 * row.mean for row in weights}
    heaviest = max(means, key=lambda name: means[name])
    ready = sum(means[name] for name in READINESS)
    if max(means.values()) - min(means.values()) < 1:
        average = f"On average each weighs {means[heaviest]:.0f} %"
    else:
        average = f"On average {heaviest} weighs most, {means[heaviest]:.0f} %"
    counted = f"{average}, and readiness (viability, drivers, diffusion) {ready:.0f} % together."
    return lens_words(values).sentence, counted
