"""A form that somebody else's save came before: both texts, field by field."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

MET = (
    "This was changed by somebody else while you edited it. Nothing was overwritten: each field"
    " that differs says what stands now. Bring the two together here; saving again puts what you"
    " see in its place."
)


def show_theirs(form: forms.Form, now: forms.Form) -> None:
    """`now` is the same form, filled from the record. What was typed stays, and the version goes
    on: whoever sends it again has seen the other text."""
    form.add_error(None, MET)
    for name in form.fields:
        if form[name].is_hidden:
            continue
        theirs = _words(now, name)
        if theirs != _words(form, name):
            form.add_error(name, f"Now: {theirs}" if theirs else "Now it is empty.")
    data = cast("QueryDict", form.data).copy()
    data[form.add_prefix("version")] = str(now["version"].value())
    form.data = data


def _words(form: forms.Form, name: str) -> str:
    """The value of the field as somebody reads it."""
    value, field = form[name].value(), form.fields[name]
    if isinstance(field.widget, forms.CheckboxInput):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(sorted(map(str, value)))
    text = "" if value is None else " ".join(str(value).split())
    if isinstance(field, forms.ChoiceField):
        labels = {str(choice): label for choice, label in cast("Any", field.choices)}
        return str(labels.get(text, text))
    return text
