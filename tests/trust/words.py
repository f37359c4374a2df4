"""Words that stand nowhere else, so that one found on a page names the place it came from."""

import base64
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from record.canonical import digest
from tests.assessments.factories import card_json

Say = Callable[[str], str]

# A planted word, or the hash of a hidden text.
_WORD = re.compile(r"zq[0-9a-f]{12}|[0-9a-f]{64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")
PREDICTION_TEXTS = (
    "statement",
    "metric",
    "direction",
    "threshold",
    "population",
    "baseline",
    "kind",
    "resolution_rule",
    "resolvability",
    "wording_problem",
    "later_status",
)


@dataclass
class Words:
    """The planted words, each with its place."""

    places: dict[str, str] = field(default_factory=dict)

    def at(self, place: str) -> str:
        """The word of the place: letters and digits, so that no slug or case wears it down."""
        word = f"zq{digest(place)[:12]}"
        self.places[word] = place
        return word

    def under(self, place: str) -> Say:
        return lambda part: self.at(f"{place}, {part}")

    def found_in(self, text: str) -> set[str]:
        """The places whose words stand in the text, openly or in a common disguise."""
        words = _WORD.findall("\n".join(_shapes(text)).casefold())
        return {self.places[word] for word in words if word in self.places}


def _shapes(text: str) -> Iterator[str]:
    yield text
    yield html.unescape(text)
    yield unquote_plus(text)
    for run in _BASE64.findall(text):
        # A word may begin at any of the three places of a group.
        for start in range(4):
            yield _decoded(run[start:])


def _decoded(run: str) -> str:
    standard = run.replace("-", "+").replace("_", "/")
    whole = standard[: len(standard) // 4 * 4]
    return base64.b64decode(whole, validate=False).decode("latin-1")


def worded_card(slug: str, say: Say, **changes: Any) -> dict[str, Any]:
    """A whole card with a word of its own in every text."""
    card = card_json(slug, **changes)
    for dimension, score in card["scores"].items():
        score["rationale"] = f"{say(f'{dimension} rationale')} is why."
    return card | {
        "series": say("series"),
        "reason": f"{say('reason')} made me write.",
        "summary": f"{say('summary')} in short.",
        "text": f"{say('text')} at length.",
        "scenarios": [_texts(say, "scenario", "name", "text") | _NO_NUMBERS],
        "companies": [_texts(say, "company", "name", "note", "disclosure")],
        "rating": {"value": "overrated"} | _texts(say, "rating", "perspective", "note"),
        "tripwires": [say("tripwire")],
        "open_questions": [_texts(say, "question", "question", "answer") | {"answered_on": None}],
        "predictions": [_texts(say, "prediction", *PREDICTION_TEXTS) | {"deadline": "2030-12-31"}],
        "sources": [_source(say)],
        "citations": [_citation(slug, say)],
    }


_NO_NUMBERS = {"impact_level": None, "probability": None}


def _texts(say: Say, part: str, *names: str) -> dict[str, Any]:
    return {name: say(f"{part} {name}") for name in names}


def _source(say: Say) -> dict[str, Any]:
    address = f"https://example.org/{say('source address')}"
    return {"title": say("source title"), "url": address, "accessed_on": None}


def item_key(slug: str) -> str:
    """Of the item that the card of that technology cites."""
    return f"item-of-{slug}"


def _citation(slug: str, say: Say) -> dict[str, Any]:
    bears = {"dimension": "viability", "direction": "raises", "strength": "strong"}
    address = f"https://example.org/{say('citation address')}"
    texts = _texts(say, "citation", "title", "quote", "belief")
    return {"item": item_key(slug), "url": address} | texts | bears


def texts_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_of(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item, f"{path}[]")
