"""What the outlook takes beside windows: links, and where the two contradict each other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from scoring.engine.results import Contradiction
from scoring.engine.scores import Window, require_one_of

LINKS = ("variant of", "competes with", "accelerates", "requires")


@dataclass(frozen=True)
class Link:
    """source requires, accelerates, competes with or is a variant of target."""

    source: str
    target: str
    kind: str

    def __post_init__(self) -> None:
        require_one_of(self.kind, LINKS, "link")


def find_contradictions(
    windows: Sequence[Window], links: Sequence[Link]
) -> tuple[Contradiction, ...]:
    """Where a market would be open while something it requires is not; sorted.

    A window that ends before that of something required is one, and so is an open market whose
    requirement has a window still. In a circle of requirements nothing could open first, which
    contradicts too. Ends of links that no window is known of say nothing.
    """
    by_id = {window.id: window for window in windows}
    pairs = {(link.source, link.target) for link in links if link.kind == "requires"}
    circular = circular_pairs(
        [pair for pair in pairs if all(_is_ahead(by_id.get(name)) for name in pair)]
    )
    found = [
        Contradiction(
            source,
            target,
            _end(by_id[source]),
            by_id[target].end,
            is_circle=(source, target) in circular,
        )
        for source, target in sorted(pairs)
        if source in by_id and target in by_id
        if (source, target) in circular or _is_early(by_id[source], by_id[target])
    ]
    return tuple(found)


def circular_pairs(pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the pairs whose ends lie on one circle."""
    names = sorted({name for pair in pairs for name in pair})
    if not names:
        return set()
    place = {name: k for k, name in enumerate(names)}
    ends = np.array([[place[one], place[other]] for one, other in pairs])
    graph = coo_array((np.ones(len(ends)), ends.T), shape=(len(names), len(names)))
    _, circle = connected_components(graph, directed=True, connection="strong")
    return {(one, other) for one, other in pairs if circle[place[one]] == circle[place[other]]}


def _is_ahead(window: Window | None) -> bool:
    return window is not None and window.open_since is None and window.start is not None


def _end(window: Window) -> int | None:
    return None if window.open_since is not None else window.end


def _is_early(window: Window, required: Window) -> bool:
    if required.open_since is not None or required.start is None:
        return False
    if window.open_since is not None:
        return True
    if window.end is None:
        return False
    return required.end is None or window.end < required.end
