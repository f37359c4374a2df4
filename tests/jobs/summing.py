"""A kind that adds up squares, a few numbers a part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from jobs.kinds import JobOutput, Kind, Part, Report, Split

NAME = "test.sum"


def nothing(_number: int) -> None:
    """Nothing goes wrong."""


@dataclass
class Summing:
    """`before_part` and `before_merge` are called first, and may raise or take their time."""

    before_part: Callable[[int], None] = nothing
    before_merge: Callable[[int], None] = nothing
    cuts: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)

    def compute(self, inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
        split = self.split(inputs, seed=seed, report=report) or Split((Part(inputs, 1),))
        outputs = [
            self.part(part.inputs, shared=split.shared, seed=seed, report=report)
            for part in split.parts
        ]
        return self.merge(inputs, shared=split.shared, outputs=outputs, seed=seed)

    def split(self, inputs: dict[str, Any], *, seed: int, report: Report) -> Split | None:
        self.cuts.append(seed)
        if inputs["numbers"] <= 10:
            return None
        starts = range(0, inputs["numbers"], 10)
        ends = [min(start + 10, inputs["numbers"]) for start in starts]
        parts = [
            Part({"start": start, "numbers": end}, end - start)
            for start, end in zip(starts, ends, strict=True)
        ]
        return Split(tuple(parts), shared=b"2")

    def part(self, inputs: dict[str, Any], *, shared: bytes, seed: int, report: Report) -> bytes:
        start, end = inputs.get("start", 0), inputs["numbers"]
        self.begun.append(start)
        self.before_part(start)
        report(end - start, end - start)
        return str(sum(number ** int(shared or b"2") for number in range(start, end))).encode()

    def merge(
        self, inputs: dict[str, Any], *, shared: bytes, outputs: Iterable[bytes], seed: int
    ) -> JobOutput:
        terms = [int(output) for output in outputs]
        self.before_merge(seed)
        return JobOutput(headline={"sum": sum(terms)}, arrays=repr(terms).encode())

    @property
    def kind(self) -> Kind:
        return Kind(name=NAME, queue="compute", compute=self.compute, in_parts=self)
