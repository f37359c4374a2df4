"""The indices of one technology that stand behind "more", as the page prints them."""

from dataclasses import dataclass

from publishing.results import Indices
from publishing.wording import share_of_draws
from scoring.sensitivities import Steadiness

UNKNOWN = "–"


@dataclass(frozen=True)
class MoreView:
    """`central` are the mean weights of the draws in which it is first, in per cent, with their
    number; shares are of 100; `others` is the expected rank under other constants."""

    first: str
    beaten: str
    settled: str
    central: str
    confidence: str
    error: str
    others: str


def more_view(more: Indices, steadiness: Steadiness | None) -> MoreView:
    return MoreView(
        first=_share(more.p_first),
        beaten=_share(more.share_beaten),
        settled=UNKNOWN if more.entropy is None else f"{more.entropy:.2f}",
        central=_central(more),
        confidence=_share(more.confidence_factor),
        error=UNKNOWN if more.expected_rank_se is None else f"{more.expected_rank_se:.2f}",
        others=f"{steadiness.low:.1f}–{steadiness.high:.1f}" if steadiness else UNKNOWN,
    )


def _share(share: float | None) -> str:
    return UNKNOWN if share is None else share_of_draws(share)


def _central(more: Indices) -> str:
    if more.support is None:
        return UNKNOWN
    if more.central_weights is None:
        return f"{more.support:,.0f} draws, too few"
    words = ", ".join(f"{name} {100 * share:.0f}" for name, share in more.central_weights.items())
    return f"{words}; from {more.support:,.0f} draws"
