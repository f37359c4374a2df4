"""The parts of the card form that score one dimension each."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from assessments.forms.typed import OptionalText, TypedText, YearText
from assessments.values import limits
from assessments.values.scale import Dimension, UnscoredReason, next_level

UNSCORED = "unscored"
WHY = "Two or three sentences that a stranger can check. Readers see them."


class LevelForm(forms.Form):
    """A level or a span, or why there is none; `prefix` is the dimension."""

    level = TypedText("Level")
    is_span = forms.BooleanField(
        label="It lies between this level and the next one up", required=False
    )
    unscored_reason = OptionalText("Why it cannot be scored")
    certainty = OptionalText("Would you give the same level in twelve months?")
    rationale = TypedText("Why this level", limit=limits.RATIONALE, hint=WHY, lines=4)

    def __init__(
        self,
        dimension: Dimension,
        data: QueryDict | None = None,
        score: Mapping[str, Any] | None = None,
    ) -> None:
        self.dimension = dimension
        super().__init__(data, prefix=dimension.value, initial=_level_initial(score or {}))

    def clean(self) -> None:
        chosen = self.cleaned_data["level"]
        if self.cleaned_data["is_span"] and chosen not in {"", UNSCORED} and not self._above():
            message = f"No level lies above {chosen[:10]} here; take the mark away."
            self.add_error("is_span", message)

    def _above(self) -> str | None:
        return next_level(self.dimension, self.cleaned_data["level"])

    def score(self, *, may_be_open: bool) -> dict[str, object]:
        """The score in the contract's shape. What was left open is "not yet assessed",
        unless the card has to be complete."""
        typed = self.cleaned_data
        if typed["level"] in {"", UNSCORED}:
            is_open = may_be_open and not typed["level"]
            return _unscored(typed["rationale"], typed["unscored_reason"], is_open=is_open) | {
                "level": None,
                "level_to": None,
            }
        return {
            "level": typed["level"],
            "level_to": self._above() if typed.get("is_span") else None,
            "certainty": typed["certainty"],
            "rationale": typed["rationale"],
            "unscored_reason": None,
        }


class TimingForm(forms.Form):
    """A window of years, or why there is none."""

    year_from = YearText("From the year", "The first year")
    year_to = YearText("To the year", "The last year", hint="Empty leaves the end open.")
    is_unscored = forms.BooleanField(label="I cannot give a window", required=False)
    unscored_reason = OptionalText("Why there is no window")
    certainty = OptionalText("How sure are you that the market opens between these years?")
    rationale = TypedText("Why this window", limit=limits.RATIONALE, hint=WHY, lines=4)

    def __init__(
        self, data: QueryDict | None = None, score: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=Dimension.TIMING.value, initial=_timing_initial(score or {}))

    def score(self, *, may_be_open: bool) -> dict[str, object]:
        typed = self.cleaned_data
        years: dict[str, object] = {"from": typed.get("year_from"), "to": typed.get("year_to")}
        if "year_from" in self.errors:
            # A last year without a first one would be told too, of what was typed in both.
            years["to"] = None
        is_blank = years == {"from": None, "to": None}
        if typed["is_unscored"] or (is_blank and not self.errors):
            is_open = may_be_open and not typed["is_unscored"]
            return _unscored(typed["rationale"], typed["unscored_reason"], is_open=is_open) | years
        return years | {
            "certainty": typed["certainty"],
            "rationale": typed["rationale"],
            "unscored_reason": None,
        }


def _unscored(rationale: str, reason: str | None, *, is_open: bool) -> dict[str, object]:
    left_open = UnscoredReason.NOT_YET_ASSESSED.value if is_open else None
    return {
        "certainty": None,
        "rationale": rationale,
        "unscored_reason": reason or left_open,
    }


def _level_initial(score: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "level": UNSCORED if score.get("unscored_reason") else score.get("level"),
        "is_span": bool(score.get("level_to")),
        **_shared_initial(score),
    }


def _timing_initial(score: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "year_from": score.get("from"),
        "year_to": score.get("to"),
        "is_unscored": bool(score.get("unscored_reason")),
        **_shared_initial(score),
    }


def _shared_initial(score: Mapping[str, Any]) -> dict[str, Any]:
    return {key: score.get(key) for key in ("unscored_reason", "certainty", "rationale")}
