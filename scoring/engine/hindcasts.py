"""The shipped methods and their baselines, as the rolling origins ask them."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from scoring.engine import baselines, scurves, series
from scoring.engine.baselines import Walk
from scoring.engine.paths import PathForecast
from scoring.engine.reference import Reference
from scoring.engine.rolling import LEVELS, Cut, History, Method
from scoring.engine.streams import stream_key

Floats = NDArray[np.float64]
ReferenceOf = Callable[[History], Reference]
"""The reference class without what must not be known of this history."""
Listener = Callable[[PathForecast], None]

COST_BASELINES = {
    "drift walk": baselines.drift_walk,
    "naive walk": baselines.naive_walk,
}
SHARE_BASELINES = {
    "logit drift": baselines.logit_drift,
    "linear drift": baselines.linear_drift,
    "naive share": baselines.naive_share,
}
OURS = {"cost": "reference walk", "share": "reference curve"}


def unheard(_: PathForecast) -> None:
    """Nobody looks at the paths themselves."""


def cost_methods(reference_of: ReferenceOf, hear: Listener = unheard) -> dict[str, Method]:
    """Ours first, then the baselines of costs and performance; `hear` is given each forecast."""

    def ours(history: History, cut: Cut) -> Floats | None:
        forecast = series.forecast(
            *_seen(history, cut),
            reference=reference_of(history),
            seed=_seed(history, cut),
            progress=history.progress,
        )
        hear(forecast)
        return forecast.quantiles(LEVELS)

    return {OURS["cost"]: ours} | _baselines(COST_BASELINES)


def share_methods(reference_of: ReferenceOf, hear: Listener = unheard) -> dict[str, Method]:
    """Ours first, then the baselines of shares; `hear` is given each forecast."""

    def ours(history: History, cut: Cut) -> Floats | None:
        forecast = scurves.forecast(
            *_seen(history, cut), reference=reference_of(history), seed=_seed(history, cut)
        )
        hear(forecast)
        return forecast.quantiles(LEVELS)

    return {OURS["share"]: ours} | _baselines(SHARE_BASELINES)


def _baselines(makers: Mapping[str, Callable[..., Walk]]) -> dict[str, Method]:
    def bound(maker: Callable[..., Walk]) -> Method:
        def method(history: History, cut: Cut) -> Floats | None:
            if cut.seen < baselines.FEWEST_POINTS:
                return None
            return maker(*_seen(history, cut)).quantiles(LEVELS)

        return method

    return {name: bound(maker) for name, maker in makers.items()}


def _seen(history: History, cut: Cut) -> tuple[Floats, Floats, Floats]:
    targets = history.years[list(cut.targets)]
    return history.years[: cut.seen], history.values[: cut.seen], targets


def _seed(history: History, cut: Cut) -> int:
    return stream_key(1, history.name, str(cut.seen)) % 2**32
