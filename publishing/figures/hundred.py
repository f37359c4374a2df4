"""A chance as circles: so many of a hundred are filled, from the bottom row on."""

from django.utils.safestring import SafeString

from publishing.figures.svg import circle, drawing, joined

ROWS = COLUMNS = 10
PITCH, RADIUS = 15.0, 5.4


def hundred_circles(chance: float, *, words: str) -> SafeString:
    """At least one is filled and one empty: neither a certainty is ever forecast."""
    filled = min(max(round(100 * chance), 1), 99)
    marks = [_circle(number, is_filled=number < filled) for number in range(ROWS * COLUMNS)]
    size = int(PITCH * COLUMNS)
    return drawing(size, size, joined(marks), words=words, class_="hundred")


def _circle(number: int, *, is_filled: bool) -> SafeString:
    row, column = divmod(number, COLUMNS)
    x, y = PITCH * (column + 0.5), PITCH * (ROWS - row - 0.5)
    return circle(x, y, RADIUS, "filled" if is_filled else "unfilled")
