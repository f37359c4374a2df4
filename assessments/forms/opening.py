"""What is typed about a market that opened, and about what counts as open."""

from django import forms

from assessments.forms.clean import CleanPassage
from assessments.forms.typed import TypedText
from assessments.models import Opening
from assessments.values import limits
from intake.errors import IntakeError
from intake.numbers import parse_integer

LARGEST = 2**31 - 1


class YearLine(TypedText):
    """A whole year; the service judges which."""

    def clean(self, value: object) -> int:
        try:
            return parse_integer(self.to_python(value), 0, 9999, field="The year")
        except IntakeError as error:
            raise forms.ValidationError(error.message) from error


class NumberRead(TypedText):
    """The number of what the page showed; -1, which nothing has, for what is none."""

    def clean(self, value: object) -> int:
        try:
            return parse_integer(self.to_python(value), 0, LARGEST)
        except IntakeError:
            return -1


class OpeningForm(forms.Form):
    status = forms.ChoiceField(
        label="The market is",
        choices=[
            (Opening.Status.OPEN, "open since that year"),
            (Opening.Status.CLOSED, "closed again in that year"),
        ],
        error_messages={
            "required": "Needed: whether it opened or closed.",
            "invalid_choice": "Choose one out of the list.",
        },
    )
    year = YearLine("Year", limit=4, hint="The first year in which the test was met.")
    evidence = CleanPassage(
        "Evidence",
        limit=limits.PASSAGE,
        lines=4,
        help_text="Who sells, to whom, and the figures with their sources. Readers see it.",
        error_messages={"required": "Needed: by what evidence the test is met."},
    )


class OpeningTestForm(forms.Form):
    text = CleanPassage(
        "What has to be so for the market to count as open",
        limit=limits.PASSAGE,
        lines=4,
        noun="The test",
        error_messages={"required": "Needed: what has to be so."},
    )
    version = NumberRead("Version", widget=forms.HiddenInput)


class OpeningAnswerForm(forms.Form):
    proposal = NumberRead("Proposal", widget=forms.HiddenInput)
    note = CleanPassage(
        "A note",
        limit=limits.NOTE,
        lines=2,
        noun="The note",
        required=False,
        help_text="Needed to refuse: why the test is not met.",
    )
