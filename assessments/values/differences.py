"""What changed between two published contents, as a reader is told it."""

from collections.abc import Mapping
from typing import Any

from assessments.values.scale import Dimension


def shown_score(score: Mapping[str, Any], dimension: str) -> str:
    """A score in a few characters, as the change log prints it."""
    if score["unscored_reason"] is not None:
        return f"unscored, {score['unscored_reason']}"
    if dimension == Dimension.TIMING:
        value = f"{score['from']} to {score['to'] or 'open'}"
    else:
        value = "/".join(filter(None, [score["level"], score["level_to"]]))
    return f"{value} ({score['certainty']})" if score["certainty"] else value


def score_changes(
    old: Mapping[str, Any] | None, new: Mapping[str, Any]
) -> dict[str, tuple[str, str]]:
    """Dimension to (before, after) where they differ; all of them when there was nothing."""
    changes = {}
    for dimension in Dimension:
        after = shown_score(new["scores"][dimension], dimension)
        before = shown_score(old["scores"][dimension], dimension) if old else ""
        if before != after:
            changes[dimension.value] = (before, after)
    return changes
