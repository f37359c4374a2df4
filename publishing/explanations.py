"""Why technologies stand in the order they do: pairs of a finished ranking, taken apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from publishing.lens_standings import LensStanding, lens_standings
from publishing.memory import Remembered
from publishing.results import Ranked, Ranking
from scoring.sensitivities import Steadiness, newest_sensitivity, sensitivity_of
from scoring.services.explanations import (
    PairContrast,
    RankedInputs,
    contrasts_of,
    mostly_by,
    ranked_inputs,
)

NEIGHBOURS = 3

_inputs: Remembered[RankedInputs | None] = Remembered(most=2)
_steadiness: Remembered[Mapping[str, Steadiness]] = Remembered(most=2)
_contrasts: Remembered[Mapping[str, PairContrast]] = Remembered(most=256)


@dataclass(frozen=True)
class Reasons:
    """Pairs of a ranking by the slugs of both; what is not there cannot be explained. Where many
    are wanted, `by` names the leading dimensions of any two that are ranked."""

    pairs: Mapping[tuple[str, str], PairContrast] = field(default_factory=dict)
    by: Callable[[str, str], tuple[str, ...]] | None = None

    def of(self, first: str, second: str) -> PairContrast | None:
        return self.pairs.get((first, second))

    def mostly(self, first: str, second: str) -> str:
        """By what the first is ahead of the second, such as "diffusion and impact"; empty where
        no one or two dimensions make up most of it."""
        found = self.pairs.get((first, second)) or self.pairs.get((second, first))
        if found is not None:
            return " and ".join(found.mostly)
        return " and ".join(self.by(first, second)) if self.by else ""


UNEXPLAINED = Reasons()


@dataclass(frozen=True)
class Explained:
    """What a technology's page says of its rank beyond the ranking itself."""

    reasons: Reasons = UNEXPLAINED
    lenses: tuple[LensStanding, ...] = ()
    steadiness: Steadiness | None = None


NOT_EXPLAINED = Explained()


def reasons_against(ranking: Ranking | None, slug: str, others: Sequence[str]) -> Reasons:
    """One technology against others; those that are not ranked are left out."""
    if ranking is None or slug not in _ranked_among(ranking, [slug]):
        return UNEXPLAINED
    inputs, rivals = _inputs_of(ranking), _ranked_among(ranking, others)
    if inputs is None:
        return UNEXPLAINED
    found = _contrasts.get(
        (*_name(ranking), slug, tuple(rivals)),
        lambda: contrasts_of(inputs=inputs, slug=slug, others=rivals),
    )
    return Reasons({(slug, other): row for other, row in found.items()})


def neighbours(ranking: Ranking, slug: str) -> Sequence[Ranked]:
    """A ranked technology with the nearest ones, in the order of the expected rank."""
    ranked = ranking.ranked
    here = next(place for place, row in enumerate(ranked) if row.slug == slug)
    first = max(0, min(here - 1, len(ranked) - NEIGHBOURS - 1))
    return ranked[first : first + NEIGHBOURS + 1]


def reasons_beside(ranking: Ranking | None, slug: str) -> Reasons:
    """One technology against its neighbours."""
    row = ranking.row(slug) if ranking else None
    if ranking is None or row is None or not row.is_ranked:
        return UNEXPLAINED
    others = [other.slug for other in neighbours(ranking, slug) if other.slug != slug]
    return reasons_against(ranking, slug, others)


def explained(ranking: Ranking | None, slug: str) -> Explained:
    return Explained(
        reasons=reasons_beside(ranking, slug),
        lenses=lens_standings(slug),
        steadiness=steadiness_of(ranking).get(slug),
    )


def steadiness_of(ranking: Ranking | None) -> Mapping[str, Steadiness]:
    """By slug; empty until it is computed for this ranking."""
    run_id, ended_at = newest_sensitivity()
    if ranking is None or ranking.run.id != run_id:
        return {}
    key = (*_name(ranking), ended_at)
    return _steadiness.get(key, lambda: sensitivity_of(run_id=run_id))


def reasons_of_all(ranking: Ranking | None) -> Reasons:
    """For whoever asks about every technology: one pass over the draws."""
    inputs = _inputs_of(ranking) if ranking else None
    return Reasons(by=mostly_by(inputs=inputs)) if inputs else UNEXPLAINED


def share_between(ranking: Ranking, reasons: Reasons, first: str, second: str) -> float | None:
    """Share of draws in which the first is ahead, as the run has counted it; where it has not,
    as the pair counts it alone."""
    share = ranking.share_ahead(first, second)
    if share is not None:
        return share
    there, back = reasons.of(first, second), reasons.of(second, first)
    if there is not None:
        return there.share_ahead
    return 1.0 - back.share_ahead if back is not None else None


def reasons_among(ranking: Ranking | None, slugs: Sequence[str]) -> Reasons:
    """Each against each, from the better expected rank to the worse."""
    if ranking is None:
        return UNEXPLAINED
    ordered = [row.slug for row in ranking.ranked if row.slug in slugs]
    pairs: dict[tuple[str, str], PairContrast] = {}
    for place, slug in enumerate(ordered):
        pairs |= reasons_against(ranking, slug, ordered[place + 1 :]).pairs
    return Reasons(pairs)


def _inputs_of(ranking: Ranking) -> RankedInputs | None:
    return _inputs.get(_name(ranking), lambda: ranked_inputs(run_id=ranking.run.id))


def _name(ranking: Ranking) -> tuple[int, str, str, int]:
    """What tells a run from those of another database that has its number."""
    run = ranking.run
    return run.id, run.inputs_digest, run.engine, run.seed


def _ranked_among(ranking: Ranking, slugs: Sequence[str]) -> list[str]:
    return [slug for slug in slugs if (row := ranking.row(slug)) and row.is_ranked]
