"""A sketch: one key for each of the six dimensions, and one sentence."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from assessments.forms.reading import Frame
from assessments.forms.typed import OptionalText, TypedText
from assessments.models import Revision
from assessments.opinions import content_of
from assessments.values import limits
from assessments.values.card import CardDocument, CardInvalid, parse_card
from assessments.values.scale import (
    HOUSE_SERIES,
    LEVEL_DIMENSIONS,
    Detail,
    Dimension,
    UnscoredReason,
    levels_of,
)
from record.clock import today

UNSCORED = "unscored"
_WINDOW = re.compile(r"(\d{4})-(\d{4})?", re.ASCII)


class SketchForm(forms.Form):
    """`earlier` is the sketch that this one builds on, if there is one."""

    sentence = TypedText(
        "One sentence", limit=limits.SUMMARY, hint="Why. It is the reason for all six."
    )
    reason = TypedText(
        "What you have learnt since", limit=limits.REASON, hint="Needed where a key changes."
    )
    parent = OptionalText("Parent", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, earlier: Revision | None = None) -> None:
        super().__init__(data, initial=_initial(earlier))
        for dimension in Dimension:
            self.fields[dimension.value] = TypedText(dimension.capitalize())
        if earlier is None:
            del self.fields["reason"]

    def chosen(self, dimension: Dimension) -> str:
        """The key that is down, in the page as it is sent back too."""
        return str(self[dimension.value].value() or "")

    def document(self, frame: Frame) -> CardDocument | None:
        """The card that the keys say, or None after every problem was told to its field."""
        self._refuse_unknown()
        try:
            document = parse_card(self._card(frame))
        except CardInvalid as invalid:
            for problem in invalid.errors:
                self._tell(problem.field, problem.message)
            return None
        return None if self.errors else document

    def _refuse_unknown(self) -> None:
        for dimension in Dimension:
            chosen = self.cleaned_data[dimension.value]
            if not chosen:
                self.add_error(
                    dimension.value, "Needed: a key of this row; 0 where you cannot tell."
                )
            elif not _is_key(dimension, chosen):
                self.add_error(dimension.value, "This row has no such key. Choose one of its keys.")

    def _card(self, frame: Frame) -> dict[str, object]:
        typed = self.cleaned_data
        return {
            "technology": {"slug": frame.slug, "name": frame.name},
            "role": frame.role,
            "author": frame.author,
            "origin": "hand",
            "series": HOUSE_SERIES,
            "detail": Detail.SKETCH.value,
            "as_of": today().isoformat(),
            "reason": typed.get("reason", ""),
            "parent": typed["parent"],
            "summary": typed["sentence"],
            "scores": {key.value: _score(key, typed.get(key.value, "")) for key in Dimension},
        }

    def _tell(self, place: str, message: str) -> None:
        name = "sentence" if place == "summary" else place
        self.add_error(name if name in self.fields else None, message)


def _initial(earlier: Revision | None) -> dict[str, Any]:
    if earlier is None:
        return {}
    card = content_of(earlier)
    keys = {key.value: _key_of(card["scores"][key.value]) for key in Dimension}
    return keys | {"sentence": card["summary"], "parent": earlier.content_hash}


def _key_of(score: Mapping[str, Any]) -> str:
    if score["unscored_reason"]:
        return UNSCORED
    return str(score["level"]) if "level" in score else window_key(score["from"], score["to"])


def window_key(year_from: int, year_to: int | None) -> str:
    return f"{year_from}-{year_to or ''}"


def _is_key(dimension: Dimension, chosen: str) -> bool:
    if chosen == UNSCORED or chosen in levels_of(dimension):
        return True
    return dimension not in LEVEL_DIMENSIONS and _window(chosen) is not None


def _window(chosen: str) -> tuple[int, int | None] | None:
    found = _WINDOW.fullmatch(chosen)
    if found is None:
        return None
    years = int(found[1]), int(found[2]) if found[2] else None
    is_on_scale = limits.FIRST_YEAR <= years[0] <= (years[1] or years[0]) <= limits.LAST_YEAR
    return years if is_on_scale else None


def _score(dimension: Dimension, chosen: str) -> dict[str, object]:
    """What is no key was told already, and is read as unscored."""
    window = _window(chosen)
    is_scored = chosen != UNSCORED and _is_key(dimension, chosen)
    reason = None if is_scored else UnscoredReason.NOT_YET_ASSESSED.value
    shared: dict[str, object] = {"certainty": None, "rationale": "", "unscored_reason": reason}
    if dimension in LEVEL_DIMENSIONS:
        return shared | {"level": chosen if is_scored else None, "level_to": None}
    years = window if window and is_scored else (None, None)
    return shared | {"from": years[0], "to": years[1]}
