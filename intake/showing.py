"""How a refused value is printed back: short, on one line, in characters that can be seen."""

import json
import math

SHOWN_CHARACTERS = 80


def shown(value: object) -> str:
    """The value much as JSON would spell it, cut at 80 characters; it never raises."""
    if isinstance(value, str):
        return _shown_text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _shown_integer(value)
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return f"an object of {len(value)} keys"
    return json.dumps(value) if isinstance(value, bool | float | None) else kind_of(value)


def kind_of(value: object) -> str:
    """What a decoded JSON value is, in a word."""
    if value is None:
        return "null"
    for kind, word in _KINDS:
        if isinstance(value, kind):
            return word
    return f"a {type(value).__name__}"


# A bool is an int to Python, so it comes first.
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "text"),
    (list, "a list"),
    (tuple, "a list"),
    (dict, "an object"),
)


def _shown_text(text: str) -> str:
    start = text[:SHOWN_CHARACTERS]
    safe = "".join(
        json.dumps(character)[1:-1]
        if character in '"\\' or not character.isprintable()
        else character
        for character in start
    )
    return f'"{safe}…"' if len(text) > SHOWN_CHARACTERS else f'"{safe}"'


def _shown_integer(number: int) -> str:
    # Turning thousands of digits into text is slow, and Python refuses past 4,300.
    if number.bit_length() < 200:
        return str(number)
    return f"a number of about {int(number.bit_length() * math.log10(2)):,} digits"
