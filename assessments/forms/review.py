"""What reviewers and the team write beside a card."""

from django import forms

from assessments.forms.clean import CleanPassage
from assessments.forms.typed import TypedText
from assessments.values import limits


class ApproveForm(forms.Form):
    """The approval of exactly what was shown."""

    shown_hash = TypedText("What was shown", widget=forms.HiddenInput)
    note = CleanPassage(
        "A word to the author",
        limit=limits.NOTE,
        lines=2,
        noun="The note",
        required=False,
        help_text="Only the team sees it.",
    )


class OverrideForm(forms.Form):
    shown_hash = TypedText("What was shown", widget=forms.HiddenInput)
    override_reason = CleanPassage(
        "Why no second person approves it",
        limit=limits.NOTE,
        lines=2,
        noun="The reason",
        help_text="Printed with the publication, for every reader.",
        error_messages={"required": "Needed: why this cannot wait for a second person."},
    )


class ReturnForm(forms.Form):
    shown_hash = TypedText("What was shown", widget=forms.HiddenInput)
    note = CleanPassage(
        "What the author should change",
        limit=limits.NOTE,
        lines=2,
        noun="The note",
        help_text="Only the team sees it.",
        error_messages={"required": "Needed: one sentence on what the author should change."},
    )


class WithdrawForm(forms.Form):
    reason = CleanPassage(
        "Why readers should no longer see it",
        limit=limits.REASON,
        lines=2,
        noun="The reason",
        help_text="Printed in the list of changes.",
        error_messages={"required": "Needed: why the card is withdrawn."},
    )


class ConfirmForm(forms.Form):
    note = CleanPassage(
        "A word to the author",
        limit=limits.NOTE,
        lines=2,
        noun="The note",
        required=False,
        help_text="Only the team sees it.",
    )


class TakeBackForm(forms.Form):
    reason = CleanPassage(
        "Why it should not stay",
        limit=limits.REASON,
        lines=2,
        noun="The reason",
        help_text="Printed with the revision that takes its place.",
        error_messages={"required": "Needed: why it is taken back."},
    )


class NoteForm(forms.Form):
    text = CleanPassage(
        "A note for the team",
        limit=limits.PASSAGE,
        lines=3,
        noun="The note",
        help_text="Thesis, terms, doubts. It is kept beside the card and never published.",
        error_messages={"required": "Needed: the note itself."},
    )


class CommentForm(forms.Form):
    part = TypedText("Part of the card", widget=forms.HiddenInput)
    text = CleanPassage(
        "Your comment",
        limit=limits.PASSAGE,
        lines=2,
        noun="The comment",
        help_text="Only the team sees it.",
        error_messages={"required": "Needed: the comment itself."},
    )


class ReconciliationForm(forms.Form):
    text = CleanPassage(
        "A new note",
        limit=limits.PASSAGE,
        lines=4,
        noun="The note",
        help_text="Why the opinions differ, and what would settle it. Only the team sees it.",
        error_messages={"required": "Needed: what the team makes of the difference."},
    )
