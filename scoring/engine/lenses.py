"""Lenses: whose priorities a ranking is seen with."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from scoring.engine.horizons import Horizon
from scoring.engine.regions import Bounds, Order, Region, Slider, WholeSimplex
from scoring.engine.results import Floats
from scoring.engine.scores import DIMENSIONS, RANKED_BY, require_one_of
from scoring.engine.streams import generator

__all__ = [
    "MEAN",
    "SHIPPED",
    "WEAKEST_LINK",
    "Bounds",
    "Horizon",
    "Lens",
    "Region",
    "Slider",
    "WholeSimplex",
    "draw_weights",
    "largest",
    "lens_from",
    "lens_values",
]

MEAN = "mean"
WEAKEST_LINK = "weakest link"
RULES = (MEAN, WEAKEST_LINK)
EQUAL_STEPS = "equal steps"
KINDS = ("whole simplex", "slider", "bounds")


@dataclass(frozen=True)
class Lens:
    """A named region of weights, and how values are read and joined under it.

    With a horizon timing is the sixth dimension. spacing: concentration of the gaps between
    level values, 1 purely ordinal, infinity equal steps, None that of the constants. rule: the
    weighted arithmetic mean, or the weakest link, a weighted geometric one.
    """

    key: str
    name: str
    region: Region
    horizon: Horizon | None = None
    spacing: float | None = None
    rule: str = MEAN

    def __post_init__(self) -> None:
        require_one_of(self.rule, RULES, "rule")
        if self.spacing is not None and not self.spacing > 0:
            raise ValueError(f"spacing {self.spacing:g} must be above 0")
        self.region.check(len(self.dimensions))

    @property
    def dimensions(self) -> tuple[str, ...]:
        return DIMENSIONS if self.horizon is None else RANKED_BY


def largest(dimension: str, dimensions: Sequence[str]) -> Order:
    """The order in which that dimension weighs at least as much as each of the others."""
    return tuple((dimension, other) for other in dimensions if other != dimension)


EVEN_HANDED = Lens(key="even-handed", name="Even-handed", region=WholeSimplex())
TEN_YEAR_FUND = Lens(
    key="ten-year-fund",
    name="Ten-year fund",
    region=Bounds(
        lower=(0.05, 0.10, 0.10, 0.05, 0.25, 0.10),
        upper=(0.20, 0.30, 0.30, 0.20, 0.50, 0.25),
        order=largest("impact", RANKED_BY),
    ),
    horizon=Horizon(full_from=1, full_to=5, zero_at=9, if_open=0.5),
)
MOONSHOT = Lens(
    key="moonshot",
    name="Moonshot",
    region=Bounds(lower=(0.0, 0.0, 0.20, 0.0, 0.30), upper=(0.10, 1.0, 0.40, 1.0, 0.60)),
)
ADOPTER = Lens(
    key="adopter",
    name="Adopter",
    region=Bounds(
        lower=(0.20, 0.05, 0.0, 0.20, 0.10, 0.10), upper=(1.0, 0.20, 0.15, 1.0, 0.30, 0.30)
    ),
    horizon=Horizon(full_from=0, full_to=2, zero_at=5, if_open=1),
)
WITH_TIMING = Lens(
    key="with-timing",
    name="Even-handed, with timing",
    region=WholeSimplex(),
    horizon=Horizon(full_from=0, full_to=2, zero_at=15, if_open=1),
)
ORDINAL_ONLY = Lens(
    key="ordinal-only", name="Even-handed, ordinal only", region=WholeSimplex(), spacing=1.0
)
BY_WEAKEST_LINK = Lens(
    key="weakest-link", name="Even-handed, weakest link", region=WholeSimplex(), rule=WEAKEST_LINK
)
SHIPPED: dict[str, Lens] = {
    lens.key: lens
    for lens in (
        EVEN_HANDED,
        TEN_YEAR_FUND,
        MOONSHOT,
        ADOPTER,
        WITH_TIMING,
        ORDINAL_ONLY,
        BY_WEAKEST_LINK,
    )
}
"""The default first, then the other lenses, then the variants of the default."""


def draw_weights(lens: Lens, *, seed: int, scrambling: int, draws: int) -> Floats:
    """(draws, dimensions) weights, in the order of lens.dimensions, of one independent part.

    The stream is the same for every lens: two that differ in rule or spacing alone share
    their weights.
    """
    rng = generator(seed, "weights", chunk=scrambling)
    return lens.region.draw(len(lens.dimensions), draws, rng)


def lens_values(lens: Lens) -> dict[str, Any]:
    """The whole lens as plain values, ready for JSON."""
    spacing = EQUAL_STEPS if lens.spacing == np.inf else lens.spacing
    return {
        "key": lens.key,
        "name": lens.name,
        "region": _region_values(lens.region, lens.dimensions),
        "horizon": asdict(lens.horizon) if lens.horizon else None,
        "spacing": spacing,
        "rule": lens.rule,
    }


def lens_from(values: Mapping[str, Any]) -> Lens:
    """The lens that these values describe, or ValueError."""
    horizon = values["horizon"]
    spacing = values["spacing"]
    return Lens(
        key=values["key"],
        name=values["name"],
        region=_region_from(values["region"], DIMENSIONS if horizon is None else RANKED_BY),
        horizon=Horizon(**horizon) if horizon else None,
        spacing=np.inf if spacing == EQUAL_STEPS else spacing,
        rule=values["rule"],
    )


def _region_values(region: Region, dimensions: Sequence[str]) -> dict[str, Any]:
    if isinstance(region, Bounds):
        return {
            "kind": "bounds",
            "lower": dict(zip(dimensions, region.lower, strict=True)),
            "upper": dict(zip(dimensions, region.upper, strict=True)),
            "order": [list(pair) for pair in region.order],
        }
    if isinstance(region, Slider):
        centre = dict(zip(dimensions, region.centre, strict=True))
        return {"kind": "slider", "centre": centre, "concentration": region.concentration}
    return {"kind": "whole simplex"}


def _region_from(values: Mapping[str, Any], dimensions: Sequence[str]) -> Region:
    kind = values["kind"]
    require_one_of(kind, KINDS, "region")
    if kind == "bounds":
        return Bounds(
            lower=_in_order(values["lower"], dimensions),
            upper=_in_order(values["upper"], dimensions),
            order=tuple((more, less) for more, less in values["order"]),
        )
    if kind == "slider":
        return Slider(_in_order(values["centre"], dimensions), values["concentration"])
    return WholeSimplex()


def _in_order(values: Mapping[str, float], dimensions: Sequence[str]) -> tuple[float, ...]:
    for name in itertools.filterfalse(set(dimensions).__contains__, values):
        raise ValueError(f"{name} has a weight and is not weighed; it needs a horizon")
    for name in itertools.filterfalse(values.__contains__, dimensions):
        raise ValueError(f"{name} has no weight; give it one")
    return tuple(values[name] for name in dimensions)
