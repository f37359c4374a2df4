"""How the work on a text grows with the text: by its own time of the processor, side by side."""

import time
from collections.abc import Callable

# Below this the clock says more than the work.
LEAST_SECONDS = 0.05
# Four where the work grows with the text, sixteen where it grows with its square.
MOST = 10.0


def growth(work: Callable[[str], object], text: str) -> float:
    """The least time of two for the whole text, in those of its first quarter."""
    whole, quarter = (min(_seconds(work, part) for _ in range(2)) for part in _parts(text))
    return whole / max(quarter, LEAST_SECONDS)


def _parts(text: str) -> tuple[str, str]:
    return text, text[: len(text) // 4]


def _seconds(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began
