"""What is sent to the endpoints of items: objects with exactly the fields that are known.

Those that are set here may stand in them, as they stand in what is read, and count for nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from evidence.values.item import ItemFacts, PassageFacts, usual_kind
from intake.showing import kind_of, shown
from rest.problems import Fault, Problem

_LISTS = ("authors", "tags")
_ITEM = tuple(field.name for field in fields(ItemFacts))
_PASSAGE = tuple(field.name for field in fields(PassageFacts))
SET_HERE = (
    *("key", "reference", "state", "retracted_reason", "retracted_on"),
    *("is_demonstration", "version", "created_at", "changed_at"),
)
PLACED_HERE = ("anchor", "start")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_new_item(body: object) -> ItemFacts:
    """Without a kind it is of the kind that the form of the inbox would take."""
    return _read(body, required=())


def read_item(body: object) -> ItemFacts:
    """The facts, not yet checked among themselves; 422 names every field that is no such thing."""
    return _read(body, required=("kind",))


def _read(body: object, required: Sequence[str]) -> ItemFacts:
    faults: list[Fault] = []
    sent = _object(body, "#", _ITEM, required, faults, set_here=SET_HERE)
    said: dict[str, Any] = {}
    for name, value in sent.items():
        at = f"#/{name}"
        if name == "passages":
            said[name] = tuple(_passages(value, faults))
        elif name in _LISTS:
            said[name] = tuple(_texts(value, at, faults))
        elif name == "accessed_on":
            said[name] = _day(value, at, faults)
        else:
            said[name] = _text(value, at, faults)
    _refuse(faults)
    return ItemFacts(**({"kind": usual_kind(said.get("url", ""))} | said))


def read_reason(body: object) -> str:
    faults: list[Fault] = []
    sent = _object(body, "#", ("reason",), ("reason",), faults)
    reason = _text(sent.get("reason", ""), "#/reason", faults)
    _refuse(faults)
    return reason


def faults_of(faults: Mapping[str, str]) -> list[Fault]:
    """Each by a pointer: passages.3.text is #/passages/3/text."""
    return [
        Fault(f"#/{name.replace('.', '/')}", "refused", message) for name, message in faults.items()
    ]


def _passages(value: object, faults: list[Fault]) -> list[PassageFacts]:
    if not isinstance(value, list):
        faults.append(_fault("#/passages", f"passages must be a list, not {kind_of(value)}."))
        return []
    found = []
    for number, row in enumerate(value):
        at = f"#/passages/{number}"
        sent = _object(row, at, _PASSAGE, ("kind", "text"), faults, set_here=PLACED_HERE)
        said = {name: _text(one, f"{at}/{name}", faults) for name, one in sent.items()}
        found.append(PassageFacts(**({"kind": "", "text": ""} | said)))
    return found


def _object(
    body: object,
    at: str,
    known: Sequence[str],
    required: Sequence[str],
    faults: list[Fault],
    *,
    set_here: Sequence[str] = (),
) -> dict[str, Any]:
    if not isinstance(body, dict):
        faults.append(_fault(at, f"This must be an object, not {kind_of(body)}."))
        return {}
    strange = [name for name in body if name not in {*known, *set_here}]
    missing = [name for name in required if name not in body]
    faults += [_fault(at, f"There is no field {shown(name)}; take it out.") for name in strange]
    faults += [_fault(f"{at}/{name}", f"The field {name} is missing; add it.") for name in missing]
    return {name: value for name, value in body.items() if name in known}


def _text(value: object, at: str, faults: list[Fault]) -> str:
    if isinstance(value, str):
        return value
    faults.append(_fault(at, f"{at.rpartition('/')[2]} must be text, not {kind_of(value)}."))
    return ""


def _texts(value: object, at: str, faults: list[Fault]) -> list[str]:
    if isinstance(value, list):
        return [_text(one, f"{at}/{number}", faults) for number, one in enumerate(value)]
    faults.append(_fault(at, f"{at[2:]} must be a list, not {kind_of(value)}."))
    return []


def _day(value: object, at: str, faults: list[Fault]) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    faults.append(_fault(at, f"{at[2:]} is {shown(value)}; write it as 2025-03-01, or null."))
    return None


def _fault(pointer: str, detail: str) -> Fault:
    return Fault(pointer, "invalid", detail)


def _refuse(faults: Sequence[Fault]) -> None:
    if not faults:
        return
    one = len(faults) == 1
    told = faults[0].detail if one else f"{len(faults)} fields are wrong; errors names each."
    raise Problem(422, told, faults=faults)
