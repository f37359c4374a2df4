"""The histories that forecasts are derived from and measured on; they stay outside the project."""

import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring.engine.rolling import History

Floats = NDArray[np.float64]

PROJECT = Path(__file__).resolve().parent.parent
FARMER_LAFOND = "Farmer & Lafond 2016"
CURVE_DATABASE = "Performance Curve Database"
HOUSEHOLDS, COUNTRIES = "US households", "World Bank"
RECENT = "Our World in Data, IRENA and others"
FILES = {
    FARMER_LAFOND: ("performance_farmer_lafond_2016.csv", "value"),
    CURVE_DATABASE: ("performance_pcdb_experience.csv", "price"),
    RECENT: ("performance_recent.csv", "value"),
}
RISING = frozenset({"transistors_per_microprocessor"})
"""Series whose progress is upwards; all others are costs."""
OF_OTHER_SERIES = frozenset({"solar_pv_electricity_cost"})
"""Computed from what other series here say already."""
FEWEST_POINTS = 8


@dataclass(frozen=True, eq=False)
class Past(History):
    """One technology's history, and where it comes from."""

    origin: str = ""


def indicators() -> Path:
    """The folder of the field's figures, by FIELD_DATA; the program ends where it is absent."""
    folder = PROJECT / os.environ.get("FIELD_DATA", "../shared") / "data/indicators"
    if not (folder / FILES[FARMER_LAFOND][0]).is_file():
        sys.exit(
            f"The field's figures are not here: {folder} has no {FILES[FARMER_LAFOND][0]}."
            " Name the folder that holds data/indicators with FIELD_DATA."
        )
    return folder


def costs(folder: Path) -> list[Past]:
    """The cost and performance series of the reference class, in the order of their origins."""
    found = list(_every_cost(folder))
    named = {_plain(history.name) for history in found if history.origin == FARMER_LAFOND}
    return [history for history in found if _is_counted(history, named)]


def _every_cost(folder: Path) -> Iterator[Past]:
    for origin, (file, column) in FILES.items():
        for name, years, values in _series(folder / file, "series", column):
            progress = "up" if name in RISING else "down"
            yield Past(name, family_of(name), years, values, progress, origin)


def _is_counted(history: Past, of_farmer_lafond: set[str]) -> bool:
    """Enough points, and not the same name once more; of the recent ones costs and counts."""
    if len(history.years) < FEWEST_POINTS:
        return False
    if history.origin == CURVE_DATABASE:
        return _plain(history.name) not in of_farmer_lafond | ALSO_NAMED
    is_cost = "cumulative" not in history.name and history.name not in OF_OTHER_SERIES
    return history.origin == FARMER_LAFOND or is_cost


def shares(folder: Path) -> list[Past]:
    """Every adoption among US households, however short."""
    read = _series(folder / "adoption_us_households.csv", "series", "share_pct")
    return [
        Past(name, SAME_ADOPTION.get(name, name), years, values, "up", HOUSEHOLDS)
        for name, years, values in read
    ]


def internet(folder: Path) -> list[Past]:
    """Internet users of each country, whose family is that of the American series."""
    read = _series(folder / "adoption_internet_by_country.csv", "entity", "share_pct")
    return [Past(name, "Internet", years, values, "up", COUNTRIES) for name, years, values in read]


def _series(path: Path, key: str, column: str) -> Iterator[tuple[str, Floats, Floats]]:
    points: dict[str, list[tuple[float, float]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points.setdefault(row[key], []).append((float(row["year"]), float(row[column])))
    for name, pairs in points.items():
        years, values = np.array(sorted(pairs)).T
        yield name, years, values


FAMILY_WORDS = {
    "pv": ("photovolta", "fotovolta", "solar_pv", "irena_solar", "irena_total_installed_solar"),
    "wind": ("wind",),
    "nuclear": ("nuclear",),
    "gas": ("ccgt", "scgt"),
    "hydro": ("irena_hydro",),
    "bio": ("irena_bio",),
    "transistor": ("transistor", "dram"),
    "alum": ("alumin",),
    "ethanol": ("ethanol (", "ethanol_", "ethylalcohol"),
    "pe": ("density polyethylene", "polyethylene"),
    "gasrange": ("gas range",),
}
"""One technology goes by many names; what stands here is left out together."""
ALSO_NAMED = {"titaniumdioxide", "photovoltaics"}
SAME_ADOPTION = {
    "Microcomputer": "Computer",
    "Washer": "Washing machine",
    "Electric Range": "Stove",
}


def family_of(name: str) -> str:
    """The family of a series, by its name."""
    lowered = name.lower()
    for family, words in FAMILY_WORDS.items():
        if any(word in lowered for word in words):
            return family
    return _plain(name).removesuffix("2")


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
