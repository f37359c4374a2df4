"""An item, as one corrects it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from evidence.forms.passages import ROWS, PassageForm, passage_rows
from evidence.forms.paste import KINDS, words_between
from evidence.forms.typed import Typed, TypedChoice, TypedDay
from evidence.importing.tables import read_day
from evidence.values import item as values
from evidence.values.item import ItemFacts, PassageFacts
from evidence.values.observed import REASON_CHARACTERS
from intake.errors import IntakeError
from intake.numbers import LARGEST, parse_integer, whole_or_zero

_PLAIN = (
    *("kind", "title", "url", "publisher", "published"),
    *("via", "via_url", "licence", "notes", "text"),
)


class ItemForm(forms.Form):
    title = Typed("Title", limit=values.TITLE)
    kind = TypedChoice("Kind", KINDS)
    url = Typed("Address", limit=values.ADDRESS)
    authors = Typed("Authors", limit=20_000, lines=2, help_text="One a line.")
    publisher = Typed("Published by", limit=values.NAME)
    published = Typed("Published", limit=10, help_text="2023, 2023-05 or 2023-05-04.")
    accessed_on = TypedDay("Read on")
    licence = Typed("Licence", limit=values.NAME)
    via = Typed("Found through", limit=values.NAME, help_text="Who pointed you to it.")
    via_url = Typed("Its address", limit=values.ADDRESS)
    tags = Typed("Tags", limit=values.MOST_TAGS * values.TAG, help_text="With commas between.")
    notes = Typed("Notes", limit=values.NOTES, lines=4, help_text="Markdown.")
    text = Typed(
        "The text",
        limit=values.TEXT,
        lines=8,
        help_text="What others quote is found again in it, or marked lost.",
    )
    reason = Typed(
        "Why it changed", limit=REASON_CHARACTERS, help_text="For the history; may stay empty."
    )
    version = Typed("Version", limit=20, widget=forms.HiddenInput)
    place = Typed("First passage", limit=6, widget=forms.HiddenInput)

    def clean_accessed_on(self) -> date | None:
        text = self.cleaned_data["accessed_on"].strip()
        try:
            return read_day(text) if text else None
        except IntakeError as error:
            raise ValidationError(error.message) from error

    def clean_version(self) -> int:
        return self._number("version", LARGEST)

    def clean_place(self) -> int:
        return self._number("place", values.MOST_PASSAGES)

    def _number(self, name: str, most: int) -> int:
        text = self.cleaned_data[name].strip()
        try:
            return parse_integer(text, 0, most, field=str(self.fields[name].label)) if text else 0
        except IntakeError as error:
            raise ValidationError(error.message) from error


class ItemEditor:
    """The form with a page of its passages; `around` are those on its other pages."""

    def __init__(self, form: ItemForm, rows: Any, base: ItemFacts, place: int) -> None:
        self.form, self.rows, self.place = form, rows, place
        self.total = len(base.passages)
        self._before = base.passages[:place]
        self._shown = base.passages[place : place + ROWS]
        self._after = base.passages[place + ROWS :]
        self._read: list[PassageForm] = []

    @property
    def is_valid(self) -> bool:
        # Both, so that every fault is told at once.
        return all([self.form.is_valid(), self.rows.is_valid()])

    def facts(self) -> ItemFacts:
        typed = self.form.cleaned_data
        return ItemFacts(
            **{name: typed[name] for name in _PLAIN},
            authors=words_between(typed["authors"].replace("\r", "\n"), "\n"),
            tags=words_between(typed["tags"]),
            accessed_on=typed["accessed_on"],
            passages=(*self._before, *self._typed(), *self._after),
        )

    def _typed(self) -> list[PassageFacts]:
        has_text = bool(self.form.cleaned_data["text"].strip())
        found = [
            (row, row.passage(self.rows.began(row, self._shown), has_text=has_text))
            for row in self.rows.ordered()
        ]
        self._read = [row for row, passage in found if passage is not None]
        return [passage for _, passage in found if passage is not None]

    def refuse(self, faults: dict[str, str]) -> None:
        """Each sentence at its field; those of a passage at its row."""
        for name, message in faults.items():
            part, _, rest = name.partition(".")
            number, _, column = rest.partition(".")
            place = int(number) - len(self._before) if part == "passages" and number else -1
            if 0 <= place < len(self._read):
                row = self._read[place]
                row.add_error(_COLUMNS.get(column, column), message)
            else:
                self.form.add_error(name if name in self.form.fields else None, message)

    @property
    def wrong_rows(self) -> bool:
        return any(self.rows.errors) or bool(self.rows.non_form_errors())

    @property
    def status(self) -> int:
        return 422 if self.form.errors or self.wrong_rows else 200


_COLUMNS = {"prefix": "before", "suffix": "after"}


def item_editor(base: ItemFacts, version: int, asked_place: str) -> ItemEditor:
    """As it stands, with the passages from `asked_place` on."""
    place = _place(asked_place, len(base.passages))
    form = ItemForm(initial=_initial(base) | {"version": version, "place": place})
    return ItemEditor(form, passage_rows(passages=base.passages[place : place + ROWS]), base, place)


def typed_editor(data: QueryDict, base: ItemFacts) -> ItemEditor:
    """As it was sent; `base` is what the sender began from."""
    place = _place(data.get("place", ""), len(base.passages))
    return ItemEditor(ItemForm(data), passage_rows(data), base, place)


def _place(text: str, total: int) -> int:
    """The first of a page of rows."""
    place = whole_or_zero(text, values.MOST_PASSAGES)
    return place - place % ROWS if place <= total else 0


def _initial(facts: ItemFacts) -> dict[str, Any]:
    plain = {name: getattr(facts, name) for name in _PLAIN}
    return plain | {
        "authors": "\n".join(facts.authors),
        "tags": ", ".join(facts.tags),
        "accessed_on": facts.accessed_on,
    }
