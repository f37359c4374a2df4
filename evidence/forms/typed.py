"""Fields that keep what was typed: the services judge it and say what is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from evidence.importing.tables import MOST_CHARACTERS

Choices = list[tuple[str, str]]


class Typed(forms.Field):
    """The text as it was sent; empty where nothing was."""

    def __init__(self, label: str, *, limit: int, lines: int = 1, **more: Any) -> None:
        # The door counts the characters; the page only helps.
        attributes: dict[str, Any] = {"dir": "auto", "maxlength": limit, "autocomplete": "off"}
        if limit > 100 and lines == 1:
            attributes["class"] = "is-long"
        widget: forms.Widget = forms.TextInput(attrs=attributes)
        if lines > 1:
            widget = forms.Textarea(attrs=attributes | {"rows": lines})
        more.setdefault("widget", widget)
        super().__init__(label=label, required=False, **more)

    def to_python(self, value: object) -> Any:
        return value if isinstance(value, str) else ""


class TypedChoice(Typed):
    """One word of a list; the service refuses any other."""

    def __init__(self, label: str, choices: Choices, **more: Any) -> None:
        super().__init__(label, limit=80, widget=forms.Select(choices=choices), **more)


class TypedDay(Typed):
    def __init__(self, label: str, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "is-short"})
        super().__init__(label, limit=10, widget=widget, **more)


class _Ticked(forms.CheckboxInput):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")


class Tick(forms.Field):
    """A box that is ticked or not; a browser sends "on"."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, required=False, widget=_Ticked(), **more)

    def to_python(self, value: object) -> bool:
        if value not in {"", "on", "true"}:
            raise ValidationError(f"{self.label}: this is ticked, or it is not.")
        return value != ""


class TextFile(forms.FileField):
    """A file of text as its text; empty where none was sent."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, required=False, allow_empty_file=True, **more)

    def clean(self, data: Any, initial: Any = None) -> str:
        if not isinstance(data, UploadedFile):
            return ""
        if (data.size or 0) > 2 * MOST_CHARACTERS:
            raise ValidationError(
                f"The file has {data.size:,} bytes; at most {2 * MOST_CHARACTERS:,} are read."
            )
        return _decoded(data.read())


_SIGNS = {
    b"PK\x03\x04": "an archive or an office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database",
}
_WIDE = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def _decoded(data: bytes) -> str:
    for sign, what in _SIGNS.items():
        if data.startswith(sign):
            raise ValidationError(
                f"Line 1 begins as {what} does: this is no text, whatever its name says. Open it"
                " where it was made and save it as text in UTF-8."
            )
    for sign, encoding in _WIDE:
        if data.startswith(sign):
            raise ValidationError(
                f"Line 1 begins as {encoding} does. Save the file as UTF-8 and send it again."
            )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        begun = data[: error.start]
        line, column = begun.count(b"\n") + 1, error.start - begun.rfind(b"\n")
        raise ValidationError(
            f"Line {line}, byte {column} is 0x{data[error.start]:02X}: the file is not UTF-8. Save"
            " it as UTF-8 and send it again."
        ) from None
