"""What the outlook takes: windows and links, and where they contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.engine.results import Contradiction
from scoring.engine.scores import AGES, LEVELS, PLAIN_LEVELS, UNSCORED, require_one_of

LINKS = ("variant of", "competes with", "accelerates", "requires")
NEVER_BY_VIABILITY = (0.50, 0.40, 0.25, 0.10, 0.03)
NEVER_UNSCORED = 0.25


@dataclass(frozen=True)
class Window:
    """One technology's timing as its lead card states it, and what is recorded of its market.

    start and end are whole years, the end included; end None leaves the window open, start None
    asks for the reason in unscored. viability: the stated level, or both of a span. p_never
    None is guessed. is_closed False says that nobody vouches for the market being closed today.
    """

    id: str
    start: int | None
    end: int | None = None
    certainty: str | None = None
    unscored: str | None = None
    viability: tuple[str, ...] = ()
    p_never: float | None = None
    open_since: int | None = None
    is_closed: bool = True
    age: str = "fresh"

    def __post_init__(self) -> None:
        require_one_of(self.age, AGES, "age")
        for level in self.viability:
            require_one_of(level, LEVELS[:PLAIN_LEVELS], "level of viability")
        if self.start is None:
            require_one_of(self.unscored, UNSCORED, "reason for no window")
            if self.end is not None:
                raise ValueError(f"{self.id}: the window ends in {self.end} and has no start")
        if self.p_never is not None and not 0 <= self.p_never <= 1:
            raise ValueError(f"{self.id}: p_never is {self.p_never}; it must be 0 to 1")

    def never_share(self) -> float:
        """Stated, or else guessed from viability; the middle where that is not scored."""
        if self.p_never is not None:
            return self.p_never
        guesses = [NEVER_BY_VIABILITY[LEVELS.index(level)] for level in self.viability]
        return sum(guesses) / len(guesses) if guesses else NEVER_UNSCORED


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
