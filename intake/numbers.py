"""One grammar for numbers typed as text, and the same bounds for numbers decoded from JSON.

ASCII digits only: Python itself would also read full-width and Arabic digits, underscores,
"inf" and "nan", none of which a spreadsheet means.
"""

import math
import re
from decimal import Decimal

from intake.errors import IntakeError
from intake.showing import kind_of, shown

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,3})?")
_EDGES = " \t"

# What a database column of whole numbers holds.
LARGEST = 2**31 - 1

Bound = int | float | Decimal


def parse_integer(text: str, low: int, high: int, *, field: str = "The number") -> int:
    """The whole number that the text spells, between low and high, both included."""
    bare = text.strip(_EDGES)
    if not _INTEGER.fullmatch(bare):
        raise IntakeError(
            f"{field} is {shown(text)}; write a whole number in plain digits, such as 2030."
        )
    return check_integer(int(bare), low, high, field=field)


def whole_or_zero(text: object, high: int = LARGEST) -> int:
    """The whole number from 1 that an address or a hidden field spells; 0 where it spells none."""
    try:
        return parse_integer(str(text or ""), 0, high)
    except IntakeError:
        return 0


def parse_decimal(text: str, low: Bound, high: Bound, *, field: str = "The number") -> Decimal:
    """The decimal that the text spells, between low and high, both included."""
    bare = text.strip(_EDGES)
    if not _DECIMAL.fullmatch(bare):
        raise IntakeError(
            f"{field} is {shown(text)}; write a number in plain digits with a point, such as 0.25."
        )
    number = Decimal(bare)
    if not Decimal(low) <= number <= Decimal(high):
        raise _out_of_range(field, bare, low, high)
    return number or Decimal(0)


def check_integer(value: object, low: int, high: int, *, field: str = "The number") -> int:
    """A decoded JSON number as a whole number between low and high, both included.

    2030.0 is whole too: JSON has one kind of number, and JSON Schema calls it an integer.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        found = shown(value) if isinstance(value, float) else kind_of(value)
        raise IntakeError(f"{field} must be a whole number, not {found}.")
    if not low <= value <= high:
        raise _out_of_range(field, shown(value), low, high)
    return value


def check_number(value: object, low: float, high: float, *, field: str = "The number") -> float:
    """A decoded JSON number as a finite float between low and high, both included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise IntakeError(f"{field} must be a number, not {kind_of(value)}.")
    if isinstance(value, float) and not math.isfinite(value):
        raise IntakeError(f"{field} is {shown(value)}; give a finite number.")
    if not low <= value <= high:
        raise _out_of_range(field, shown(value), low, high)
    # A zero keeps its sign in a float, and -0.0 would be printed where 0.0 was meant.
    return float(value) + 0.0


def _out_of_range(field: str, found: str, low: Bound, high: Bound) -> IntakeError:
    return IntakeError(f"{field} is {found}; give one from {low} to {high}.")
