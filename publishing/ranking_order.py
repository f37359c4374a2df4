"""The indices that a ranking can be sorted by, the same for its page and the API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from publishing.results import Ranked

BY_RANK = "expected_rank"


@dataclass(frozen=True)
class Sort:
    """`key` is smallest for the row that stands first, None where the row has no such index."""

    label: str
    key: Callable[[Ranked], float | None]
    keeps_bands: bool = False


def _greatest(find: Callable[[Ranked], float | None]) -> Callable[[Ranked], float | None]:
    def key(row: Ranked) -> float | None:
        value = find(row)
        return None if value is None else -value

    return key


SORTS: Mapping[str, Sort] = {
    BY_RANK: Sort("expected rank", lambda row: row.expected_rank, keeps_bands=True),
    "band": Sort("band", lambda row: row.band, keeps_bands=True),
    "p_first": Sort("first place", _greatest(lambda row: row.more.p_first)),
    "p_top_3": Sort("top 3", _greatest(lambda row: row.p_top_3)),
    "p_top_10": Sort("top 10", _greatest(lambda row: row.p_top_10)),
    "share_beaten": Sort("share of the field beaten", _greatest(lambda row: row.more.share_beaten)),
    "entropy": Sort("least settled", _greatest(lambda row: row.more.entropy)),
    "confidence_factor": Sort(
        "confidence factor", _greatest(lambda row: row.more.confidence_factor)
    ),
}


def in_order(rows: Iterable[Ranked], sort: str) -> list[Ranked]:
    """Rows without the index come last; among equals the expected rank decides."""
    key = SORTS[sort].key

    def place(row: Ranked) -> tuple[bool, float, float, str]:
        value = key(row)
        return value is None, value or 0.0, row.expected_rank, row.slug

    return sorted(rows, key=place)
