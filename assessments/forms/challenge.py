"""What readers send, and what the team answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django import forms
from django.http import QueryDict

from assessments.forms.typed import DayText, TypedText
from assessments.models import Publication
from assessments.values import limits
from assessments.values.challenge import EMAIL, Claim, Sender
from assessments.values.scale import Dimension
from intake.errors import IntakeError
from intake.numbers import parse_integer


class ChallengeForm(forms.Form):
    """Kept as typed; the service judges every field."""

    claim = TypedText("What is wrong?", lines=5, hint="One claim, in your own words.")
    dimension = TypedText(
        "It is about",
        widget=forms.Select(
            choices=[("", "the whole page"), *((one.value, one.value) for one in Dimension)]
        ),
    )
    evidence = TypedText("How do you know?", lines=4, hint="What we could check ourselves.")
    evidence_url = TypedText("An address", limit=limits.URL, hint="A source that anyone can open.")
    credit = TypedText(
        "Name to print", limit=limits.NAME, hint="With the outcome. Empty: “a reader”."
    )
    name = TypedText("Your name", limit=limits.NAME, hint="For us alone; it may stay empty.")
    email = TypedText("Your e-mail address", limit=EMAIL, hint="For questions, and for us alone.")

    def claim_sent(self) -> Claim:
        typed = self.cleaned_data
        return Claim(
            claim=typed["claim"],
            dimension=typed["dimension"],
            evidence=typed["evidence"],
            evidence_url=typed["evidence_url"],
        )

    def sender(self) -> Sender:
        typed = self.cleaned_data
        return Sender(name=typed["name"], email=typed["email"], credit=typed["credit"])


class MailbagForm(ChallengeForm):
    """What a reader wrote elsewhere, entered by the team."""

    said_on = DayText("Said on", hint="Empty: today.")
    name = TypedText("Their name", limit=limits.NAME, hint="For us alone; it may stay empty.")
    email = TypedText("Their e-mail address", limit=EMAIL, hint="For us alone.")

    def clean_said_on(self) -> date | None:
        typed = self.cleaned_data["said_on"]
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            raise forms.ValidationError("Give the day as YYYY-MM-DD, or leave it empty.") from None

    def claim_sent(self) -> Claim:
        return replace(super().claim_sent(), said_on=self.cleaned_data["said_on"])


class PublicationRead(TypedText):
    """The number of a publication that the page offered; the service judges whether it fits."""

    def clean(self, value: object) -> Publication | None:
        text = self.to_python(value)
        if not text:
            return None
        try:
            seq = parse_integer(text, 1, 2**53, field="The publication")
        except IntakeError as error:
            raise forms.ValidationError(error.message) from error
        found: Publication | None = Publication.objects.filter(pk=seq).first()
        if found is None:
            raise forms.ValidationError("There is no such publication; choose one of the list.")
        return found


class AnswerForm(forms.Form):
    """A step of the team; `then` names it."""

    note = TypedText("What you say", lines=3, hint="Readers see replies and reasons of outcomes.")
    publication = PublicationRead(
        "The publication that changed a score because of it", widget=forms.Select()
    )

    def __init__(
        self, data: QueryDict | None = None, *, offered: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data)
        self.fields["publication"].widget.choices = [("", "none"), *offered]
