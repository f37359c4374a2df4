"""The ranking under somebody's own weights, computed in this process. Nothing is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from record.canonical import canonical_json, digest
from record.clock import today
from scoring.engine.bands import by_expected_rank
from scoring.engine.lenses import Slider
from scoring.engine.slider import ENGINE, SliderRanking, rank_by_slider
from scoring.engine.slider_draws import SliderDraws, slider_draws
from scoring.inputs import ScoredCard, ranking_values
from scoring.selectors import DEFAULT_LENS, SEED
from scoring.services.computations import YARDSTICK, technology_of

SLIDER_ENGINE = ENGINE
SLIDER_SEED = SEED


@dataclass(frozen=True, eq=False)
class Drawn:
    """Levels drawn for all sliders, with what they were drawn from."""

    draws: SliderDraws
    values: dict[str, Any]


@dataclass(frozen=True, eq=False)
class WeighedRanking:
    """`rows` by expected rank, then those without; `place` is where a ranked one stands in the
    arrays of the result."""

    result: SliderRanking
    rows: Sequence[dict[str, Any]]
    inputs_digest: str


def draw_for_sliders(cards: Iterable[ScoredCard]) -> Drawn:
    values = ranking_values(cards, as_of=today(), lens=DEFAULT_LENS, draws=0)
    technologies = [technology_of(row) for row in values["technologies"]]
    drawn = slider_draws(technologies, seed=SLIDER_SEED)
    return Drawn(drawn, values)


def rank_by_weights(drawn: Drawn, centre: tuple[float, ...]) -> WeighedRanking:
    draws, result = drawn.draws, rank_by_slider(drawn.draws, Slider(centre))
    inputs = drawn.values | {"lens": {"slider": list(centre)}, "draws": draws.draws}
    ranked = [
        {"id": result.ids[i], "place": i, "coverage": draws.coverage[i]}
        for i in by_expected_rank(result.expected_rank, result.ids)
    ]
    others = [
        {"id": row.id, "not_ranked_because": row.not_ranked_because, "coverage": row.coverage}
        for row in draws.unranked
    ]
    yardsticks = [
        {"id": slug, "not_ranked_because": YARDSTICK, "coverage": None}
        for slug in drawn.values["yardsticks"]
    ]
    return WeighedRanking(result, [*ranked, *others, *yardsticks], digest(canonical_json(inputs)))
