"""What moves a technology in the ranking, from the draws themselves: the dimension whose weight
lifts it most, and the one whose weight holds it back most."""

from assessments.selectors import PublishedCard
from publishing.cards import level_scores
from publishing.results import Ranked
from publishing.wording import verb

NOTABLE_RANKS = 0.3


def driver_words(row: Ranked, card: PublishedCard) -> str:
    """Impact lifts it, diffusion holds it back; novelty: not yet assessed."""
    parts = []
    best = max(row.lift, key=lambda key: row.lift[key], default="")
    worst = min(row.lift, key=lambda key: row.lift[key], default="")
    if best and row.lift[best] >= NOTABLE_RANKS:
        parts.append(f"{best} {verb(best, 'lifts', 'lift')} it")
    if worst and row.lift[worst] <= -NOTABLE_RANKS:
        parts.append(f"{worst} {verb(worst, 'holds', 'hold')} it back")
    words = ", ".join(parts) or "no single weight moves it much"
    for score in level_scores(card.card["scores"]):
        if not score.level:
            words += f"; {score.dimension}: {score.unscored_reason}"
    return words[:1].upper() + words[1:]
