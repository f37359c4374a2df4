"""One row of a list that the card form repeats."""

from typing import Any

from django import forms
from django.forms import BoundField


class RowForm(forms.Form):
    """`folded` are fields that few need; the page keeps them in a drawer."""

    noun = ""
    folded: tuple[str, ...] = ()
    template = "assessments/_card_row.html"

    @property
    def number(self) -> int:
        """From 1; 0 for the pattern that scripts copy."""
        place = str(self.prefix).rpartition("-")[2]
        return int(place) + 1 if place.isdecimal() else 0

    @property
    def is_spare(self) -> bool:
        """An empty row after another one, which a page without scripts keeps folded."""
        return self.number > 1 and self.is_blank

    @property
    def is_blank(self) -> bool:
        return not any(is_typed(self[name].value()) for name in self.fields)

    @property
    def has_folded_errors(self) -> bool:
        return any(name in self.errors for name in self.folded)

    def plain_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in self.folded]

    def folded_fields(self) -> list[BoundField]:
        return [self[name] for name in self.folded]

    @classmethod
    def initial_of(cls, item: Any) -> dict[str, Any]:
        return item if isinstance(item, dict) else {"sentence": item}

    def item(self) -> Any:
        """The row as the card holds it, or None while nothing is typed in it."""
        if not self.errors and not any(map(is_typed, self.cleaned_data.values())):
            return None
        return {name: self.cleaned_data.get(name) for name in self.fields}


def is_typed(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
