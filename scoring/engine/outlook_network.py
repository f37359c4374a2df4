"""Links as the draws of an outlook read them: who moves whose hazard, and who waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.engine.openings import Link, circular_pairs
from scoring.engine.results import Integers

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Assumptions:
    """What a link does to a hazard. All are proposals: nothing here is calibrated."""

    strength: float = 0.5
    """One that accelerates multiplies the hazard by exp(strength), one that competes divides."""
    lag_years: float = 1.0
    """So long after the other market has opened."""


PROPOSED = Assumptions()
PULLS = {"accelerates": 1, "competes with": -1}


@dataclass(frozen=True, eq=False)
class Network:
    """What acts on whom, by place in `ids`; arrays are sorted by the one acted upon.

    A market that is open already is acted upon by nothing, and a link whose other end is not
    in `ids` acts on nobody.
    """

    ids: tuple[str, ...]
    pulled: Integers
    """(pulls,) the one whose hazard is multiplied."""
    pulled_by: Integers
    pull: Integers
    """(pulls,) 1 faster, -1 slower."""
    waiting: Integers
    """(waits,) the one whose hazard is zero until the other is open."""
    waits_for: Integers

    @property
    def moved(self) -> Integers:
        """(affected,) whoever is acted upon, in order."""
        return np.union1d(self.pulled, self.waiting).astype(np.int64)


def network_of(ids: Sequence[str], links: Sequence[Link], open_ids: frozenset[str]) -> Network:
    """Competition acts both ways, whoever states it; a link that is there twice acts once.

    Requirements on one circle would keep each other closed for ever, so none of them acts.
    """
    place = {name: k for k, name in enumerate(ids)}
    known = [link for link in links if link.source in place and link.target in place]
    pulls = {
        (place[to], place[by], PULLS[link.kind])
        for link in known
        if link.kind in PULLS
        for by, to in _ways(link)
        if to not in open_ids
    }
    needs = {
        (link.source, link.target)
        for link in known
        if link.kind == "requires" and link.source not in open_ids
    }
    waits = {(place[one], place[other]) for one, other in needs - circular_pairs(needs)}
    pulled = np.array(sorted(pulls), dtype=np.int64).reshape(-1, 3)
    waiting = np.array(sorted(waits), dtype=np.int64).reshape(-1, 2)
    return Network(tuple(ids), *pulled.T.copy(), *waiting.T.copy())


def _ways(link: Link) -> list[tuple[str, str]]:
    """(by, moved) of a link that pulls."""
    if link.kind not in PULLS:
        return []
    there = (link.source, link.target)
    return [there, there[::-1]] if link.kind == "competes with" else [there]


def acting(network: Network, link: Link) -> list[tuple[str, str]]:
    """(by, moved) of each way in which the link acts; none where an end is not there."""
    if link.source not in network.ids or link.target not in network.ids:
        return []
    ways = [(link.target, link.source)] if link.kind == "requires" else _ways(link)
    return [(by, moved) for by, moved in ways if any(_acts(network, link, by, moved))]


def _acts(network: Network, link: Link, by: str, moved: str) -> tuple[bool, bool]:
    """Whether as a pull, whether as a requirement."""
    pulls, waits = _marks(network, link, by, moved)
    return bool(pulls.any()), bool(waits.any())


def _marks(network: Network, link: Link, by: str, moved: str) -> tuple[Flags, Flags]:
    i, j = network.ids.index(moved), network.ids.index(by)
    is_required = link.kind == "requires"
    waits = (network.waiting == i) & (network.waits_for == j) & is_required
    pulls = (network.pulled == i) & (network.pulled_by == j)
    return pulls & (network.pull == PULLS.get(link.kind, 0)), waits


def without(network: Network, link: Link) -> Network:
    """The same with that link cut and everything else as it was."""
    pulls, waits = np.zeros(len(network.pulled), bool), np.zeros(len(network.waiting), bool)
    for by, moved in acting(network, link):
        pulled, waiting = _marks(network, link, by, moved)
        pulls, waits = pulls | pulled, waits | waiting
    return Network(
        network.ids,
        network.pulled[~pulls],
        network.pulled_by[~pulls],
        network.pull[~pulls],
        network.waiting[~waits],
        network.waits_for[~waits],
    )


def in_order(network: Network) -> list[int]:
    """All places, whoever is waited for first."""
    left = list(range(len(network.ids)))
    needs: list[set[int]] = [set() for _ in left]
    for i, j in zip(network.waiting.tolist(), network.waits_for.tolist(), strict=True):
        needs[i].add(j)
    ordered: list[int] = []
    while left:
        waited_for = set(left)
        ready = [i for i in left if not needs[i] & waited_for]
        ordered += ready
        left = sorted(waited_for - set(ready))
    return ordered
