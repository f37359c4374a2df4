"""A quantity or a date as people state it, and as the model simulates it: one row of quantiles.

The four points of the IDEA protocol (lowest, best, highest, and how sure one is that the truth
lies between) become a distribution as the SHELF method would fit one to quantiles.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, ndtr, ndtri

from scoring.engine.results import Floats
from scoring.engine.scores import require_one_of

SCALES = ("log", "plain", "share")
"""Positive quantities; quantities of any sign and years; per cent of something."""
LEVELS: Floats = np.arange(1, 100) / 100
LEAST_CONFIDENCE = 0.5
LEAST_SHARE, MOST_SHARE = 1e-6, 100 - 1e-6


@dataclass(frozen=True)
class Estimate:
    """Half of the truth lies on either side of `best`; the tails hold (1 - confidence)/2 each.

    On its scale each half is half of a normal distribution, so the quantile at z standard
    deviations is best + z (best - lowest)/z_c below and best + z (highest - best)/z_c above, with
    z_c that of (1 + confidence)/2. "log" is for positive quantities, "plain" for those of any
    sign and for calendar years, "share" for per cent between 0 and 100 (log-odds).

    Raises ValueError with a sentence where the three do not rise, lie outside the scale, or the
    confidence is below .5 or not below 1.

    Sources: Hemming et al. 2018, Methods in Ecology and Evolution 9:169-180 (IDEA, four-step
    elicitation); O'Hagan et al. 2006, Uncertain Judgements, Wiley (SHELF).
    """

    lowest: float
    best: float
    highest: float
    confidence: float
    scale: str = "log"

    def __post_init__(self) -> None:
        require_one_of(self.scale, SCALES, "scale")
        points = (self.lowest, self.best, self.highest)
        if not np.isfinite(points).all():
            raise ValueError(f"lowest, best and highest are numbers; one of {points} is not")
        if not self.lowest < self.best < self.highest:
            raise ValueError(
                f"lowest, best and highest rise, each above the one before; {self.lowest:g},"
                f" {self.best:g} and {self.highest:g} do not"
            )
        if self.scale == "log" and self.lowest <= 0:
            raise ValueError(f"the quantity is positive; a lowest of {self.lowest:g} is not")
        if self.scale == "share" and not (self.lowest > 0 and self.highest < 100):
            raise ValueError(
                "a share lies between 0 and 100 per cent and reaches neither;"
                f" {self.lowest:g} to {self.highest:g} does"
            )
        if not LEAST_CONFIDENCE <= self.confidence < 1:
            raise ValueError(
                f"the confidence that the truth lies inside is {self.confidence:g};"
                f" give one from {LEAST_CONFIDENCE:g} up that is below 1"
            )

    def quantiles(self, levels: ArrayLike = LEVELS) -> Floats:
        """(levels,) the quantity below which each share of the probability lies."""
        z = ndtri(np.asarray(levels, dtype=np.float64))
        low, middle, high = self._scaled()
        step = np.where(z < 0, middle - low, high - middle) / self._ends()
        return from_scale(middle + z * step, self.scale)

    def probability_below(self, value: float) -> float:
        """The probability that the quantity is at most this."""
        low, middle, high = self._scaled()
        if self.scale == "log" and value <= 0:
            return 0.0
        if self.scale == "share" and not 0 < value < 100:
            return float(value >= 100)
        place = float(to_scale(value, self.scale))
        step = (middle - low if place < middle else high - middle) / self._ends()
        return float(ndtr((place - middle) / step))

    def _scaled(self) -> Floats:
        return to_scale([self.lowest, self.best, self.highest], self.scale)

    def _ends(self) -> float:
        return float(ndtri((1 + self.confidence) / 2))


def to_scale(values: ArrayLike, scale: str) -> Floats:
    """Values where averages are taken: logs, log-odds of a share, or as they are."""
    numbers = np.asarray(values, dtype=np.float64)
    if scale == "plain":
        return numbers
    with np.errstate(divide="ignore", invalid="ignore"):
        moved: Floats = np.log(numbers) if scale == "log" else logit(numbers / 100)
    return moved


def from_scale(values: Floats, scale: str) -> Floats:
    """The inverse of `to_scale`."""
    if scale == "plain":
        return values
    back: Floats = np.exp(values) if scale == "log" else 100 * expit(values)
    return back


def sample_quantiles(samples: ArrayLike, scale: str, levels: ArrayLike = LEVELS) -> Floats:
    """(levels,) quantiles of draws (draws,), checked to lie on the scale.

    Raises ValueError for no draws, draws that are not finite, and draws outside the scale.
    """
    require_one_of(scale, SCALES, "scale")
    drawn = np.asarray(samples, dtype=np.float64)
    if drawn.ndim != 1 or not len(drawn) or not np.isfinite(drawn).all():
        raise ValueError("the model's draws are one row of finite numbers; these are not")
    if scale == "log" and drawn.min() <= 0:
        raise ValueError("the model draws what is not positive; ask for the plain scale")
    if scale == "share":
        if drawn.min() < 0 or drawn.max() > 100:
            raise ValueError("the model draws shares outside 0 to 100 per cent")
        drawn = np.clip(drawn, LEAST_SHARE, MOST_SHARE)
    found: Floats = np.quantile(drawn, np.asarray(levels, dtype=np.float64))
    return found
