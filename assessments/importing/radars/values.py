"""JSON of strangers, read one value at a time."""

import re
from datetime import date

from evidence.importing.brought import spelt

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", re.ASCII)


def words(value: object) -> str:
    """A text or a number as text; empty for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, str | int | float) else ""


def number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) else None


def rows(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def fields(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def day(value: object) -> date | None:
    """The day that a text names, or None."""
    found = _DAY.fullmatch(words(value))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def others(value: dict[str, object], known: set[str]) -> list[tuple[str, str]]:
    """What the row says under names that the format does not have."""
    return [
        (name, words(said) or spelt(said))
        for name, said in value.items()
        if name not in known and said not in (None, "", [], {})
    ]


def told(value: dict[str, object], known: set[str]) -> str:
    """The same on one line."""
    return ", ".join(f"{name}: {said}" for name, said in others(value, known))
