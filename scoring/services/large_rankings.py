"""Rankings of very many technologies as parts that several workers compute."""

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from threading import local
from typing import Any

import numpy as np

from jobs.kinds import JobOutput, Part, Report, Split
from record.canonical import canonical_json
from scoring.engine import large, smaa
from scoring.engine.large import Drawn, Frame, LargeRanking
from scoring.engine.packing import pack, unpack
from scoring.services.computations import headline_of, question_of, technologies_of


class RankingInParts:
    """The pilot is run before the cut; each part then counts some chunks of the draws."""

    def split(self, inputs: dict[str, Any], *, seed: int, report: Report) -> Split | None:
        technologies = inputs["technologies"]
        if not large.is_worth_cutting(len(technologies), inputs["draws"]):
            return None
        ranking = LargeRanking(question_of(inputs, seed), technologies_of(inputs))
        total = len(ranking.chunks)
        frame = ranking.pilot(lambda: report(0, total))
        text = np.frombuffer(canonical_json(inputs).encode(), dtype=np.uint8)
        parts = [
            Part({"first": part.first, "stop": part.stop}, part.stop - part.first)
            for part in ranking.parts
        ]
        return Split(tuple(parts), shared=pack(frame.named() | {"inputs": text}))

    def part(self, inputs: dict[str, Any], *, shared: bytes, seed: int, report: Report) -> bytes:
        begun = _begun(shared, seed)
        part = large.ChunkRange(inputs["first"], inputs["stop"])
        heard = _counting(report, part.stop - part.first)
        return pack(begun.ranking.count(part, begun.frame, begun.drawn, heard))

    def merge(
        self, inputs: dict[str, Any], *, shared: bytes, outputs: Iterable[bytes], seed: int
    ) -> JobOutput:
        begun = _begun(shared, seed)
        ranking, totals = begun.ranking, begun.ranking.totals(begun.frame)
        for part, output in zip(ranking.parts, outputs, strict=True):
            ranking.add(totals, part, unpack(output))
        result = ranking.result(begun.frame, totals)
        return JobOutput(headline=headline_of(result, inputs), arrays=smaa.arrays(result))


class _Begun:
    """A ranking after its pilot, as a worker needs it for any of its parts."""

    def __init__(self, shared: bytes, seed: int) -> None:
        named = unpack(shared)
        inputs = json.loads(named.pop("inputs").tobytes())
        self.frame = Frame.from_named(named)
        self.ranking = LargeRanking(question_of(inputs, seed), technologies_of(inputs))

    @cached_property
    def drawn(self) -> Drawn:
        return self.ranking.drawn(self.frame)


class _Kept(local):
    """The ranking that this thread worked at last; threads share none, for who draws keeps a
    state."""

    key: tuple[bytes, int] | None = None
    begun: _Begun


_kept = _Kept()


def _begun(shared: bytes, seed: int) -> _Begun:
    """A worker computes many parts of one ranking, and reads ten thousand cards once."""
    if _kept.key != (shared, seed):
        _kept.begun, _kept.key = _Begun(shared, seed), (shared, seed)
    return _kept.begun


def _counting(report: Report, total: int) -> Callable[[], None]:
    done = 0

    def heard() -> None:
        nonlocal done
        done += 1
        report(done, total)

    return heard
