"""Reasons that stand above their scores: “One is in use. → Viability: 3”."""

from collections.abc import Sequence

from assessments.importing.newsletter.bodies import Body
from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.section import Section

_FEWEST = 3


def turn_over(sections: Sequence[Section], lines: Sequence[Line]) -> None:
    """Where every score closes the paragraph above it, that paragraph is its reason, and what
    stands below the score belongs to none."""
    places = {line.start: place for place, line in enumerate(lines)}
    opened = {section.line.start for section in sections}
    scored = [one for one in sections if one.dimension and one.said and one.table is None]
    above = {
        section.line.start: _paragraph(lines[: places[section.line.start]], opened)
        for section in scored
        if not any(body.words for body in _below(section)[:1])
    }
    if len(scored) < _FEWEST or not all(above.get(one.line.start) for one in scored):
        return
    taken = {line.start for own in above.values() for line in own}
    for section in sections:
        section.bodies = [body for body in section.bodies if body.line.start not in taken]
    for section in scored:
        own = [body for body in section.bodies if body.first]
        section.bodies = [*own, *(Body(line) for line in above[section.line.start])]


def _below(section: Section) -> list[Body]:
    return [body for body in section.bodies if not body.first]


def _paragraph(lines: Sequence[Line], opened: set[int]) -> list[Line]:
    """The lines just above, up to an empty one or a heading."""
    own: list[Line] = []
    for line in reversed(lines):
        if line.is_blank or line.start in opened:
            break
        own.insert(0, line)
    return own
