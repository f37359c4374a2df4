"""The kinds of job: other apps register theirs from `AppConfig.ready()`."""

from collections.abc import Callable
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
class Kind:
    name: str
    queue: str
    compute: Compute


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"Two kinds of job are called {kind.name!r}; rename one of them.")
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    if name not in _kinds:
        raise LookupError(f"No app registers the job kind {name!r}; known: {sorted(_kinds)}.")
    return _kinds[name]
