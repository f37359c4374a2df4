"""Fields that keep what was typed: the reader of cards judges it and says what is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.values import limits
from intake.errors import IntakeError
from intake.numbers import parse_decimal, parse_integer


class TypedText(forms.Field):
    """The text as it was sent; empty where nothing was."""

    def __init__(
        self, label: str, *, limit: int = limits.NOTE, hint: str = "", lines: int = 1, **more: Any
    ) -> None:
        attributes = {"dir": "auto", "maxlength": limit, "autocomplete": "off"}
        if limit >= limits.TITLE:
            attributes["class"] = "is-long"
        if lines > 1:
            more.setdefault("widget", forms.Textarea(attrs=attributes | {"rows": lines}))
        more.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(label=label, help_text=hint, required=False, **more)

    def to_python(self, value: object) -> Any:
        return value if isinstance(value, str) else ""


class OptionalText(TypedText):
    """The text as it was sent, or None where nothing was."""

    def to_python(self, value: object) -> str | None:
        text: str = super().to_python(value)
        return text if text.strip() else None


class DayText(OptionalText):
    def __init__(self, label: str, *, hint: str = "") -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "is-short"})
        super().__init__(label, hint=hint, widget=widget)


class ChoiceText(OptionalText):
    """One word of a list; the reader of cards refuses any other."""

    def __init__(self, label: str, choices: list[tuple[str, str]], *, hint: str = "") -> None:
        super().__init__(label, hint=hint, widget=forms.Select(choices=choices))


class YearText(OptionalText):
    def __init__(self, label: str, noun: str, *, hint: str = "") -> None:
        self.noun = noun
        super().__init__(label, hint=hint, widget=_short_number("numeric"))

    def clean(self, value: object) -> int | None:
        text = self.to_python(value)
        if text is None:
            return None
        try:
            return parse_integer(text, limits.FIRST_YEAR, limits.LAST_YEAR, field=self.noun)
        except IntakeError as error:
            raise ValidationError(error.message) from error


class ShareText(OptionalText):
    """A probability between 0 and 1, or None."""

    def __init__(self, label: str, noun: str, *, hint: str = "") -> None:
        self.noun = noun
        super().__init__(label, hint=hint, widget=_short_number("decimal"))

    def clean(self, value: object) -> float | None:
        text = self.to_python(value)
        if text is None:
            return None
        try:
            return float(parse_decimal(text, 0, 1, field=self.noun))
        except IntakeError as error:
            raise ValidationError(error.message) from error


def _short_number(keyboard: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={"class": "is-short", "inputmode": keyboard, "autocomplete": "off", "maxlength": 40}
    )
