"""The passages of an item, a row each; a page of the form holds so many of them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, BoundField, formset_factory
from django.http import QueryDict

from evidence.forms.typed import Tick, Typed, TypedChoice
from evidence.values import item as values
from evidence.values.item import PassageFacts
from intake.errors import IntakeError
from intake.numbers import parse_integer

PREFIX = "passages"
# Django reads so many fields of a form at most; each row has eleven.
ROWS = 100
SPARE_ROWS = 1
KINDS = [(kind, kind) for kind in values.PASSAGE_KINDS]


class _Hidden(Typed):
    """Words around a quotation: their blanks and line breaks count."""

    def __init__(self, label: str) -> None:
        super().__init__(label, limit=values.CONTEXT, widget=forms.HiddenInput)

    def to_python(self, value: object) -> Any:
        text: str = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")


class PassageForm(forms.Form):
    """`folded` are fields that few need; the page keeps them in a drawer."""

    folded = ("heading", "mark", "source", "exact", "order")

    kind = TypedChoice("What it is", KINDS, initial="quotation")
    text = Typed("Its words", limit=values.PASSAGE, lines=3)
    comment = Typed("Comment", limit=values.PASSAGE, lines=2, help_text="Markdown.")
    heading = Typed("Heading", limit=values.HEADING, help_text="The section, or the question.")
    mark = Typed("Mark", limit=values.MARK, help_text="The number of a footnote.")
    source = Typed(
        "Key of the item it stands in",
        limit=values.TAG_SLUG,
        help_text="The last part of that item’s address. Empty: this item’s own text.",
    )
    exact = Typed(
        "The words there",
        limit=values.PASSAGE,
        lines=2,
        help_text="Where they differ from its words above.",
    )
    order = Typed("Place", limit=6, help_text="1 stands first.")
    before = _Hidden("Words before")
    after = _Hidden("Words after")
    gone = Tick("Take it out")

    @property
    def number(self) -> int:
        """From 1; 0 for the pattern that scripts copy."""
        place = str(self.prefix).rpartition("-")[2]
        return int(place) + 1 if place.isdecimal() else 0

    @property
    def is_spare(self) -> bool:
        """An empty row after another one, which a page without scripts keeps folded."""
        return self.number > 1 and not any(
            str(self[name].value() or "") for name in ("text", "comment")
        )

    @property
    def has_folded_errors(self) -> bool:
        return any(name in self.errors for name in self.folded)

    def folded_fields(self) -> list[BoundField]:
        return [self[name] for name in self.folded]

    def clean_order(self) -> int | None:
        text = self.cleaned_data["order"].strip()
        try:
            return parse_integer(text, 1, 10**6, field="The place") if text else None
        except IntakeError as error:
            raise ValidationError(error.message) from error

    def passage(self, began: PassageFacts | None, *, has_text: bool) -> PassageFacts | None:
        """None for a row that is taken out, or in which nothing is typed; `began` is what the row
        showed at first."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in _OWN}
        words = [typed[name].strip() for name in ("text", "comment", "exact", "heading", "source")]
        if self.cleaned_data["gone"] or not any(words):
            return None
        if typed["kind"] == "quotation" and has_text and not (words[2] or words[4]):
            typed["exact"] = _plain(typed["text"])
        elif (
            typed["kind"] == "quotation" and began and began.text == began.exact == _plain(words[2])
        ):
            # Where its words alone were changed, it is looked for by the new ones.
            typed["exact"] = _plain(typed["text"])
        before, after = self.cleaned_data["before"], self.cleaned_data["after"]
        return PassageFacts(**typed, prefix=before, suffix=after)


_OWN = {"order", "gone", "before", "after"}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class PassageRows(BaseFormSet):  # type: ignore[type-arg]
    """Rows that arrived whole, or a refusal in words that whoever types can use."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "missing_management_form": "The rows did not arrive whole. Go back and send them again.",
        "too_many_forms": "At most %(num)d rows are on one page. Save, then add more.",
    }

    def began(self, row: PassageForm, passages: Sequence[PassageFacts]) -> PassageFacts | None:
        """Of the passages that the page began with, the one of that row."""
        return passages[row.number - 1] if 0 < row.number <= len(passages) else None

    def ordered(self) -> list[PassageForm]:
        """The rows in the order that was typed; without a number a row stays where it is."""
        rows = list(enumerate(cast("list[PassageForm]", self.forms), 1))
        return [
            row
            for _, row in sorted(
                rows, key=lambda one: (one[1].cleaned_data["order"] or one[0], one[0])
            )
        ]


_Rows = formset_factory(
    PassageForm,
    formset=PassageRows,
    extra=SPARE_ROWS,
    max_num=ROWS + 20,
    absolute_max=ROWS + 40,
)


def passage_rows(
    data: QueryDict | None = None, passages: Sequence[PassageFacts] = ()
) -> PassageRows:
    initial = [_initial(one) for one in passages]
    made = _Rows(data, prefix=PREFIX, initial=None if data is not None else initial)
    return cast("PassageRows", made)


def _initial(passage: PassageFacts) -> dict[str, Any]:
    said = asdict(passage)
    said["before"], said["after"] = said.pop("prefix"), said.pop("suffix")
    if passage.kind == "quotation" and not passage.source and passage.exact == passage.text:
        said["exact"] = ""
    return said
