"""How often one technology of a ranking is ahead of another, as far as the run has counted it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scoring.selectors import pairwise_word

if TYPE_CHECKING:
    from publishing.results import Ranking

Arrays = Mapping[str, NDArray[Any]]


def share_ahead_of(arrays: Arrays) -> Callable[[str, str], float | None]:
    """By two slugs: the share of draws in which the first is ahead of the second, ties half.

    A ranking of very many technologies has counted some pairs only; None stands for the others.
    """
    places = {str(slug): place for place, slug in enumerate(arrays["ids"])}
    share = _of_all(arrays) if "pairwise_winning" in arrays else _of_some(arrays)
    return lambda first, second: share(places[first], places[second])


def _of_all(arrays: Arrays) -> Callable[[int, int], float | None]:
    winning = arrays["pairwise_winning"]
    return lambda i, j: float(winning[i, j])


def _of_some(arrays: Arrays) -> Callable[[int, int], float | None]:
    many, winning = len(arrays["ids"]), arrays["pair_winning"]
    keys = arrays["pair"][:, 0] * many + arrays["pair"][:, 1]

    def share(i: int, j: int) -> float | None:
        if i == j:
            return 0.5
        key = min(i, j) * many + max(i, j)
        at = int(np.searchsorted(keys, key))
        if at == len(keys) or keys[at] != key:
            return None
        return float(winning[at]) if i < j else 1.0 - float(winning[at])

    return share


def rank_shares_of(arrays: Arrays, place: int) -> tuple[Sequence[float], int]:
    """How often the ranks of one technology came up, and how many ranks each number gathers."""
    if "rank_acceptability" in arrays:
        return tuple(arrays["rank_acceptability"][place].tolist()), 1
    return tuple(arrays["rank_bars"][place].tolist()), int(arrays["bar_width"])


def word_between(ranking: "Ranking", first: str, second: str) -> str:
    """How the first stands to the second; empty where the run has not compared them."""
    share = ranking.share_ahead(first, second)
    return "" if share is None else pairwise_word(share)
