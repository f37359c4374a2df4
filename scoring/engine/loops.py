"""Chooses the loops of a ranking: compiled ones where they are at hand and worth loading."""

import importlib
from functools import cache
from typing import Any, Protocol

from scoring.engine.compiled_loops import CompiledLoops
from scoring.engine.counts import Counts
from scoring.engine.plain_loops import Block, Codes, Keys, PlainLoops
from scoring.engine.replicates import ReplicateCells
from scoring.engine.results import Floats, Integers
from scoring.engine.sampling import LevelSampler
from scoring.engine.views import View

WORTH_LOADING = 2**22
"""Technologies times draws. Below, plain loops are done before numba is loaded."""


class Loops(Protocol):
    """What draws and counts a block of draws; all answer the same."""

    def weigh(self, view: View, chunk: int, weights: Floats) -> Integers: ...

    def keys(self, block: Block) -> tuple[Keys, Codes]: ...

    def count(self, keys: Keys, codes: Codes, block: Block, counts: Counts) -> None: ...

    def close(self, counts: Counts, ranks: ReplicateCells, balance: ReplicateCells) -> None: ...


def loops_for(sampler: LevelSampler, draws: int, *, is_compiled: bool | None = None) -> Loops:
    """The loops for so many draws; is_compiled decides where it is given."""
    if is_compiled is None:
        is_compiled = len(sampler) * draws >= WORTH_LOADING
    kernels = _kernels() if is_compiled else None
    return PlainLoops(sampler) if kernels is None else CompiledLoops(sampler, kernels)


@cache
def _kernels() -> Any:
    """The compiled loops, or None where numba is absent or may not keep what it compiles."""
    try:
        return importlib.import_module("scoring.engine.kernels")
    except (ImportError, RuntimeError):
        return None
