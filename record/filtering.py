"""What a list may be asked for: declared once, and used by its page, its API and its export."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from intake.errors import IntakeError
from intake.showing import shown
from intake.text import clean_text

Keeps = Callable[[Any, Any], bool]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SLUG = r"^[a-z0-9_-]{1,100}$"
LONGEST_WORDS = 120


class _Field(forms.Field):
    """A parameter that is read strictly: what is not spelt as declared is refused in words."""

    def __init__(self, *, read: Callable[[str], Any], **options: Any) -> None:
        super().__init__(**options)
        self._read = read

    def clean(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return self._read(value)
        except IntakeError as error:
            raise ValidationError(error.message, code="malformed") from error


class _SeveralField(_Field):
    """A parameter that may be given several times."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> Any:
        try:
            return list(dict.fromkeys(self._read(text) for text in value or () if text))
        except IntakeError as error:
            raise ValidationError(error.message, code="malformed") from error


class Parameter(django_filters.Filter):
    """One parameter of a list. Over rows in memory `keeps(row, value)` says which stay; without
    it the rows are a queryset and `field_name` and `lookup_expr` say it."""

    field_class = _Field
    is_repeatable = False
    schema: Mapping[str, Any] = {"type": "string"}
    example: Any = None

    def __init__(
        self, label: str, description: str, *, keeps: Keeps | None = None, **options: Any
    ) -> None:
        """`label` begins a sentence; `description` is what the documentation of the API says."""
        self.example = options.pop("example", self.example)
        super().__init__(label=label, read=self.read, **options)
        self.description = description
        self.keeps = keeps

    def read(self, text: str) -> Any:
        return text

    def filter(self, rows: Any, value: Any) -> Any:
        if value in (None, "", []):
            return rows
        if self.keeps is not None:
            keeps = self.keeps
            return [row for row in rows if keeps(row, value)]
        return super().filter(rows, value) if isinstance(rows, QuerySet) else rows


class Words(Parameter):
    """Words that somebody looks for."""

    schema = {"type": "string", "maxLength": LONGEST_WORDS}

    def read(self, text: str) -> Any:
        return clean_text(text, multiline=False, field="The search", max_length=LONGEST_WORDS)


class Choice(Parameter):
    """One of the values."""

    def __init__(
        self, label: str, description: str, choices: Iterable[str], **options: Any
    ) -> None:
        super().__init__(label, description, **options)
        self.choices = tuple(choices)
        self.example = self.example or self.choices[0]
        self.schema = {"type": "string", "enum": list(self.choices)}

    def read(self, text: str) -> Any:
        if text not in self.choices:
            known = ", ".join(self.choices)
            raise IntakeError(f"{self.label} {shown(text)} is not known; choose out of {known}.")
        return text


class Choices(Choice):
    """Any of the values given: the parameter may be repeated."""

    field_class = _SeveralField
    is_repeatable = True

    def read(self, text: str) -> Any:
        # An unescaped + arrives as a blank.
        return super().read(text.replace(" ", "+") if text not in self.choices else text)


class Slug(Parameter):
    """A name as in addresses; one that nothing is called by finds nothing."""

    schema = {"type": "string", "pattern": SLUG}

    def read(self, text: str) -> Any:
        if not re.fullmatch(SLUG, text):
            raise IntakeError(
                f"{self.label} {shown(text)} is not spelt like the part of an address; write small"
                f" letters, digits and hyphens, as in {self.example}."
            )
        return text


class Slugs(Slug):
    """Several of them: the parameter may be repeated."""

    field_class = _SeveralField
    is_repeatable = True


class Day(Parameter):
    schema = {"type": "string", "format": "date"}
    example = "2026-11-21"

    def read(self, text: str) -> Any:
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise IntakeError(f"{self.label} {shown(text)} is no date; write it as {self.example}.")


class Number(Parameter):
    schema = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
    example = 0

    def read(self, text: str) -> Any:
        if not re.fullmatch(r"[0-9]{1,15}", text):
            raise IntakeError(f"{self.label} {shown(text)} is no number; write digits alone.")
        return int(text)


class _Form(forms.Form):
    def clean(self) -> None:
        """What stands twice in an address could be meant either way."""
        for name, field in self.fields.items():
            given = len(self.data.getlist(name)) if hasattr(self.data, "getlist") else 0
            if given > 1 and not isinstance(field, _SeveralField):
                self.add_error(name, f"{field.label} stands {given} times; give it once.")


class ListFilters(django_filters.FilterSet):
    """A FilterSet whose rows are a sequence or a queryset. A value that cannot be read is
    refused in `sentences()`; the other parameters hold all the same."""

    class Meta:
        form = _Form

    base_filters: ClassVar[Mapping[str, Parameter]]

    def __init__(self, data: Any, rows: Any, **options: Any) -> None:
        super().__init__(data, rows if isinstance(rows, QuerySet) else _Rows(rows), **options)

    @property
    def values(self) -> dict[str, Any]:
        """What was asked for and could be read, without what was left empty."""
        if not self.is_bound:
            return {}
        self.form.is_valid()
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
        }

    def filter_queryset(self, queryset: Any) -> Any:
        return self._kept(queryset, self.values)

    def without(self, name: str) -> Any:
        """The rows that all other parameters keep: what a choice of this one is counted among."""
        return self._kept(self.queryset.all(), {**self.values, name: None})

    def _kept(self, rows: Any, values: Mapping[str, Any]) -> Any:
        for name, value in values.items():
            rows = self.filters[name].filter(rows, value)
        return rows

    def sentences(self) -> dict[str, str]:
        """Why a value was refused, by the name of its parameter."""
        if not self.is_bound:
            return {}
        return {name: " ".join(found) for name, found in self.errors.items()}

    @classmethod
    def parameters(cls) -> Iterator[tuple[str, Parameter]]:
        yield from cls.base_filters.items()


class _Rows(list[Any]):
    """A list that a FilterSet takes for a queryset."""

    model = None

    def __init__(self, rows: Sequence[Any]) -> None:
        super().__init__(rows)

    def all(self) -> "_Rows":
        return self
