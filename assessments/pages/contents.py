"""What a card says beside its scores, as plain text under headings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]

_PREDICTION = (
    ("metric", "Measured by"),
    ("direction", "Direction"),
    ("threshold", "Threshold"),
    ("population", "Of"),
    ("baseline", "Against"),
    ("deadline", "Deadline"),
    ("resolution_rule", "Read on"),
    ("kind", "Kind"),
    ("resolvability", "Resolvability"),
    ("wording_problem", "Problem of the wording"),
    ("later_status", "Later"),
)


@dataclass(frozen=True)
class Passage:
    key: str
    heading: str
    text: str


def passages(content: Content) -> tuple[Passage, ...]:
    """Every part of the card in the order of its form; parts that say nothing are empty."""
    return (*_texts(content), *_frame(content))


def readable(content: Content) -> tuple[Passage, ...]:
    """The parts that say something, without the frame that a page prints elsewhere."""
    return tuple(passage for passage in _texts(content) if passage.text)


def _texts(content: Content) -> tuple[Passage, ...]:
    return (
        Passage("summary", "Summary", content["summary"]),
        Passage("text", "In full", content["text"]),
        Passage("scenarios", "Scenarios", _listed(map(_scenario, content["scenarios"]))),
        Passage("companies", "Companies", _listed(map(_company, content["companies"]))),
        Passage("rating", "Rating", _rating(content["rating"])),
        Passage("p_never", "Its market never opens", _share(content["p_never"])),
        Passage("tripwires", "Tripwires", _listed(content["tripwires"])),
        Passage(
            "open_questions", "Open questions", _listed(map(_question, content["open_questions"]))
        ),
        Passage("predictions", "Predictions", _listed(map(_prediction, content["predictions"]))),
        Passage("sources", "Sources", _listed(map(_source, content["sources"]))),
        Passage("citations", "Evidence", _listed(map(_citation, content.get("citations", ())))),
    )


def _frame(content: Content) -> tuple[Passage, ...]:
    return (
        Passage("as_of", "Speaks of", content["as_of"]),
        Passage("series", "Series", content["series"]),
        Passage("detail", "Detail", content["detail"]),
    )


def _listed(items: Iterable[str]) -> str:
    return "\n\n".join(items)


def _joined(*parts: str | None, by: str = "\n") -> str:
    return by.join(filter(None, parts))


def _share(share: float | None) -> str:
    return "" if share is None else f"{100 * share:g} of 100"


def _scenario(item: Content) -> str:
    level = item["impact_level"] and f"impact {item['impact_level']}"
    heading = _joined(item["name"], _share(item["probability"]), level, by=", ")
    return _joined(heading, item["text"])


def _company(item: Content) -> str:
    return _joined(item["name"], item["note"], item["disclosure"])


def _rating(rating: Content | None) -> str:
    if rating is None:
        return ""
    return _joined(f"{rating['value']}, seen by a {rating['perspective']}", rating["note"])


def _question(item: Content) -> str:
    day = item["answered_on"] and f"Answered on {item['answered_on']}"
    return _joined(item["question"], item["answer"], day)


def _prediction(item: Content) -> str:
    facts = [f"{words}: {item[key]}" for key, words in _PREDICTION if item[key]]
    return _joined(item["statement"], *facts)


def _source(item: Content) -> str:
    day = item["accessed_on"] and f"read on {item['accessed_on']}"
    return _joined(item["title"], _joined(item["url"], day, by=", "))


def _citation(item: Content) -> str:
    bears = f"{item['dimension'].capitalize()}: {item['title']} {item['direction']} it"
    quote = item["quote"] and f"“{item['quote']}”"
    return _joined(f"{bears}, {item['strength']}", quote, item["belief"], item["url"])


def _plainly(item: object) -> str:
    if isinstance(item, Mapping):
        return _joined(*(str(part) for part in item.values() if part is not None))
    return str(item)


_SPELLINGS: Mapping[str, Callable[[Any], str]] = {
    "scenarios": _scenario,
    "companies": _company,
    "rating": _rating,
    "p_never": _share,
    "open_questions": _question,
    "predictions": _prediction,
    "sources": _source,
    "citations": _citation,
}


def spelled(key: str, value: Any) -> str:
    """What one part of a card says, or one element of a list; nothing where it is not there."""
    if value is None:
        return ""
    spell = _SPELLINGS.get(key, _plainly)
    return _listed(map(spell, value)) if isinstance(value, list) else spell(value)
