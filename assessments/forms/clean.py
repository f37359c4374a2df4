"""Fields whose text has passed the door when the form is valid."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.errors import IntakeError
from intake.text import clean_name, clean_text


class CleanLine(forms.Field):
    """One line; empty where the field may stay empty."""

    def __init__(self, label: str, *, limit: int, noun: str = "", **more: Any) -> None:
        self.limit, self.noun = limit, noun or f"The {label.lower()}"
        attributes = {"dir": "auto", "maxlength": limit, "autocomplete": "off"}
        more.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(label=label, **more)

    def to_python(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            return ""
        try:
            return clean_name(value, field=self.noun, max_length=self.limit)
        except IntakeError as error:
            raise ValidationError(error.message) from error


class CleanPassage(CleanLine):
    """A text of many lines."""

    def __init__(self, label: str, *, limit: int, lines: int = 3, **more: Any) -> None:
        attributes = {"dir": "auto", "maxlength": limit, "rows": lines}
        super().__init__(label, limit=limit, widget=forms.Textarea(attrs=attributes), **more)

    def to_python(self, value: object) -> str:
        if not isinstance(value, str):
            return ""
        try:
            return clean_text(value, multiline=True, field=self.noun, max_length=self.limit)
        except IntakeError as error:
            raise ValidationError(error.message) from error
