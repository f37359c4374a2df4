"""Forms of the pages for readers and editors."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import TextField

WORD = "remove"


class RemovalForm(forms.Form):
    word = TextField(
        label="Type the word remove",
        max_length=20,
        help_text="What is removed cannot be brought back.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "is-short",
            }
        ),
        error_messages={"required": f"Needed: the word {WORD}."},
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.casefold() != WORD:
            raise ValidationError(f"Needed: the word {WORD}, and nothing else.")
        return word
