"""Ranks as drawn in a row: how often each came up, the interval that holds 90 of 100 draws,
and the expected rank. Positions are per cent of the row, so that it stretches undistorted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.safestring import SafeString

from publishing.figures.svg import NOTHING, circle, figure, joined, tag

BASE = 38.0
TALLEST = 29.0
LINE = 44.0
BOTTOM = 54
LEAST_SHOWN = 0.002
MOST_CUT = 2
JUST_OVER = 1.001
LEAST_OF_A_SCALE = 0.1
MOST_BARS = 60
# A rank is so wide in the units of the shape of bars, and leaves so much free on each side.
UNIT = 10
GAP = 0.6


class Bar(NamedTuple):
    """How often one of `wide` ranks came up, the first of which is `rank`."""

    rank: int
    wide: int
    share: float

    @property
    def middle(self) -> float:
        return self.rank + (self.wide - 1) / 2


@dataclass(frozen=True)
class RankRow:
    """`shares[r]` is how often rank r + 1 came up, or one of `wide` ranks from r * wide + 1 on;
    ranks count from 1."""

    shares: Sequence[float]
    expected: float
    low: int
    high: int
    wide: int = 1

    @cached_property
    def bars(self) -> tuple["Bar", ...]:
        """A bar a rank; of very many ranks, each bar gathers as many as leave sixty bars."""
        step = -(-len(self.shares) // MOST_BARS)
        if step == self.wide == 1:
            return tuple(Bar(rank, 1, share) for rank, share in enumerate(self.shares, 1))
        starts = range(0, len(self.shares), step or 1)
        return tuple(
            Bar(at * self.wide + 1, step * self.wide, sum(self.shares[at : at + step]))
            for at in starts
        )

    @property
    def words(self) -> str:
        return (
            f"expected rank {self.expected:.1f}; 90 of 100 draws between {self.low} and {self.high}"
        )


def common_scale(rows: Iterable[RankRow]) -> float:
    """The share that a full bar stands for: one scale for all rows, at which at most two of
    them are cut."""
    highest = (max((bar.share for bar in row.bars), default=0.0) for row in rows)
    tallest = sorted(highest, reverse=True)
    if not tallest:
        return LEAST_OF_A_SCALE
    return max(tallest[min(MOST_CUT, len(tallest) - 1)], LEAST_OF_A_SCALE)


def rank_drawing(row: RankRow, *, ranks: int, scale: float) -> SafeString:
    """One row of the shared axis of `ranks` ranks."""
    return tag(
        "svg",
        joined(
            [
                _bars(row, ranks, scale),
                _cut_words(row, ranks, scale),
                _interval(row, ranks),
            ]
        ),
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


def _line_path(drawn: str, class_: str) -> SafeString:
    """Lines that stay as thin as they are, however far the shape is stretched."""
    return tag("path", d=drawn, class_=class_, vector_effect="non-scaling-stroke")


def _slash(bar: Bar, ranks: int) -> SafeString:
    slash = tag("path", d="M-30 6L30 -6", class_="slash")
    return tag("svg", slash, x=_at(bar.middle, ranks), y=BASE - TALLEST + 10, width=1, height=1)


def _bars(row: RankRow, ranks: int, scale: float) -> SafeString:
    """All of them as one shape stretched over the row, since a page may hold a thousand rows."""
    bars, caps, grid = [], [], [1, *axis_ranks(ranks), ranks]
    shown = [bar for bar in row.bars if bar.share >= LEAST_SHOWN]
    foot = figure(BASE)
    for rank, wide, share in shown:
        # Thousands of these on a page, rounded as `figure` does.
        top = round(BASE - min(share / scale, 1.0) * TALLEST, 1)
        left, width = (rank - 1) * UNIT + GAP, wide * UNIT - 2 * GAP
        bars.append(f"M{left:g} {foot}V{top:g}h{width:g}V{foot}")
        caps.append(f"M{left:g} {top:g}h{width:g}")
    shapes = [
        _line_path("".join(f"M{figure((at - 0.5) * UNIT)} 0v{BOTTOM}" for at in grid), "grid"),
        tag("path", d="".join(bars), class_="bar"),
        _line_path("".join(caps), "cap"),
    ]
    sheet = tag(
        "svg",
        joined(shapes),
        viewBox=f"0 0 {ranks * UNIT} {BOTTOM}",
        width="100%",
        height=BOTTOM,
        preserveAspectRatio="none",
    )
    cut = (_slash(bar, ranks) for bar in shown if bar.share > scale * JUST_OVER)
    return joined([sheet, *cut])


def _cut_words(row: RankRow, ranks: int, scale: float) -> SafeString:
    """The number of the tallest bar, where bars are cut; it stands beyond the last of them."""
    cut = [bar for bar in row.bars if bar.share > scale * JUST_OVER]
    if not cut:
        return NOTHING
    tallest = max(cut, key=lambda bar: bar.share)
    is_late = cut[0].rank > ranks * 0.6
    end = cut[0].rank - 0.5 if is_late else cut[-1].rank + cut[-1].wide - 0.5
    return tag(
        "text",
        f"{_ordinal(tallest)} in {100 * tallest.share:.0f} of 100",
        x=_at(end, ranks),
        dx=-6 if is_late else 6,
        y=BASE - TALLEST + 4,
        text_anchor="end" if is_late else None,
    )


def _ordinal(bar: Bar) -> str:
    if bar.wide > 1:
        return f"ranks {bar.rank} to {bar.rank + bar.wide - 1}"
    return "first" if bar.rank == 1 else f"rank {bar.rank}"


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
