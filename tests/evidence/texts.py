"""Texts of our own that are built like those which people paste, and the texts of others."""

import os
from pathlib import Path

import pytest

from evidence.importing.reading import ReadText

OWN = Path(__file__).parent / "data" / "texts"
FIELD = Path(os.environ.get("FIELD_DATA") or Path(__file__).parents[3] / "shared") / "sources"


def own(name: str) -> str:
    return (OWN / f"{name}.txt").read_text("utf-8").strip()


def of_others(number: str) -> str:
    """A text that is not part of the project; the test is skipped where it is not there."""
    found = sorted(FIELD.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"no text {number} in {FIELD}: set FIELD_DATA to the folder that has sources")
    return found[0].read_text("utf-8").strip()


def assert_partitions(read: ReadText) -> None:
    """Every character stands in one span, in order."""
    reached = 0
    for span in read.spans:
        assert span.start == reached
        assert span.end > span.start
        reached = span.end
    assert reached == len(read.text)


def unplaced(read: ReadText) -> list[str]:
    return [read.words(span) for span in read.unplaced]
