"""A post that quotes: a few words, a link, and quotations between commentary.

Plain text has lost the marks that set quotations apart, so each paragraph is proposed as one or
the other, by what stands above it and by who speaks in it, and is confirmed by a person.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.importing.figures_in_words import FiguresFound, figures_in
from evidence.importing.gathering import HEADING, Gathered, set_aside_furniture
from evidence.importing.labels import is_furniture
from evidence.importing.marks import (
    addresses_in,
    host_of,
    is_decoration,
    is_short,
    quoted_whole,
    words_in,
)
from evidence.importing.paragraphs import paragraphs_of, plain
from evidence.importing.reading import (
    REPEATS,
    ReadPassage,
    ReadText,
    TextLine,
    refuse_too_long,
)
from evidence.importing.repeats import repeats_in

QUOTATION, COMMENTARY = "quotation", "commentary"
_OPENS_QUOTE = re.compile(r":\s*[\"'”’)]*$")
_SPEAKER = re.compile(r"\b(?:I|I['’](?:m|d|ve|ll)|my|me|myself)\b")
_INSIDERS = re.compile(r"\b(?:we|we['’](?:re|ve|ll|d)|our|ours|us)\b", re.IGNORECASE)
_OF_THE_SOURCE = re.compile(
    r"\b(?:the|this|these|his|her|their)\s+(?:\w+\s+){0,2}(?:authors?|writers?|paper|article|essay"
    r"|post|report|document|memo|piece|book|talk|interview|chart|graph|figure|text|premise|title)\b"
    r"|\b(?:they|he|she)\s+(?:then\s+|also\s+|go(?:es)? on to\s+)?(?:say|write|argue|explain|note"
    r"|conclude|claim|point|talk|describe|suggest|add|mention)s?\b",
    re.IGNORECASE,
)
_VIA = re.compile(r"\b(?:via|h/t|hat tip|found (?:at|via|through)|through)\b", re.IGNORECASE)
_NAMED = re.compile(r"[“\"]([^“”\"\n]{8,200})[”\"]")
_GLUED_TAGS = re.compile(r"(?<=[^\s#])(?P<tags>#[^\W\d_][^#\n]{0,60}(?:#[^\W\d_][^#\n]{0,60})+)$")
_SAYS_I = "speaks as “I”: commentary, unless the quoted author says it."
_ONLY_LINK = (
    "is the only link. It is taken for where the quotations were found; if it is their own address,"
    " move it there."
)
_HEADING_WORDS = 20
_INTRO = 6
_ASIDE_WORDS = 12


@dataclass
class _Reading:
    """`is_quoting`: the paragraph above was quoted, or introduces what is.

    What stands above `intro_end`, where the link is, introduces the post.
    """

    gathered: Gathered
    intro_end: int = 0
    is_quoting: bool = False
    heading: str = ""
    figures: FiguresFound | None = None


def read_link_blog(text: str) -> ReadText:
    refuse_too_long(text)
    repeated = repeats_in(text, paragraphs_of(text))
    reading = _Reading(Gathered(text, "quotation"))
    for start, end in repeated:
        why = "This stands word for word further up; it is offered as a repeat and not read twice."
        reading.gathered.places.put(start, end, REPEATS, why)
    lines = [_before_repeat(text, line, dict(repeated)) for line in paragraphs_of(text)]
    kept = [part for line in lines if line is not None for part in _parts(text, line)]
    kept = _links_and_title(reading, kept)
    for at, line in enumerate(kept):
        _read(reading, line, kept[at + 1] if at + 1 < len(kept) else None)
    figures = reading.figures
    return reading.gathered.result(figures.name if figures else "")


def _before_repeat(text: str, line: TextLine, repeated: dict[int, int]) -> TextLine | None:
    """The part of the line that says something new."""
    start = next((one for one in repeated if line.start <= one < line.end), None)
    if start is None:
        return line
    bare = text[line.start : start].rstrip()
    return replace(line, end=line.start + len(bare), text=bare) if bare.strip() else None


def _parts(text: str, line: TextLine) -> list[TextLine]:
    """A row of tags that was glued to a sentence stands by itself."""
    match = _GLUED_TAGS.search(line.text)
    if match is None or line.text.startswith("#"):
        return [line]
    at = line.start + match.start()
    bare = text[line.start : at].rstrip()
    tags = replace(line, start=at, text=text[at : line.end].replace("\n", " "))
    return [replace(line, end=line.start + len(bare), text=line.text[: len(bare)]), tags]


def _links_and_title(reading: _Reading, lines: Sequence[TextLine]) -> list[TextLine]:
    """What is left once links that stand alone, and a title above everything, have their place."""
    gathered = reading.gathered
    alone = [line for line in lines if _is_link(line)]
    _place_links(gathered, alone)
    reading.intro_end = next((line.start for line in lines[:_INTRO] if line in alone), 0)
    rest = [line for line in lines if line not in alone]
    first = next((line for line in rest if not is_decoration(line)), None)
    if first and is_short(first, 16) and not first.text.startswith("#"):
        gathered.take_title(first)
        return [line for line in rest if line is not first]
    return rest


def _is_link(line: TextLine) -> bool:
    found = addresses_in(line.text)
    if len(found) != 1:
        return False
    beside = line.text.replace(found[0].text, "")
    return words_in(beside) <= 4


def _place_links(gathered: Gathered, lines: Sequence[TextLine]) -> None:
    """With one link alone it is where the quotations were found; a second one is their source."""
    named = [line for line in lines if _VIA.search(line.text.partition("http")[0])]
    others = [line for line in lines if line not in named]
    via = (named or (others if len(others) == 1 else []))[:1]
    for line in via:
        address = addresses_in(line.text)[0].text
        why = "names where it was found." if named else _ONLY_LINK
        gathered.places.put_line(
            line, "via_url", f"{line.name.capitalize()} {why}", is_sure=bool(named)
        )
        gathered.add("via_url", address)
        gathered.add("via", host_of(address))
    for line in others:
        if line not in via:
            _place_source(gathered, line)


def _place_source(gathered: Gathered, line: TextLine) -> None:
    if gathered.has("url"):
        why = f"{line.name.capitalize()} is one more link."
        gathered.take_line(line, "notes", why, is_sure=False)
        return
    why = f"{line.name.capitalize()} is the first link that stands alone."
    gathered.places.put_line(line, "url", why, is_sure=False)
    gathered.add("url", addresses_in(line.text)[0].text)


def _read(reading: _Reading, line: TextLine, after: TextLine | None) -> None:
    gathered = reading.gathered
    if is_decoration(line) or gathered.take_said(line):
        return
    if is_furniture(line):
        set_aside_furniture(gathered, line)
        return
    found = figures_in(gathered.text, line) if reading.figures is None else None
    if found:
        reading.figures = found
        gathered.figures.extend(found.rows)
        why = f"{line.name.capitalize()} tells {len(found.rows)} figures, “{found.name}”."
        gathered.places.put_line(line, "figures", why, is_sure=False)
        reading.is_quoting = False
    elif _is_heading(line, after):
        reading.heading = plain(line.text)
        why = f"{line.name.capitalize()} is short and ends no sentence: it heads what follows."
        gathered.places.put_line(line, HEADING, why, is_sure=False)
    else:
        _paragraph(reading, line)


def _is_heading(line: TextLine, after: TextLine | None) -> bool:
    return is_short(line, _HEADING_WORDS) and after is not None and words_in(after.text) > 5


def _paragraph(reading: _Reading, line: TextLine) -> None:
    is_quoted, why, is_sure = _judged(reading, line)
    gathered = reading.gathered
    if line.start < reading.intro_end and not (is_quoted and is_sure):
        _introduce(gathered, line)
        return
    kind = QUOTATION if is_quoted else COMMENTARY
    gathered.take_passage(
        ReadPassage(
            kind,
            quoted_whole(line.text) or plain(line.text.removeprefix(">")),
            heading=reading.heading if is_quoted else "",
            start=line.start,
            end=line.end,
            why=f"{line.name.capitalize()} {why}",
            is_sure=is_sure,
        )
    )
    reading.is_quoting = is_quoted or bool(_OPENS_QUOTE.search(line.text))
    if not is_quoted:
        reading.heading = ""


def _judged(reading: _Reading, line: TextLine) -> tuple[bool, str, bool]:
    """Whether the paragraph is quoted, why, and whether that is sure."""
    text = line.text
    last = reading.gathered.passages[-1] if reading.gathered.passages else None
    if text.startswith(">") or quoted_whole(text):
        return True, "has the marks of a quotation.", True
    if _OPENS_QUOTE.search(text):
        return False, "ends in a colon: it introduces a quotation.", True
    if last is not None and last.kind == COMMENTARY and reading.is_quoting:
        return True, "follows a colon.", True
    return (*_by_voice(reading, text), False)


def _by_voice(reading: _Reading, text: str) -> tuple[bool, str]:
    """What the words tell of who speaks; those in quotation marks tell nothing."""
    said = _NAMED.sub(" ", text)
    is_aside = text.startswith("(") and text.endswith(")")
    leads_on = text.endswith("?") and words_in(text) <= _ASIDE_WORDS
    signs = (
        (is_aside, False, "is an aside in brackets."),
        (_SPEAKER.search(said), False, _SAYS_I),
        (_OF_THE_SOURCE.search(said), False, "speaks of the source."),
        (leads_on, False, "is a short question that leads on."),
        (_INSIDERS.search(said), True, "speaks as “we”, as the quoted author would."),
        (reading.is_quoting, True, "goes on after a quotation, and nothing says that it ended."),
    )
    for is_there, is_quoted, why in signs:
        if is_there:
            return is_quoted, why
    return False, "has no mark of a quotation."


def _introduce(gathered: Gathered, line: TextLine) -> None:
    """A paragraph above the link; what it names in quotation marks is proposed as the title."""
    why = f"{line.name.capitalize()} stands above the link."
    named = next((one for one in _NAMED.finditer(line.text) if _is_name(one.group(1))), None)
    gathered.add("notes", gathered.text[line.start : line.end])
    if named is None or gathered.has("title"):
        gathered.places.put_line(line, "notes", why)
        return
    start, end = line.start + named.start(1), line.start + named.end(1)
    gathered.places.put(line.start, start, "notes", why)
    because = f"{line.name.capitalize()} names it in quotation marks."
    gathered.places.put(start, end, "title", because, is_sure=False)
    gathered.places.put(end, line.end, "notes", why)
    gathered.add("title", named.group(1))


def _is_name(words: str) -> bool:
    """Like a title: three words or more, most of them with a capital."""
    each = words.split()
    return len(each) >= 3 and sum(word[0].isupper() for word in each) > len(each) / 2
