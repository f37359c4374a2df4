"""What sets a technology apart: the dimensions in which it stands most above and most below
the mean of those ranked with it."""

from collections.abc import Iterable, Mapping
from statistics import fmean

from assessments.selectors import PublishedCard
from assessments.values.scale import LEVEL_DIMENSIONS
from publishing.cards import LevelScore, level_scores

NOTABLE = 0.05


def mean_heights(cards: Iterable[PublishedCard]) -> dict[str, float]:
    """By dimension, the mean height of the levels given."""
    heights: dict[str, list[float]] = {dimension.value: [] for dimension in LEVEL_DIMENSIONS}
    for card in cards:
        for score in level_scores(card.card["scores"]):
            if score.height is not None:
                heights[score.dimension].append(score.height)
    return {dimension: fmean(values) for dimension, values in heights.items() if values}


def contrast_words(card: PublishedCard, means: Mapping[str, float]) -> str:
    """Impact lifts it, diffusion holds it back; novelty not yet assessed."""
    scores = level_scores(card.card["scores"])
    gaps = {
        score.dimension: score.height - means[score.dimension]
        for score in scores
        if score.height is not None
    }
    best = max(gaps, key=lambda key: gaps[key], default="")
    worst = min(gaps, key=lambda key: gaps[key], default="")
    parts = []
    if best and gaps[best] > NOTABLE:
        parts.append(f"{best} lifts it")
    if worst and gaps[worst] < -NOTABLE:
        parts.append(f"{worst} holds it back")
    words = ", ".join(parts) or "close to the mean in every dimension"
    words += "".join(_gap_words(score) for score in scores if not score.level)
    return words[:1].upper() + words[1:]


def _gap_words(score: LevelScore) -> str:
    return f"; {score.dimension} {score.unscored_reason}"
