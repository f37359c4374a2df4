"""What an indicator measures, as one fills it in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from evidence.forms.typed import Tick, Typed, TypedChoice
from evidence.models import Indicator
from evidence.values import IndicatorFacts
from evidence.values import facts as known
from intake.errors import IntakeError
from intake.numbers import parse_decimal, parse_integer, whole_or_zero

PROGRESS = [("", "choose"), ("up", "up: more is progress"), ("down", "down: less is progress")]
KINDS = [
    ("", "choose"),
    ("cost", "a cost: above 0, forecast as a ratio"),
    ("performance", "a performance: above 0, forecast as a ratio"),
    ("share", "a share, in per cent"),
    ("count", "a count, 0 or more"),
]
CADENCES = [("year", "a year"), ("month", "a month"), ("day", "a day")]


class IndicatorForm(forms.Form):
    slug = Typed(
        "Address",
        limit=80,
        help_text="Small letters, digits and hyphens, such as cost-per-genome. It stays.",
    )
    name = Typed("Name", limit=known.NAME_CHARACTERS)
    unit = Typed(
        "Unit",
        limit=known.UNIT_CHARACTERS,
        help_text="With the year of the money, such as 2023 USD per kWh. It stays from the first"
        " figure on.",
    )
    progress = TypedChoice("Progress is", PROGRESS)
    kind = TypedChoice("Kind", KINDS)
    cadence = TypedChoice("One figure", CADENCES, initial="year")
    geography = Typed("Where", limit=known.NAME_CHARACTERS, help_text="Such as World, or OECD.")
    publisher = Typed("Published by", limit=known.NAME_CHARACTERS)
    source_url = Typed("Address of the source", limit=known.ADDRESS_CHARACTERS)
    licence = Typed("Licence", limit=known.NAME_CHARACTERS)
    licence_url = Typed("Address of the licence", limit=known.ADDRESS_CHARACTERS)
    comparability = Typed(
        "What may be compared",
        limit=known.NOTE_CHARACTERS,
        lines=4,
        help_text="Breaks, changed questions, what is left out.",
    )
    release_lag_days = Typed(
        "Days until release",
        limit=4,
        help_text="How long after the end of a period its figure appears.",
    )
    ceiling_low = Typed(
        "Ceiling from, in per cent", limit=8, help_text="For shares alone, if it is known."
    )
    ceiling_high = Typed("Ceiling to, in per cent", limit=8)
    is_snapshot = Tick("A snapshot of one moment: shown, never extrapolated")
    is_public = Tick("Readers see it", initial=True)
    version = Typed("Version", limit=20, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        indicator: Indicator | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        known_facts = _initial(indicator) if indicator else initial
        super().__init__(data, initial=known_facts)
        self.indicator = indicator
        if indicator:
            del self.fields["slug"]

    def clean_ceiling_low(self) -> float | None:
        return _percent(self.cleaned_data["ceiling_low"], "The lower end of the ceiling")

    def clean_ceiling_high(self) -> float | None:
        return _percent(self.cleaned_data["ceiling_high"], "The upper end of the ceiling")

    def clean_release_lag_days(self) -> int:
        text = self.cleaned_data["release_lag_days"].strip()
        try:
            high = known.LONGEST_LAG_DAYS
            return parse_integer(text, 0, high, field="The days until release") if text else 0
        except IntakeError as error:
            raise ValidationError(error.message) from error

    def facts(self) -> IndicatorFacts:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        slug = self.indicator.slug if self.indicator else typed.pop("slug")
        return IndicatorFacts(slug=slug, **typed)

    def version_read(self) -> int:
        """The version that the facts had when the page was opened; 0 when none was sent."""
        return whole_or_zero(self.cleaned_data["version"])


def _percent(text: str, field: str) -> float | None:
    try:
        return float(parse_decimal(text, 0, 100, field=field)) if text.strip() else None
    except IntakeError as error:
        raise ValidationError(error.message) from error


def _initial(indicator: Indicator) -> dict[str, Any]:
    names = [name for name in IndicatorForm.base_fields if name != "slug"]
    return {name: getattr(indicator, name) for name in names}
