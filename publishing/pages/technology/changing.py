"""What would change where a technology stands: single scores, and constants nobody measured."""

from dataclasses import dataclass

from publishing.results import Ranking
from publishing.wording import is_plural, share_of_draws
from scoring.sensitivities import ScoreFlip, Steadiness


@dataclass(frozen=True)
class Changing:
    """`flips` are single scores that put it and a neighbour in the other order; `under` names the
    other constants with the expected rank under each."""

    sentence: str
    flips: tuple[str, ...]
    under: tuple[tuple[str, str], ...]


def changing(slug: str, ranking: Ranking, steadiness: Steadiness | None) -> Changing | None:
    """None until it is computed."""
    row = ranking.row(slug)
    if row is None or steadiness is None:
        return None
    said = [words for flip in steadiness.flips if (words := _flip(flip, slug, ranking))]
    return Changing(
        sentence=_constants(steadiness),
        flips=tuple(said),
        under=tuple((name, f"{rank:.1f}") for name, rank in steadiness.under.items()),
    )


def _constants(steadiness: Steadiness) -> str:
    low, high = f"{steadiness.low:.1f}", f"{steadiness.high:.1f}"
    if low == high:
        return f"Under other constants its expected rank stays at {low}."
    return f"Under other constants its expected rank lies between {low} and {high}."


def _flip(flip: ScoreFlip, slug: str, ranking: Ranking) -> str:
    """Empty where readers no longer see the neighbour."""
    other_slug = flip.behind if slug == flip.ahead else flip.ahead
    here, other = ranking.row(slug), ranking.row(other_slug)
    if here is None or other is None:
        return ""
    change = f"{flip.dimension} at {flip.level_then} and not {flip.level}"
    then = f"to an expected rank of {flip.expected_rank_then:.1f}"
    is_falling = flip.slug == flip.ahead
    shares = flip.share_ahead_then, flip.share_ahead
    then += f"; {'ahead of' if is_falling else 'behind'} {{}} in {share_of_draws(shares[0])} of"
    then += f" 100 draws instead of {share_of_draws(shares[1])}."
    step = "fall behind" if is_falling else "pass"
    if flip.slug == slug:
        them = "them" if is_plural(other.name) else "it"
        return f"With its {change} it would {step} {other.name}, {then.format(them)}"
    return f"With {change}, {other.name} would {step} it, {then.format('it')}"
