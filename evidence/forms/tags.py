"""A tag renamed, or merged into another; `shown` is the name that the person saw."""

from django import forms

from evidence.forms.typed import Typed
from evidence.values.item import TAG


class RenameForm(forms.Form):
    name = Typed("New name", limit=TAG, help_text="The old name goes on leading to the tag.")
    shown = Typed("Name as shown", limit=TAG, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    into = Typed(
        "Into the tag",
        limit=TAG,
        widget=forms.TextInput(
            attrs={"list": "tags", "dir": "auto", "maxlength": TAG, "autocomplete": "off"}
        ),
        help_text="Its items get that tag in its place. It can be taken back.",
    )
    shown = Typed("Name as shown", limit=TAG, widget=forms.HiddenInput)
