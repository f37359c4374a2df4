"""What a line of an issue opens: a dimension with its score, another part of a card, nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assessments.importing.newsletter.issue import Quoted, Reading
from assessments.importing.newsletter.lines import FULL, Line, Mark
from assessments.importing.newsletter.scores import (
    CERTAINTY,
    LEVEL,
    SPELT,
    certainty_meaning,
    level_meaning,
)
from assessments.importing.newsletter.vocabulary import (
    CASES,
    FAMILIES,
    NAMES,
    PARTS,
    QUESTIONS,
    Opens,
)
from assessments.importing.newsletter.wording import LEVEL_WORD, SCORE_WORD, WAS, in_short, was
from assessments.importing.newsletter.years import WINDOW, window_meaning
from assessments.values.scale import Dimension

LONGEST = 140
_LONGEST_DIGEST = 1_000


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


_NAMED = re.compile(
    "|".join(f"(?P<{dimension}>\\b(?:{words})\\b)" for dimension, words in NAMES.items()),
    re.IGNORECASE,
)
_QUESTIONED = re.compile(
    "|".join(f"(?P<{dimension}>{words})" for dimension, words in QUESTIONS.items()), re.IGNORECASE
)
_QUESTION = re.compile(r"[\s:.,(\[-]*[^?()\[\]\n.]{3,150}\?[)\]]?")
_ASKED_ON = re.compile(r"[\s:.,(\[-]*[^?()\[\]\n.]{0,150}\?[)\]]?")
_BRACKETED = re.compile(r"\s*[:-]?\s*\((?:how|when|what)\b[^()]{3,150}\)", re.IGNORECASE)
_ASKING = re.compile(r"(?:what(?:'s| is) )?(?:the|its|our) ", re.IGNORECASE)
_HEADED = re.compile(
    rf"\s*(?:$|[:(\[|?=-]|\d|[{FULL}]|(?:score|rating|level|certainty|assessment)\b"
    r"|[,.]?\s*(?:how|when|what)\b[^?]{3,150}\?)",
    re.IGNORECASE,
)
_OPENED = re.compile(r"\s*(?:(?:score|rating|level|assessment)\b\s*)?(?:$|[:|?=-])", re.IGNORECASE)
# “Novelty versus what is there: 3”: more words of the heading, and its score behind them.
_QUALIFIED = re.compile(
    r"\s+(?![-|])(?:(?!\s-\s)[^.?!:=()\[\]\d|]){1,50}(?=[:=(\[]|\s-\s)",
    re.IGNORECASE,
)
_GLUE = re.compile(r"[\s:()\[\],;|=/·•.\"'-]+")
_SECOND = re.compile(
    rf"[\s(\[,;]*(?:or|maybe|perhaps|possibly|but|though)\s+(?:an?\s+)?{SPELT}(?P<none>(?!))?"
    r"(?P<stars>(?!))?(?=[\s)\],.;])",
    re.IGNORECASE,
)
_SURE_ALONE = re.compile(r"(?:low|medium|moderate|high)[\s.]*", re.IGNORECASE)
_OWN_LINE = re.compile(
    rf"(?:{SCORE_WORD.pattern}|certainty|confidence|conviction|window)\b", re.IGNORECASE
)
_SCENARIO = re.compile(
    rf"(?:the )?(?:(?:{CASES})(?:\((?:ish|er|est)\))?[ -]*(?:to|and)?[ -]*)+"
    r"(?:impact[ -]*)?(?:scenario|case)s?(?: scenario)?(?P<more>(?:\s*\([^()]{1,80}\))*)",
    re.IGNORECASE,
)
_LEVEL_CASE = re.compile(
    r"(?:high|medium|mid|low)(?:\((?:ish|er|est)\))?(?:[ -]to[ -](?:high|medium|low))?[ -]impact"
    r"(?P<more>(?:\s*\([^()]{1,80}\))*)(?=\s*(?::|-\s|$))",
    re.IGNORECASE,
)
_NAMED_CASE = re.compile(
    r"(?:scenario (?:\d{1,2}|[a-h]|one|two|three|four)\b(?:\s*[:.-]\s*[^:.\n(]{1,60}?)?"
    r"|(?!(?:in|this|that|any|each|either)\b)[a-z][\w' /-]{0,60} (?:scenario|case))"
    r"(?P<more>(?:\s*\([^()]{1,80}\))*)(?=\s*(?::|-\s|$))",
    re.IGNORECASE,
)
_PARTS = tuple(
    re.compile(f"(?P<{opens}>{words})\\b", re.IGNORECASE) for opens, words in PARTS.items()
)
_FAMILIES = {
    opens: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for opens, words in FAMILIES.items()
}
_LONGEST_SHOUTED, _MOST_WORDS = 60, 5
_ASIDE = re.compile(r"\s*[(\[](?P<words>[^()\[\]]{1,60})[)\]]")
_PART_END = re.compile(r"\s*[?:.!-]*\s*$")
_BOLD_END = re.compile(r"(?:\*\*|__)\s+(?=\S)")
_PART_INLINE = re.compile(r"\s*\??\s*(?::|\s-)\s+(?=\S)|\?\s+(?=\S)|[ ]{3,}(?=\S)|\t(?=\S)")


def digest_of(line: Line, dated: date | None) -> list[Said]:
    """The scores of a line that gives those of two dimensions or more, one after the other."""
    if len(line.text) > _LONGEST_DIGEST:
        return []
    names = list(_NAMED.finditer(line.plain))
    found = []
    for place, name in enumerate(names):
        until = names[place + 1].start() if place + 1 < len(names) else len(line.plain)
        said = _said(line, name, until, dated)
        if said.value is not None:
            found.append(said)
    return found if len({said.dimension for said in found}) > 1 else []


def heading_of(line: Line, dated: date | None) -> Heading | None:
    """What the line opens, where it is written as a heading."""
    return _dimension(line, dated) or _scenario(line) or _part(line) or _other(line)


def own_line(
    line: Line, dimension: Dimension, dated: date | None, *, is_first: bool, is_below: bool
) -> Said | None:
    """The score of a line that gives it and says nothing else, below the heading; `is_below` a
    score stands there, and the line may give its certainty."""
    if is_below and not is_first and _SURE_ALONE.fullmatch(line.plain, line.lead):
        sure = CERTAINTY.match(line.plain, line.lead)
        certainty = _sureness(line, sure) if sure else None
        return Said(dimension, None, certainty, line.lead, len(line.plain))
    if not (is_first or _OWN_LINE.match(line.plain, line.lead)):
        return None
    said = _scored(line, dimension, line.lead, len(line.plain), dated)
    has_any = said.value is not None or said.certainty is not None
    return said if has_any and not line.plain[said.end :].strip(" .") else None


def named_in(cell: Line, *, is_first: bool) -> Dimension | None:
    """The dimension that a cell names: with few words around it in the first cell of a row, in
    another with nothing but its score."""
    asked = _ASKING.match(cell.plain, cell.lead)
    name = _NAMED.match(cell.plain, asked.end() if asked else cell.lead)
    if name is None and is_first and len(cell.words) <= LONGEST:
        name = _QUESTIONED.match(cell.plain, cell.lead)
    if name is None or (is_first and not _is_label(cell)):
        return None
    dimension = Dimension(name.lastgroup or "")
    if is_first:
        return dimension
    said = said_in(cell, dimension, None, name.end())
    return None if cell.plain[said.end :].strip(" .?:") else dimension


def _is_label(cell: Line) -> bool:
    words = cell.words
    return words.endswith("?") or (len(words) <= _LONGEST_SHOUTED and not words.endswith("."))


def said_in(cell: Line, dimension: Dimension, dated: date | None, place: int = 0) -> Said:
    """The score with which the cell begins, or goes on from that place."""
    return _scored(cell, dimension, max(place, cell.lead), len(cell.plain), dated)


def _dimension(line: Line, dated: date | None) -> Heading | None:
    asked = _ASKING.match(line.plain, line.lead)
    name = _NAMED.match(line.plain, asked.end() if asked else line.lead)
    if name is None:
        return _questioned(line, dated)
    tail = line.plain[name.end() :]
    said = _said(line, name, len(line.plain), dated)
    is_all = said.value is not None and not line.plain[said.end :].strip(" .")
    if not (_HEADED.match(tail) or is_all or (said.value and _QUALIFIED.match(tail))):
        return None
    is_opened = bool(_OPENED.match(tail)) or line.mark is Mark.HEADING
    has_score = said.value is not None or said.certainty is not None
    has_question = "?" in line.plain[name.end() : said.end]
    if not (is_opened or has_score or has_question):
        return None
    return Heading(Opens.DIMENSION, said.end, said)


def _questioned(line: Line, dated: date | None) -> Heading | None:
    """A heading of which only the question is left, with or without its mark."""
    name = _QUESTIONED.match(line.plain, line.lead)
    if name is None:
        return None
    found = _ASKED_ON.match(line.plain, name.end())
    place = found.end() if found else name.end()
    if found is None:
        # Without its mark a question ends where a score or the line does.
        score = re.search(r"\s*[(:\[]", line.plain[place:])
        place = place + score.start() if score else len(line.plain)
    said = _scored(
        line, Dimension(name.lastgroup or ""), place, len(line.plain), dated, name.start()
    )
    is_short = len(line.words) <= LONGEST
    if said.value is not None or (found and is_short) or (found and line.mark is Mark.HEADING):
        return Heading(Opens.DIMENSION, said.end, said)
    return None


def _said(line: Line, name: "re.Match[str]", until: int, dated: date | None) -> Said:
    # The mark of “What is the viability?” is none that stands for a score.
    place = name.end() + (line.plain[name.end() : name.end() + 1] == "?")
    for pattern in (_QUALIFIED, _BRACKETED, _QUESTION):
        found = pattern.match(line.plain, place, until)
        if found and not _has_score(found.group()):
            place = found.end()
    return _scored(line, Dimension(name.lastgroup or ""), place, until, dated, name.start())


def _has_score(words: str) -> bool:
    """Whether what looks like a question holds the score: then the question is further on."""
    return bool(re.match(rf"[\s:(\[]*(?:\d|[{FULL}])", words))


def _scored(
    line: Line, dimension: Dimension, place: int, until: int, dated: date | None, start: int = -1
) -> Said:
    """What stands from the place on, for as long as it is a score or words around one."""
    value: Reading | None = None
    certainty: Reading | None = None
    worded: re.Match[str] | None = None
    end, plain = place, line.plain
    while True:
        glue = _GLUE.match(plain, place, until)
        place = glue.end() if glue else place
        before = (SCORE_WORD if value is None else WAS).match(plain, place, until)
        in_words = (
            LEVEL_WORD.match(plain, place, until) if _may_be_worded(dimension, value) else None
        )
        sure = CERTAINTY.match(plain, place, until) if certainty is None else None
        score = _score_pattern(dimension).match(plain, place, until) if value is None else None
        if before:
            place = before.end()
            value = value and was(value, before)
            end = place if value else end
        elif score:
            value = _reading(line, dimension, score, dated)
            place = end = score.end()
            value = _or_another(line, dimension, place, value)
        elif in_words and worded is None:
            worded = in_words
            place = in_words.end()
        elif sure:
            certainty = _sureness(line, sure)
            place = end = sure.end()
        else:
            break
    if worded:
        value = in_short(worded, value, _whole(line))
        end = max(end, worded.end())
    end = min(_closed(plain, end), until)
    return Said(dimension, value, certainty, line.lead if start < 0 else start, end)


def _may_be_worded(dimension: Dimension, value: Reading | None) -> bool:
    return value is None and dimension is not Dimension.TIMING


def _or_another(line: Line, dimension: Dimension, place: int, value: Reading) -> Reading:
    """“3 (or 4 if it flies)”: a second level right behind the first leaves both open."""
    if dimension is Dimension.TIMING:
        return value
    found = _SECOND.match(line.plain, place)
    if found is None:
        return value
    more = [one for one in level_meaning(found, dimension).values if one not in value.values]
    why = value.why or ("A second level stands behind it." if more else "")
    return Reading((*value.values, *more), value.quote, why)


def _closed(plain: str, end: int) -> int:
    """Past the brackets and marks that belong to the score, up to the words after it."""
    found = re.compile(r"[\"']?[\s)\]:;|,.-]*").match(plain, end)
    return found.end() if found else end


def _score_pattern(dimension: Dimension) -> "re.Pattern[str]":
    return WINDOW if dimension is Dimension.TIMING else LEVEL


def _reading(
    line: Line, dimension: Dimension, found: "re.Match[str]", dated: date | None
) -> Reading:
    if dimension is Dimension.TIMING:
        meaning = window_meaning(found, dated)
    else:
        meaning = level_meaning(found, dimension)
    return Reading(meaning.values, _whole(line), meaning.why)


def _sureness(line: Line, found: "re.Match[str]") -> Reading | None:
    meaning = certainty_meaning(found)
    return Reading(meaning.values, _whole(line), meaning.why) if meaning else None


def _whole(line: Line) -> Quoted:
    """The line, or so much of it as one reads to see where a score came from."""
    words = line.quoted()
    if len(words.words) <= LONGEST:
        return words
    return line.quoted(0, len(line.text) - len(line.text.lstrip()) + LONGEST)


def _scenario(line: Line) -> Heading | None:
    for pattern in (_SCENARIO, _LEVEL_CASE, _NAMED_CASE):
        found = pattern.match(line.plain, line.lead)
        if found and _opens_case(line, found):
            end = _closed(line.plain, found.end())
            bare = re.sub(
                r"[*_`]{2,}|(?<!\w)[*_`]|[*_`](?!\w)", "", line.text[line.lead : found.end()]
            )
            name = re.sub(r"\s+", " ", bare).strip(" *_:|")
            inside = tuple(re.findall(r"\(([^()]*)\)", found["more"] or ""))
            return Heading(Opens.SCENARIO, end, name=name, inside=inside)
    return None


def _opens_case(line: Line, found: "re.Match[str]") -> bool:
    """Whether a heading ends there: at a bracket, a colon, a dash, or the end of the line."""
    rest = line.plain[found.end() :]
    if re.match(r"\s*(?:$|:|-\s)", rest):
        return True
    return bool(found["more"]) and bool(re.match(r"\s*[A-Z\"'(]", rest))


def _part(line: Line) -> Heading | None:
    for found in _parts_at(line):
        opens, end = Opens(found.lastgroup or ""), found.end()
        beside = _ASIDE.match(line.plain, end)
        aside = beside.span() if beside and re.search(r"\d", beside["words"]) else None
        end = beside.end() if beside else end
        if len(line.words) <= LONGEST and _PART_END.match(line.plain, end):
            return Heading(opens, len(line.plain), aside=aside)
        inline = _PART_INLINE.match(line.plain, end)
        if inline is None and line.text[end : end + 2] in {"**", "__"}:
            # A bold word that runs into its text.
            inline = _BOLD_END.match(line.text, end)
        if inline:
            return Heading(opens, inline.end(), aside=aside)
    return None


def _parts_at(line: Line) -> Iterator["re.Match[str]"]:
    """The longest wording first: “questions” also begins “open questions”."""
    found = []
    for words in _PARTS:
        one = words.match(line.plain, line.lead)
        if one:
            found.append(one)
    yield from sorted(found, key=lambda one: -one.end())


def _other(line: Line) -> Heading | None:
    """A line that is marked as a heading opens what its words name, if that is one part alone."""
    is_shouted = line.words.isupper() and len(line.words) <= _LONGEST_SHOUTED
    is_numbered = line.is_alone and len(line.words.split()) <= _MOST_WORDS
    if line.mark is not Mark.HEADING and not is_shouted and not is_numbered:
        return None
    named = [opens for opens, words in _FAMILIES.items() if words.search(line.plain, line.lead)]
    if len(named) == 1 and len(line.words) <= _LONGEST_SHOUTED:
        return Heading(named[0], len(line.plain), is_loose=True)
    return Heading(Opens.OTHER, len(line.plain)) if line.mark is Mark.HEADING else None
