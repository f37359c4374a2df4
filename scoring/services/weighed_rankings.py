"""The ranking under somebody's own weights, computed in this process. Nothing is stored."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from record.canonical import canonical_json, digest
from scoring.engine.bands import by_expected_rank
from scoring.engine.lenses import Lens, Slider, lens_values
from scoring.engine.slider import ENGINE, SliderRanking, rank_by_slider
from scoring.engine.slider_draws import SliderDraws, slider_draws
from scoring.inputs import ScoredCard, ranking_values
from scoring.selectors import DEFAULT_LENS, SEED, edition_of, known_lens
from scoring.services.computations import YARDSTICK, technology_of

SLIDER_ENGINE = ENGINE
SLIDER_SEED = SEED
OWN_WEIGHTS = "own-weights"


@dataclass(frozen=True, eq=False)
class Drawn:
    """Levels drawn for all sliders, and what they were drawn from: its digest, and yardsticks."""

    draws: SliderDraws
    digest: str
    yardsticks: Sequence[str]


@dataclass(frozen=True, eq=False)
class WeighedRanking:
    """`rows` by expected rank, then those without; `place` is where a ranked one stands in the
    arrays of the result."""

    result: SliderRanking
    rows: Sequence[dict[str, Any]]
    inputs_digest: str


def draw_for_sliders(cards: Iterable[ScoredCard], *, as_of: datetime.date) -> Drawn:
    """Of the record of now, with the tables that rankings of that date are drawn from."""
    values = ranking_values(
        cards,
        as_of=as_of,
        lens=lens_values(known_lens(DEFAULT_LENS)),
        draws=0,
        tables=edition_of(as_of=as_of, known_on=None),
    )
    technologies = [technology_of(row) for row in values["technologies"]]
    drawn = slider_draws(technologies, seed=SEED, tables=values["tables"])
    return Drawn(drawn, digest(canonical_json(values)), values["yardsticks"])


def rank_by_weights(drawn: Drawn, centre: tuple[float, ...]) -> WeighedRanking:
    draws, result = drawn.draws, rank_by_slider(drawn.draws, Slider(centre))
    lens = lens_values(Lens(OWN_WEIGHTS, "Own weights", Slider(centre)))
    inputs = {"record": drawn.digest, "lens": lens, "draws": draws.draws}
    ranked = [
        {"id": result.ids[i], "place": i, "coverage": draws.coverage[i]}
        for i in by_expected_rank(result.expected_rank, result.ids)
    ]
    others = [
        {"id": row.id, "not_ranked_because": row.not_ranked_because, "coverage": row.coverage}
        for row in draws.unranked
    ]
    yardsticks = [
        {"id": slug, "not_ranked_because": YARDSTICK, "coverage": None} for slug in drawn.yardsticks
    ]
    return WeighedRanking(result, [*ranked, *others, *yardsticks], digest(canonical_json(inputs)))
