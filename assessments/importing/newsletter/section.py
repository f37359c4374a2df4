"""What a heading opens, and what belongs to one technology."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessments.importing.newsletter.bodies import Body
from assessments.importing.newsletter.issue import Reading, Span
from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.opening import Heading, Said
from assessments.importing.newsletter.vocabulary import Opens
from assessments.values.scale import Dimension


@dataclass
class Section:
    """A heading and the lines below it, up to the next one; `said` gathers the scores, `table` is
    where the table begins in which it stands."""

    line: Line
    heading: Heading
    bodies: list[Body] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    table: int | None = None

    @property
    def opens(self) -> Opens:
        return self.heading.opens

    @property
    def dimension(self) -> Dimension | None:
        return self.heading.said.dimension if self.heading.said else None

    @property
    def has_words(self) -> bool:
        return any(body.words for body in self.bodies)

    @property
    def end(self) -> int:
        return self.bodies[-1].line.end if self.bodies else self.line.end


@dataclass(frozen=True)
class Digest:
    """A line that gives the scores of several dimensions at once."""

    line: Line
    said: tuple[Said, ...]


@dataclass
class Block:
    """What belongs to one technology: from one character of the text up to another; `told` are
    the scores of running words, `name` is what heads its column in a table of several."""

    span: Span
    sections: list[Section] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    told: Mapping[Dimension, Sequence[Reading]] = field(default_factory=dict)
    name: Line | None = None
