"""What is said when an item is kept, retracted or restored."""

from django import forms

from evidence.forms.typed import Typed
from evidence.values.observed import REASON_CHARACTERS
from intake.numbers import whole_or_zero


class StateForm(forms.Form):
    """`version` is that of the item as it was read."""

    reason = Typed(
        "Why it no longer holds",
        limit=REASON_CHARACTERS,
        lines=3,
        help_text="A sentence that stands beside it from now on.",
    )
    version = Typed("Version", limit=20, widget=forms.HiddenInput)

    def version_read(self) -> int:
        """0, which no item has, when none was sent."""
        return whole_or_zero(self.cleaned_data["version"])
