"""Lenses: whose priorities a ranking is seen with, as regions of weights."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import gammaincinv

from scoring.engine.results import Floats
from scoring.engine.scores import DIMENSIONS
from scoring.engine.sobol import scrambled_points
from scoring.engine.streams import generator


class Region(Protocol):
    """A set of weights and how often each of them is drawn."""

    def uniforms(self, dimensions: int) -> int:
        """How many uniform numbers one draw of that many weights takes."""

    def weights(self, points: Floats) -> Floats:
        """(draws, dimensions) weights that add up to 1, from (draws, uniforms) points."""


@dataclass(frozen=True)
class WholeSimplex:
    """Every way of sharing out the weight is as likely as any other."""

    def uniforms(self, dimensions: int) -> int:
        return dimensions - 1

    def weights(self, points: Floats) -> Floats:
        # One weight after the other by its own beta distribution: no sorting, no rejection,
        # so that evenly spread points stay evenly spread.
        draws, steps = points.shape
        weights = np.empty((draws, steps + 1))
        left = np.ones(draws)
        for j in range(steps):
            weights[:, j] = left * (1.0 - (1.0 - points[:, j]) ** (1.0 / (steps - j)))
            left = left - weights[:, j]
        weights[:, steps] = left
        return weights


@dataclass(frozen=True)
class Slider:
    """Weights around a centre: a Dirichlet distribution.

    centre: one number a dimension, not negative, in any unit; only their shares count. A share
    of nought stays nought. concentration 60, a proposal, lets a weight of one fifth vary by
    about five points (one standard deviation).
    """

    centre: tuple[float, ...]
    concentration: float = 60.0

    def __post_init__(self) -> None:
        is_fit = all(np.isfinite(share) and share >= 0 for share in self.centre)
        if not is_fit or sum(self.centre) <= 0:
            raise ValueError(f"weights {self.centre} cannot be used; give one above 0, none below")
        if not 0 < self.concentration < np.inf:
            raise ValueError(f"concentration {self.concentration} must be above 0 and finite")

    def uniforms(self, dimensions: int) -> int:
        if dimensions != len(self.centre):
            raise ValueError(f"{len(self.centre)} weights given for {dimensions} dimensions")
        return dimensions

    def weights(self, points: Floats) -> Floats:
        shapes = np.array(self.centre) / sum(self.centre) * self.concentration
        sizes = np.zeros(points.shape)
        total = np.zeros(len(points))
        for j in np.flatnonzero(shapes):
            sizes[:, j] = gammaincinv(shapes[j], points[:, j])
            total += sizes[:, j]
        return sizes / total[:, None]


@dataclass(frozen=True)
class Lens:
    """A named region of weights over the five dimensions."""

    key: str
    name: str
    region: Region


EVEN_HANDED = Lens(key="even-handed", name="Even-handed", region=WholeSimplex())


def draw_weights(lens: Lens, *, seed: int, scrambling: int, draws: int) -> Floats:
    """(draws, 5) weights, in the order of DIMENSIONS, of one of the independent scramblings."""
    rng = generator(seed, "weights", chunk=scrambling)
    uniforms = lens.region.uniforms(len(DIMENSIONS))
    return lens.region.weights(scrambled_points(draws, uniforms, rng))
