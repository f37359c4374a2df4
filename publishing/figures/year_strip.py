"""The chance, year by year, that a market is open: one cell a year, tints at 3, 25, 50, 75."""

from bisect import bisect_right
from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.figures.svg import NOTHING, circle, joined, tag

TINTS_FROM = (0.03, 0.25, 0.5, 0.75)
HEIGHT = 30
INTERVAL_Y = 37
HEIGHT_WITH_INTERVAL = 46


@dataclass(frozen=True)
class YearStrip:
    """`chances[i]` is the chance in 0..1 of being open at the end of `first_year` + i.

    `interval` holds the years, as decimals, in which the chance reaches 10, 50 and 90 of 100;
    None where never opening keeps it below.
    """

    first_year: int
    chances: tuple[float, ...]
    deadline: int = 2030
    opened: int | None = None
    interval: tuple[float | None, float | None, float | None] | None = None

    @property
    def height(self) -> int:
        return HEIGHT_WITH_INTERVAL if self.interval and not self.opened else HEIGHT

    @property
    def years(self) -> range:
        return range(self.first_year, self.first_year + len(self.chances))


def in_100(chance: float) -> str:
    """A chance as it is printed: whole, "<1" and ">99" near the ends."""
    if chance < 0.005:
        return "<1"
    return ">99" if chance > 0.995 else f"{100 * chance:.0f}"


def year_strip(strip: YearStrip, *, words: str) -> SafeString:
    """Positions are per cent of the row; the numbers hide on phones."""
    body = _opened(strip) if strip.opened else _cells(strip) + _interval(strip)
    return tag(
        "svg",
        joined([body, _deadline(strip, strip.height)]),
        class_="year-strip" if strip.height == HEIGHT else "year-strip has-interval",
        height=strip.height,
        role="img",
        aria_label=words,
    )


def year_axis(strip: YearStrip) -> SafeString:
    """The years under a group of strips; the deadline is always one of them."""
    wanted = [year for year in strip.years if year % 5 == 0 or year == strip.years[0]]
    labels = [
        tag(
            "text",
            f"end {year}" if year == strip.deadline else str(year),
            x=_at(strip, year - strip.first_year + 0.5),
            y=14,
            class_="axis is-strong" if year == strip.deadline else "axis",
        )
        for year in wanted
        if year == strip.deadline or abs(year - strip.deadline) > 2
    ]
    return tag("svg", joined(labels), class_="year-strip", height=20, aria_hidden="true")


def _at(strip: YearStrip, cell: float) -> str:
    return f"{100 * cell / len(strip.chances):.2f}%"


def _cells(strip: YearStrip) -> SafeString:
    base = tag("line", x1="0", x2="100%", y1=HEIGHT - 4, y2=HEIGHT - 4, class_="base")
    cells = (_cell(strip, i, chance) for i, chance in enumerate(strip.chances))
    return joined([base, *cells])


def _cell(strip: YearStrip, position: int, chance: float) -> SafeString:
    tint = bisect_right(TINTS_FROM, chance)
    if tint == 0:
        return NOTHING
    box = tag(
        "rect",
        x=_at(strip, position),
        width=_at(strip, 1),
        y=4,
        height=HEIGHT - 8,
        class_=f"c{tint} gap",
    )
    classes = ["cell-number", f"on{tint}"]
    if strip.first_year + position == strip.deadline:
        classes.append("is-deadline")
    number = tag(
        "text", in_100(chance), x=_at(strip, position + 0.5), y=19.5, class_=" ".join(classes)
    )
    return box + number


def _interval(strip: YearStrip) -> SafeString:
    """A line from 10 to 90 of 100, a dot at 50; what lies past the strip's end has no end tick."""
    if strip.interval is None:
        return NOTHING
    low, middle, high = (_within(strip, year) for year in strip.interval)
    if low is None:
        return NOTHING
    end = "100%" if high is None else high
    ticks = [low] if high is None else [low, high]
    parts = [_level_line(low, end), *(_tick(x) for x in ticks)]
    if middle is not None:
        parts += [circle(middle, INTERVAL_Y, 6, "gap-dot"), circle(middle, INTERVAL_Y, 4, "half")]
    return joined(parts)


def _within(strip: YearStrip, year: float | None) -> str | None:
    """Where the year lies on the strip; None past its end."""
    if year is None or year > strip.years[-1] + 1:
        return None
    return _at(strip, max(0.0, year - strip.first_year))


def _level_line(start: str, end: str) -> SafeString:
    return tag("line", x1=start, x2=end, y1=INTERVAL_Y, y2=INTERVAL_Y, class_="interval")


def _tick(x: str) -> SafeString:
    return tag("line", x1=x, x2=x, y1=INTERVAL_Y - 4, y2=INTERVAL_Y + 4, class_="interval")


def _opened(strip: YearStrip) -> SafeString:
    """A recorded opening is a dot, a solid line and the word, not a chance of 100."""
    middle = HEIGHT / 2 + 2
    return joined(
        [
            tag("line", x1="0", x2="100%", y1=middle, y2=middle, class_="opened"),
            circle("0", middle, 5, "opened-dot"),
            tag(
                "text",
                f"open since {strip.opened}",
                x="0",
                dx=10,
                y=middle - 6,
                class_="opened-word",
            ),
        ]
    )


def _deadline(strip: YearStrip, height: int) -> SafeString:
    if strip.deadline not in strip.years:
        return NOTHING
    x = _at(strip, strip.deadline - strip.first_year + 1)
    return tag("line", x1=x, x2=x, y1=0, y2=height, class_="deadline")
