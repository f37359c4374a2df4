"""Stochastic multicriteria acceptability analysis: the engine's face for rankings."""

from scoring.engine.acceptability import confidence_factors, from_draws

__all__ = ["confidence_factors", "from_draws"]
