"""What was read, in the contract's shape of a card that is not finished."""

from collections.abc import Mapping
from typing import Any

from assessments.importing.newsletter.issue import Level, ReadPart, ReadRating, ReadScore, Years
from assessments.values.scale import DEFAULT_PERSPECTIVE, Dimension


def filled_card(
    part: ReadPart, *, base: Mapping[str, Any] | None, source: Mapping[str, Any]
) -> dict[str, Any]:
    """What the issue says over what the card said before; what is asked stays empty.

    `source` is the issue itself, as a card names what a reader can look up.
    """
    before = dict(base or {})
    lists: dict[str, list[Any]] = {
        "scenarios": [
            {
                "name": one.name,
                "text": one.text,
                "impact_level": one.impact_level,
                "probability": one.probability,
            }
            for one in part.scenarios
        ],
        "companies": [{"name": one.name, "note": one.note} for one in part.companies],
        "tripwires": [quote.words for quote in part.tripwires],
        "open_questions": [{"question": quote.words} for quote in part.questions],
        "predictions": [{"statement": one.quote.words} for one in part.predictions],
    }
    said = {key: items for key, items in lists.items() if items}
    texts = {key: text for key in ("summary", "text") if (text := getattr(part, key))}
    rating = {"rating": _rating(part.rating)} if part.rating else {}
    return (
        before
        | said
        | texts
        | rating
        | {
            "scores": _scores(part, before.get("scores", {})),
            "sources": _sources(part, before.get("sources", []), source),
        }
    )


def _scores(part: ReadPart, before: Mapping[str, Any]) -> dict[str, Any]:
    asked = {ask.key for ask in part.asks}
    scores: dict[str, Any] = {}
    for dimension in Dimension:
        read = part.scores.get(dimension)
        if read is not None and (read.value or read.rationale or dimension.value in asked):
            scores[dimension.value] = _score(read)
        elif dimension.value in before:
            scores[dimension.value] = before[dimension.value]
    return scores


def _score(read: ReadScore) -> dict[str, Any]:
    value, shared = read.value, {"certainty": read.certainty, "rationale": read.rationale}
    if isinstance(value, Years):
        years = {"from": value.year_from, "to": value.year_to}
        return shared | years | {"unscored_reason": value.unscored_reason}
    if isinstance(value, Level):
        levels = {"level": value.level, "level_to": value.level_to}
        return shared | levels | {"unscored_reason": value.unscored_reason}
    return shared


def _rating(read: ReadRating) -> dict[str, Any]:
    return {"value": read.value, "perspective": DEFAULT_PERSPECTIVE, "note": read.note}


def _sources(part: ReadPart, before: list[Any], source: Mapping[str, Any]) -> list[dict[str, Any]]:
    read = [{"title": one.title, "url": one.url, "accessed_on": None} for one in part.sources]
    new = [dict(source), *read]
    known = {(one.get("title"), one.get("url")) for one in before}
    return [*before, *(one for one in new if (one["title"], one["url"]) not in known)]
