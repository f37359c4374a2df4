"""How earlier technologies moved: the reference classes that forecasts lean on."""

import dataclasses
import functools
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.tables import adoption as adoption_table
from scoring.engine.tables import performance as performance_table

Floats = NDArray[np.float64]

TABLES = {"performance": performance_table, "adoption": adoption_table}
PERFORMANCE = ("mu", "K")
ADOPTION = ("ceiling_pct", "b_logistic", "s_logistic", "b_gompertz", "s_gompertz")
COMPARABLE_WEIGHT = 3.0
"""How often a technology that the analyst calls comparable is drawn for once of another."""


@dataclass(frozen=True)
class Reference:
    """Past technologies, each family of them drawn equally often.

    kind "performance" has columns mu and K, drift and noise of log cost a year (mu below 0 is
    progress); kind "adoption" has the ceiling in per cent and, on the logistic and the Gompertz
    scale, speed b and noise s a year. values (rows, columns); weights (rows,) sum to one.
    """

    kind: str
    names: tuple[str, ...]
    families: tuple[str, ...]
    values: Floats
    weights: Floats

    def without(self, families: Collection[str] = (), names: Collection[str] = ()) -> "Reference":
        """The same class with these families and technologies left out.

        Names that are not there change nothing; ValueError where nothing is left.
        """
        kept = [
            row
            for row, (family, name) in enumerate(zip(self.families, self.names, strict=True))
            if family not in families and name not in names
        ]
        return _reference(
            self.kind,
            [self.names[row] for row in kept],
            [self.families[row] for row in kept],
            self.values[kept],
        )

    def families_named(self, name: str) -> frozenset[str]:
        """Families of this name, or with a technology of this name, by letters and digits alone."""
        wanted = _plain(name)
        return frozenset(
            family
            for family, technology in zip(self.families, self.names, strict=True)
            if wanted in {_plain(family), _plain(technology)}
        )

    def with_comparable(
        self, comparable: Collection[str], weight: float = COMPARABLE_WEIGHT
    ) -> "Reference":
        """The same class in which these families or technologies count `weight` times as much.

        They are never drawn exclusively. ValueError for a name that is not in the class.
        """
        known = {*self.names, *self.families}
        unknown = sorted(set(comparable) - known)
        if unknown:
            raise ValueError(
                f"{unknown[0]!r} is not in the reference class; name one of its technologies"
            )
        if not (math.isfinite(weight) and weight > 0):
            raise ValueError(f"the weight {weight} cannot be used; give a number above 0")
        named = [
            name in comparable or family in comparable
            for name, family in zip(self.names, self.families, strict=True)
        ]
        raised = np.where(named, weight, 1.0) * self.weights
        return dataclasses.replace(self, weights=raised / raised.sum())


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def performance(exclude_groups: Collection[str] = ()) -> Reference:
    """Drift and noise of log cost of past technologies; whole families can be left out."""
    return _shipped("performance").without(families=frozenset(exclude_groups))


def adoption(exclude_series: Collection[str] = ()) -> Reference:
    """Ceiling, speed and noise of past adoptions; single ones can be left out by name."""
    return _shipped("adoption").without(names=frozenset(exclude_series))


def from_rows(rows: Iterable[Mapping[str, object]]) -> Reference:
    """A reference class of one's own, from rows of numbers or of text that spells them.

    Rows with `mu` and `K` make a performance class, rows with `ceiling_pct`, `b_logistic`,
    `s_logistic`, `b_gompertz` and `s_gompertz` an adoption class. `series` names a row and
    `group` its family; without a group each row is a family of its own. ValueError for no rows,
    missing columns, noise that is not above 0 and adoption ceilings or speeds not above 0.
    """
    listed = list(rows)
    if not listed:
        raise ValueError("the reference class has no rows; give at least one past technology")
    kind = "performance" if "mu" in listed[0] else "adoption"
    columns = PERFORMANCE if kind == "performance" else ADOPTION
    values = np.array([[_number(row, name, n) for name in columns] for n, row in enumerate(listed)])
    names = [str(row.get("series") or f"row {n + 1}") for n, row in enumerate(listed)]
    families = [str(row.get("group") or name) for row, name in zip(listed, names, strict=True)]
    return _reference(kind, names, families, values)


def _number(row: Mapping[str, object], column: str, place: int) -> float:
    try:
        number = float(str(row[column]))
    except KeyError:
        raise ValueError(
            f"row {place + 1} of the reference class has no {column}; give {', '.join(PERFORMANCE)}"
            f" or {', '.join(ADOPTION)}"
        ) from None
    except ValueError:
        number = math.nan
    must_be_positive = column != "mu"
    if not math.isfinite(number) or (must_be_positive and number <= 0):
        needed = "a number above 0" if must_be_positive else "a number"
        raise ValueError(
            f"row {place + 1} of the reference class has {row[column]} as {column}; give {needed}"
        )
    return number


def _reference(kind: str, names: list[str], families: list[str], values: Floats) -> Reference:
    if not names:
        raise ValueError("nothing is left of the reference class; leave out fewer technologies")
    sizes = {family: families.count(family) for family in families}
    weights = np.array([1 / (len(sizes) * sizes[family]) for family in families])
    return Reference(kind, tuple(names), tuple(families), values, weights)


@functools.cache
def _shipped(kind: str) -> Reference:
    return from_rows(shipped_rows(kind))


def shipped_rows(kind: str) -> list[dict[str, str]]:
    """The shipped table, a row a technology with its origin, in text as it was derived."""
    table = TABLES[kind]
    return [dict(zip(table.COLUMNS, row, strict=True)) for row in table.ROWS]
