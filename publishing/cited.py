"""The evidence of a published card, as readers get it: out of the publication alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.selectors import PublishedCard
from assessments.values.scale import Dimension
from publishing.pages.published import Published, day_words

SIGNS = {"raises": "▲", "lowers": "▼", "supports": "="}
_OF_LEVELS = {"raises": "raises it", "lowers": "lowers it", "supports": "supports it"}
_OF_WINDOWS = {
    "raises": "points to later",
    "lowers": "points to earlier",
    "supports": "supports it",
}


@dataclass(frozen=True)
class CitedRow:
    """`retracted` is the day in words, empty while the item stands."""

    title: str
    url: str
    quote: str
    direction: str
    sign: str
    words: str
    belief: str
    retracted: str
    reason: str


def cited_on(
    card: PublishedCard, dimension: Dimension, published: Published
) -> tuple[CitedRow, ...]:
    citations = card.card.get("citations", ())
    return tuple(_row(one, published) for one in citations if one["dimension"] == dimension)


def direction_words(dimension: str, direction: str) -> str:
    """What the item does to the score, in words that fit a level or a window."""
    words = _OF_WINDOWS if dimension == Dimension.TIMING else _OF_LEVELS
    return words[direction]


def _row(citation: Mapping[str, Any], published: Published) -> CitedRow:
    retraction = published.retracted.get(citation["item"])
    words = direction_words(citation["dimension"], citation["direction"])
    return CitedRow(
        title=citation["title"],
        url=citation["url"] or "",
        quote=citation["quote"],
        direction=citation["direction"],
        sign=SIGNS[citation["direction"]],
        words=f"{words}, {citation['strength']}",
        belief=citation["belief"],
        retracted=day_words(retraction.on) if retraction else "",
        reason=retraction.reason if retraction else "",
    )


def evidence_records(card: PublishedCard, published: Published) -> list[dict[str, Any]]:
    """The same as data."""
    return [_record(one, published) for one in card.card.get("citations", ())]


def _record(citation: Mapping[str, Any], published: Published) -> dict[str, Any]:
    retraction = published.retracted.get(citation["item"])
    return {
        **citation,
        "retracted_on": retraction.on.isoformat() if retraction else None,
        "retracted_reason": retraction.reason if retraction else None,
    }
