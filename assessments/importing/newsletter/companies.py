"""Companies below their heading: in a list, in a table, or in a line of names."""

import re
from collections.abc import Iterator, Sequence

from assessments.importing.newsletter.bodies import LINK, Body, dashed, note_of, unmarked
from assessments.importing.newsletter.issue import Quoted, ReadCompany, Span
from assessments.importing.newsletter.rows import FEWEST_ROWS, cells_of, is_row
from assessments.importing.newsletter.vocabulary import OPENERS

_CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ]|\d)[\w.&'’+/-]*"
_JOINS = r"(?:of|and|the|for|de|&|\+|von|van|du)"
_NAME = rf"{_CAPITAL}(?:\s+(?:{_CAPITAL}|{_JOINS}\s+{_CAPITAL})){{0,4}}"
_COMPANY = re.compile(
    rf"(?P<name>{_NAME})(?:\s*(?=[(:,;])|\s+(?=-\s)|\s*$|\s+(?=(?:is|are|has|have|builds?|makes?|does|"
    r"do|develops?|offers?|sells?|runs?|who|which|that)\b))"
)
_LISTED = re.compile(r"(?P<name>[^(:,;]{1,60}?)(?:\s*(?=[(:,;])|\s+(?=-\s)|\s*$)")
# Outside brackets a comma, a semicolon, a dot in the middle or a bar parts two names.
_PARTS = re.compile(r"\s*(?:[;·•|]|\s/\s|\s\d{1,2}[.)]\s|,(?:\s*(?:and|&)\s)?)\s*(?![^()]*\))")
_DASHES = re.compile(r"\s[–—-]\s")
_NAMED_PART = re.compile(
    rf"(?P<name>(?:the )?{_NAME}(?: (?:lab|group|institute|team|university))?)"
    r"\s*(?P<note>\([^()]{1,200}\))?"
)
_AND_OTHERS = re.compile(
    r"[,;]?\s+(?:and|&) (?:(?:many|some|a few) )?(?:others|more)\W*$"
    r"|[,;]\s*(?:etc|among others)\W*$",
    re.IGNORECASE,
)
_NAMES_COLUMN = re.compile(
    r"(?:the )?(?:name|compan(?:y|ies)|firm|start-?up|who|player|vendor|maker|team"
    r"|organi[sz]ation)s?",
    re.IGNORECASE,
)
_LONGEST_LIST = 600


def companies_of(bodies: Sequence[Body]) -> list[ReadCompany]:
    """One company a line, or several in a line of names alone; sentences are none."""
    rows = [body for body in bodies if is_row(body)]
    if len(rows) >= FEWEST_ROWS:
        return list(_tabled(rows))
    listed = [body for body in bodies if body.is_listed]
    found: list[ReadCompany] = []
    for body in bodies:
        if body.words and (body.is_listed or body.first or not listed):
            # In a list each item is one company, and a comma parts it from its place or its note.
            found += _companies_in(body, is_one=body.is_listed and len(listed) > 1)
    return found


def head_of(bodies: Sequence[Body]) -> Body | None:
    """The first row of a table, where it labels the columns."""
    first = next((body for body in bodies if is_row(body)), None)
    is_head = first is not None and _NAMES_COLUMN.fullmatch(cells_of(first)[0])
    return first if is_head else None


def _tabled(rows: Sequence[Body]) -> Iterator[ReadCompany]:
    """The first cell of each row is the name, the others are its note below their labels."""
    head = head_of(rows)
    labels = cells_of(head)[1:] if head else []
    for row in rows:
        name, *rest = cells_of(row)
        if row is head or not name:
            continue
        named = [*labels, *[""] * len(rest)]
        said = [
            f"{label}: {cell}" if label else cell for label, cell in zip(named, rest, strict=False)
        ]
        yield ReadCompany(name, "; ".join(one for one in said if one.strip(": ")), row.quote)


def _companies_in(body: Body, *, is_one: bool) -> Iterator[ReadCompany]:
    words = unmarked(body.words)
    several = [] if is_one else _several(_AND_OTHERS.sub("", words))
    for name, note in several:
        yield ReadCompany(name, note, _named(body))
    if several:
        return
    links = list(LINK.finditer(words))
    if len(links) > 1 and not any(map(str.isalnum, LINK.sub("", words).replace("and", ""))):
        for one in links:
            yield ReadCompany(one["name"].strip(), one["url"], body.quote)
        return
    link = LINK.match(words)
    if link:
        note = note_of(words[link.end() :])
        yield ReadCompany(link["name"].strip(), f"{link['url']} {note}".strip(), body.quote)
        return
    plain = dashed(words)
    found = _COMPANY.match(plain) or (_LISTED.match(plain) if body.is_listed else None)
    if found is None or not found["name"].strip():
        return
    name = words[: len(found["name"])].strip()
    is_name = body.is_listed or name.split()[0].strip(".,").casefold() not in OPENERS
    if is_name and len(name.split()) <= 7 and not name.endswith("?"):
        yield ReadCompany(name, note_of(words[found.end() :]), body.quote)


def _named(body: Body) -> Quoted:
    """The line without “and others”, which names nobody."""
    quote = body.quote
    words = _AND_OTHERS.sub("", quote.words)
    return Quoted(words, Span(quote.span.start, quote.span.start + len(words)))


def _several(words: str) -> list[tuple[str, str]]:
    """The names of a line that is names alone, each with what stands in brackets behind it."""
    if len(words) > _LONGEST_LIST:
        return []
    bare = words.rstrip(". ")
    dashes = _DASHES.findall(bare)
    parts = [part for part in (_DASHES if len(dashes) > 1 else _PARTS).split(bare) if part]
    if parts:
        parts[-1:] = re.split(r"\s+and\s+(?=[^()]*(?:\(|$))", parts[-1])
    named = [_NAMED_PART.fullmatch(dashed(part.strip())) for part in parts]
    found = [
        (part.strip()[: len(name["name"])].strip(), (name["note"] or "").strip("()"))
        for part, name in zip(parts, named, strict=True)
        if name
    ]
    return found if len(found) == len(parts) > 1 else []
