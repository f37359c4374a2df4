"""Parts of a text that say again, word for word, what stood above them."""

from collections.abc import Sequence

from evidence.importing.reading import TextLine

SHORTEST = 60


def repeats_in(text: str, lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """The spans that stood above already, at least 60 characters each.

    A page copied twice, or half of it, is often glued to the end of a line: so the end of a line
    is looked at as well as the whole. Short lines count where they follow what repeats.
    """
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    was_repeat = False
    for line in lines:
        start = _start_of_repeat(text, line)
        if start is None and was_repeat and line.text in seen:
            start = line.start
        was_repeat = start is not None
        if start is not None:
            spans.append((start, line.end))
        seen.add(line.text)
    return spans


def _start_of_repeat(text: str, line: TextLine) -> int | None:
    """Where the longest end of the line that stands above it begins."""
    if line.end - line.start < SHORTEST:
        return None
    # Only above: what stands in the line itself is no repeat.
    if not _stands_above(text, line, line.end - SHORTEST):
        return None
    low, high = line.start, line.end - SHORTEST
    while low < high:
        middle = (low + high) // 2
        if _stands_above(text, line, middle):
            high = middle
        else:
            low = middle + 1
    return high


def _stands_above(text: str, line: TextLine, start: int) -> bool:
    return text.find(text[start : line.end], 0, line.start) != -1
