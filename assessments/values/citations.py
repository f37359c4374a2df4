"""What a card takes from the evidence library, and what that does to its scores."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assessments.values import limits
from assessments.values.fields import CONTRADICTION, Fields
from assessments.values.parts import is_web_address
from assessments.values.scale import Dimension
from evidence.values.facts import clean_address
from intake.errors import IntakeError

ITEM_KEY = "[a-z0-9][a-z0-9_-]{0,79}"
_ITEM_KEY = re.compile(ITEM_KEY)
Judged = tuple[str, str, str, str, str, str]


class Direction(StrEnum):
    """What the evidence does to the level or the window that stood before it."""

    RAISES = "raises"
    LOWERS = "lowers"
    SUPPORTS = "supports"


class Strength(StrEnum):
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


@dataclass(frozen=True)
class Citation:
    """An item of the library bears on one dimension. `item` is its key; title and address are
    those that it had when it was cited, so that the card can be read without the library."""

    dimension: Dimension
    item: str
    title: str
    direction: Direction
    strength: Strength
    url: str | None = None
    quote: str = ""
    belief: str = ""

    @property
    def judged(self) -> Judged:
        """All that a person decides in citing; title and address are the item's own."""
        said = (self.direction.value, self.strength.value, self.quote, self.belief)
        return (self.dimension.value, self.item, *said)

    def to_json(self) -> dict[str, object]:
        return {
            "dimension": self.dimension.value,
            "item": self.item,
            "title": self.title,
            "url": self.url,
            "quote": self.quote,
            "direction": self.direction.value,
            "strength": self.strength.value,
            "belief": self.belief,
        }


def says_the_same(one: Iterable[Citation], other: Iterable[Citation]) -> bool:
    """Whether both cite the same for the same reasons, in whatever order."""
    return Counter(c.judged for c in one) == Counter(c.judged for c in other)


def read_citations(parent: Fields, key: str) -> tuple[Citation, ...]:
    seen: set[tuple[str, str, str]] = set()
    citations = []
    for position, fields in enumerate(parent.each(key)):
        citation = _read_citation(fields)
        fields.finish()
        same = (citation.dimension.value, citation.item, citation.quote)
        if citation.item and same in seen:
            message = (
                f"This item is cited twice on {citation.dimension} with the same words; keep one."
            )
            parent.note(f"{key}[{position}]", citation.item, message, CONTRADICTION)
        seen.add(same)
        citations.append(citation)
    return tuple(citations)


def _read_citation(fields: Fields) -> Citation:
    for key in ("dimension", "direction", "strength"):
        if fields.has(key) and fields.raw(key) is None:
            fields.note(key, None, f"A citation needs its {key}; choose one.")
    return Citation(
        dimension=fields.choice("dimension", Dimension, Dimension.VIABILITY),
        item=_item(fields),
        title=fields.required_name("title", limit=limits.TITLE),
        url=_address(fields),
        quote=fields.text("quote", limit=limits.PASSAGE),
        direction=fields.choice("direction", Direction, Direction.SUPPORTS),
        strength=fields.choice("strength", Strength, Strength.MODERATE),
        belief=fields.text("belief", limit=limits.NOTE),
    )


def _item(fields: Fields) -> str:
    if not fields.has("item"):
        return ""
    raw = fields.raw("item")
    if isinstance(raw, str) and _ITEM_KEY.fullmatch(raw):
        return raw
    message = (
        "The item must be the key of an item of the evidence library: small letters a to z,"
        " digits, hyphens and underscores, at most 80 characters."
    )
    fields.note("item", raw, message)
    return ""


def _address(fields: Fields) -> str | None:
    url = fields.line("url", limit=limits.ITEM_URL)
    if url is None:
        return None
    message = "The address must begin with http:// or https:// and name a host."
    try:
        if is_web_address(url) and clean_address(url, "The address"):
            return url
    except IntakeError as error:
        message = error.message
    fields.note("url", url, message)
    return None
