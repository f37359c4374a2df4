"""What stands below a heading: companies, questions, a rating, predictions, scenarios."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessments.importing.newsletter.headings import Heading
from assessments.importing.newsletter.issue import (
    Quoted,
    ReadCompany,
    Reading,
    ReadScenario,
    ReadSource,
    Span,
)
from assessments.importing.newsletter.lines import Line, Mark, quoted
from assessments.importing.newsletter.vocabulary import OPENERS
from assessments.values.scale import Dimension, RatingValue
from assessments.values.scores import split_span

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
_NAMED_PART = re.compile(rf"(?P<name>{_NAME})\s*(?P<note>\([^()]{{1,200}}\))?")
_LONGEST_LIST = 600
_LINK = re.compile(r"\[(?P<name>[^\]]{1,120})\]\((?P<url>[^)\s]+)\)")
_MOST_RATED, _SHORT_ANSWER = 4_000, 4
_URL = re.compile(r"https?://[^\s)>\]]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”')*_]*\s+(?=[\"“'(*_]*[A-Z0-9])")
_EDGES = " \t\r\u00a0|"
_YEAR_TO_COME = re.compile(r"\b20\d\d\b.*\bwill\b|\bwill\b.*\b20\d\d\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b20\d\d\b|\bwill\b|\bwithin \w+ years\b", re.IGNORECASE)
_RATINGS = {
    RatingValue.UNDERRATED: r"under[- ]?(?:rated|hyped|valued|appreciated|estimated)",
    RatingValue.OVERRATED: r"over[- ]?(?:rated|hyped|valued|estimated|sold)",
    RatingValue.FAIRLY_RATED: r"(?:correctly|fairly|rightly|properly|appropriately|accurately)"
    r"[- ](?:rated|hyped|valued|priced)|about right|just right",
    RatingValue.TOO_EARLY: r"too (?:early|soon)(?: to (?:say|tell|call|rate|judge))?",
}
_RATED = re.compile(
    "|".join(f"(?P<{value.name}>\\b(?:{words})\\b)" for value, words in _RATINGS.items()),
    re.IGNORECASE,
)
# The whole answer to “over- or underrated?”.
_ANSWER = re.compile(
    r"\W*(?:(?P<UNDERRATED>under)|(?P<OVERRATED>over)|(?P<FAIRLY_RATED>fair(?:ly)?|correctly))\W*",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|isn't|is not|neither|nor|no longer|never|hardly)\b", re.IGNORECASE)
_CITED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")
_PER_CENT = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)")
_CHANCE = re.compile(r"(?:p|probability)\s*[:=]?\s*(?P<p>0?\.\d+|1(?:\.0+)?)\b", re.IGNORECASE)
_SCENARIO_LEVEL = re.compile(r"(?:impact|level|score)?\s*[:=]?\s*(?P<level>[1-5]\+?(?:/[1-5]\+?)?)")
_BOLD_CASE = re.compile(
    r"[^\w*]*(?:\d{1,2}[.)]\s*)?(?P<mark>\*\*|__)(?P<name>[^*_.?!]{2,60})(?P=mark)\s*[:.–—-]?\s*"
)
_OWN_CASE = re.compile(r"(?P<name>[^:.?!]{2,60}?)\s*(?::|\s-)\s+(?=\S)")


@dataclass(frozen=True)
class Body:
    """A line, or what of it stands after its heading."""

    line: Line
    first: int = 0

    @property
    def start(self) -> int:
        """Where its words begin in the line, without the marks of a list."""
        return max(self.first, self.line.lead)

    @property
    def words(self) -> str:
        return "" if self.line.is_blank else self.line.text[self.start :].strip(_EDGES)

    @property
    def plain(self) -> str:
        return self.line.plain[self.start :]

    @property
    def quote(self) -> Quoted:
        return self.line.quoted(self.start)

    @property
    def is_listed(self) -> bool:
        return self.line.mark is Mark.BULLET and not self.first


def joined(bodies: Sequence[Body]) -> str:
    """The lines as one text: where each line is a whole paragraph, they are parted."""
    texts = ["" if body.line.is_blank else _text_of(body) for body in bodies]
    while texts and not texts[-1].strip():
        texts.pop()
    while texts and not texts[0].strip():
        texts.pop(0)
    has_gaps = any(not text.strip() for text in texts)
    is_wrapped = all(len(text) <= 100 for text in texts)
    return ("\n" if has_gaps or is_wrapped else "\n\n").join(texts).strip()


def _text_of(body: Body) -> str:
    """The line without the bars of a table around it."""
    text = body.line.text[body.first :].rstrip(_EDGES)
    return text.lstrip(_EDGES) if body.line.text.lstrip().startswith("|") else text


def sentences(words: str, start: int) -> Iterator[Quoted]:
    """Each sentence with its place in the text."""
    at = 0
    for found in _SENTENCE.finditer(words):
        yield quoted(words[at : found.start()], start + at)
        at = found.end()
    yield quoted(words[at:], start + at)


def companies_of(bodies: Sequence[Body]) -> list[ReadCompany]:
    """One company a line, or several in a line of names alone; sentences are none."""
    listed = [body for body in bodies if body.is_listed]
    found: list[ReadCompany] = []
    for body in bodies:
        if body.words and (body.is_listed or body.first or not listed):
            # In a list each item is one company, and a comma parts it from its place or its note.
            found += _companies_in(body, is_one=body.is_listed and len(listed) > 1)
    return found


def _companies_in(body: Body, *, is_one: bool) -> Iterator[ReadCompany]:
    words = _unmarked(body.words)
    several = [] if is_one else _several(words)
    for name, note in several:
        yield ReadCompany(name, note, body.quote)
    if several:
        return
    links = list(_LINK.finditer(words))
    if len(links) > 1 and not any(map(str.isalnum, _LINK.sub("", words).replace("and", ""))):
        for one in links:
            yield ReadCompany(one["name"].strip(), one["url"], body.quote)
        return
    link = _LINK.match(words)
    if link:
        note = _note(words[link.end() :])
        yield ReadCompany(link["name"].strip(), f"{link['url']} {note}".strip(), body.quote)
        return
    plain = _plain(words)
    found = _COMPANY.match(plain) or (_LISTED.match(plain) if body.is_listed else None)
    if found is None or not found["name"].strip():
        return
    name = words[: len(found["name"])].strip()
    is_name = body.is_listed or name.split()[0].strip(".,").casefold() not in OPENERS
    if is_name and len(name.split()) <= 7 and not name.endswith("?"):
        yield ReadCompany(name, _note(words[found.end() :]), body.quote)


def _several(words: str) -> list[tuple[str, str]]:
    """The names of a line that is names alone, each with what stands in brackets behind it."""
    if len(words) > _LONGEST_LIST:
        return []
    bare = words.rstrip(". ")
    parts = [part for part in _PARTS.split(bare) if part]
    if parts:
        parts[-1:] = re.split(r"\s+and\s+(?=[^()]*(?:\(|$))", parts[-1])
    named = [_NAMED_PART.fullmatch(_plain(part.strip())) for part in parts]
    found = [
        (part.strip()[: len(name["name"])].strip(), (name["note"] or "").strip("()"))
        for part, name in zip(parts, named, strict=True)
        if name
    ]
    return found if len(found) == len(parts) > 1 else []


def _plain(words: str) -> str:
    return words.replace("–", "-").replace("—", "-")


def _unmarked(words: str) -> str:
    return re.sub(r"\*\*|__|`", "", words).strip(" *_|")


def _note(rest: str) -> str:
    note = rest.strip().lstrip(",:;–—- ").strip()
    if note.startswith("(") and note.endswith(")") and note.count("(") == 1:
        note = note[1:-1]
    return note.strip()


def questions_of(bodies: Sequence[Body]) -> list[Quoted]:
    """Each line that asks; in a list, each item."""
    has_list = any(body.is_listed for body in bodies)
    return [
        Quoted(_unmarked(body.words), body.quote.span)
        for body in bodies
        if body.words and ("?" in body.words or (has_list and body.is_listed))
    ]


def items_of(bodies: Sequence[Body]) -> list[Quoted]:
    return [Quoted(_unmarked(body.words), body.quote.span) for body in bodies if body.words]


def sources_of(bodies: Sequence[Body]) -> list[ReadSource]:
    """Each line with an address, or each item of the list."""
    found = []
    for body in bodies:
        link, url = _LINK.search(body.words), _URL.search(body.words)
        if link:
            found.append(ReadSource(link["name"].strip(), link["url"], body.quote))
        elif url:
            address = url.group().rstrip(".,;")
            title = body.words.replace(url.group(), "").strip(" :–—-,.()<>")
            found.append(ReadSource(title or address, address, body.quote))
        elif body.is_listed:
            found.append(ReadSource(body.words, None, body.quote))
    return found


def predictions_of(bodies: Sequence[Body]) -> list[Quoted]:
    """Each sentence that speaks of a time to come."""
    found: list[Quoted] = []
    is_later = False
    for body in bodies:
        quote, is_future = body.quote, _YEAR_TO_COME if is_later else _FUTURE
        found += [
            one for one in sentences(quote.words, quote.span.start) if is_future.search(one.words)
        ]
        # Below an empty line other words may follow, and “will” stands in any of them.
        is_later = is_later or (bool(found) and not quote.words)
    return [_unwrapped(quote) for quote in found]


def _unwrapped(quote: Quoted) -> Quoted:
    """Without the quotation marks or stars around it."""
    words = quote.words.strip("*_").strip()
    if len(words) > 2 and words[0] in '“"' and words[-1] in '”"':
        words = words[1:-1]
    return Quoted(words, quote.span)


def rating_of(bodies: Sequence[Body]) -> tuple[Reading, str]:
    """The rating that the first sentence gives and the words after it; several, or none in
    words that are known, are left to be asked."""
    words = joined(bodies)
    quote = _span_of(bodies)
    line = words.partition("\n")[0]
    # A short line of its own is the answer, with or without a full stop.
    first, *_ = sentences(line if len(line.split()) <= _SHORT_ANSWER else words, 0)
    bare = _ANSWER.fullmatch(first.words)
    named = _rated(first.words) or ((RatingValue[bare.lastgroup or ""],) if bare else ())
    is_denied = bool(_DENIED.search(first.words))
    if len(named) == 1 and not is_denied:
        is_bare = len(first.words.split()) <= _SHORT_ANSWER
        note = words[first.span.end :].lstrip(" .:–—*_-") if is_bare else words
        return Reading(named, Quoted(first.words, quote)), note.strip()
    why = "It is said with a “not”." if is_denied and named else ""
    why = why or ("It says more than one thing." if len(named) > 1 else "No rating is named first.")
    values = (() if is_denied else named or _rated(words)) or tuple(RatingValue)
    return Reading(values, Quoted(first.words[:200], quote), why), words


def _rated(words: str) -> tuple[RatingValue, ...]:
    bare = _CITED.sub(" ", words[:_MOST_RATED])
    return tuple(
        dict.fromkeys(RatingValue[found.lastgroup or ""] for found in _RATED.finditer(bare))
    )


def _span_of(bodies: Sequence[Body]) -> Span:
    said = [body for body in bodies if body.words]
    if not said:
        return Span(bodies[0].line.start, bodies[0].line.end) if bodies else Span(0, 0)
    return Span(said[0].quote.span.start, said[-1].quote.span.end)


def scenario_of(heading: Heading, line: Line, bodies: Sequence[Body]) -> ReadScenario:
    return ReadScenario(
        name=heading.name,
        text=joined(bodies),
        quote=line.quoted(0, min(heading.end, len(line.text))),
        probability=_chance(heading.inside),
        impact_level=_level(heading.inside),
    )


def own_scenarios(bodies: Sequence[Body]) -> list[ReadScenario]:
    """The items of a list of scenarios, each begun by its name; lines without one go on."""
    found: list[ReadScenario] = []
    is_open = False
    for body in bodies:
        in_a_row = _cases_in_a_row(body)
        named = None if in_a_row else _own_case(body)
        found += in_a_row
        if in_a_row:
            continue
        if named:
            found.append(named)
        elif body.words and is_open and not body.is_listed:
            found[-1] = _longer(found[-1], body)
        is_open = bool(found) and (bool(body.words) or not found[-1].text)
    return found


def _cases_in_a_row(body: Body) -> list[ReadScenario]:
    """“High: …; low: …” on one line: where each part has its name, each is one."""
    parts = _unmarked(body.words).split("; ")
    named = [_OWN_CASE.match(_plain(part)) for part in parts]
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
    words = _unmarked(body.words)
    named = _OWN_CASE.match(_plain(words))
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
        name.strip(" :*_"), _note(text), body.quote, _chance(inside), _level(inside)
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
