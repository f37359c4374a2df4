"""The form in which an editor says whose priorities a lens stands for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.forms.clean import CleanLine, CleanPassage
from assessments.forms.typed import TypedText
from intake.errors import IntakeError
from intake.numbers import parse_decimal, parse_integer
from scoring.selectors import LensRecord
from scoring.services.lenses import LensDraft

JUDGED = ("viability", "drivers", "novelty", "diffusion", "impact")
DIMENSIONS = (*JUDGED, "timing")
KINDS = (
    ("bounds", "Between bounds, every mix inside them alike"),
    ("slider", "Around a centre"),
    ("whole simplex", "Any mix at all"),
)
RULES = (
    ("mean", "A strong dimension makes up for a weak one: the weighted mean"),
    ("weakest link", "It does not: the weakest link, a weighted geometric mean"),
)
SPACINGS = (
    ("", "As in the default lens: uncertain steps of about the same size"),
    ("ordinal", "Any: the order of levels counts alone"),
    ("equal steps", "Equal steps"),
)
HORIZON = ("full_from", "full_to", "zero_at", "if_open")
CONCENTRATION = 60.0
LARGEST_VERSION = 10**15
MOST_YEARS = 60


class NumberText(forms.Field):
    """A number between two bounds, or None where nothing was typed."""

    def __init__(self, label: str, *, most: int, **more: Any) -> None:
        self.most = most
        attributes = {"class": "is-short", "inputmode": "decimal", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attributes | {"maxlength": 40})
        super().__init__(label=label, required=False, widget=widget, **more)

    def clean(self, value: object) -> float | None:
        if not isinstance(value, str) or not value.strip():
            return None
        try:
            return float(parse_decimal(value, 0, self.most, field=str(self.label)))
        except IntakeError as error:
            raise ValidationError(error.message) from error


class LensForm(forms.Form):
    name = CleanLine("Name", limit=60, error_messages={"required": "Needed: a name for the lens."})
    note = CleanPassage("Whose priorities are they?", limit=400, required=False)
    kind = forms.ChoiceField(
        label="How the weights are drawn",
        choices=KINDS,
        initial="bounds",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the three ways below."},
    )
    largest = forms.ChoiceField(
        label="The largest weight",
        required=False,
        choices=[("", "may be any of them"), *((name, f"is {name}") for name in DIMENSIONS)],
        help_text="Counts between bounds alone.",
        error_messages={"invalid_choice": "Choose a dimension out of the list."},
    )
    has_horizon = forms.BooleanField(label="This lens has a horizon", required=False)
    full_from = NumberText("Full value from, in years", most=MOST_YEARS)
    full_to = NumberText("Full value to, in years", most=MOST_YEARS)
    zero_at = NumberText("No value after, in years", most=MOST_YEARS)
    if_open = NumberText("If the market is open already, in per cent of full value", most=100)
    rule = forms.ChoiceField(
        label="How dimensions are joined",
        choices=RULES,
        initial="mean",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the two ways below."},
    )
    spacing = forms.ChoiceField(
        label="Steps between levels",
        required=False,
        choices=SPACINGS,
        error_messages={"invalid_choice": "Choose a kind of steps out of the list."},
    )
    version = TypedText("Version", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, record: LensRecord | None = None) -> None:
        super().__init__(data, initial=_typed(record) if record else None)
        for name in DIMENSIONS:
            label = name.capitalize()
            self.fields[f"low-{name}"] = NumberText(f"{label}, at least", most=100)
            self.fields[f"high-{name}"] = NumberText(f"{label}, at most", most=100)
            self.fields[f"centre-{name}"] = NumberText(f"{label}, centre", most=100)

    def rows(self) -> list[tuple[str, Any, Any, Any]]:
        """Dimension, lower bound, upper bound and centre, as fields."""
        return [
            (name, self[f"low-{name}"], self[f"high-{name}"], self[f"centre-{name}"])
            for name in DIMENSIONS
        ]

    def clean_version(self) -> int:
        text: str = self.cleaned_data["version"]
        try:
            return parse_integer(text, 0, LARGEST_VERSION, field="The version") if text else 0
        except IntakeError as error:
            raise ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("has_horizon"):
            for name in HORIZON:
                if typed.get(name) is None and name not in self.errors:
                    self.add_error(name, "Needed: a number, for a lens with a horizon.")
        return typed

    def draft(self) -> LensDraft:
        typed = self.cleaned_data
        horizon = {name: typed[name] for name in HORIZON} if typed["has_horizon"] else None
        if horizon:
            horizon["if_open"] = horizon["if_open"] / 100
        definition = {
            "region": self._region(DIMENSIONS if horizon else JUDGED),
            "horizon": horizon,
            "spacing": 1.0 if typed["spacing"] == "ordinal" else typed["spacing"] or None,
            "rule": typed["rule"],
        }
        return LensDraft(name=typed["name"], note=typed["note"], definition=definition)

    def _region(self, weighed: tuple[str, ...]) -> dict[str, Any]:
        typed = self.cleaned_data
        kind = typed["kind"]
        if kind == "slider":
            centre = {name: typed[f"centre-{name}"] or 0.0 for name in weighed}
            return {"kind": kind, "centre": centre, "concentration": CONCENTRATION}
        if kind == "whole simplex":
            return {"kind": kind}
        largest = typed["largest"]
        return {
            "kind": kind,
            "lower": {name: _share(typed[f"low-{name}"], 0.0) for name in weighed},
            "upper": {name: _share(typed[f"high-{name}"], 1.0) for name in weighed},
            "order": [[largest, name] for name in weighed if largest and name != largest],
        }


def _share(percent: float | None, otherwise: float) -> float:
    return otherwise if percent is None else percent / 100


def _typed(record: LensRecord) -> dict[str, Any]:
    """What the form would have been sent with to make the lens."""
    values = record.values
    region, horizon, spacing = values["region"], values["horizon"], values["spacing"]
    typed = {
        "name": record.name,
        "note": record.note,
        "kind": region["kind"],
        "has_horizon": bool(horizon),
        "rule": values["rule"],
        "spacing": "ordinal" if spacing == 1 else spacing or "",
        "version": record.version,
    }
    if horizon:
        typed |= {name: f"{horizon[name]:g}" for name in HORIZON}
        typed["if_open"] = f"{100 * horizon['if_open']:g}"
    return typed | _typed_region(region)


def _typed_region(region: Mapping[str, Any]) -> dict[str, str]:
    if region["kind"] == "slider":
        return {f"centre-{name}": f"{share:g}" for name, share in region["centre"].items()}
    if region["kind"] != "bounds":
        return {}
    lower = {f"low-{name}": f"{100 * share:g}" for name, share in region["lower"].items()}
    upper = {f"high-{name}": f"{100 * share:g}" for name, share in region["upper"].items()}
    order = {"largest": region["order"][0][0]} if region["order"] else {}
    return lower | upper | order
