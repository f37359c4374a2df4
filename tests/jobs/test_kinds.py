from collections.abc import Callable
from typing import Any

import pytest

from jobs.kinds import Compute, JobOutput, Report, kind_named


def nothing(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    return JobOutput(headline={})


def test_a_name_belongs_to_one_kind(
    doubling: str, add_kind: Callable[[str, Compute], None]
) -> None:
    add_kind(doubling, kind_named(doubling).compute)
    with pytest.raises(ValueError, match=r"Two kinds of job are called 'test\.double'"):
        add_kind(doubling, nothing)


def test_equal_outputs_have_equal_digests() -> None:
    output = JobOutput(headline={"a": 1, "b": [2.5]}, arrays=b"\x00\x01")
    assert output.digest == JobOutput(headline={"b": [2.5], "a": 1}, arrays=b"\x00\x01").digest


@pytest.mark.parametrize(
    "other",
    [
        JobOutput(headline={"a": 1}, arrays=b"\x00"),
        JobOutput(headline={"a": 2}),
        JobOutput(headline={"a": "1"}),
    ],
)
def test_a_different_byte_changes_the_digest(other: JobOutput) -> None:
    assert other.digest != JobOutput(headline={"a": 1}).digest
