"""A digest: an abstract, then sections of numbered questions, each answered in points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.importing.gathering import HEADING, Gathered, set_aside_furniture
from evidence.importing.labels import is_furniture, label_of
from evidence.importing.marks import (
    BULLET,
    is_decoration,
    is_short,
    words_in,
)
from evidence.importing.paragraphs import paragraphs_of, plain
from evidence.importing.reading import UNPLACED, ReadPassage, ReadText, TextLine, refuse_too_long

_SECTION = re.compile(
    r"(?:\[\s*\d{1,3}\s*\]|#{1,4}(?=\s)|(?:section|part|chapter|topic)\s+\w{1,5}\s*[:.–—-]|§\s*\d+"
    r"|[IVX]{1,5}[.)](?=\s))\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:(?:q(?:uestion)?\s*)?\d{1,3}\s*[.):]|q\s*[.:)])\s*(?P<name>\S.*)", re.IGNORECASE
)
_ANSWER = re.compile(r"(?:a(?:nswer)?\s*\d{0,3}\s*[.:)])\s*(?P<name>\S.*)", re.IGNORECASE)
_OPENING = "opening"


@dataclass
class _Reading:
    """`pending` is the last question or section, as long as nothing stands below it."""

    gathered: Gathered
    zone: str = _OPENING
    section: str = ""
    question: str = ""
    pending: TextLine | None = None
    is_question: bool = False

    def heading(self) -> str:
        return " › ".join(part for part in (self.section, self.question) if part)


def read_digest(text: str) -> ReadText:
    refuse_too_long(text)
    lines = paragraphs_of(text)
    reading = _Reading(Gathered(text, "digest"))
    opening = _opening(lines)
    title = _title(lines[:opening])
    for at, line in enumerate(lines):
        if line is title:
            reading.gathered.take_title(line)
        elif at < opening:
            _before(reading.gathered, line)
        else:
            _after(reading, line)
    _unanswered(reading)
    return reading.gathered.result()


def _opening(lines: Sequence[TextLine]) -> int:
    """How many lines stand above the abstract, the first section and the first question."""
    for at, line in enumerate(lines):
        if label_of(line, "abstract", "questions") or _SECTION.match(line.text):
            return at
        if _is_question(line) or BULLET.match(line.text):
            return at
    return len(lines)


def _title(lines: Sequence[TextLine]) -> TextLine | None:
    """The last short line above the digest: what makes digests names itself further up."""
    fit = [
        line
        for line in lines
        if not is_decoration(line)
        and not is_furniture(line)
        and not label_of(line, "page")
        and (is_short(line, 30) or line.text.endswith(("?", "…")))
        and not Gathered(line.text, "digest").take_said(_alone(line))
    ]
    return fit[-1] if fit else None


def _alone(line: TextLine) -> TextLine:
    return TextLine(line.number, 0, len(line.text), line.text, 0, 0)


def _before(gathered: Gathered, line: TextLine) -> None:
    if gathered.take_said(line):
        return
    if is_furniture(line) or label_of(line, "page"):
        set_aside_furniture(gathered, line)
    elif not is_short(line):
        why = f"{line.name.capitalize()} stands above the digest as a paragraph."
        gathered.take_line(line, "abstract", why, is_sure=False)


def _after(reading: _Reading, line: TextLine) -> None:
    label = label_of(line, "abstract", "questions", "legal", "page", "related")
    bullet = BULLET.match(line.text)
    if label:
        _unanswered(reading)
        reading.zone = label
        reading.gathered.set_aside(line, HEADING, f"{line.name.capitalize()} names what follows.")
    elif bullet and reading.zone == "abstract":
        why = f"{line.name.capitalize()} is a point of the summary."
        reading.gathered.take_line(line, "abstract", why)
    elif bullet:
        _point(reading, line, bullet.end(), "a point below its question.", is_sure=True)
    elif _SECTION.match(line.text):
        _begin_section(reading, line)
    elif _is_question(line):
        _begin_question(reading, line)
    elif not reading.gathered.take_said(line):
        _paragraph(reading, line)


def _is_question(line: TextLine) -> bool:
    match = _QUESTION.match(line.text)
    if match:
        return line.text.endswith("?") or match["name"][:1].isupper()
    return line.text.endswith("?") and words_in(line.text) <= 30


def _begin_section(reading: _Reading, line: TextLine) -> None:
    _unanswered(reading)
    match = _SECTION.match(line.text)
    reading.section = plain(match["name"] if match else line.text)
    reading.question, reading.zone = "", "questions"
    reading.pending, reading.is_question = line, False


def _begin_question(reading: _Reading, line: TextLine) -> None:
    if reading.is_question:
        _unanswered(reading)
    else:
        _answered(reading)
    match = _QUESTION.match(line.text)
    reading.question, reading.zone = plain(match["name"] if match else line.text), "questions"
    reading.pending, reading.is_question = line, True


def _answered(reading: _Reading) -> None:
    """The question or section above has something below it, so that it is kept as a heading."""
    if reading.pending is not None:
        kind = "question" if reading.is_question else "section"
        why = f"{reading.pending.name.capitalize()} is the {kind} of what stands below it."
        reading.gathered.set_aside(reading.pending, HEADING, why)
        reading.pending = None


def _unanswered(reading: _Reading) -> None:
    """A question without an answer heads nothing, and would be lost as a heading."""
    line, reading.pending = reading.pending, None
    if line is not None and reading.is_question and not line.text.endswith("?"):
        _numbered_point(reading, line)
    elif line is not None:
        why = f"{line.name.capitalize()} has nothing below it."
        reading.gathered.places.put_line(line, UNPLACED, why, is_sure=False)
    reading.question, reading.is_question = "", False


def _numbered_point(reading: _Reading, line: TextLine) -> None:
    reading.question = ""
    match = _QUESTION.match(line.text)
    skip = match.start("name") if match else 0
    _point(reading, line, skip, "a numbered point.", is_sure=False)


def _point(reading: _Reading, line: TextLine, skip: int, why: str, *, is_sure: bool) -> None:
    _answered(reading)
    reading.gathered.take_passage(
        ReadPassage(
            "point",
            plain(line.text[skip:]),
            heading=reading.heading(),
            start=line.start,
            end=line.end,
            why=f"{line.name.capitalize()} is {why}",
            is_sure=is_sure and bool(reading.heading()),
        )
    )


def _paragraph(reading: _Reading, line: TextLine) -> None:
    where = line.name.capitalize()
    answer = _ANSWER.match(line.text)
    if is_decoration(line):
        return
    if is_furniture(line) or reading.zone == "legal":
        set_aside_furniture(reading.gathered, line)
    elif reading.zone == "abstract":
        reading.gathered.take_line(line, "abstract", f"{where} stands below a label for a summary.")
    elif reading.question or reading.section:
        skip = answer.start("name") if answer else 0
        _point(reading, line, skip, "a paragraph below its question.", is_sure=bool(answer))
    elif not is_short(line):
        reading.gathered.take_line(
            line, "abstract", f"{where} belongs to no question.", is_sure=False
        )


def digest_parts(text: str) -> tuple[int, int, int]:
    """How many sections, questions and points the text seems to have."""
    lines = paragraphs_of(text)
    return (
        sum(bool(re.match(r"\[\s*\d{1,3}\s*\]", line.text)) for line in lines),
        sum(_is_question(line) for line in lines),
        sum(bool(BULLET.match(line.text)) for line in lines),
    )
