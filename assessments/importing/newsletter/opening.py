"""What a heading opens, and the score that stands in it."""

from dataclasses import dataclass, field

from assessments.importing.newsletter.issue import Reading
from assessments.importing.newsletter.vocabulary import Opens
from assessments.values.scale import Dimension

LONGEST = 140


@dataclass(frozen=True)
class Said:
    """A score as one place gives it; `end` is where the words after it begin, in the line."""

    dimension: Dimension
    value: Reading | None
    certainty: Reading | None
    start: int
    end: int


@dataclass(frozen=True)
class Heading:
    """`end` is where the heading stops and the text of its part begins, in the line; `aside` are
    figures in brackets on the way there, which say more than a heading."""

    opens: Opens
    end: int
    said: Said | None = None
    name: str = ""
    is_loose: bool = False
    inside: tuple[str, ...] = field(default=())
    aside: tuple[int, int] | None = None
