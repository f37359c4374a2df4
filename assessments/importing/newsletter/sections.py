"""An issue cut at its headings, and its headings shared out among its technologies."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assessments.importing.newsletter.above import turn_over
from assessments.importing.newsletter.bodies import Body
from assessments.importing.newsletter.digests import digest_of
from assessments.importing.newsletter.headings import (
    bold_score,
    heading_of,
    own_line,
)
from assessments.importing.newsletter.issue import Slot, Span
from assessments.importing.newsletter.lines import Ledger, Line, Mark, line_within
from assessments.importing.newsletter.marks import COUNTED
from assessments.importing.newsletter.opening import Heading
from assessments.importing.newsletter.parted import is_furniture
from assessments.importing.newsletter.rows import is_row
from assessments.importing.newsletter.section import Block, Digest, Section
from assessments.importing.newsletter.tabled import sections_of as tabled_sections
from assessments.importing.newsletter.tables import Table
from assessments.importing.newsletter.told import told
from assessments.importing.newsletter.vocabulary import CASES, Opens
from assessments.values.scale import Dimension

_LISTS = {
    Opens.COMPANIES,
    Opens.QUESTIONS,
    Opens.SCENARIOS,
    Opens.MAIL,
    Opens.TRIPWIRES,
    Opens.SOURCES,
}
_OUTSIDE = {Opens.OTHER, Opens.NOTHING}
_SHORT_PARTS = {Opens.RATING, Opens.COMPANIES, Opens.TRIPWIRES, Opens.SOURCES, Opens.SCORES}
_ENDED_BY_TITLE = {Opens.SUMMARY, Opens.RATING, Opens.PREDICTION}
_FORETOLD = re.compile(r"(?:by|before|until) (?:the end of )?20\d\d\b[^?]*\bwill\b", re.IGNORECASE)
_MOST_BLOCKS = 40
_LABEL = re.compile(r"[^\w:]*[\w ,'-]{1,40}[:|-][^\w]*")
_SHORTEST_RUN = 2
_CASE = re.compile(rf"(?:{CASES})\b[^:.?!]{{0,40}}(?::|\s-)\s", re.IGNORECASE)


def cut(
    lines: Sequence[Line], tables: Sequence[Table], dated: date | None, ledger: Ledger
) -> tuple[list[Section], list[Digest]]:
    """Every part of the issue that a heading or a row of a table opens, in its order; the headings
    are taken."""
    sections: list[Section] = []
    digests: list[Digest] = []
    to_come = list(reversed(tables))
    is_outside = False
    for line in lines:
        while to_come and to_come[-1].start < line.start:
            sections += tabled_sections(to_come.pop(), dated, ledger)
        is_outside = (is_outside and not line.is_blank) or is_furniture(line)
        if line.is_blank or is_outside:
            if sections and line.is_blank:
                sections[-1].bodies.append(Body(line))
            continue
        digest = digest_of(line, dated)
        if digest:
            digests.append(Digest(line, tuple(digest)))
            _keep_words_before(line, digest[0].start, sections)
            if _LABEL.fullmatch(line.plain[: digest[0].start]):
                ledger.take(Span(line.start, line.start + digest[0].start), Slot.DIGEST)
            for said in digest:
                ledger.take(Span(line.start + said.start, line.start + said.end), Slot.DIGEST)
            _take_rating(line, digest[-1].end, sections, ledger)
            continue
        _take(line, heading_of(line, dated), sections, ledger)
    for table in reversed(to_come):
        sections += tabled_sections(table, dated, ledger)
    turn_over(sections, lines)
    _let_go(sections)
    for section in sections:
        _read_own_scores(section, dated, ledger)
    return [one for section in sections for one in (section, *_cases_of(section))], digests


def _keep_words_before(line: Line, end: int, sections: Sequence[Section]) -> None:
    """“In short: it is a wall. Viability 4, drivers 3”: the sentence is of the summary."""
    before = line_within(line, 0, end)
    is_summed_up = bool(sections) and sections[-1].opens is Opens.SUMMARY
    if is_summed_up and before.words.endswith((".", "!", "?")):
        sections[-1].bodies.append(Body(before))


def _cases_of(section: Section) -> list[Section]:
    """A list of cases below the impact is one of scenarios: “High: …”, “Low: …”."""
    if section.dimension is not Dimension.IMPACT:
        return []
    cases = [body for body in section.bodies if body.is_listed and _CASE.match(body.plain)]
    if len(cases) < _SHORTEST_RUN:
        return []
    section.bodies = [body for body in section.bodies if body not in cases]
    return [Section(cases[0].line, Heading(Opens.SCENARIOS, 0), cases)]


def _take_rating(line: Line, end: int, sections: list[Section], ledger: Ledger) -> None:
    """“… Timing 2030+ | Verdict: overrated”: a rating behind the scores of a digest."""
    rest = line_within(line, end, len(line.text))
    heading = _part_of(rest)
    if heading and heading.opens is Opens.RATING:
        _take(rest, heading, sections, ledger)
        sections.append(Section(rest, Heading(Opens.NOTHING, 0)))


def _part_of(line: Line) -> Heading | None:
    return heading_of(line, None) if line.words else None


def _take(line: Line, heading: Heading | None, sections: list[Section], ledger: Ledger) -> None:
    last = sections[-1] if sections else None
    if heading is None and last and _ends(line, last):
        sections.append(Section(last.line, Heading(Opens.NOTHING, 0), [Body(line)]))
        return
    if last and _is_kept(line, last):
        heading = None
    is_inner = heading is not None and (heading.opens is Opens.OTHER or heading.is_loose)
    if heading is None or (last and is_inner and _is_inside(line, last)):
        if last:
            last.bodies.append(Body(line))
        return
    section = Section(line, heading)
    if heading.said and (heading.said.value or heading.said.certainty):
        section.said.append(heading.said)
    end = min(heading.end, len(line.text))
    if line.text[end:].strip():
        section.bodies.append(Body(line, end))
    sections.append(section)
    if heading.opens is not Opens.OTHER:
        first, after = heading.aside or (end, end)
        ledger.take(Span(line.start, line.start + first), _slot(heading))
        ledger.take(Span(line.start + after, line.start + end), _slot(heading))


def _is_kept(line: Line, last: Section) -> bool:
    """A row of a table, or a line of a letter that is quoted: neither heads anything."""
    if last.opens in {Opens.COMPANIES, Opens.SCENARIOS}:
        return is_row(Body(line))
    return last.opens is Opens.MAIL and line.mark is Mark.QUOTE


def _ends(line: Line, last: Section) -> bool:
    """A prediction that stands alone below a part of short lines is none of them, and what stands
    below the next title is not either."""
    if last.opens in _SHORT_PARTS and _FORETOLD.match(line.words):
        return True
    is_over = last.opens in _ENDED_BY_TITLE and last.has_words
    return is_over and line.is_titled


def _let_go(sections: Sequence[Section]) -> None:
    """Above the first reason, words below an empty line are not those of the line above it: there
    stands a list of scores, or a rating in a line."""
    run = 0
    for section in sections:
        is_bare = section.opens is Opens.DIMENSION and bool(section.said) and not section.line.depth
        starts_blank = bool(section.bodies) and not section.bodies[0].words
        if is_bare and starts_blank and run >= _SHORTEST_RUN:
            section.bodies = []
        elif section.bodies and section.bodies[0].first and section.opens is not Opens.DIMENSION:
            blank = next((i for i, body in enumerate(section.bodies) if not body.words), None)
            section.bodies = (
                section.bodies[:blank] if _is_above(section, sections) else section.bodies
            )
        run = run + 1 if is_bare and not section.has_words else 0


def _is_above(section: Section, sections: Sequence[Section]) -> bool:
    """Whether no dimension has had its reason yet, and one gets it further down."""
    first = next((one for one in sections if one.dimension and one.has_words), None)
    return first is not None and section.line.start < first.line.start


def _is_inside(line: Line, section: Section) -> bool:
    """A heading below the one of the part, or a bold name in a list."""
    if line.is_titled and section.opens in {Opens.TEXT, Opens.MAIL}:
        return True
    if line.series or section.line.series:
        # Numbers count the parts of an issue, also where dimensions stand between without one.
        around = _LISTS if line.series == COUNTED else set(Opens) - _OUTSIDE
        return line.series != section.line.series and section.opens in around
    if line.depth and section.line.depth:
        return line.depth > section.line.depth
    is_pictured = line.depth == 0 and not line.text.lstrip().startswith(("**", "__"))
    if is_pictured and section.opens not in _OUTSIDE and not section.has_words:
        # A picture before the first words below a heading only adorns them.
        return True
    is_bold = line.text.lstrip().startswith(("**", "__"))
    return is_bold and section.opens in _LISTS


def _slot(heading: Heading) -> Slot:
    if heading.opens is Opens.DIMENSION:
        return Slot.SCORE
    return Slot.SCENARIO if heading.opens is Opens.SCENARIO else Slot.HEADING


def _read_own_scores(section: Section, dated: date | None, ledger: Ledger) -> None:
    """Scores on lines of their own below the heading are taken out of the words."""
    dimension = section.dimension
    if section.opens is not Opens.DIMENSION or dimension is None:
        return
    if section.table is not None:
        _offer_told(section, dimension, dated)
        return
    kept, is_first = [], not any(said.value for said in section.said)
    # Right below a score may stand its certainty, on a line of its own.
    is_below = False
    for body in section.bodies:
        said = None
        if body.words and not body.first:
            said = own_line(body.line, dimension, dated, is_first=is_first, is_below=is_below)
        bold = None if said or not is_first else bold_score(body.line, dimension, dated)
        if said:
            section.said.append(said)
            ledger.take(Span(body.line.start, body.line.end), Slot.SCORE)
        elif bold:
            section.said.append(bold)
            ledger.take(Span(body.line.start, body.line.start + bold.end), Slot.SCORE)
            kept.append(Body(body.line, bold.end))
        else:
            kept.append(body)
        is_first = is_first and not body.words
        is_below = bool(said) or (is_below and not body.words)
    section.bodies = kept
    _offer_told(section, dimension, dated)


def _offer_told(section: Section, dimension: Dimension, dated: date | None) -> None:
    first = next((body for body in section.bodies if body.words), None)
    if first is None:
        return
    said = told(
        first,
        dimension,
        dated,
        has_value=any(one.value for one in section.said),
        has_certainty=any(one.certainty for one in section.said),
    )
    section.said += [said] if said else []


def share_out(sections: Sequence[Section], digests: Sequence[Digest], length: int) -> list[Block]:
    """One block a technology: a new one begins where a set of scored dimensions begins anew."""
    starts = [0]
    for place in _anew(sections):
        starts.append(_beginning(sections, digests, place, starts[-1]))
    blocks = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else length + 1
        block = Block(Span(start, min(end, length)))
        block.sections = [one for one in sections if start <= one.line.start < end]
        block.digests = [one for one in digests if start <= one.line.start < end]
        blocks.append(block)
    return blocks


def by_column(
    block: Block, named: Sequence[tuple[Line, Table]], dated: date | None, ledger: Ledger
) -> list[Block]:
    """One block for each technology of a table. What else the issue says is on all of them or on
    one, which nobody can tell: it stays unplaced."""
    blocks = []
    for name, table in named:
        corner = table.rows[0].cells[0]
        ledger.take(Span(corner.start, corner.end), Slot.HEADING)
        ledger.take(Span(name.start, name.end), Slot.TITLE)
        own = Block(block.span, tabled_sections(table, dated, ledger), name=name)
        for section in own.sections:
            _read_own_scores(section, dated, ledger)
        blocks.append(own)
    return blocks


def _anew(sections: Sequence[Section]) -> list[int]:
    """The places of the sections with which a second, a third technology begins to be scored: with
    reasons, as was the one before. A list of scores, and what stands at a glance, is none."""
    places: list[int] = []
    seen: dict[bool, set[Dimension]] = {True: set(), False: set()}
    worded: set[Dimension] = set()
    last = {one.dimension: place for place, one in enumerate(sections) if _scores(one)}
    reasoned = {one.dimension: place for place, one in enumerate(sections) if one.has_words}
    for place, section in _beyond_a_glance(sections):
        dimension, is_tabled = section.dimension, section.table is not None
        if dimension is None:
            continue
        own = seen[is_tabled]
        ahead = [other for other in own if last.get(other, -1) >= place]
        to_come = [other for other in own if reasoned.get(other, -1) >= place]
        is_again = dimension in own and not _in_one_table(sections, place)
        if is_again and len(worded) < _SHORTEST_RUN and not _is_titled(sections, place, to_come):
            own.clear()
            worded = set()
        elif is_again and len(ahead) > 2 and len(to_come) >= min(_SHORTEST_RUN, len(worded)):
            places += [place] if len(places) < _MOST_BLOCKS else []
            seen, worded = {True: set(), False: set()}, set()
        seen[is_tabled].add(dimension)
        worded |= {dimension} if section.has_words else set()
    return places


def _in_one_table(sections: Sequence[Section], place: int) -> bool:
    """Whether the table of the section began before it."""
    table = sections[place].table
    return table is not None and place > 0 and sections[place - 1].table == table


def _is_titled(
    sections: Sequence[Section], place: int, to_come: Sequence[Dimension | None]
) -> bool:
    """Whether a heading that opens no part stands above a table of scores alone, below another."""
    table = sections[place].table
    if table is None or len(to_come) >= _SHORTEST_RUN:
        return False
    above = next((one for one in reversed(sections[:place]) if one.dimension), None)
    headed = [one for one in sections[:place] if above and one.line.start > above.line.start]
    is_headed = any(one.opens is Opens.OTHER for one in headed)
    return above is not None and above.table is not None and is_headed


def _scores(section: Section) -> bool:
    return section.opens is Opens.DIMENSION and bool(section.has_words or section.said)


def _beyond_a_glance(sections: Sequence[Section]) -> Iterator[tuple[int, Section]]:
    """The sections that score, without those listed below “at a glance”."""
    listed: set[Dimension | None] | None = None
    for place, section in enumerate(sections):
        if section.opens is Opens.SCORES:
            listed = set()
        elif listed is not None and (not _scores(section) or section.dimension in listed):
            listed = None
        if listed is not None and _scores(section):
            listed.add(section.dimension)
        elif _scores(section):
            yield place, section


def _beginning(
    sections: Sequence[Section], digests: Sequence[Digest], place: int, after: int
) -> int:
    """Where the text of a further technology begins: at its title, its digest or its summary."""
    first = place
    while first > 0 and _leads(sections[first - 1]) and sections[first - 1].line.start > after:
        first -= 1
    start = sections[first].line.start
    before = sections[first - 1] if first else None
    tail = [body for body in before.bodies if body.words] if before else []
    above = [one for one in digests if before and before.line.start < one.line.start < start]
    if above:
        start = min(one.line.start for one in above)
        tail = [body for body in tail if body.line.start < start]
    if before and sections[first].opens is not Opens.OTHER and tail and is_title(tail[-1].line):
        start = tail[-1].line.start
    if before:
        before.bodies = [body for body in before.bodies if body.line.start < start]
    return start


def _leads(section: Section) -> bool:
    if section.opens is Opens.DIMENSION:
        return not section.has_words
    return section.opens in {Opens.OTHER, Opens.SUMMARY, Opens.TEXT}


def is_title(line: Line) -> bool:
    words = line.words
    is_short = 2 < len(words) <= 90 and line.mark is not Mark.BULLET and "|" not in words
    return is_short and not re.search(r"[.!?:;,]$", words)
