"""Which part of a card, other than a dimension, the line of a heading opens."""

import re
from collections.abc import Iterator

from assessments.importing.newsletter.lines import Line, Mark
from assessments.importing.newsletter.opening import LONGEST, Heading
from assessments.importing.newsletter.vocabulary import FAMILIES, FURNITURE, PARTS, Opens

_PARTS = tuple(
    re.compile(f"(?P<{opens}>{words})\\b", re.IGNORECASE) for opens, words in PARTS.items()
)
_FAMILIES = {
    opens: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for opens, words in FAMILIES.items()
}
# What a line between paragraphs can open that is not marked as a heading.
_TITLED = {
    *(Opens.SCENARIOS, Opens.COMPANIES, Opens.RATING, Opens.QUESTIONS, Opens.TRIPWIRES),
    *(Opens.PREDICTION, Opens.SOURCES, Opens.MAIL),
}
_FURNITURE = re.compile(FURNITURE, re.IGNORECASE)
LONGEST_SHOUTED = 60
_MOST_WORDS, _LONGEST_FURNITURE = 5, 240
_LABEL = re.compile(r"(?:so|and|now|next|finally|last),?:? ", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[](?P<words>[^()\[\]]{1,60})[)\]]")
_PART_END = re.compile(r"\s*[?:.!-]*\s*$")
_BOLD_END = re.compile(r"[.:?]?(?:\*\*|__)\s+(?=\S)")
_PART_INLINE = re.compile(r"\s*\??\s*(?::|\s-)\s+(?=\S)|\?\s+(?=\S)|[ ]{3,}(?=\S)|\t(?=\S)")
# “Companies. Two are in Lyon.”, but no “Short. It is.”, which can be a sentence.
_RUN_IN = re.compile(r"\.\s+(?=\S)")
_WORD_ALONE = re.compile(r"short|long|brief(?:ly)?|digest|feedback|comments", re.IGNORECASE)
# “Verdict 6/10”: a mark out of something right behind the word.
_MARKED = re.compile(r"\s+(?=\d{1,3}(?:[.,]\d)?\s?(?:/|out of|of|%)|[★⭐●])")


def is_furniture(line: Line) -> bool:
    """Whether the line is of the mail and not of the issue: a sponsor, a way to unsubscribe."""
    words = line.words
    if len(words) > _LONGEST_FURNITURE or words.endswith("?"):
        return False
    return line.text.lstrip().startswith("©") or bool(_FURNITURE.search(words))


def part_of(line: Line) -> Heading | None:
    for found in _parts_at(line):
        opens, end = Opens(found.lastgroup or ""), found.end()
        beside = _ASIDE.match(line.plain, end)
        aside = beside.span() if beside and re.search(r"\d", beside["words"]) else None
        end = beside.end() if beside else end
        if len(line.words) <= LONGEST and _PART_END.match(line.plain, end):
            return Heading(opens, len(line.plain), aside=aside)
        inline = _inline(line, end, opens)
        if inline:
            return Heading(opens, inline.end(), aside=aside)
    return None


def _inline(line: Line, end: int, opens: Opens) -> "re.Match[str] | None":
    """Where the text of a part begins on the line of its heading."""
    inline = _PART_INLINE.match(line.plain, end) or _BOLD_END.match(line.text, end)
    if inline is None and opens is Opens.RATING:
        inline = _MARKED.match(line.plain, end)
    if inline is None and not _WORD_ALONE.fullmatch(line.plain, line.lead, end):
        inline = _RUN_IN.match(line.plain, end)
    return inline


def _parts_at(line: Line) -> Iterator["re.Match[str]"]:
    """The longest wording first: “questions” also begins “open questions”."""
    label = _LABEL.match(line.plain, line.lead)
    found = []
    for words in _PARTS:
        one = words.match(line.plain, label.end() if label else line.lead)
        if one:
            found.append(one)
    yield from sorted(found, key=lambda one: -one.end())


def other_of(line: Line) -> Heading | None:
    """A line that is marked as a heading opens what its words name, if that is one part alone; one
    that only stands like a heading has to name one."""
    is_shouted = line.words.isupper() and len(line.words) <= LONGEST_SHOUTED
    is_numbered = line.is_alone and len(line.words.split()) <= _MOST_WORDS
    is_marked = line.mark is Mark.HEADING or is_shouted or is_numbered
    if not is_marked and not line.is_titled:
        return None
    named = [opens for opens, words in _FAMILIES.items() if words.search(line.words)]
    if (
        len(named) == 1
        and len(line.words) <= LONGEST_SHOUTED
        and (is_marked or named[0] in _TITLED)
    ):
        return Heading(named[0], len(line.plain), is_loose=True)
    return Heading(Opens.OTHER, len(line.plain)) if line.mark is Mark.HEADING else None
