"""Parts of a text, as a person confirmed them, put together as the passages of an item."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.importing.link_blog import COMMENTARY
from evidence.importing.reading import ReadText
from evidence.values.item import PassageFacts

LEFT_OUT, NOTE = "left out", "note"


@dataclass(frozen=True)
class Folded:
    """`positions` tell of each part which passage it became; None where it became none."""

    passages: tuple[PassageFacts, ...]
    notes: tuple[str, ...]
    positions: tuple[int | None, ...]


def folded(parts: Sequence[PassageFacts]) -> Folded:
    """Commentary stands with the passage that follows it, after the last one as a note."""
    passages: list[PassageFacts] = []
    positions: list[int | None] = []
    notes: list[str] = []
    held: list[str] = []
    for part in parts:
        positions.append(None)
        if part.kind == COMMENTARY:
            held.append(part.text)
        elif part.kind == NOTE:
            notes.append(part.text)
        elif part.kind != LEFT_OUT:
            positions[-1] = len(passages)
            comment = "\n\n".join([*held, *([part.comment] if part.comment else [])])
            passages.append(replace(part, comment=comment))
            held = []
    return Folded(tuple(passages), (*notes, *held), tuple(positions))


def notes_of(read: ReadText) -> str:
    """The notes with the summary above and what is related below them."""
    parts = [read.abstract, read.notes]
    if read.related:
        parts.append("Related reading:\n\n" + "\n".join(f"- {title}" for title in read.related))
    return "\n\n".join(part for part in parts if part)
