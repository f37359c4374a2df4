"""The expected rank by a technology's own level, on the axis of ranks that all rows share.
Positions are per cent of the row, so that it stretches undistorted."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from publishing.figures.rank_rows import axis_ranks
from publishing.figures.svg import NOTHING, circle, joined, tag

HEIGHT, MIDDLE = 54, 27.0
LABEL = 9


def level_ranks(
    points: Sequence[tuple[str, float]], *, expected: float, ranks: int, words: str
) -> SafeString:
    """`points` are levels with the expected rank at each. The accent marks the rank expected over
    all draws; the levels at both ends are named."""
    grid = (_upright(at, ranks, 0, HEIGHT, "grid") for at in (1, *axis_ranks(ranks), ranks))
    parts = [*grid, *_span(points, ranks), *_names(points, ranks)]
    parts.append(circle(_at(expected, ranks), MIDDLE, 6.5, "gap"))
    parts.append(circle(_at(expected, ranks), MIDDLE, 4.75, "expected"))
    return tag(
        "svg",
        joined(parts),
        class_="rank-drawing",
        height=HEIGHT,
        role="img",
        aria_label=words,
    )


def _at(rank: float, ranks: int) -> str:
    return f"{100 * (rank - 0.5) / max(ranks, 1):.2f}%"


def _upright(rank: float, ranks: int, top: float, bottom: float, class_: str) -> SafeString:
    x = _at(rank, ranks)
    return tag("line", x1=x, x2=x, y1=top, y2=bottom, class_=class_)


def _span(points: Sequence[tuple[str, float]], ranks: int) -> list[SafeString]:
    if not points:
        return []
    found = [rank for _, rank in points]
    x1, x2 = _at(min(found), ranks), _at(max(found), ranks)
    line = tag("line", x1=x1, x2=x2, y1=MIDDLE, y2=MIDDLE, class_="interval")
    ticks = (_upright(rank, ranks, MIDDLE - 5, MIDDLE + 5, "interval") for rank in found)
    return [line, *ticks]


def _names(points: Sequence[tuple[str, float]], ranks: int) -> list[SafeString]:
    """The level with the best rank at the left, that with the worst at the right."""
    if len(points) < 2:
        return [NOTHING]
    ordered = sorted(points, key=lambda point: point[1])
    (best, first), (worst, last) = ordered[0], ordered[-1]
    return [
        tag("text", best, x=_at(first, ranks), y=MIDDLE + 5, dx=-LABEL, text_anchor="end"),
        tag("text", worst, x=_at(last, ranks), y=MIDDLE + 5, dx=LABEL),
    ]
