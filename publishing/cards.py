"""A published card read for pages: scores in words, places on the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from assessments.selectors import PublishedCard
from assessments.values.meanings import MEANINGS, LevelMeaning
from assessments.values.scale import LEVEL_DIMENSIONS, Dimension
from publishing.fields import UNSORTED, Field
from publishing.figures.map_layout import Mark

OPEN_END_MEDIAN = 7


@dataclass(frozen=True)
class LevelScore:
    """One dimension of a card that carries a level, or the reason why not."""

    dimension: str
    level: str
    level_to: str
    certainty: str
    rationale: str
    unscored_reason: str

    @property
    def printed(self) -> str:
        return "/".join(filter(None, (self.level, self.level_to)))

    @property
    def words(self) -> str:
        if not self.level:
            return self.unscored_reason.capitalize()
        return " / ".join(meaning.heading for meaning in self._meanings)

    @property
    def meaning(self) -> str:
        """The scale's sentence for the level, or for both of a span."""
        return " ".join(meaning.text for meaning in self._meanings)

    @property
    def _meanings(self) -> list[LevelMeaning]:
        of_levels = MEANINGS[Dimension(self.dimension)]
        return [of_levels[level] for level in (self.level, self.level_to) if level]


@dataclass(frozen=True)
class Window:
    """Timing as stated: a window of years, its end perhaps open, or the reason why not."""

    year_from: int | None
    year_to: int | None
    certainty: str
    rationale: str
    unscored_reason: str

    @property
    def printed(self) -> str:
        if self.year_from is None:
            return self.unscored_reason
        if self.year_to is None:
            return f"{self.year_from} or later"
        if self.year_to == self.year_from:
            return str(self.year_from)
        return f"{self.year_from} to {self.year_to}"

    @property
    def middle(self) -> float | None:
        """The middle of the window, the end included; an open one has seven years to it."""
        if self.year_from is None:
            return None
        if self.year_to is None:
            return float(self.year_from + OPEN_END_MEDIAN)
        return (self.year_from + self.year_to + 1) / 2


def level_score(scores: Mapping[str, Any], dimension: str) -> LevelScore:
    score = scores[dimension]
    return LevelScore(
        dimension=dimension,
        level=score["level"] or "",
        level_to=score["level_to"] or "",
        certainty=score["certainty"] or "",
        rationale=score["rationale"] or "",
        unscored_reason=score["unscored_reason"] or "",
    )


def level_scores(scores: Mapping[str, Any]) -> tuple[LevelScore, ...]:
    return tuple(level_score(scores, dimension.value) for dimension in LEVEL_DIMENSIONS)


def window_of(scores: Mapping[str, Any]) -> Window:
    timing = scores["timing"]
    return Window(
        year_from=timing["from"],
        year_to=timing["to"],
        certainty=timing["certainty"] or "",
        rationale=timing["rationale"] or "",
        unscored_reason=timing["unscored_reason"] or "",
    )


def opened_in(body: Mapping[str, Any]) -> int | None:
    """The year of the recorded opening, if the market is open by the record."""
    opening = body.get("opening")
    if opening is None or opening["status"] != "open":
        return None
    return int(opening["year"])


def field_of_card(card: PublishedCard, fields: Mapping[str, Field]) -> Field:
    """The first of the technology's domains stands for its field on the map."""
    known = [fields[name] for name in card.technology["domains"] if name in fields]
    return known[0] if known else UNSORTED


@lru_cache(maxsize=4_096)
def technology_url(slug: str) -> str:
    return reverse("publishing:technology-detail", args=[slug])


def mark_of(card: PublishedCard, fields: Mapping[str, Field]) -> Mark | None:
    """The card's place on the map, or None while its impact or its timing is not known."""
    scores = card.card["scores"]
    impact, window, opened = level_score(scores, "impact"), window_of(scores), opened_in(card.body)
    if not impact.level or (window.year_from is None and opened is None):
        return None
    return Mark(
        name=card.technology["name"],
        url=technology_url(card.slug),
        field=field_of_card(card, fields),
        level=impact.printed,
        certainty=window.certainty,
        year_from=window.year_from,
        year_to=window.year_to,
        opened=opened,
    )
