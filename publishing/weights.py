"""Somebody's own weights, as an address writes them: `viability:20,drivers:20,...`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

from intake.errors import IntakeError
from intake.numbers import parse_integer
from intake.showing import shown
from scoring.inputs import JUDGED

MOST = 100
EVEN = 20
FIELD_PREFIX = "weigh_"
_LIKE = ",".join(f"{dimension}:{EVEN}" for dimension in JUDGED)
_SIZE, _ABOVE_NOUGHT = "(0|[1-9][0-9]?|100)", "([1-9][0-9]?|100)"


def _with_first_above_nought(place: int) -> str:
    sizes = ["0"] * place + [_ABOVE_NOUGHT] + [_SIZE] * (len(JUDGED) - place - 1)
    return ",".join(f"{name}:{size}" for name, size in zip(JUDGED, sizes, strict=True))


# All five in their order, one of them above nought.
PATTERN = f"^({'|'.join(map(_with_first_above_nought, range(len(JUDGED))))})$"


@dataclass(frozen=True)
class Weights:
    """Whole per cent by dimension, in the order of the dimensions; only their shares count."""

    sizes: tuple[int, ...]

    @property
    def text(self) -> str:
        return ",".join(f"{name}:{size}" for name, size in zip(JUDGED, self.sizes, strict=True))

    @property
    def centre(self) -> tuple[float, ...]:
        """Their shares, the same numbers for whatever has the same shares."""
        divisor = gcd(*self.sizes)
        return tuple(float(size // divisor) for size in self.sizes)

    @property
    def shares(self) -> Mapping[str, float]:
        total = sum(self.sizes)
        return {name: size / total for name, size in zip(JUDGED, self.sizes, strict=True)}


@dataclass(frozen=True)
class ReadWeights:
    """What could be read; `faults` are sentences by dimension, "" for the whole."""

    sizes: Mapping[str, int]
    faults: Mapping[str, str]

    @property
    def weights(self) -> Weights:
        if self.faults:
            raise IntakeError(" ".join(self.faults.values()))
        return Weights(tuple(self.sizes.get(name, 0) for name in JUDGED))


def read_weights(text: str) -> ReadWeights:
    """One spelling for the same weights, so that the same link is the same page."""
    sizes: dict[str, int] = {}
    faults: dict[str, str] = {}
    for part in text.split(",")[: 2 * len(JUDGED)]:
        name, colon, size = part.partition(":")
        if name not in JUDGED or not colon:
            known = ", ".join(JUDGED)
            faults[""] = f"{shown(part)} is no weight; write {_LIKE}, out of {known}."
        elif name in sizes or name in faults:
            faults[name] = f"The weight of {name} stands twice; give it once."
        else:
            _read_size(name, size, sizes, faults)
    if not faults and not any(sizes.values()):
        faults[""] = "All weights are 0; give at least one dimension more than 0."
    elif not faults and not re.fullmatch(PATTERN, text):
        faults[""] = f"Weights name all five dimensions in their order, as in {_LIKE}."
    return ReadWeights(sizes, faults)


def _read_size(name: str, size: str, sizes: dict[str, int], faults: dict[str, str]) -> None:
    try:
        sizes[name] = parse_integer(size, 0, MOST, field=f"The weight of {name}")
    except IntakeError:
        faults[name] = (
            f"The weight of {name} is {shown(size)}; write a whole number from 0 to {MOST}."
        )


def text_of_form(fields: Mapping[str, str]) -> str:
    """What the form sends, one field a dimension, as the one text that addresses hold."""
    given = {name: fields.get(f"{FIELD_PREFIX}{name}") for name in JUDGED}
    # A comma inside a value would begin another weight.
    sizes = {name: size.replace(",", " ")[:20] for name, size in given.items() if size is not None}
    return ",".join(f"{name}:{size}" for name, size in sizes.items())
