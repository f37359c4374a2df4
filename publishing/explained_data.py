"""Why technologies stand where they stand, as data: one spelling for whoever asks."""

from collections.abc import Mapping
from typing import Any

from publishing.data import ranking_record, run_record
from publishing.explanations import Explained, Reasons, neighbours, share_between
from publishing.lens_standings import LensStanding
from publishing.rank_details import RankDetail
from publishing.results import Indices, Ranked, Ranking
from scoring.selectors import pairwise_word
from scoring.sensitivities import ScoreFlip, Steadiness
from scoring.services.explanations import PairContrast

Record = dict[str, Any]
DIGITS = 6


def explanation_document(row: Ranked, ranking: Ranking, why: Explained) -> Record:
    """Of one technology of a finished ranking, ranked or only listed."""
    detail, steady = ranking.detail_of(row.slug), why.steadiness
    around = neighbours(ranking, row.slug) if row.is_ranked else ()
    beside = [other for other in around if other.slug != row.slug]
    return {
        "run": run_record(ranking.run),
        "technology": {"slug": row.slug, "name": row.name} | ranking_record(row),
        "drivers": _drivers(detail) if detail else [],
        "neighbours": [_neighbour(other, row, ranking, why.reasons) for other in beside],
        "flips": [_flip(flip) for flip in steady.flips] if steady else None,
        "other_constants": _constants(steady) if steady else None,
        "lenses": [_lens(one) for one in why.lenses],
        "indices": _indices(row.more) if row.is_ranked else None,
    }


def pair_document(first: Ranked, second: Ranked, ranking: Ranking, reasons: Reasons) -> Record:
    """What parts two ranked technologies; parts speak for the first where they are above 0."""
    found = reasons.of(first.slug, second.slug)
    share = share_between(ranking, reasons, first.slug, second.slug)
    return {
        "run": run_record(ranking.run),
        "a": {"slug": first.slug, "name": first.name},
        "b": {"slug": second.slug, "name": second.name},
        "share_ahead": _rounded(share),
        "word": None if share is None else pairwise_word(share),
        "mostly_by": list(found.mostly) if found else [],
        "contrast": _contrast(found) if found else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _contrast(found: PairContrast) -> Record:
    return {
        "draws": found.draws,
        "difference": _rounded(found.difference),
        "parts": [
            {
                "dimension": name,
                "part": _rounded(part),
                "part_se": _rounded(found.parts_se[name]),
                "decides": _rounded(found.decides[name]),
            }
            for name, part in found.parts.items()
        ],
    }


def _drivers(detail: RankDetail) -> list[Record]:
    names = dict.fromkeys((*detail.levels, *detail.lift))
    return [
        {
            "dimension": name,
            "lift": detail.lift.get(name),
            "lift_se": detail.lift_se.get(name),
            "own_levels": [
                {
                    "level": one.level,
                    "share": _rounded(one.share),
                    "expected_rank": _rounded(one.rank),
                }
                for one in detail.levels.get(name, ())
            ],
        }
        for name in names
    ]


def _neighbour(other: Ranked, this: Ranked, ranking: Ranking, reasons: Reasons) -> Record:
    share = share_between(ranking, reasons, this.slug, other.slug)
    found = reasons.of(this.slug, other.slug)
    return {
        "slug": other.slug,
        "name": other.name,
        "expected_rank": other.expected_rank,
        "share_ahead": _rounded(share),
        "word": None if share is None else pairwise_word(share),
        "mostly_by": list(found.mostly) if found else [],
    }


def _flip(flip: ScoreFlip) -> Record:
    return {
        "slug": flip.slug,
        "dimension": flip.dimension,
        "level": flip.level,
        "level_then": flip.level_then,
        "ahead": flip.ahead,
        "behind": flip.behind,
        "share_ahead": flip.share_ahead,
        "share_ahead_then": flip.share_ahead_then,
        "expected_rank_then": flip.expected_rank_then,
    }


def _constants(steady: Steadiness) -> Record:
    under = [{"name": name, "expected_rank": rank} for name, rank in steady.under.items()]
    return {"rank_low": steady.low, "rank_high": steady.high, "under": under}


def _lens(one: LensStanding) -> Record:
    is_ranked = not one.because
    return {
        "lens": one.key,
        "name": one.name,
        "run": one.run_id,
        "not_ranked_because": one.because or None,
        "expected_rank": one.expected_rank if is_ranked else None,
        "rank_low": one.rank_low if is_ranked else None,
        "rank_high": one.rank_high if is_ranked else None,
        "band": one.band if is_ranked else None,
    }


def _indices(more: Indices) -> Record:
    weights: Mapping[str, float] | None = more.central_weights
    return {
        "p_first": more.p_first,
        "entropy": _rounded(more.entropy),
        "support": _rounded(more.support),
        "central_weights": None
        if weights is None
        else [{"dimension": name, "weight": _rounded(each)} for name, each in weights.items()],
        "confidence_factor": _rounded(more.confidence_factor),
        "confidence_factor_top_10": _rounded(more.confidence_factor_top_10),
        "expected_rank_se": more.expected_rank_se,
        "p_first_se": more.p_first_se,
        "p_top_3_se": more.p_top_3_se,
        "p_top_10_se": more.p_top_10_se,
    }
