"""Scenarios below their headings, in a list, in a table or on one line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessments.importing.newsletter.bodies import Body, dashed, joined, note_of, unmarked
from assessments.importing.newsletter.issue import Quoted, ReadScenario, Span
from assessments.importing.newsletter.lines import Line
from assessments.importing.newsletter.opening import Heading
from assessments.importing.newsletter.rows import FEWEST_ROWS, cells_of, is_row
from assessments.values.scale import Dimension
from assessments.values.scores import split_span

_PER_CENT = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)")
_CHANCE = re.compile(r"(?:p|probability)\s*[:=]?\s*(?P<p>0?\.\d+|1(?:\.0+)?)\b", re.IGNORECASE)
_CHANCE_LAST = re.compile(r"(?:^|[,;(–—-]\s?)(?P<said>\d{1,3}\s?(?:%|per ?cent))[\s.)]*$")
_SCENARIO_LEVEL = re.compile(r"(?:impact|level|score)?\s*[:=]?\s*(?P<level>[1-5]\+?(?:/[1-5]\+?)?)")
_BOLD_CASE = re.compile(
    r"[^\w*]*(?:\d{1,2}[.)]\s*)?(?P<mark>\*\*|__)(?P<name>[^*_.?!]{2,60})(?P=mark)\s*[:.–—-]?\s*"
)
_STAR = re.compile(r"(?<!\w)[*_]|[*_](?!\w)")
_BETWEEN_CASES = re.compile(r";\s|(?<=[.!?])\s+(?=\W{0,3}[A-Z][^:.?!]{1,40}:)")
_OWN_CASE = re.compile(r"(?P<name>(?:[^:.?!]|\.(?=\d)){2,60}?)\s*(?::|\s-)\s+(?=\S)")
_NAMES_COLUMN = re.compile(
    r"(?:the )?(?:name|scenario|case|future|outcome|what happens|world)s?", re.IGNORECASE
)


def scenario_of(heading: Heading, line: Line, bodies: Sequence[Body]) -> ReadScenario:
    headed = [found["said"] for body in bodies if (found := _CHANCE_LAST.search(body.inline))]
    return ReadScenario(
        name=heading.name,
        text=joined(bodies),
        quote=line.quoted(0, min(heading.end, len(line.text))),
        probability=_chance((*heading.inside, *headed[:1])),
        impact_level=_level(heading.inside),
    )


def own_scenarios(bodies: Sequence[Body]) -> list[ReadScenario]:
    """The items of a list of scenarios, each begun by its name; lines without one go on."""
    rows = [body for body in bodies if is_row(body)]
    if len(rows) >= FEWEST_ROWS:
        return list(_tabled(rows))
    found: list[ReadScenario] = []
    is_open = False
    for body in bodies:
        in_a_row = _cases_in_a_row(body)
        named = None if in_a_row else _own_case(body)
        found += in_a_row
        if in_a_row:
            is_open = False
            continue
        if named:
            found.append(named)
        elif body.words and is_open and not body.is_listed:
            found[-1] = _longer(found[-1], body)
        elif body.words:
            # What comes next is beyond words that are of no scenario.
            is_open = False
            continue
        is_open = bool(found) and (bool(body.words) or not found[-1].text)
    return found


def head_of(bodies: Sequence[Body]) -> Body | None:
    """The first row of a table of scenarios, where it labels the columns."""
    first = next((body for body in bodies if is_row(body)), None)
    is_head = first is not None and _NAMES_COLUMN.fullmatch(cells_of(first)[0])
    return first if is_head else None


def _tabled(rows: Sequence[Body]) -> Iterator[ReadScenario]:
    """The first cell of each row is the name; a chance and a level stand in cells of their own."""
    head = head_of(rows)
    labels = cells_of(head) if head else []
    for row in rows:
        name, *rest = cells_of(row)
        if row is head or not name:
            continue
        named = [*labels[1:], *[""] * len(rest)]
        said = [f"{label} {cell}" for label, cell in zip(named, rest, strict=False)]
        levels = [one for one in said if re.match(r"impact|level|score", one, re.IGNORECASE)]
        inside = [cell for cell in rest if _CHANCE_LAST.fullmatch(cell)]
        text = "; ".join(cell for cell in rest if cell)
        yield ReadScenario(name, text, row.quote, _chance(inside), _level(levels))


def _cases_in_a_row(body: Body) -> list[ReadScenario]:
    """“High: …; low: …” on one line: where each part has its name, each is one."""
    parts = _BETWEEN_CASES.split(_STAR.sub("", unmarked(body.words)))
    named = [_OWN_CASE.match(dashed(part)) for part in parts]
    if len(parts) < 2 or not all(named):
        return []
    found = []
    for part, name in zip(parts, named, strict=True):
        called = part[: len(name["name"])].strip() if name else ""
        inside = tuple(re.findall(r"\(([^()]*)\)", called))
        text = part[name.end() :] if name else part
        found.append(ReadScenario(called, text, body.quote, _chance(inside), _level(inside)))
    return found


def _own_case(body: Body) -> ReadScenario | None:
    bold = _BOLD_CASE.match(body.line.text, body.first)
    words = unmarked(body.words)
    named = _OWN_CASE.match(dashed(words))
    if bold:
        name, text = bold["name"], body.line.text[bold.end() :]
    elif body.line.depth:
        # A heading below that of the scenarios.
        name, text = words, ""
    elif named is None:
        return None
    else:
        name, text = words[: len(named["name"])], words[named.end() :]
    inside = tuple(re.findall(r"\(([^()]*)\)", name))
    return ReadScenario(
        name.strip(" :*_"), note_of(text), body.quote, _chance(inside), _level(inside)
    )


def _longer(scenario: ReadScenario, body: Body) -> ReadScenario:
    text = f"{scenario.text}\n{body.words}".strip()
    span = Span(scenario.quote.span.start, body.quote.span.end)
    return replace(scenario, text=text, quote=Quoted(scenario.quote.words, span))


def _chance(inside: Sequence[str]) -> float | None:
    for words in inside:
        share, chance = _PER_CENT.search(words), _CHANCE.search(words)
        if share and float(share["share"]) <= 100:
            return round(float(share["share"]) / 100, 6)
        if chance:
            return float(chance["p"])
    return None


def _level(inside: Sequence[str]) -> str | None:
    for words in inside:
        for part in re.split(r"[,;]", words):
            found = _SCENARIO_LEVEL.fullmatch(part.strip())
            if found and split_span(found["level"], Dimension.IMPACT):
                return found["level"]
    return None
