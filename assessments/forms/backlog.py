"""A list of names, one a line."""

from django import forms

from assessments.forms.typed import TypedText


class PasteForm(forms.Form):
    names = TypedText(
        "Names, one a line",
        limit=60_000,
        lines=10,
        hint="A field may follow the name after a tab, a semicolon or a comma.",
    )
