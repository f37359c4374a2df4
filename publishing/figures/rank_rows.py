"""Ranks as drawn in a row: how often each came up, the interval that holds 90 of 100 draws,
and the expected rank. Positions are per cent of the row, so that it stretches undistorted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.figures.svg import NOTHING, circle, joined, tag

BASE = 38.0
TALLEST = 29.0
LINE = 44.0
BOTTOM = 54
LEAST_SHOWN = 0.002
MOST_CUT = 2
JUST_OVER = 1.001
LEAST_OF_A_SCALE = 0.1


@dataclass(frozen=True)
class RankRow:
    """`shares[r]` is how often rank r + 1 came up; ranks count from 1."""

    shares: tuple[float, ...]
    expected: float
    low: int
    high: int

    @property
    def words(self) -> str:
        return (
            f"expected rank {self.expected:.1f}; 90 of 100 draws between {self.low} and {self.high}"
        )


def common_scale(rows: Iterable[RankRow]) -> float:
    """The share that a full bar stands for: one scale for all rows, at which at most two of
    them are cut."""
    tallest = sorted((max(row.shares, default=0.0) for row in rows), reverse=True)
    if not tallest:
        return LEAST_OF_A_SCALE
    return max(tallest[min(MOST_CUT, len(tallest) - 1)], LEAST_OF_A_SCALE)


def rank_drawing(row: RankRow, *, ranks: int, scale: float) -> SafeString:
    """One row of the shared axis of `ranks` ranks."""
    bars = (_bar(rank, share, ranks, scale) for rank, share in enumerate(row.shares, start=1))
    return tag(
        "svg",
        joined([_grid(ranks), *bars, _cut_words(row, ranks, scale), _interval(row, ranks)]),
        class_="rank-drawing",
        height=BOTTOM,
        role="img",
        aria_label=row.words,
    )


def rank_axis(ranks: int) -> SafeString:
    """The numbers over the rows."""
    shown = [1, *axis_ranks(ranks), ranks] if ranks > 1 else [1]
    labels = (
        tag("text", "1st" if rank == 1 else str(rank), x=_at(rank, ranks), y=13)
        for rank in dict.fromkeys(shown)
    )
    return tag("svg", joined(labels), class_="rank-axis", height=18, aria_hidden="true")


def axis_ranks(ranks: int) -> Sequence[int]:
    """Round ranks between the first and the last, at most five."""
    step = next(size for size in (5, 10, 20, 25, 50, 100, 250, 1000, 10**9) if ranks / size <= 6)
    return [rank for rank in range(step, ranks, step) if ranks - rank > step * 0.4]


def _at(rank: float, ranks: int) -> str:
    return f"{100 * (rank - 0.5) / ranks:.2f}%"


def _grid(ranks: int) -> SafeString:
    lines = (
        tag("line", x1=_at(rank, ranks), x2=_at(rank, ranks), y1=0, y2=BOTTOM, class_="grid")
        for rank in [1, *axis_ranks(ranks), ranks]
    )
    return joined(lines)


def _bar(rank: int, share: float, ranks: int, scale: float) -> SafeString:
    if share < LEAST_SHOWN:
        return NOTHING
    height = min(share / scale, 1.0) * TALLEST
    width = 100 / ranks
    x, wide = f"{width * (rank - 1) + width * 0.06:.2f}%", f"{width * 0.88:.2f}%"
    parts = [
        tag("rect", x=x, width=wide, y=BASE - height, height=height, class_="bar"),
        tag("rect", x=x, width=wide, y=BASE - height - 0.5, height=1, class_="cap"),
    ]
    if share > scale * JUST_OVER:
        slash = tag("path", d="M-30 6L30 -6", class_="slash")
        parts.append(
            tag("svg", slash, x=_at(rank, ranks), y=BASE - TALLEST + 10, width=1, height=1)
        )
    return joined(parts)


def _cut_words(row: RankRow, ranks: int, scale: float) -> SafeString:
    """The number of the tallest bar, where bars are cut; it stands beyond the last of them."""
    cut = [rank for rank, share in enumerate(row.shares, start=1) if share > scale * JUST_OVER]
    if not cut:
        return NOTHING
    tallest = max(cut, key=lambda rank: row.shares[rank - 1])
    is_late = cut[0] > ranks * 0.6
    ordinal = "first" if tallest == 1 else f"rank {tallest}"
    return tag(
        "text",
        f"{ordinal} in {100 * row.shares[tallest - 1]:.0f} of 100",
        x=_at(cut[0] - 0.5 if is_late else cut[-1] + 0.5, ranks),
        dx=-6 if is_late else 6,
        y=BASE - TALLEST + 4,
        text_anchor="end" if is_late else None,
    )


def _interval(row: RankRow, ranks: int) -> SafeString:
    low, high = _at(row.low, ranks), _at(row.high, ranks)
    ends = [
        tag("line", x1=x, x2=x, y1=LINE - 4, y2=LINE + 4, class_="interval") for x in (low, high)
    ]
    return joined(
        [
            tag("line", x1=low, x2=high, y1=LINE, y2=LINE, class_="interval"),
            *ends,
            circle(_at(row.expected, ranks), LINE, 6.5, "gap"),
            circle(_at(row.expected, ranks), LINE, 4.75, "expected"),
        ]
    )
