"""What the outlook takes beside windows: links, and where the two contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    """Where a market would be open while something it requires is not; sorted, cycles allowed.

    A window that ends before that of something required is one, and so is an open market whose
    requirement has a window still. Ends of links that no window is known of say nothing.
    """
    by_id = {window.id: window for window in windows}
    pairs = {(link.source, link.target) for link in links if link.kind == "requires"}
    found = [
        Contradiction(source, target, _end(by_id[source]), by_id[target].end)
        for source, target in sorted(pairs)
        if source in by_id and target in by_id and _is_early(by_id[source], by_id[target])
    ]
    return tuple(found)


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
