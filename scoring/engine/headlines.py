"""A ranking as plain values for pages and as bytes for storage."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.engine.bands import by_expected_rank
from scoring.engine.confidence import Confidence
from scoring.engine.packing import pack, unpack
from scoring.engine.results import (
    LargeRankingResult,
    RankingFigures,
    RankingResult,
    Unranked,
)

SHARE_DIGITS = 6
RANK_DIGITS = 4
SHARES = ("p_first", "p_top_3", "p_top_10")
STORED_WHOLE = (
    "rank_acceptability",
    "rank_acceptability_se",
    "pairwise_winning",
    "pairwise_winning_se",
)
STORED_LARGE = ("rank_step", "rank_bars", "pair", "pair_winning", "pair_winning_se")
STORED = (
    "support",
    "central_weights",
    "lift",
    "lift_se",
    "level_share",
    "rank_by_level",
)


def headline(result: RankingFigures) -> dict[str, Any]:
    """Plain values, ready for JSON: technologies by expected rank, then those without a rank.

    Shares have 6 decimals and ranks 4; what is not known is None. `lift` and `lift_se` are in
    ranks, by dimension.
    """
    order = by_expected_rank(result.expected_rank, result.ids)
    return {
        "lens": result.lens,
        "draws": result.draws,
        "seed": result.seed,
        "scramblings": result.scramblings,
        "dimensions": list(result.dimensions),
        "technologies": [_ranked_row(result, i) for i in order]
        + [_unranked_row(entry) for entry in result.unranked],
    }


def named_arrays(
    result: RankingResult | LargeRankingResult, sureness: Confidence | None = None
) -> dict[str, NDArray[np.generic]]:
    """The indices that the headline leaves out, by name, with `ids`; confidence where given."""
    named: dict[str, NDArray[np.generic]] = {"ids": np.array(result.ids, dtype=np.str_)}
    if isinstance(result, LargeRankingResult):
        named["bar_width"] = np.array(result.bar_width)
    own = STORED_LARGE if isinstance(result, LargeRankingResult) else STORED_WHOLE
    if sureness is not None:
        named["confidence_factor"] = sureness.first
        named["confidence_factor_top_10"] = sureness.top_10
    return named | {name: getattr(result, name) for name in (*STORED, *own)}


def arrays(result: RankingResult | LargeRankingResult, sureness: Confidence | None = None) -> bytes:
    """The same as compressed bytes."""
    return pack(named_arrays(result, sureness))


def read_arrays(packed: bytes) -> dict[str, NDArray[np.generic]]:
    """By name, as they were in the result; rows follow `ids`. ValueError for other bytes."""
    return unpack(packed)


def _ranked_row(result: RankingFigures, i: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": result.ids[i],
        "is_ranked": True,
        "not_ranked_because": None,
        "coverage": result.coverage[i],
        "expected_rank": _plain(result.expected_rank[i], RANK_DIGITS),
        "expected_rank_se": _plain(result.expected_rank_se[i], RANK_DIGITS),
        "rank_low": int(result.rank_low[i]),
        "rank_high": int(result.rank_high[i]),
        "band": int(result.band[i]),
    }
    for name in SHARES:
        row[name] = _plain(getattr(result, name)[i], SHARE_DIGITS)
        row[f"{name}_se"] = _plain(getattr(result, f"{name}_se")[i], SHARE_DIGITS)
    for name, values in (("lift", result.lift[i]), ("lift_se", result.lift_se[i])):
        row[name] = {
            dimension: _plain(value, RANK_DIGITS)
            for dimension, value in zip(result.dimensions, values, strict=True)
        }
    return row


def _unranked_row(entry: Unranked) -> dict[str, Any]:
    unknown = ("expected_rank", "expected_rank_se", "rank_low", "rank_high", "band")
    shares = tuple(name + part for name in SHARES for part in ("", "_se"))
    return {
        "id": entry.id,
        "is_ranked": False,
        "not_ranked_because": entry.not_ranked_because,
        "coverage": entry.coverage,
        **dict.fromkeys((*unknown, *shares, "lift", "lift_se")),
    }


def _plain(value: float, digits: int) -> float | None:
    return round(float(value), digits) if math.isfinite(value) else None
