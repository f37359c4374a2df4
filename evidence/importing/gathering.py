"""The values of an item while a text is read, each with the place it was taken from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.importing.bylines import Said, said_in, said_in_title
from evidence.importing.marks import host_of
from evidence.importing.paragraphs import plain
from evidence.importing.reading import (
    FURNITURE,
    PASSAGE,
    REPEATS,
    Places,
    ReadFigure,
    ReadGuess,
    ReadPassage,
    ReadText,
    TextLine,
    refuse_too_many,
)

_MANY = ("authors", "tags", "related")
HEADING = "heading"


@dataclass
class Gathered:
    """What a reader has found so far."""

    text: str
    kind: str
    places: Places = field(init=False)
    values: dict[str, list[str]] = field(default_factory=dict)
    passages: list[ReadPassage] = field(default_factory=list)
    guesses: list[ReadGuess] = field(default_factory=list)
    figures: list[ReadFigure] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = Places(self.text)

    def has(self, place: str) -> bool:
        return bool(self.values.get(place))

    def add(self, place: str, *values: str) -> None:
        self.values.setdefault(place, []).extend(value for value in values if value)

    def take_line(self, line: TextLine, place: str, why: str, *, is_sure: bool = True) -> None:
        """The line is the value of that place, or one more of its paragraphs."""
        self.places.put_line(line, place, why, is_sure=is_sure)
        self.add(place, self.text[line.start : line.end])

    def set_aside(self, line: TextLine, place: str, why: str) -> None:
        """The line has a place but is no part of the item: a heading, furniture, a repeat."""
        self.places.put_line(line, place, why)

    def take_passage(self, passage: ReadPassage) -> None:
        self.passages.append(passage)
        # Before the rest of an endless text is read for nothing.
        refuse_too_many(len(self.passages), is_whole=False)
        self.places.put(passage.start, passage.end, PASSAGE, passage.why, is_sure=passage.is_sure)

    def take_title(self, line: TextLine) -> None:
        for said in said_in_title(line):
            self._take(said, line.start + said.start, line.start + said.end)

    def take_said(self, line: TextLine) -> bool:
        """Whether the line said something of the text; one value is kept of each."""
        said = said_in(line)
        if said is None or (said.place not in _MANY and self.has(said.place)):
            return False
        self._take(said, line.start, line.end)
        return True

    def _take(self, said: Said, start: int, end: int) -> None:
        self.places.put(start, end, said.place, said.why, is_sure=said.is_sure)
        self.add(said.place, *said.value)
        if said.place == "via_url" and not self.has("via"):
            self.add("via", host_of(said.value[0]))

    def result(self, figures_name: str = "") -> ReadText:
        refuse_too_many(len(self.passages))
        return ReadText(
            text=self.text,
            kind=self.kind,
            spans=self.places.spans(),
            passages=tuple(self.passages),
            figures_name=figures_name,
            figures=tuple(self.figures),
            guesses=tuple(self.guesses),
            authors=self._several("authors"),
            tags=self._several("tags"),
            related=self._several("related"),
            title=self._one("title"),
            url=self._one("url"),
            publisher=self._one("publisher"),
            published=self._one("published"),
            via=self._one("via"),
            via_url=self._one("via_url"),
            licence=self._one("licence"),
            notes=self._paragraphs("notes"),
            abstract=self._paragraphs("abstract"),
        )

    def _one(self, place: str) -> str:
        return plain(next(iter(self.values.get(place, [])), ""))

    def _several(self, place: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(plain(value) for value in self.values.get(place, [])))

    def _paragraphs(self, place: str) -> str:
        return "\n\n".join(self.values.get(place, []))


def find_title(
    lines: Sequence[TextLine], *, among: int = 8
) -> tuple[TextLine | None, TextLine | None, bool]:
    """The line that is the title, its repetition if there is one, and whether that is sure."""
    first = lines[:among]
    for at, line in enumerate(first):
        again = next((other for other in first[at + 1 :] if other.text == line.text), None)
        if again is not None:
            return line, again, True
    return (first[0] if first else None), None, False


def set_aside_furniture(gathered: Gathered, line: TextLine) -> None:
    gathered.set_aside(line, FURNITURE, f"{line.name.capitalize()}: of the page it came from.")


def set_aside_repeat(gathered: Gathered, line: TextLine) -> None:
    gathered.set_aside(line, REPEATS, f"{line.name.capitalize()} says again what stands above.")
