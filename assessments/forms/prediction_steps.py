"""What is written beside a step of a prediction."""

from django import forms

from assessments.forms.clean import CleanPassage
from assessments.values import limits


class PublishForm(forms.Form):
    reason = CleanPassage(
        "Why no second person publishes it",
        limit=limits.NOTE,
        lines=2,
        noun="The reason",
        required=False,
        help_text="Only an administrator can publish a prediction of their own. Printed.",
    )


class WithdrawForm(forms.Form):
    reason = CleanPassage(
        "Why it should not stand",
        limit=limits.REASON,
        lines=2,
        noun="The reason",
        help_text="Kept with it. What readers saw is named in the list of changes.",
        error_messages={"required": "Needed: why the prediction is withdrawn."},
    )


class TakeBackForm(forms.Form):
    note = CleanPassage(
        "Why you take it back", limit=limits.NOTE, lines=2, noun="The note", required=False
    )
