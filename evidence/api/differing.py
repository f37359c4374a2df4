"""Both texts of what was changed by somebody else: nothing has to be read again to compare."""

from collections.abc import Mapping

from rest.bodies import json_bytes
from rest.problems import Fault


def changed_fields(theirs: Mapping[str, object], yours: Mapping[str, object]) -> list[Fault]:
    """Each field that differs, as it is now and as it was sent."""
    return [
        Fault(f"#/{name}", "changed", both(theirs[name], yours[name]))
        for name in theirs
        if theirs[name] != yours[name]
    ]


def both(now: object, other: object, way: str = "you sent") -> str:
    return f"It is now {spelled(now)}; {way} {spelled(other)}."


def spelled(value: object) -> str:
    return json_bytes(value).decode()
