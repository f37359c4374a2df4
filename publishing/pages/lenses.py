"""What each lens means, in words and numbers, and the form in which editors make their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from publishing.lens_form import LensForm
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
SPACINGS = {
    None: "",
    1.0: "The distances between levels are purely ordinal.",
    "equal steps": "All steps between levels are equal.",
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
    said = (
        _about_weights(values["region"], weights),
        _about_horizon(values["horizon"]),
        "The weakest link counts: values are joined by a weighted geometric mean."
        if values["rule"] == "weakest link"
        else "",
        SPACINGS.get(values["spacing"], "The distances between levels have a spread of their own."),
    )
    return tuple(sentence for sentence in said if sentence)


def _about_weights(region: Mapping[str, Any], weights: Sequence[WeightRange]) -> str:
    means = {row.dimension: row.mean for row in weights}
    heaviest = max(means, key=lambda name: means[name])
    ready = sum(means[name] for name in READINESS)
    is_ordered = region["kind"] == "bounds" and region["order"]
    order = f"; in every draw {region['order'][0][0]} is the largest" if is_ordered else ""
    evenly = max(means.values()) - min(means.values()) < 0.01
    weighs = (
        f"All weigh {100 * means[heaviest]:.0f} % on average"
        if evenly
        else f"{heaviest.capitalize()} weighs most, {100 * means[heaviest]:.0f} % on average"
    )
    return (
        f"{weighs}{order}. Readiness (viability, drivers, diffusion) carries {100 * ready:.0f} %"
        " of the weight on average."
    )


def _about_horizon(horizon: Mapping[str, float] | None) -> str:
    if horizon is None:
        return "Timing is not counted: this lens has no horizon."
    first, last = horizon["full_from"], horizon["full_to"]
    full = f"within {last:g} years" if first == 0 else f"{first:g} to {last:g} years"
    return (
        f"Timing counts: a market that opens {full} after the ranking’s date has full value, one"
        f" that opens after {horizon['zero_at']:g} years has none, and one that is open already"
        f" has {100 * horizon['if_open']:.0f} % of it."
    )
