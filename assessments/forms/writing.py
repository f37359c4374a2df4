"""A card as the editor's form would send it, so that it can be kept and opened there."""

from collections.abc import Mapping
from typing import Any

from assessments.forms.card import editor_of


def typed_fields(content: Mapping[str, Any], *, parent: str) -> dict[str, object]:
    """The fields of the form by their names, as a buffer keeps them."""
    editor = editor_of(content)
    fields: dict[str, object] = {}
    for _, form in editor.forms():
        for name in form.fields:
            value = form[name].value()
            if value not in (None, "", False):
                fields[form.add_prefix(name)] = ["on" if value is True else str(value)]
    for key, rows in editor.rows.items():
        fields[f"{key}-TOTAL_FORMS"] = [str(rows.total_form_count())]
        fields[f"{key}-INITIAL_FORMS"] = ["0"]
    return fields | {
        "role": [content["role"]],
        "as_of": [content["as_of"]],
        "reason": [content["reason"]],
        "parent": [parent],
    }
