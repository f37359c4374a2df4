"""What one pastes, gives by its address or uploads, on its way into the inbox."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from evidence.forms.typed import TextFile, Typed, TypedChoice
from evidence.values import item as values
from evidence.values.item import ItemFacts, usual_kind

KINDS = [(kind, kind) for kind in values.KINDS]
_NO_TEXT = {
    ".pdf": "A PDF",
    ".doc": "A document of a word processor",
    ".docx": "A document of a word processor",
    ".odt": "A document of a word processor",
    ".epub": "A book file",
    ".png": "A picture",
    ".jpg": "A picture",
    ".jpeg": "A picture",
    ".zip": "An archive",
}
_MARKUP = ("<!doctype html", "<html")
# From a bookmark: the name of the parameter, and the most characters that are taken over.
PREFILLED = {"url": values.ADDRESS, "title": values.TITLE, "text": values.TEXT}


class PastedFile(TextFile):
    """A text file; what holds no plain text is refused with what to do instead."""

    def clean(self, data: Any, initial: Any = None) -> str:
        if isinstance(data, UploadedFile):
            noun = _NO_TEXT.get(PurePath(data.name or "").suffix.lower())
            if noun:
                raise ValidationError(
                    f"{noun} is not plain text. Open it, copy its text and paste it above."
                )
        text: str = super().clean(data, initial)
        if text.lstrip()[:200].lower().startswith(_MARKUP):
            raise ValidationError(
                "The file is the source of a web page. Open it in a browser, copy its text and"
                " paste it above."
            )
        return text


class PasteForm(forms.Form):
    """One of address, text and file is enough."""

    more = ("kind", "tags", "via", "via_url", "notes")

    url = Typed("Address", limit=values.ADDRESS, help_text="Kept, and not opened by this site.")
    text = Typed("Text", limit=values.TEXT, lines=9)
    file = PastedFile("Or a file", help_text="Plain text or Markdown in UTF-8.")
    title = Typed("Title", limit=values.TITLE)
    kind = TypedChoice("Kind", [("", "a link, or else a note"), *KINDS])
    tags = Typed("Tags", limit=values.MOST_TAGS * values.TAG, help_text="With commas between.")
    via = Typed("Found through", limit=values.NAME, help_text="Who pointed you to it.")
    via_url = Typed("Its address", limit=values.ADDRESS)
    notes = Typed("Notes", limit=values.NOTES, lines=3, help_text="Markdown.")

    def clean(self) -> None:
        typed = self.cleaned_data
        pasted, read = str(typed.get("text", "")), str(typed.get("file", ""))
        if pasted.strip() and read.strip():
            self.add_error("file", "Give a text or a file, not both; each becomes one item.")
        typed["text"] = pasted if pasted.strip() else read
        if not self.errors and not any(typed[name].strip() for name in ("url", "text", "title")):
            self.add_error("text", "Needed: a text, an address or a file.")

    def facts(self) -> ItemFacts:
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("url", "text", "title", "via", "via_url", "notes")}
        kind = typed["kind"] or usual_kind(typed["url"])
        return ItemFacts(kind=kind, tags=words_between(typed["tags"]), **plain)

    def again(self) -> list[tuple[str, str]]:
        """What was typed, to be sent once more; a file goes as its text."""
        typed = self.cleaned_data
        return [(name, typed[name]) for name in self.fields if name != "file" and typed[name]]


def prefilled(asked: QueryDict) -> dict[str, str]:
    """What a bookmark sends along, cut to what the fields hold."""
    return {name: asked.get(name, "")[:most] for name, most in PREFILLED.items()}


def words_between(text: str, apart: str = ",") -> tuple[str, ...]:
    """The parts in their order, without those in which nothing stands."""
    return tuple(part.strip() for part in text.split(apart) if part.strip())
