"""The parts of an item as a reader found them, each one to be corrected."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from evidence.forms.typed import Choices, Tick, Typed, TypedChoice, TypedDay
from evidence.importing.folding import LEFT_OUT, NOTE
from evidence.importing.link_blog import COMMENTARY
from evidence.importing.reading import ReadPassage, ReadText
from evidence.importing.tables import read_day
from evidence.values import item as values
from evidence.values.item import ItemFacts, PassageFacts
from evidence.values.observed import ENTERED_CHARACTERS, LABEL_CHARACTERS
from intake.errors import IntakeError
from intake.numbers import whole_or_zero

KINDS = [(kind, kind) for kind in values.KINDS]
PARTS: Choices = [
    *((kind, kind) for kind in values.PASSAGE_KINDS),
    (COMMENTARY, "commentary on what follows"),
    (NOTE, "one of the notes"),
    (LEFT_OUT, "left out"),
]
LOOSE: Choices = [
    ("", "leave it in the text alone"),
    (NOTE, "add it to the notes"),
    *((kind, f"make it a passage: {kind}") for kind in values.PASSAGE_KINDS),
]
NOWHERE, HERE = "no", "yes"
_POINTS: Choices = [("", "at this sentence"), (NOWHERE, "at no sentence")]
_POINTS_ALREADY: Choices = [
    ("", "where it points now"),
    (HERE, "at this sentence"),
    (NOWHERE, "at no sentence"),
]


class ReadForm(forms.Form):
    """What is said of the item as a whole."""

    title = Typed("Title", limit=values.TITLE)
    kind = TypedChoice("Kind", KINDS)
    url = Typed("Address", limit=values.ADDRESS)
    authors = Typed(
        "Authors", limit=values.MOST_AUTHORS * values.NAME, help_text="With semicolons between."
    )
    publisher = Typed("Published by", limit=values.NAME)
    published = Typed("Published", limit=10, help_text="2023, 2023-05 or 2023-05-04.")
    via = Typed("Found through", limit=values.NAME)
    via_url = Typed("Its address", limit=values.ADDRESS)
    licence = Typed("Licence or rights", limit=values.NAME)
    tags = Typed(
        "Tags", limit=values.MOST_TAGS * (values.TAG + 2), help_text="With commas between."
    )
    notes = Typed("Notes", limit=values.NOTES, lines=5, help_text="Markdown.")
    source = Typed(
        "Points at sentences of",
        limit=values.TAG_SLUG,
        help_text="The key of the item whose text it sums up.",
    )
    version = Typed("Version", limit=20, widget=forms.HiddenInput)
    rows = Typed("Rows", limit=20, widget=forms.HiddenInput)

    def facts(self, before: ItemFacts) -> ItemFacts:
        typed = self.cleaned_data
        plain = ("title", "kind", "url", "publisher", "published", "via", "via_url", "licence")
        said: dict[str, Any] = {name: typed[name] for name in (*plain, "notes")}
        authors = tuple(one.strip() for one in typed["authors"].split(";") if one.strip())
        if typed["authors"].strip() == authors_said(before.authors):
            authors = before.authors
        tags = tuple(one.strip() for one in typed["tags"].split(",") if one.strip())
        return ItemFacts(
            **said, authors=authors, tags=tags, text=before.text, accessed_on=before.accessed_on
        )

    def version_read(self) -> int:
        return whole_or_zero(self["version"].value())


class PartForm(forms.Form):
    """One part of the text: a passage, or what else it is said to be."""

    kind = TypedChoice("What it is", PARTS)
    heading = Typed("Below which heading", limit=values.HEADING)
    text = Typed("Words", limit=values.PASSAGE, lines=2)
    comment = Typed("Comment", limit=values.PASSAGE, lines=1)
    mark = Typed("Mark", limit=values.MARK)
    points = TypedChoice("Points", _POINTS)

    def __init__(self, *args: Any, points_already: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self._points_already = points_already
        if points_already:
            self.fields["points"].widget = forms.Select(choices=_POINTS_ALREADY)

    @property
    def is_pointed(self) -> bool:
        """Whether it is to point at the sentence that is proposed."""
        points: str = self.cleaned_data["points"]
        return points == (HERE if self._points_already else "")

    @property
    def is_kept_pointing(self) -> bool:
        points: str = self.cleaned_data["points"]
        return points != NOWHERE

    def facts(self, held: PassageFacts | None = None) -> PassageFacts:
        """As it was typed; a held passage keeps where it stands."""
        typed = self.cleaned_data
        said = {name: typed[name] for name in ("kind", "heading", "text", "comment", "mark")}
        return replace(held, **said) if held else PassageFacts(**said)


class LooseForm(forms.Form):
    """Text that no reader placed."""

    becomes = TypedChoice("What to do with it", LOOSE)


class FigureRowForm(forms.Form):
    is_kept = Tick("Keep")
    label = Typed("Label", limit=LABEL_CHARACTERS)
    value = Typed("Figure", limit=ENTERED_CHARACTERS)
    period = Typed("Day", limit=10)


class SeriesForm(forms.Form):
    """When the figures were measured and published, and whether they become an indicator."""

    make = Tick("Save these figures as a snapshot indicator")
    base = TypedDay("Day of the first figure")
    vintage = TypedDay("Published on")


def read_initial(
    read: ReadText, before: ItemFacts, notes: str, *, is_again: bool = False
) -> dict[str, str]:
    """What the item says already; where it says nothing, what the text says.

    Of a text that `is_again` read, nothing is added to the item by itself.
    """
    plain = ("title", "url", "publisher", "published", "via", "via_url", "licence")
    taken = ReadText(read.text, before.kind, ()) if is_again else read
    said = {name: getattr(before, name) or getattr(taken, name) for name in plain}
    is_open = before.kind in {"note", "link"}
    return said | {
        "kind": taken.kind if is_open else before.kind,
        "authors": authors_said(before.authors or taken.authors),
        "tags": ", ".join(dict.fromkeys([*before.tags, *taken.tags])),
        "notes": "\n\n".join(part for part in (before.notes, notes) if part),
    }


def authors_said(names: Sequence[str]) -> str:
    return "; ".join(names)


def part_initial(passage: ReadPassage) -> dict[str, str]:
    names = ("kind", "heading", "text", "comment", "mark")
    return {name: getattr(passage, name) for name in names}


def rows_sent(data: QueryDict) -> int:
    """How many rows the page had that was sent."""
    return min(whole_or_zero(data.get("rows")), 2 * values.MOST_PASSAGES)


def day_or_none(text: object) -> Any:
    try:
        return read_day(str(text or "").strip())
    except IntakeError:
        return None
