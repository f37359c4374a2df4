"""What an editor says of how a prediction came out."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.forms.clean import CleanLine, CleanPassage
from assessments.forms.typed import TypedText
from assessments.values import limits
from assessments.values.prediction import LARGEST, Kind
from intake.errors import IntakeError
from intake.numbers import parse_decimal
from intake.showing import shown
from scoring.services.resolutions import OF_KIND, Answer, Outcome, Remark

WORDS = {
    Outcome.YES: "Yes, it came true",
    Outcome.NO: "No, it did not",
    Outcome.NUMBER: "The number is known",
    Outcome.DATE: "It happened, on the day below",
    Outcome.ANNULLED: "Annul it: the question has lost its sense",
    Outcome.AMBIGUOUS: "Ambiguous: reasonable people read the rule both ways",
}
NEVER_SEEN = -1


class NumberLine(CleanLine):
    """A number as it was typed, or None."""

    def clean(self, value: object) -> float | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            return float(parse_decimal(text, -LARGEST, LARGEST, field=self.noun))
        except IntakeError as error:
            raise ValidationError(error.message) from error


class DayLine(CleanLine):
    """A day, or None."""

    def __init__(self, label: str, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "is-short"})
        super().__init__(label, limit=40, widget=widget, **more)

    def clean(self, value: object) -> datetime.date | None:
        text: str = super().clean(value)
        if not text:
            return None
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            message = f"{self.noun} is {shown(text)}; write it as 2030-12-31."
            raise ValidationError(message) from None


class StepForm(forms.Form):
    """The last event that was on the page travels along, so that nobody answers unseen words."""

    seen = TypedText("The last step that was on the page", widget=forms.HiddenInput)

    @property
    def seen_id(self) -> int:
        """0 where the form names none; a number that no event has where it names none that is."""
        text: str = self.cleaned_data["seen"].strip()
        if not text:
            return 0
        is_number = text.isascii() and text.isdecimal() and len(text) <= 18
        return int(text) if is_number else NEVER_SEEN


class ProposalForm(StepForm):
    outcome = forms.ChoiceField(
        label="What came out", widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    value = NumberLine("The number that was read", limit=40, noun="The number", required=False)
    happened_on = DayLine(
        "The day on which it happened",
        noun="The day",
        required=False,
        help_text="Where it is known; for a no before the deadline the day on which it became"
        " impossible.",
    )
    evidence = CleanPassage(
        "How one knows",
        limit=limits.NOTE,
        lines=2,
        noun="The evidence",
        help_text="An address, or the publication with its date and page.",
        error_messages={"required": "Needed: how one knows."},
    )
    note = CleanPassage(
        "Why this is the answer",
        limit=limits.NOTE,
        lines=2,
        noun="The note",
        help_text="By the rule of the prediction. Readers see it.",
        error_messages={"required": "Needed: one sentence on why."},
    )

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        outcomes = (*OF_KIND[Kind(kind)], Outcome.ANNULLED, Outcome.AMBIGUOUS)
        self.fields["outcome"].choices = [(one.value, WORDS[one]) for one in outcomes]  # type: ignore[attr-defined]
        if Outcome.NUMBER not in outcomes:
            self.fields["value"].help_text = "Only where a figure decided."

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(
            outcome=said["outcome"],
            note=said["note"],
            evidence=said["evidence"],
            value=said["value"],
            happened_on=said["happened_on"],
        )


class RemarkForm(StepForm):
    note = CleanPassage(
        "Why",
        limit=limits.NOTE,
        lines=2,
        noun="The note",
        help_text="Readers see it.",
        error_messages={"required": "Needed: one sentence on why."},
    )
    evidence = CleanPassage(
        "Further evidence",
        limit=limits.NOTE,
        lines=2,
        noun="The evidence",
        required=False,
    )

    def remark(self) -> Remark:
        said = self.cleaned_data
        return Remark(note=said["note"], evidence=said["evidence"], seen=self.seen_id)
