"""A text that is read once more: the reading begins with what its item holds by now."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.forms.reading import part_initial, read_initial
from evidence.importing.folding import LEFT_OUT, notes_of
from evidence.importing.reading import ReadPassage, ReadText, Span
from evidence.library import changes_of
from evidence.models import Item
from evidence.services.reading import reason_of
from evidence.values.item import ItemFacts, PassageFacts

# The number of the held passage, 0 for what stands before it and 1 for itself, place in the text.
Order = tuple[int, int, int]
_HELD = "The item holds it; it begins as it stands there."
_HELD_ALONE = "The item holds it, and this reading does not propose it."
_SAID = "Its words stand in a comment or the notes of the item already."
_NOT_HELD = "The text was read before, and the item does not hold this."
_LONGEST_HINT = 300


@dataclass(frozen=True)
class Begun:
    """A part with what its row begins with; `held` is the passage of the item that it is."""

    passage: ReadPassage
    initial: dict[str, str]
    order: Order
    held: PassageFacts | None = None


def was_read(item: Item, reader: str) -> bool:
    """Whether that reader's proposals for the present text were saved before."""
    for change in changes_of(item).filter(kind="item.edited"):
        if change.reason == reason_of(reader):
            return True
        if "text" in (change.after or {}):
            return False
    return False


class Rereading:
    """`is_again` where the same reader's proposals for the text were saved before: what the item
    lacks of them was then left out on purpose."""

    def __init__(self, read: ReadText, before: ItemFacts, *, is_again: bool) -> None:
        self.read, self.before, self.is_again = read, before, is_again
        words = {_words(one.text) for one in before.passages}
        self._loose = [one for one in read.unplaced if _words(read.words(one)) in words]
        self._proposed = sorted((*read.passages, *map(self._placed, self._loose)), key=_start)
        self._held = _matches(self._proposed, read.text, before.passages)
        self._notes = _words(before.notes)
        comments = [part for one in before.passages for part in _paragraphs(one.comment)]
        self._said = {_words(part) for part in comments}

    def _placed(self, span: Span) -> ReadPassage:
        words = self.read.words(span)
        return ReadPassage("quotation", words, start=span.start, end=span.end)

    @property
    def parts(self) -> list[Begun]:
        """What the reading proposes and what the item holds beside it, in the item's order."""
        proposed = [self._begun(place, one) for place, one in enumerate(self._proposed)]
        matched = set(self._held.values())
        alone = [
            Begun(_as_read(one, _HELD_ALONE), _initial(one), (index, 1, 0), one)
            for index, one in enumerate(self.before.passages)
            if index not in matched
        ]
        return sorted((*proposed, *alone), key=lambda one: one.order)

    @property
    def loose(self) -> list[tuple[Span, Order]]:
        """The unplaced text that is no passage of the item."""
        return [
            (span, self._order(span.start))
            for span in self.read.unplaced
            if span not in self._loose
        ]

    @property
    def known(self) -> int:
        """How many of the proposals the item holds."""
        return len(self._held)

    def initial(self) -> dict[str, str]:
        return read_initial(
            self.read, self.before, "" if self.is_again else "\n\n".join(self._new_notes()),
            is_again=self.is_again,
        )  # fmt: skip

    def hints(self) -> dict[str, str]:
        """Where the item says something else than the text, what the text says."""
        began = self.initial()
        alone = read_initial(self.read, ItemFacts(kind="note"), "\n\n".join(self._new_notes()))
        return {
            name: _shortened(said)
            for name, said in alone.items()
            if said and _words(said) not in _words(began[name]) and name not in {"tags", "kind"}
        } | self._tag_hint()

    def _tag_hint(self) -> dict[str, str]:
        held = {one.casefold() for one in self.before.tags}
        others = [one for one in self.read.tags if one.casefold() not in held]
        return {"tags": _shortened(", ".join(others))} if self.is_again and others else {}

    def _new_notes(self) -> Iterator[str]:
        return (one for one in _paragraphs(notes_of(self.read)) if _words(one) not in self._notes)

    def _begun(self, place: int, passage: ReadPassage) -> Begun:
        index = self._held.get(place)
        if index is not None:
            held = self.before.passages[index]
            shown = replace(passage, kind=held.kind, mark=held.mark, why=_HELD, is_sure=True)
            return Begun(shown, _initial(held), (index, 1, 0), held)
        order, initial = self._order(passage.start), part_initial(passage)
        why = self._why_left_out(passage)
        if not why:
            return Begun(passage, initial, order)
        shown = replace(passage, why=f"{why} {passage.why}".strip(), is_sure=True)
        return Begun(shown, initial | {"kind": LEFT_OUT}, order)

    def _why_left_out(self, passage: ReadPassage) -> str:
        words = _words(passage.text)
        if words and (words in self._said or words in self._notes):
            return _SAID
        return _NOT_HELD if self.is_again else ""

    def _order(self, start: int) -> Order:
        """Before the held passage that follows in the text."""
        later = (
            index for place, index in self._held.items() if self._proposed[place].start > start
        )
        return (next(later, len(self.before.passages)), 0, start)


def _matches(
    proposed: Sequence[ReadPassage], text: str, held: Sequence[PassageFacts]
) -> dict[int, int]:
    """The number of the held passage by that of the part: the same words, or taken at its place."""
    free = set(range(len(held)))
    found: dict[int, int] = {}
    for by_words in (True, False):
        known: dict[str, list[int]] = defaultdict(list)
        for index in sorted(free, reverse=True):
            one = held[index]
            words = one.text if by_words else "" if one.source else one.exact
            if words.strip():
                known[_words(words)].append(index)
        for place, part in enumerate(proposed):
            words = part.text if by_words else text[part.start : part.end]
            waiting = known.get(_words(words))
            if place not in found and waiting:
                found[place] = waiting.pop()
                free.discard(found[place])
    return dict(sorted(found.items()))


def _as_read(held: PassageFacts, why: str) -> ReadPassage:
    return ReadPassage(held.kind, held.text, held.heading, held.comment, held.mark, why=why)


def _initial(held: PassageFacts) -> dict[str, str]:
    return part_initial(_as_read(held, ""))


def without_repeats(parts: Iterable[str], notes: str) -> list[str]:
    """The parts whose words the notes do not hold."""
    held = _words(notes)
    return [part for part in parts if _words(part) not in held]


def _start(passage: ReadPassage) -> int:
    return passage.start


def _words(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _shortened(text: str) -> str:
    words = _words(text)
    return words if len(words) <= _LONGEST_HINT else f"{words[: _LONGEST_HINT - 1].rstrip()}…"
