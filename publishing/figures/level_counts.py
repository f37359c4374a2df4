"""How many technologies stand on each level: small bars beside a score."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from publishing.figures.svg import block, drawing, joined, text

STEP = 18
BASE = 33.0
TALLEST = 20.0
FULL = ("1", "2", "3", "4", "5")


def level_counts(counts: Mapping[str, int], *, levels: Sequence[str], this: str) -> SafeString:
    """One bar a level, its count above; the level `this` in the accent."""
    most = max([*counts.values(), 1])
    parts = []
    for position, level in enumerate(levels):
        count, middle = counts.get(level, 0), position * STEP + STEP / 2
        height = TALLEST * count / most
        marked = "is-this" if level == this else ""
        parts += [
            block(position * STEP + 1.5, BASE - height, STEP - 3.0, max(height, 0.8), marked),
            text(str(count), middle, BASE - height - 3, marked),
            text(level, middle, BASE + 12, marked),
        ]
    said = ", ".join(f"{counts.get(level, 0)} on level {level}" for level in levels)
    return drawing(len(levels) * STEP, 46, joined(parts), words=said, class_="level-counts")
