"""The indices of a ranking beyond its headline, from the arrays of its run."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from publishing.results import Indices
from scoring.selectors import FEWEST_SUPPORTING

ERRORS = ("expected_rank_se", "p_first_se", "p_top_3_se", "p_top_10_se")


def indices_of(
    row: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], place: int, names: Sequence[str]
) -> Indices:
    """Of one ranked row of a headline, `place` being its row in the arrays."""
    shares = arrays["rank_acceptability"][place] if "rank_acceptability" in arrays else None
    support = float(arrays["support"][place])
    central = arrays["central_weights"][place].tolist() if support >= FEWEST_SUPPORTING else None
    return Indices(
        p_first=row["p_first"],
        share_beaten=share_beaten(row["expected_rank"], len(arrays["ids"])),
        entropy=None if shares is None else entropy(shares),
        support=support,
        central_weights=dict(zip(names, central, strict=True)) if central else None,
        confidence_factor=_known(arrays, "confidence_factor", place),
        confidence_factor_top_10=_known(arrays, "confidence_factor_top_10", place),
        **{name: row[name] for name in ERRORS},
    )


def share_beaten(expected_rank: float, field: int) -> float | None:
    """The mean share of the others that it is ahead of; nothing where there are none."""
    return (field - expected_rank) / (field - 1) if field > 1 else None


def entropy(shares: NDArray[Any]) -> float | None:
    """- sum p log p / log m over the shares of the m ranks."""
    if len(shares) < 2:
        return None
    held = shares[shares > 0]
    return abs(float(-(held * np.log(held)).sum() / math.log(len(shares))))


def _known(arrays: Mapping[str, NDArray[Any]], name: str, place: int) -> float | None:
    found = float(arrays[name][place]) if name in arrays else math.nan
    return found if math.isfinite(found) else None
