"""A chart of Our World in Data on its way in."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from evidence.forms.typed import TextFile, Typed, TypedChoice, TypedDay
from evidence.importing.owid import OwidFile, read_owid
from evidence.importing.tables import MOST_CHARACTERS, read_day
from intake.errors import IntakeError


class OwidForm(forms.Form):
    """The two files, then the entity and the column out of them."""

    csv = Typed("The CSV", limit=MOST_CHARACTERS, lines=6)
    csv_file = TextFile("Or its file")
    metadata = Typed("The metadata", limit=MOST_CHARACTERS, lines=4)
    metadata_file = TextFile("Or its file", help_text="It ends in .metadata.json.")
    entity = TypedChoice("Entity", [("", "choose")])
    column = TypedChoice("Column", [("", "choose")])
    vintage = TypedDay("Published on", help_text="Empty: the day that the metadata names.")

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files)
        self.read: OwidFile | None = None

    def clean_vintage(self) -> date | None:
        text = self.cleaned_data["vintage"].strip()
        try:
            return read_day(text) if text else None
        except IntakeError as error:
            raise ValidationError(error.message) from error

    def clean(self) -> None:
        typed = self.cleaned_data
        typed["text"] = typed.get("csv_file") or typed.get("csv", "")
        typed["described"] = typed.get("metadata_file") or typed.get("metadata", "")
        if "csv_file" in self.errors:
            return
        try:
            self.read = read_owid(typed["text"])
        except IntakeError as error:
            self.add_error("csv", error.message)
            return
        self._offer("entity", self.read.entities)
        self._offer("column", self.read.columns)

    def _offer(self, name: str, found: tuple[str, ...]) -> None:
        """The choices are those of the file; the only one is chosen."""
        chosen = self.cleaned_data.get(name, "")
        if len(found) == 1 and not chosen:
            chosen = self.cleaned_data[name] = found[0]
        choices = [("", "choose"), *((one, one) for one in found)]
        self.fields[name].widget.choices = choices
        if chosen and chosen not in found:
            self.add_error(name, f"The file has no such {name}; choose one out of the list.")
