"""Figures as one types, pastes or uploads them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence.forms.typed import TextFile, Tick, Typed, TypedDay
from evidence.importing.tables import MOST_CHARACTERS, read_day
from evidence.values import Observed, observed
from evidence.values import facts as known
from intake.errors import IntakeError


class FigureForm(forms.Form):
    """One figure."""

    period = Typed("Period", limit=10)
    value = Typed("Value", limit=observed.ENTERED_CHARACTERS, help_text="Digits with a point.")
    vintage = TypedDay("Published on", help_text="A later day for a revised figure.")
    label = Typed(
        "Label", limit=observed.LABEL_CHARACTERS, help_text="What was measured, if several."
    )
    source = Typed("Source", limit=observed.SOURCE_CHARACTERS, help_text="Empty: the publisher.")
    source_url = Typed("Address of the source", limit=known.ADDRESS_CHARACTERS)
    note = Typed("Note", limit=known.NOTE_CHARACTERS, lines=2)
    is_correction = Tick("The same vintage was typed wrongly here")
    is_withdrawn = Tick("The publisher took the figure back")

    def clean_vintage(self) -> date:
        return _day(self.cleaned_data["vintage"], "Needed: the day on which it was published.")

    def observed(self) -> Observed:
        typed: dict[str, Any] = dict(self.cleaned_data)
        return Observed(entered=typed.pop("value"), **typed)


class TableForm(forms.Form):
    """Many figures; what is in a file is looked at as text before it is saved."""

    table = Typed(
        "Table",
        limit=MOST_CHARACTERS,
        lines=8,
        help_text="With a line of column names: period and value, and any of vintage, label,"
        " source, source_url, note, unit, withdrawn. Commas, semicolons or tabs between.",
    )
    file = TextFile("Or a file", help_text="CSV in UTF-8.")
    vintage = TypedDay("Published on", help_text="For lines that give no vintage of their own.")
    reason = Typed("Reason", limit=observed.REASON_CHARACTERS, help_text="Where they come from.")

    def clean_vintage(self) -> date | None:
        text = self.cleaned_data["vintage"].strip()
        return _day(text, "") if text else None

    def clean(self) -> None:
        text = self.cleaned_data.get("file") or self.cleaned_data.get("table", "")
        if not text.strip() and not self.errors:
            self.add_error("table", "Needed: a table, pasted or as a file.")
        self.cleaned_data["text"] = text


def _day(text: str, needed: str) -> date:
    if not text.strip():
        raise ValidationError(needed)
    try:
        return read_day(text.strip())
    except IntakeError as error:
        raise ValidationError(error.message) from error
