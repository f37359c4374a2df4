"""What a line of an issue opens: a dimension with its score, another part of a card, nothing."""

import re
from dataclasses import replace
from datetime import date

from assessments.importing.newsletter.cases import case_in
from assessments.importing.newsletter.issue import Quoted, Reading
from assessments.importing.newsletter.lines import FULL, Line, Mark, line_within
from assessments.importing.newsletter.opening import LONGEST, Heading, Said
from assessments.importing.newsletter.parted import LONGEST_SHOUTED, other_of, part_of
from assessments.importing.newsletter.scores import (
    CERTAINTY,
    LEVEL,
    SPELT,
    certainty_meaning,
    level_meaning,
)
from assessments.importing.newsletter.vocabulary import (
    NAMES,
    QUESTIONS,
    Opens,
)
from assessments.importing.newsletter.wording import (
    GIVES,
    LEVEL_WORD,
    SCORE_WORD,
    WAS,
    closed,
    in_short,
    was,
)
from assessments.importing.newsletter.years import WINDOW, Meaning, window_meaning
from assessments.values.scale import Dimension

NAMED = re.compile(
    "|".join(f"(?P<{dimension}>\\b(?:{words})\\b)" for dimension, words in NAMES.items()),
    re.IGNORECASE,
)
QUESTIONED = re.compile(
    "|".join(f"(?P<{dimension}>{words})" for dimension, words in QUESTIONS.items()), re.IGNORECASE
)
_QUESTION = re.compile(r"[\s:.,(\[-]*[^?()\[\]\n.]{3,150}\?[)\]]?")
_ASKED_ON = re.compile(r"[\s:.,(\[-]*[^?()\[\]\n.]{0,150}\?[)\]]?")
_BRACKETED = re.compile(r"\s*[:-]?\s*\((?:how|when|what)\b[^()]{3,150}\)", re.IGNORECASE)
_ASKING = re.compile(r"(?:what(?:'s| is) )?(?:the|its|our|on|re) ", re.IGNORECASE)
_HEADED = re.compile(
    rf"\s*(?:$|\.\s|[:(\[|?=-]|\d|[{FULL}]|(?:score|rating|level|certainty|assessment)\b"
    r"|[,.]?\s*(?:how|when|what)\b[^?]{3,150}\?)",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"\s*(?:(?:score|rating|level|assessment)\b\s*)?(?:$|[:|?=-]|\.\s)", re.IGNORECASE
)
# “Novelty versus what is there: 3”: more words of the heading, and its score behind them.
_QUALIFIED = re.compile(
    r"\s+(?![-|])(?:(?!\s-\s)[^.?!:=()\[\]\d|]){1,50}(?=[:=(\[]|\s-\s)",
    re.IGNORECASE,
)
# “Drivers and viability”: a heading of two, whose scores are offered to each.
_SHARED = re.compile(
    rf"\s*(?:,|/|\+|&|\band\b)\s*(?:the )?(?:{'|'.join(NAMES.values())})\b", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"(?:[(\[:|]|\s-)\s*(?:{'|'.join(NAMES.values())})\s*(?:[)\]]|$)", re.IGNORECASE
)
_COUNTED = re.compile(r"\d{1,2}\s+-\s+")
_OF_FIVE = re.compile(rf"[/{FULL}]|\bof\b|\d{{4}}")
_GLUE = re.compile(r"[\s:()\[\],;|=/·•.\"'-]+")
_SECOND = re.compile(
    rf"[\s(\[,;]*(?P<or>(?:or|maybe|perhaps|possibly|but|though)\s+(?:an?\s+)?)?{SPELT}"
    r"(?P<none>(?!))?(?P<stars>(?!))?"
    r"(?(or)(?=[\s)\],.;])|(?=\s+(?:if|when|once|unless|should|at best|at worst)\b))",
    re.IGNORECASE,
)
_SECOND_WINDOW = re.compile(
    r"[\s(\[,;]*(?:or|maybe|perhaps|possibly|but|though|rather|(?:more )?(?:likely|probably))\s"
    rf"+(?:rather |more )?(?:{WINDOW.pattern})",
    re.IGNORECASE,
)
_SURE_ALONE = re.compile(r"(?:low|medium|moderate|high)[\s.]*", re.IGNORECASE)
_OWN_LINE = re.compile(
    rf"(?:{SCORE_WORD.pattern}|certainty|confidence|conviction|window)\b", re.IGNORECASE
)
# A sentence of its own, so that “**4** machines run” is none.
_BEGINS = re.compile(r"[^\w\s]*[^\W_a-z]")
_BOLD_LEAD = re.compile(r"[\s>#-]*(?P<mark>\*\*|__)(?P<inner>[^*_]{1,40})(?P=mark)[\s:.–—-]*")


def heading_of(line: Line, dated: date | None) -> Heading | None:
    """What the line opens, where it is written as a heading."""
    return _dimension(line, dated) or _scenario(line) or part_of(line) or other_of(line)


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


def bold_score(line: Line, dimension: Dimension, dated: date | None) -> Said | None:
    """“**3/5** Six cities have one”: a score in bold before the words."""
    bold = _BOLD_LEAD.match(line.text)
    if bold is None or not _BEGINS.match(line.text, bold.end()):
        return None
    cell = line_within(line, *bold.span("inner"))
    said = said_in(cell, dimension, dated)
    if said.value is None or cell.plain[said.end :].strip(" .:"):
        return None
    whole = [one and replace(one, quote=_whole(line)) for one in (said.value, said.certainty)]
    return Said(dimension, whole[0], whole[1], line.lead, bold.end())


def named_in(cell: Line, *, is_first: bool) -> Dimension | None:
    """The dimension that a cell names: with few words around it in the first cell of a row, in
    another with nothing but its score."""
    asked = _ASKING.match(cell.plain, cell.lead)
    name = NAMED.match(cell.plain, asked.end() if asked else cell.lead)
    if name is None and is_first and len(cell.words) <= LONGEST:
        name = QUESTIONED.match(cell.plain, cell.lead)
    if name is None or (is_first and not _is_label(cell)):
        return None
    dimension = Dimension(name.lastgroup or "")
    if is_first:
        return dimension
    said = said_in(cell, dimension, None, name.end())
    return None if cell.plain[said.end :].strip(" .?:") else dimension


def _is_label(cell: Line) -> bool:
    words = cell.words
    return words.endswith("?") or (len(words) <= LONGEST_SHOUTED and not words.endswith("."))


def said_in(cell: Line, dimension: Dimension, dated: date | None, place: int = 0) -> Said:
    """The score with which the cell begins, or goes on from that place."""
    return _scored(cell, dimension, max(place, cell.lead), len(cell.plain), dated)


def _dimension(line: Line, dated: date | None) -> Heading | None:
    counted = _COUNTED.match(line.plain, line.lead) if line.depth else None
    lead = counted.end() if counted else line.lead
    asked = _ASKING.match(line.plain, lead)
    name = NAMED.match(line.plain, asked.end() if asked else lead)
    behind = None if counted and name else _named_behind(line, dated)
    if behind or name is None:
        return behind or _questioned(line, dated)
    if _SHARED.match(line.plain, name.end()):
        return Heading(Opens.NOTHING, 0)
    tail = line.plain[name.end() :]
    if GIVES.match(tail):
        return _gives(line, name, dated) or _run_in(line, name)
    said = said_behind(line, name, len(line.plain), dated)
    is_all = said.value is not None and not line.plain[said.end :].strip(" .")
    if not (_HEADED.match(tail) or is_all or (said.value and _QUALIFIED.match(tail))):
        return _run_in(line, name)
    is_opened = bool(_OPENED.match(tail)) or line.mark is Mark.HEADING
    has_score = said.value is not None or said.certainty is not None
    has_question = "?" in line.plain[name.end() : said.end]
    if not (is_opened or has_score or has_question):
        return None
    return Heading(Opens.DIMENSION, said.end, said)


def _run_in(line: Line, name: "re.Match[str]") -> Heading | None:
    """“**Timing gets no years.** See drivers.”: bold words that begin with the dimension."""
    bold = _BOLD_LEAD.match(line.text)
    if bold is None or not bold["inner"].rstrip().endswith((".", ":")):
        return None
    said = Said(Dimension(name.lastgroup or ""), None, None, line.lead, line.lead)
    return Heading(Opens.DIMENSION, 0, said)


def _named_behind(line: Line, dated: date | None) -> Heading | None:
    """“Does it work? (viability)”: a heading with the one dimension it is about behind it."""
    found = _BEHIND.search(line.plain, line.lead) if len(line.text) <= LONGEST else None
    if found is None or found.start() <= line.lead:
        return None
    named = {one.lastgroup for one in NAMED.finditer(line.plain[: found.start()])}
    name = NAMED.search(found.group())
    if name is None or named - {name.lastgroup}:
        return None
    dimension = Dimension(name.lastgroup or "")
    first = _scored(line, dimension, line.lead, found.start(), dated, line.lead)
    # A bare number before a name counts the parts of the issue.
    is_score = bool(_OF_FIVE.search(line.plain, line.lead, found.start()))
    if is_score and first.value and not line.plain[first.end : found.start()].strip(" ."):
        return Heading(Opens.DIMENSION, len(line.plain), first)
    if line.mark is not Mark.HEADING and "?" not in line.plain[: found.start()]:
        return None
    said = _scored(line, dimension, found.end(), len(line.plain), dated, line.lead)
    is_all = not line.plain[max(said.end, found.end()) :].strip(" .")
    return Heading(Opens.DIMENSION, len(line.plain), said) if is_all else None


def _gives(line: Line, name: "re.Match[str]", dated: date | None) -> Heading | None:
    """“Viability gets a 2 (high certainty).” and nothing else in its sentence."""
    gives = GIVES.match(line.plain, name.end())
    said = _scored(
        line,
        Dimension(name.lastgroup or ""),
        gives.end() if gives else name.end(),
        len(line.plain),
        dated,
        name.start(),
    )
    has_ended = re.search(r"[.:)\]]\s*$", line.plain[: said.end]) or said.end == len(line.plain)
    return Heading(Opens.DIMENSION, said.end, said) if said.value and has_ended else None


def _questioned(line: Line, dated: date | None) -> Heading | None:
    """A heading of which only the question is left, with or without its mark."""
    name = QUESTIONED.match(line.plain, line.lead)
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


def said_behind(line: Line, name: "re.Match[str]", until: int, dated: date | None) -> Said:
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
            value = _or_another(line, dimension, place, value, dated)
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
    end = min(closed(plain, end), until)
    return Said(dimension, value, certainty, line.lead if start < 0 else start, end)


def _may_be_worded(dimension: Dimension, value: Reading | None) -> bool:
    return value is None and dimension is not Dimension.TIMING


def _or_another(
    line: Line, dimension: Dimension, place: int, value: Reading, dated: date | None
) -> Reading:
    """“3 (or 4 if it flies)”: a second level right behind the first leaves both open."""
    pattern = _SECOND_WINDOW if dimension is Dimension.TIMING else _SECOND
    found = pattern.match(line.plain, place)
    if found is None:
        return value
    meant = _meaning(found, dimension, dated).values
    more = [one for one in meant if one not in value.values]
    what = "window" if dimension is Dimension.TIMING else "level"
    why = value.why or (f"A second {what} stands behind it." if more else "")
    return Reading((*value.values, *more), value.quote, why)


def _score_pattern(dimension: Dimension) -> "re.Pattern[str]":
    return WINDOW if dimension is Dimension.TIMING else LEVEL


def _reading(
    line: Line, dimension: Dimension, found: "re.Match[str]", dated: date | None
) -> Reading:
    meaning = _meaning(found, dimension, dated)
    return Reading(meaning.values, _whole(line), meaning.why)


def _meaning(found: "re.Match[str]", dimension: Dimension, dated: date | None) -> Meaning:
    if dimension is Dimension.TIMING:
        return window_meaning(found, dated)
    return level_meaning(found, dimension)


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
    found = case_in(line)
    if found is None:
        return None
    return Heading(Opens.SCENARIO, found.end, name=found.name, inside=found.inside)
