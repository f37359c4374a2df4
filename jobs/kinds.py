"""The kinds of job: other apps register theirs from `AppConfig.ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from record.canonical import canonical_json, digest

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class JobOutput:
    """A headline of plain JSON values, and arrays packed by the kind that made them."""

    headline: dict[str, Any]
    arrays: bytes = b""

    @property
    def headline_json(self) -> str:
        return canonical_json(self.headline)

    @property
    def digest(self) -> str:
        """Equal for equal bytes, so a second computation can be held against the first."""
        return digest(f"{digest(self.headline_json)} {digest(self.arrays)}")


class Compute(Protocol):
    def __call__(self, inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        """The output that follows from inputs and seed alone; `report(done, total)` at will."""
        ...


@dataclass(frozen=True)
class Part:
    """Plain JSON values that tell this part from the others, and its share of the progress."""

    inputs: dict[str, Any]
    size: int


@dataclass(frozen=True)
class Split:
    """How a computation is cut: the parts, and bytes that all of them and the end read."""

    parts: tuple[Part, ...]
    shared: bytes = b""


class InParts(Protocol):
    """How a kind is computed by several workers. Everything follows from inputs and seed alone."""

    def split(self, inputs: dict[str, Any], *, seed: int, report: Report) -> Split | None:
        """The parts, or None where one worker had better compute it whole."""
        ...

    def part(self, inputs: dict[str, Any], *, shared: bytes, seed: int, report: Report) -> bytes:
        """What a part contributes; reports in the unit of its size."""
        ...

    def merge(
        self, inputs: dict[str, Any], *, shared: bytes, outputs: Iterable[bytes], seed: int
    ) -> JobOutput:
        """The output of the whole, from those of the parts in their order."""
        ...


@dataclass(frozen=True)
class Kind:
    name: str
    queue: str
    compute: Compute
    in_parts: InParts | None = None


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"Two kinds of job are called {kind.name!r}; rename one of them.")
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    if name not in _kinds:
        raise LookupError(f"No app registers the job kind {name!r}; known: {sorted(_kinds)}.")
    return _kinds[name]
