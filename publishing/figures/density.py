"""How often each value comes up, as the outline of a hill that lies on its side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Outline = tuple[tuple[float, float], ...]
POINTS = 64
LEAST_WIDTH = 3.0


@dataclass(frozen=True)
class Shape:
    """Points of (how far out, y) in pixels. `beyond` is the part on the satisfying side of the
    split, empty where there is none; `middle` its y, by mass."""

    outline: Outline
    beyond: Outline = ()
    middle: float = 0.0


def shape_of(
    places: Sequence[float],
    *,
    split: float | None,
    wide: float,
    is_above: bool,
    within: tuple[float, float] = (-math.inf, math.inf),
) -> Shape:
    """The hill over values that came up equally often, cut to what lies `within`; its top lies
    `wide` out. Up is less y."""
    spread = max(_spread(places) * 0.42, LEAST_WIDTH)
    top = max(min(places) - 2 * spread, within[0])
    bottom = min(max(places) + 2 * spread, within[1])
    grid = [top + (bottom - top) * step / POINTS for step in range(POINTS + 1)]
    if split is not None and top < split < bottom:
        grid = sorted({*grid, split})
    heights = [_height(y, places, spread) for y in grid]
    most = max(heights)
    hill = [(wide * height / most, y) for height, y in zip(heights, grid, strict=True)]
    outline = ((0.0, top), *hill, (0.0, bottom))
    if split is None:
        return Shape(outline)
    kept = [(far, y) for far, y in hill if (y <= split if is_above else y >= split)]
    if len(kept) < 2:
        return Shape(outline)
    mass = sum(far for far, _ in kept) or 1.0
    middle = sum(far * y for far, y in kept) / mass
    return Shape(outline, ((0.0, kept[0][1]), *kept, (0.0, kept[-1][1])), middle)


def _spread(places: Sequence[float]) -> float:
    mean = sum(places) / len(places)
    return math.sqrt(sum((place - mean) ** 2 for place in places) / len(places))


def _height(y: float, places: Sequence[float], spread: float) -> float:
    return sum(math.exp(-0.5 * ((y - place) / spread) ** 2) for place in places)
