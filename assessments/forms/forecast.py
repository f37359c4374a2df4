"""A chance, or four points, as they are typed."""

from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.http import QueryDict

from assessments.forms.clean import CleanPassage
from assessments.forms.typed import DayText, TypedText
from assessments.predictions import ForecastRecord
from assessments.values import limits
from assessments.values.fields import read_date
from assessments.values.forecast import OF_CHANCE, Opinion, Points
from assessments.values.prediction import LARGEST, Kind
from evidence.values.periods import decimal_year
from intake.errors import IntakeError
from intake.numbers import parse_decimal

OF_CONFIDENCE = (
    "Say in 100 how sure you are that the truth lies between lowest and highest: from 1 to 99."
)


def _number(label: str, hint: str = "") -> TypedText:
    field = TypedText(label, limit=40, hint=hint)
    field.widget.attrs |= {"class": "is-short", "inputmode": "decimal"}
    return field


class ForecastForm(forms.Form):
    """The fields of the kind of question; `standing` is what the person says now."""

    chance = _number("The chance that it is true, in 100", "From 1 to 99.")
    lowest = _number("Lowest that you hold possible")
    best = _number("Best guess")
    highest = _number("Highest that you hold possible")
    confidence = _number("How sure that it lies between, in 100", "From 1 to 99, such as 80.")
    never = _number("The chance that it never happens, in 100", "From 0 to 99.")
    expires_on = DayText("Until when do you stand by it?", hint="Empty: until you say otherwise.")
    note = CleanPassage(
        "Why", limit=limits.NOTE, lines=2, noun="The note", required=False,
        help_text="Printed beside your forecast.",
    )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        kind: Kind,
        unit: str = "",
        standing: ForecastRecord | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(kind, standing))
        self.kind = kind
        for name in _absent(kind):
            del self.fields[name]
        if kind == Kind.DATE:
            for name, label in _DAYS.items():
                self.fields[name] = DayText(label)
            self.order_fields(["lowest", "best", "highest"])
        elif unit and kind == Kind.NUMBER:
            for name in ("lowest", "best", "highest"):
                self.fields[name].help_text = f"In {unit}."

    def opinion(self) -> Opinion | None:
        """What was typed, or None after every problem was told to its field."""
        points = None if self.kind == Kind.YES_NO else self._points()
        p = self._hundredths("chance", 1, OF_CHANCE) if self.kind == Kind.YES_NO else None
        expires = self._day("expires_on") if self.cleaned_data.get("expires_on") else None
        never = self._never()
        if self.errors:
            return None
        note = self.cleaned_data["note"]
        return Opinion(p=p, points=points, p_never=never, expires_on=expires, note=note)

    def _points(self) -> Points | None:
        low, best, high = (self._point(name) for name in ("lowest", "best", "highest"))
        sure = self._hundredths("confidence", 1, OF_CONFIDENCE)
        if low is None or best is None or high is None or sure is None:
            return None
        return Points(low, best, high, sure)

    def _never(self) -> float | None:
        if self.kind != Kind.DATE or not self.cleaned_data.get("never"):
            return None
        return self._hundredths("never", 0, "Give the chance that it never happens, from 0 to 99.")

    def _hundredths(self, name: str, least: int, sentence: str) -> float | None:
        try:
            number = parse_decimal(self.cleaned_data.get(name, ""), least, 99)
        except IntakeError:
            self.add_error(name, sentence)
            return None
        # Halves and tenths of a hundredth come out as they would be written.
        return float(number / Decimal(100))

    def _point(self, name: str) -> float | None:
        if self.kind == Kind.DATE:
            day = self._day(name)
            return None if day is None else decimal_year(day)
        try:
            typed = self.cleaned_data.get(name, "")
            return float(parse_decimal(typed, -LARGEST, LARGEST, field="The point"))
        except IntakeError as error:
            self.add_error(name, error.message)
            return None

    def _day(self, name: str) -> date | None:
        try:
            return read_date(self.cleaned_data.get(name) or "", "The day")
        except IntakeError as error:
            self.add_error(name, error.message)
            return None


_DAYS = {
    "lowest": "Earliest day that you hold possible",
    "best": "Best guess",
    "highest": "Latest day that you hold possible, if it happens",
}


def _absent(kind: Kind) -> tuple[str, ...]:
    if kind == Kind.YES_NO:
        return ("lowest", "best", "highest", "confidence", "never")
    return ("chance",) if kind == Kind.DATE else ("chance", "never")


def _initial(kind: Kind, standing: ForecastRecord | None) -> dict[str, str]:
    """The person's own last values, and never what others say."""
    if standing is None:
        return {}
    shown = _shown_day if kind == Kind.DATE else _shown_number
    values = {
        "chance": _shown_hundredths(standing.p),
        "lowest": shown(standing.lowest),
        "best": shown(standing.best),
        "highest": shown(standing.highest),
        "confidence": _shown_hundredths(standing.confidence),
        "never": _shown_hundredths(standing.p_never),
        "note": standing.note,
    }
    return values if standing.p is not None or standing.best is not None else {}


def _shown_number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def _shown_hundredths(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.6g}"


def _shown_day(value: float | None) -> str:
    if value is None:
        return ""
    start = date(int(value), 1, 1)
    days = (date(start.year + 1, 1, 1) - start).days
    return (start + timedelta(days=round((value - start.year) * days))).isoformat()
