"""From the card editor's form to the card that it says, and each problem back to its field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField

from assessments.forms.card import CardEditor
from assessments.values.card import CardDocument, CardInvalid, FieldProblem, parse_card
from assessments.values.scale import Dimension
from record.errors import DomainError

_PLACE = re.compile(r"(?P<key>\w+)(?:\[(?P<row>\d+)\])?(?:\.(?P<rest>.+))?")
_CITED = re.compile(r"citations/(?P<row>\d+)/item")
_LEVEL_FIELDS = {"level_to": "is_span"}
_TIMING_FIELDS = {"from": "year_from", "to": "year_to"}
# A sum is wrong of no row in particular; it is told beside the numbers that make it.
_LIST_FIELDS = {"scenarios": "probability", "citations": "item_named"}


@dataclass(frozen=True)
class Frame:
    """What the card says that its form does not ask."""

    slug: str
    name: str
    role: str
    author: str
    is_final: bool = False


@dataclass(frozen=True)
class Trouble:
    """One field that needs another look, for the summary above the form."""

    label: str
    anchor: str
    message: str


def read_card(editor: CardEditor, frame: Frame) -> CardDocument | None:
    """The card that was typed, or None after every problem was told to its field.

    A card that is final has no dimension left open without a reason.
    """
    typed = _card(editor, frame)
    _refuse_torn_lists(editor)
    try:
        document = parse_card(typed)
    except CardInvalid as invalid:
        for problem in invalid.errors:
            _tell(editor, problem)
        return None
    return None if editor.has_errors() else document


def _refuse_torn_lists(editor: CardEditor) -> None:
    """A list whose rows did not arrive would be saved as an empty one."""
    for key, rows in editor.rows.items():
        for message in rows.non_form_errors():
            part = key.replace("_", " ").capitalize()
            editor.card.add_error(None, f"{part}: {message}")


def refuse_card(editor: CardEditor, error: DomainError) -> None:
    """The refusal stands at the field it is about, or above the form."""
    cited = _CITED.fullmatch(error.field)
    rows = editor.rows["citations"].filled() if cited else []
    if cited and int(cited["row"]) < len(rows):
        rows[int(cited["row"])].add_error("item_named", error.message)
        return
    form = editor.card
    form.add_error(error.field if error.field in form.fields else None, error.message)


def troubles(editor: CardEditor) -> list[Trouble]:
    """Every problem of the form, in the order of the page."""
    return [trouble for part, form in editor.forms() for trouble in _troubles(part, form)]


def _troubles(part: str, form: forms.Form) -> Iterator[Trouble]:
    for name in (NON_FIELD_ERRORS, *form.fields):
        field = form[name] if name in form.fields else None
        words = [part, _label(field, part)] if field else [part]
        anchor = field.auto_id if field else "card-form"
        for message in form.errors.get(name, ()):
            yield Trouble(", ".join(filter(None, words)), anchor, str(message))


def _label(field: BoundField, part: str) -> str:
    label = str(field.label)
    return label[:1].lower() + label[1:] if part else label


def _card(editor: CardEditor, frame: Frame) -> dict[str, object]:
    editor.has_errors()
    typed = editor.card.cleaned_data
    may_be_open = not frame.is_final
    scores: dict[str, object] = {
        dimension.value: form.score(may_be_open=may_be_open)
        for dimension, form in editor.levels.items()
    }
    scores[Dimension.TIMING.value] = editor.timing.score(may_be_open=may_be_open)
    lists = {key: [form.item() for form in rows.filled()] for key, rows in editor.rows.items()}
    return {
        "technology": {"slug": frame.slug, "name": frame.name},
        "role": frame.role,
        "author": frame.author,
        "origin": "hand",
        **{key: typed.get(key) for key in _PLAIN},
        "series": typed["series"].strip() or None,
        "scores": scores,
        "rating": editor.card.rating(),
        **lists,
    }


_PLAIN = ("detail", "as_of", "reason", "parent", "summary", "text", "p_never")


def _tell(editor: CardEditor, problem: FieldProblem) -> None:
    form, name = _field_of(editor, problem.field)
    # What the form itself could not read is told already, in better words.
    if name is None or name not in form.errors:
        form.add_error(name, problem.message)


def _field_of(editor: CardEditor, place: str) -> tuple[forms.Form, str | None]:
    found = _PLACE.fullmatch(place)
    key, rest = (found["key"], found["rest"] or "") if found else ("", "")
    if key == "scores":
        return _score_field(editor, rest)
    if key in editor.rows and (rows := editor.rows[key].filled()):
        form = rows[int(found["row"] or 0) if found else 0]
        first = _LIST_FIELDS.get(key, next(iter(form.fields)))
        return form, rest if rest in form.fields else first
    if key == "rating":
        return editor.card, f"rating_{rest or 'value'}"
    return editor.card, key if key in editor.card.fields else None


def _score_field(editor: CardEditor, place: str) -> tuple[forms.Form, str | None]:
    dimension, _, key = place.partition(".")
    if dimension == Dimension.TIMING:
        return editor.timing, _TIMING_FIELDS.get(key, key or None)
    return editor.levels[Dimension(dimension)], _LEVEL_FIELDS.get(key, key or None)
