"""From the text of a newsletter issue to the cards that it holds, without guessing."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assessments.importing.newsletter.assembling import assembled
from assessments.importing.newsletter.bodies import PLANS, sentences
from assessments.importing.newsletter.columns import split
from assessments.importing.newsletter.digests import digest_of
from assessments.importing.newsletter.headings import heading_of
from assessments.importing.newsletter.issue import Letter, Quoted, ReadIssue, Slot, Span
from assessments.importing.newsletter.letters import letters_of
from assessments.importing.newsletter.lines import Ledger, Line, lines_of
from assessments.importing.newsletter.marks import marked
from assessments.importing.newsletter.naming import Known
from assessments.importing.newsletter.parted import is_furniture
from assessments.importing.newsletter.pasted import text_of
from assessments.importing.newsletter.prose import told_in
from assessments.importing.newsletter.section import Block, Section
from assessments.importing.newsletter.sections import by_column, cut, is_title, share_out
from assessments.importing.newsletter.tables import Table, tables_of
from assessments.importing.newsletter.vocabulary import MONTHS, Opens

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_DAYS = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)"),
    # A day with a full stop comes first; with a bar only where it can be no month.
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}"),
    re.compile(rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{{1,2}})/{_YEAR}"),
    re.compile(rf"(?P<month>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}"),
)
_DATED_LINE = re.compile(
    r"(?:(?:published|posted|sent|date|dated|by [^,·|]{1,40}"
    r"|(?:the |this )?(?:news)?(?:issue|edition|letter|bulletin|post)(?: #?\d{1,4})?"
    r"(?: of| from| for)?)\b"
    r"[\s:,·|-]*(?:on )?)?"
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?,?\s+)?$",
    re.IGNORECASE,
)
_PARTED = re.compile(
    r"(?:[,(\[|·:.]|\s-)\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:[·|,)\]:]|-\s)")
_AROUND = " .·|-)]~"
_TOP_LINES = 2
_SUBJECT = re.compile(r"\s*subject\s*:\s*\S", re.IGNORECASE)
_HINT = re.compile(rf"\b{_MONTH}\s+{_YEAR}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b", re.IGNORECASE)
_DATE_LINES, _MOST_HINTS, _LONGEST_TITLE = 12, 5, 160
_SOON = re.compile(r"\b20\d\d\b.*\bwill\b|\bwill\b.*\b20\d\d\b", re.IGNORECASE)
_LONGEST_STRAY = 250
_NO_SCORES = {Opens.MAIL, Opens.PREDICTION, Opens.COMPANIES, Opens.SOURCES, Opens.QUESTIONS}
_BEGINS = {Opens.DIMENSION, Opens.SUMMARY, Opens.TEXT, Opens.SCENARIO, Opens.SCENARIOS}


def read_issue(
    pasted: str, *, known: Sequence[Known] = (), published: date | None = None
) -> ReadIssue:
    """What the issue says, each character of its text in one place; `known` are the technologies of
    the record by all their names, `published` the day of the issue where it is known already."""
    text = text_of(pasted)
    ledger, lines = Ledger(text), marked(lines_of(text))
    found, quote = _date(lines, ledger)
    dated = published or found
    tables, lines = _tables(lines)
    title, rest = _title(lines, tables, dated, ledger)
    sections, digests = cut(rest, tables, dated, ledger)
    letters = _letters(sections, known, ledger)
    stray = list(_stray(rest, sections))
    parts = []
    blocks = share_out(sections, digests, len(text))
    if len(blocks) == 1:
        named = _named_columns(blocks[0], tables, lines, known)
        blocks = by_column(blocks[0], named, dated, ledger) or blocks
    for place, block in enumerate(blocks):
        first = title if place == 0 else None
        titles = _titles(block, rest, first, is_one=len(blocks) == 1)
        if titles:
            ledger.take(titles[0].span, Slot.TITLE)
        own: list[Quoted] = []
        if block.name is None:
            block.told = told_in(_running(block, rest), text, dated)
            own = [one for one in stray if block.span.start <= one.span.start < block.span.end]
        parts.append(assembled(block, titles, own, known, ledger))
    breaks = {section.line.start for section in sections} | {part.span.start for part in parts}
    return ReadIssue(
        text=text,
        title=title,
        dated=dated,
        date_quote=quote,
        date_hints=() if dated else tuple(_hints(lines)),
        parts=tuple(parts),
        letters=tuple(letters),
        pieces=ledger.pieces(breaks),
    )


def _named_columns(
    block: Block, tables: Sequence[Table], lines: Sequence[Line], known: Sequence[Known]
) -> list[tuple[Line, Table]]:
    """The technologies of the one table of the issue, where nothing beside it gives a score."""
    others = any(one.dimension and one.table is None for one in block.sections)
    if others or block.digests or len(tables) != 1:
        return []
    return split(tables[0], lines, known)


def _running(block: Block, lines: Sequence[Line]) -> list[Line]:
    """The lines of the block in which a score can stand among other words."""
    left = {
        body.line.start
        for section in block.sections
        if section.opens in _NO_SCORES
        for body in section.bodies
    }
    return [
        line
        for line in lines
        if block.span.start <= line.start < block.span.end
        and line.start not in left
        and not is_furniture(line)
    ]


def _date(lines: Sequence[Line], ledger: Ledger) -> tuple[date | None, Quoted | None]:
    """The day that a line near the top gives and little else."""
    for place, line in enumerate([one for one in lines if not one.is_blank][:_DATE_LINES]):
        for pattern in _DAYS:
            found = pattern.search(line.plain)
            if found and _is_dated(line, found, is_first=place < _TOP_LINES):
                day = _day(found)
                if day and len(line.plain[found.end() :].strip(_AROUND)) < 30:
                    quote = line.quoted(line.lead, found.end())
                    ledger.take(Span(line.start + line.lead, line.start + found.end()), Slot.DATE)
                    return day, quote
    return None, None


def _is_dated(line: Line, found: "re.Match[str]", *, is_first: bool) -> bool:
    """Whether the line gives a day and little else, or ends a title with it."""
    before = line.plain[line.lead : found.start()]
    rest = line.plain[found.end() :]
    is_last = is_first and (not rest.strip(_AROUND) or bool(_GOES_ON.match(rest)))
    return bool(_DATED_LINE.fullmatch(before)) or (is_last and bool(_PARTED.search(before)))


def _day(found: "re.Match[str]") -> date | None:
    month = found["month"]
    number = int(month) if month.isdecimal() else _month(month)
    try:
        return date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    begun = name.casefold()[:3]
    return next(place for place, full in enumerate(MONTHS, start=1) if full.startswith(begun))


def _hints(lines: Sequence[Line]) -> Iterator[Quoted]:
    """Months that the text names, for whoever has to give its day."""
    seen: set[str] = set()
    for line in lines:
        for found in _HINT.finditer(line.plain):
            words = found.group().casefold()
            if words not in seen and len(seen) < _MOST_HINTS:
                seen.add(words)
                yield line.quoted(found.start(), found.end())


def _tables(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables, and the lines without them."""
    tables: list[Table] = []
    rest: list[Line] = []
    after = 0
    for first, end, table in tables_of(lines):
        tables.append(table)
        rest += lines[after:first]
        after = end
    return tables, [*rest, *lines[after:]]


def _title(
    lines: Sequence[Line], tables: Sequence[Table], dated: date | None, ledger: Ledger
) -> tuple[Quoted | None, list[Line]]:
    """The first line, where it is short and opens no part of a card; the others follow."""
    subject = [
        place for place, line in enumerate(lines[:_DATE_LINES]) if _SUBJECT.match(line.plain)
    ]
    first = min((table.start for table in tables), default=None)
    for place, line in enumerate(lines):
        if first is not None and line.start > first:
            break
        is_skipped = line.is_blank or is_furniture(line) or bool(digest_of(line, dated))
        if is_skipped or place < min(subject, default=0):
            continue
        heading = heading_of(line, dated)
        is_plain = heading is None or heading.opens is Opens.OTHER or heading.is_loose
        if is_plain and len(line.words) <= _LONGEST_TITLE:
            ledger.take(Span(line.start, line.end), Slot.TITLE)
            return line.quoted(), [*lines[:place], *lines[place + 1 :]]
        break
    return None, list(lines)


def _letters(sections: Sequence[Section], known: Sequence[Known], ledger: Ledger) -> list[Letter]:
    letters: list[Letter] = []
    for section in sections:
        if section.opens is Opens.MAIL:
            letters += letters_of(section.bodies, known)
    for letter in letters:
        for span in letter.spans:
            ledger.take(span, Slot.MAIL)
    return letters


def _stray(lines: Sequence[Line], sections: Sequence[Section]) -> Iterator[Quoted]:
    """Sentences outside every part that stand alone on their line and speak of a year to come."""
    inside = {
        body.line.start
        for section in sections
        if section.opens not in {Opens.OTHER, Opens.NOTHING}
        for body in section.bodies
    }
    opened = {section.line.start for section in sections}
    for line in lines:
        if line.start in inside or line.start in opened or len(line.text) > _LONGEST_STRAY:
            continue
        is_foreseen = _SOON.search(line.plain) and not PLANS.search(line.plain)
        is_foreseen = is_foreseen and not line.words.endswith("?")
        if is_foreseen and len(list(sentences(line.text.strip(), 0))) == 1:
            yield line.quoted(line.lead)


def _titles(
    block: Block, lines: Sequence[Line], title: Quoted | None, *, is_one: bool
) -> list[Quoted]:
    """The title of the issue and what stands above the first words of the technology: a short
    line, or headings that open no part of a card. Among several technologies these come first."""
    if block.name:
        return [block.name.quoted()]
    own = []
    first = next((one for one in block.sections if one.opens in _BEGINS), None)
    for section in block.sections:
        if section is first:
            break
        if section.opens is Opens.OTHER:
            own.append(section.line.quoted(section.line.lead))
    above = _above(block, lines, first)
    if above is not None:
        own.append(above.quoted(above.lead))
    titles = [title, *own] if is_one else [*own, title]
    return list(dict.fromkeys(quote for quote in titles if quote))


def _above(block: Block, lines: Sequence[Line], first: Section | None) -> Line | None:
    """The short line just above, where it belongs to nothing else."""
    start = first.line.start if first else block.span.end
    starts = [one.line.start for one in block.digests if one.line.start < start]
    start = min([start, *starts])
    before = [
        line for line in lines if block.span.start <= line.start < start and not line.is_blank
    ]
    taken = {
        body.line.start
        for one in block.sections
        if one.opens not in {Opens.OTHER, Opens.NOTHING}
        for body in one.bodies
    }
    line = before[-1] if before else None
    if line is None or line.start in taken or not is_title(line):
        return None
    if any(pattern.search(line.plain) for pattern in _DAYS):
        return None
    return None if any(one.line.start == line.start for one in block.sections) else line
