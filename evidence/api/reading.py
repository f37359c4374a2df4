"""What is sent to the endpoints of indicators: objects with exactly the fields that are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from evidence.values import Fault as RowFault
from evidence.values import IndicatorFacts, Observed
from evidence.values.observed import REASON_CHARACTERS
from intake.errors import IntakeError
from intake.showing import kind_of, shown
from intake.text import clean_text
from rest.problems import Fault, Problem

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REQUIRED = ("slug", "name", "unit", "progress", "kind", "publisher")
_TEXTS = ("label", "source", "source_url", "note")
_FLAGS = ("is_withdrawn", "is_correction")
_ROW = {"period", "value", "vintage", *_TEXTS, *_FLAGS}
_TYPES: dict[str, tuple[type, ...]] = {
    "ceiling_low": (int, float, type(None)),
    "ceiling_high": (int, float, type(None)),
    "release_lag_days": (int, float),
    "is_snapshot": (bool,),
    "is_public": (bool,),
}


def read_indicator(body: object) -> IndicatorFacts:
    """The facts, not yet checked among themselves; 422 names every field that is no such thing."""
    sent, faults = _object(body, "#", {field.name for field in fields(IndicatorFacts)}, _REQUIRED)
    for name, value in sent.items():
        wanted = _TYPES.get(name, (str,))
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            faults.append(_fault(f"#/{name}", f"{name} is {kind_of(value)}, and cannot be that."))
    _refuse(faults)
    return IndicatorFacts(**sent)


def read_observations(body: object) -> tuple[list[Observed], str]:
    """The rows, not yet checked, and the reason."""
    sent, faults = _object(body, "#", {"observations", "reason"}, ("observations",))
    _refuse(faults)
    reason, rows = _reason(sent.get("reason", ""), faults), sent["observations"]
    if not isinstance(rows, list) or not rows:
        raise _refusal([_fault("#/observations", "observations is a list with at least one row.")])
    observed = [_row(row, number, faults) for number, row in enumerate(rows)]
    _refuse(faults)
    return [row for row in observed if row], reason


def faults_of_rows(faults: Sequence[RowFault]) -> list[Fault]:
    """Each by a pointer to its row and column; `place` is what `_row` wrote."""
    return [
        Fault(f"{fault.place}/{fault.column}" if fault.place else "#", "refused", fault.message)
        for fault in faults
    ]


def _object(
    body: object, at: str, known: set[str], required: Sequence[str]
) -> tuple[dict[str, Any], list[Fault]]:
    if not isinstance(body, dict):
        raise _refusal([_fault(at, f"This must be an object, not {kind_of(body)}.")])
    strange = [name for name in body if name not in known]
    faults = [_fault(at, f"There is no field {shown(name)}; take it out.") for name in strange]
    faults += [
        _fault(f"{at}/{name}", f"The field {name} is missing; add it.")
        for name in required
        if name not in body
    ]
    return {name: value for name, value in body.items() if name in known}, faults


def _row(row: object, number: int, faults: list[Fault]) -> Observed | None:
    at = f"#/observations/{number}"
    try:
        sent, wrong = _object(row, at, _ROW, ("period", "value", "vintage"))
    except Problem as problem:
        faults.extend(problem.faults)
        return None
    wrong += [
        _fault(f"{at}/{name}", f"{name} must be text, not {kind_of(sent[name])}.")
        for name in ("period", "vintage", *_TEXTS)
        if not isinstance(sent.get(name, ""), str)
    ]
    wrong += [
        _fault(f"{at}/{name}", f"{name} must be true or false, not {kind_of(sent[name])}.")
        for name in _FLAGS
        if not isinstance(sent.get(name, False), bool)
    ]
    value = _value(sent.get("value"), at, wrong)
    vintage = _day(sent.get("vintage"), at, wrong)
    faults.extend(wrong)
    if wrong or vintage is None:
        return None
    texts = {name: sent.get(name, "") for name in _TEXTS}
    flags = {name: sent.get(name, False) for name in _FLAGS}
    return Observed(
        period=sent["period"], entered=value, vintage=vintage, place=at, **texts, **flags
    )


def _value(value: object, at: str, faults: list[Fault]) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    faults.append(_fault(f"{at}/value", f"value is a number, not {kind_of(value)}."))
    return ""


def _day(value: object, at: str, faults: list[Fault]) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    faults.append(_fault(f"{at}/vintage", f"vintage is {shown(value)}; write it as 2025-03-01."))
    return None


def _reason(value: object, faults: list[Fault]) -> str:
    try:
        return clean_text(value, multiline=True, field="The reason", max_length=REASON_CHARACTERS)
    except IntakeError as error:
        faults.append(_fault("#/reason", error.message))
        return ""


def _fault(pointer: str, detail: str) -> Fault:
    return Fault(pointer, "invalid", detail)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise _refusal(faults)


def _refusal(faults: Sequence[Fault]) -> Problem:
    told = (
        faults[0].detail
        if len(faults) == 1
        else f"{len(faults)} fields are wrong; errors names each."
    )
    return Problem(422, told, faults=faults)


def faults_of_fields(faults: Mapping[str, str]) -> list[Fault]:
    return [Fault(f"#/{name}", "refused", message) for name, message in faults.items()]
