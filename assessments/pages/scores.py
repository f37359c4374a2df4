"""The six scores of a card in words, with what moved since an earlier card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.values.meanings import MEANINGS
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension, levels_of

Scores = Mapping[str, Any]


@dataclass(frozen=True)
class ScoreLine:
    """One score as a row: `printed` is "3/4", "2026 to 2029" or empty; `moved` is "from 5"."""

    dimension: Dimension
    heading: str
    level: str
    level_to: str
    printed: str
    certainty: str
    words: str
    rationale: str
    moved: str = ""
    direction: str = ""

    @property
    def is_scored(self) -> bool:
        return bool(self.printed)

    @property
    def sign(self) -> str:
        return {"raise": "▲ ", "lower": "▼ "}.get(self.direction, "")


def score_lines(scores: Scores, before: Scores | None = None) -> tuple[ScoreLine, ...]:
    """All six in their order; `before` are the scores that these replace."""
    return tuple(score_line(dimension, scores, before) for dimension in Dimension)


def score_line(dimension: Dimension, scores: Scores, before: Scores | None = None) -> ScoreLine:
    score = scores[dimension]
    old = before[dimension] if before else score
    return ScoreLine(
        dimension=dimension,
        heading=dimension.capitalize(),
        level=score.get("level") or "",
        level_to=score.get("level_to") or "",
        printed=_printed(score),
        certainty=score["certainty"] or "",
        words=_words(dimension, score),
        rationale=score["rationale"] or "",
        moved="" if _printed(old) == _printed(score) else f"from {_printed(old) or 'unscored'}",
        direction=_direction(dimension, old, score),
    )


def _printed(score: Mapping[str, Any]) -> str:
    if "level" in score:
        return "/".join(filter(None, (score["level"], score["level_to"])))
    if score["from"] is None:
        return ""
    return f"{score['from']} to {score['to']}" if score["to"] else f"{score['from']} or later"


def _words(dimension: Dimension, score: Mapping[str, Any]) -> str:
    if score["unscored_reason"]:
        return str(score["unscored_reason"]).capitalize()
    if dimension not in LEVEL_DIMENSIONS:
        return _printed(score)
    meanings = MEANINGS[dimension]
    low = meanings[score["level"]].heading
    if not score["level_to"]:
        return low
    high = meanings[score["level_to"]].heading
    return f"{low}, up to {high[:1].lower()}{high[1:]}"


def _direction(dimension: Dimension, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    before, after = _height(dimension, old), _height(dimension, new)
    if before is None or after is None or before == after:
        return ""
    return "raise" if after > before else "lower"


def _height(dimension: Dimension, score: Mapping[str, Any]) -> tuple[int, bool] | None:
    """Where the level stands on its scale, for comparing alone."""
    if not score.get("level"):
        return None
    return levels_of(dimension).index(score["level"]), bool(score["level_to"])
