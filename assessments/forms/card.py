"""The card editor's form: one long page, read as one card of the contract's shape."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from assessments.forms.rows import FORMS, RowSet, row_set
from assessments.forms.scores import LevelForm, TimingForm
from assessments.forms.typed import ChoiceText, DayText, OptionalText, ShareText, TypedText
from assessments.values import limits
from assessments.values.scale import (
    DEFAULT_PERSPECTIVE,
    HOUSE_SERIES,
    LEVEL_DIMENSIONS,
    Detail,
    Dimension,
    RatingValue,
)
from record.clock import today

_RATINGS = [("", "not rated"), *((value.value, value.capitalize()) for value in RatingValue)]
_DETAILS = [
    (Detail.FULL.value, "Full: every score with its reason"),
    (Detail.SKETCH.value, "Sketch: six levels and one sentence"),
]


class CardForm(forms.Form):
    """The single fields of a card."""

    summary = TypedText(
        "Summary", limit=limits.SUMMARY, lines=2, hint="What it is, in a sentence or two."
    )
    text = TypedText("In full", limit=limits.TEXT, lines=8, hint="Markdown, as long as it takes.")
    rating_value = ChoiceText("Rating", _RATINGS)
    rating_perspective = TypedText(
        "Seen by", limit=limits.NAME, hint="Whose money or time the rating speaks of."
    )
    rating_note = TypedText("Why", limit=limits.NOTE, lines=2)
    p_never = ShareText(
        "Probability that its market never opens",
        "The probability of never",
        hint="Between 0 and 1. Empty where you would not say.",
    )
    as_of = DayText("The card speaks of", hint="The day your scores hold for.")
    series = TypedText("Series", limit=limits.SERIES, hint="Which line of cards this continues.")
    detail = ChoiceText("Detail", _DETAILS)
    reason = TypedText(
        "Why it changed",
        limit=limits.REASON,
        lines=2,
        hint="What you have learnt since the last revision. One reason may cover several changes.",
    )
    parent = OptionalText("Parent", widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, card: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=_initial(card or {}))

    def rating(self) -> dict[str, object] | None:
        typed = self.cleaned_data
        if not typed["rating_value"] and not typed["rating_note"].strip():
            return None
        return {
            "value": typed["rating_value"],
            "perspective": typed["rating_perspective"].strip() or DEFAULT_PERSPECTIVE,
            "note": typed["rating_note"],
        }


def _initial(card: Mapping[str, Any]) -> dict[str, Any]:
    rating = card.get("rating") or {}
    return {
        "summary": card.get("summary"),
        "text": card.get("text"),
        "rating_value": rating.get("value"),
        "rating_perspective": rating.get("perspective", DEFAULT_PERSPECTIVE),
        "rating_note": rating.get("note"),
        "p_never": card.get("p_never"),
        "as_of": today().isoformat(),
        "series": card.get("series", HOUSE_SERIES),
        "detail": card.get("detail", Detail.FULL.value),
        "parent": card.get("parent"),
    }


@dataclass(frozen=True)
class CardEditor:
    """All forms of the page, in the order in which it shows them."""

    levels: Mapping[Dimension, LevelForm]
    timing: TimingForm
    card: CardForm
    rows: Mapping[str, RowSet]

    @property
    def is_bound(self) -> bool:
        return self.card.is_bound

    def forms(self) -> Iterator[tuple[str, forms.Form]]:
        """Every form with the words that name its part of the page."""
        for dimension, level in self.levels.items():
            yield dimension.capitalize(), level
        yield Dimension.TIMING.capitalize(), self.timing
        for row_forms in self.rows.values():
            for row in row_forms.forms:
                yield f"{row.noun} {row.number}", row
        yield "", self.card

    def has_errors(self) -> bool:
        """Whether any form refuses what was typed; afterwards all of them have been read."""
        return sum(bool(form.errors) for _, form in self.forms()) > 0


def editor_of(card: Mapping[str, Any] | None) -> CardEditor:
    """The editor of a card in the contract's shape; its `parent` is the revision to build on."""
    card = card or {}
    scores = card.get("scores", {})
    return CardEditor(
        levels={key: LevelForm(key, score=scores.get(key)) for key in LEVEL_DIMENSIONS},
        timing=TimingForm(score=scores.get(Dimension.TIMING)),
        card=CardForm(card=card),
        rows={key: row_set(key, items=card.get(key)) for key in FORMS},
    )


def editor_from(data: QueryDict) -> CardEditor:
    """The editor with what was typed in it."""
    return CardEditor(
        levels={key: LevelForm(key, data) for key in LEVEL_DIMENSIONS},
        timing=TimingForm(data),
        card=CardForm(data),
        rows={key: row_set(key, data) for key in FORMS},
    )
