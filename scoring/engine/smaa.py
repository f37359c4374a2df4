"""Stochastic multicriteria acceptability analysis: the engine's face for rankings."""

from scoring.engine.acceptability import confidence_factors, from_draws
from scoring.engine.headlines import arrays, headline, read_arrays
from scoring.engine.ranking import rank

__all__ = ["arrays", "confidence_factors", "from_draws", "headline", "rank", "read_arrays"]
