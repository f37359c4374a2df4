"""Stochastic multicriteria acceptability analysis: the engine's face for rankings."""

from scoring.engine.acceptability import confidence_factors, from_draws
from scoring.engine.headlines import arrays, headline, named_arrays, read_arrays
from scoring.engine.ranking import rank
from scoring.engine.rechecks import recheck_moves

__all__ = [
    "arrays",
    "confidence_factors",
    "from_draws",
    "headline",
    "named_arrays",
    "rank",
    "read_arrays",
    "recheck_moves",
]
