"""A file of references, highlights or annotations on its way in, row by row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence.forms.paste import words_between
from evidence.forms.typed import TextFile, Tick, Typed, TypedChoice, TypedDay
from evidence.importing.annotations import read_annotations
from evidence.importing.brought import BroughtItem
from evidence.importing.csl import read_csl
from evidence.importing.readwise import read_readwise
from evidence.importing.tables import MOST_CHARACTERS, read_day
from evidence.values import item as values
from evidence.values.item import TITLE, ItemFacts, PassageFacts
from intake.errors import IntakeError

FORMATS = {
    "csl": "CSL JSON, as Zotero exports it",
    "readwise": "the CSV of Readwise",
    "annotations": "annotations of the W3C or of Hypothesis",
}
READ: dict[str, Callable[[str], list[BroughtItem]]] = {
    "csl": read_csl,
    "readwise": read_readwise,
    "annotations": read_annotations,
}
INTO = [("inbox", "the inbox"), ("kept", "the library, at once")]
KINDS = [(kind, kind) for kind in values.KINDS]
PASSAGE_KINDS = [(kind, kind) for kind in values.PASSAGE_KINDS]
_PLAIN = ("kind", "title", "url", "publisher", "published", "via", "via_url", "licence", "notes")


class BringForm(forms.Form):
    format = TypedChoice("What it is", [("", "choose"), *FORMATS.items()])
    text = Typed("The file as text", limit=MOST_CHARACTERS, lines=8)
    file = TextFile("Or the file", help_text="In UTF-8.")
    state = TypedChoice("Goes into", INTO, initial="inbox")
    seen = Typed("Seen", limit=64, widget=forms.HiddenInput)

    def clean(self) -> None:
        typed = self.cleaned_data
        # As a browser sends it back, so that a file is the same text in the second step.
        typed["whole"] = plain_lines(typed.get("file") or typed.get("text", "")).lstrip("\n")
        if self.errors:
            return
        if typed["format"] not in FORMATS:
            self.add_error("format", "Needed: choose what the file is; it is not guessed.")
        if typed["state"] not in dict(INTO):
            self.add_error("state", "Choose the inbox or the library.")
        if not typed["whole"].strip():
            self.add_error("text", "Needed: the file, pasted or uploaded.")


class BringRowForm(forms.Form):
    """What every row of the preview has."""

    is_taken = Tick("Bring it in")
    title = Typed("Title", limit=TITLE)

    def facts(self, read: ItemFacts) -> ItemFacts:
        return replace(read, title=self.cleaned_data["title"])


class BringWholeForm(BringRowForm):
    """A row with all that will be saved of its item."""

    kind = TypedChoice("Kind", KINDS)
    url = Typed("Address", limit=values.ADDRESS)
    authors = Typed("Authors", limit=20_000, lines=2, help_text="One a line.")
    publisher = Typed("Published by", limit=values.NAME)
    published = Typed("Published", limit=10, help_text="2023, 2023-05 or 2023-05-04.")
    accessed_on = TypedDay("Read on")
    via = Typed("Found through", limit=values.NAME)
    via_url = Typed("Its address", limit=values.ADDRESS)
    licence = Typed("Licence", limit=values.NAME)
    tags = Typed("Tags", limit=values.MOST_TAGS * values.TAG, help_text="With commas between.")
    notes = Typed("Notes", limit=values.NOTES, lines=4, help_text="Markdown.")
    whole = Typed("Shown whole", limit=1, widget=forms.HiddenInput)

    def clean_accessed_on(self) -> date | None:
        text = self.cleaned_data["accessed_on"].strip()
        try:
            return read_day(text) if text else None
        except IntakeError as error:
            words = error.message.replace("The vintage", "The day on which it was read")
            raise ValidationError(words) from error

    def more(self) -> list[forms.BoundField]:
        """The fields below the title."""
        return [self[name] for name in self.fields if name not in {"is_taken", "title", "whole"}]

    def facts(self, read: ItemFacts) -> ItemFacts:
        typed = self.cleaned_data
        said = {name: typed[name] for name in _PLAIN}
        return replace(
            read,
            **said,
            authors=words_between(plain_lines(typed["authors"]), "\n"),
            tags=words_between(typed["tags"]),
            accessed_on=typed["accessed_on"],
        )


class _Around(Typed):
    """Words around a quotation: their blanks and line breaks count."""

    def __init__(self, label: str) -> None:
        super().__init__(label, limit=values.CONTEXT, lines=2)

    def to_python(self, value: object) -> Any:
        return plain_lines(super().to_python(value))


class BringPassageForm(forms.Form):
    """A passage of a row; the words before and after tell where it stands."""

    is_taken = Tick("Keep this passage")
    kind = TypedChoice("What it is", PASSAGE_KINDS)
    text = Typed("Its words", limit=values.PASSAGE, lines=3)
    comment = Typed("Comment", limit=values.PASSAGE, lines=2, help_text="Markdown.")
    heading = Typed("Heading", limit=values.HEADING)
    before = _Around("Words before")
    after = _Around("Words after")

    def around(self) -> list[forms.BoundField]:
        """All that stands beside the tick."""
        return [self[name] for name in self.fields if name != "is_taken"]

    def passage(self, read: PassageFacts) -> PassageFacts:
        typed = dict(self.cleaned_data)
        typed.pop("is_taken")
        context = {"prefix": typed.pop("before"), "suffix": typed.pop("after")}
        words = plain_lines(typed["text"]).strip()
        is_placed = read.exact or any(context.values())
        differs = read.exact and read.exact != read.text
        exact = read.exact if differs else words if is_placed else ""
        return replace(read, **typed | context | {"text": words, "exact": exact})


def row_initial(facts: ItemFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in _PLAIN} | {
        "is_taken": True,
        "whole": "1",
        "authors": "\n".join(facts.authors),
        "tags": ", ".join(facts.tags),
        "accessed_on": facts.accessed_on,
    }


def passage_initial(passage: PassageFacts) -> dict[str, Any]:
    said = {name: getattr(passage, name) for name in ("kind", "text", "comment", "heading")}
    return said | {"is_taken": True, "before": passage.prefix, "after": passage.suffix}


def plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
