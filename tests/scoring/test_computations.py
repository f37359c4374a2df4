"""What published cards become on their way into the engine."""

from typing import Any

from scoring.engine.lenses import SHIPPED, lens_values
from scoring.services.computations import compute_ranking
from scoring.services.repeats import unheard

LEVELS = ("viability", "drivers", "novelty", "diffusion", "impact")


def inputs(*scenarios: tuple[str, float]) -> dict[str, Any]:
    score = {"level": "3", "level_to": None, "certainty": "medium", "unscored_reason": None}
    rows = [{"impact_level": level, "probability": share} for level, share in scenarios]
    cards = [{"role": "lead", "age": "fresh", "scores": dict.fromkeys(LEVELS, score)}]
    return {
        "lens": lens_values(SHIPPED["even-handed"]),
        "tables": {},
        "draws": 400,
        "technologies": [
            {"id": "chiplets", "cards": [cards[0] | {"scenarios": rows}]},
            {"id": "wave-power", "cards": [cards[0] | {"scenarios": []}]},
        ],
        "yardsticks": [],
    }


def test_a_scenario_that_spans_two_levels_gives_each_half_of_its_chance() -> None:
    spanned = inputs(("2/3", 0.5), ("5/5+", 0.5))
    halved = inputs(("2", 0.25), ("3", 0.25), ("5", 0.25), ("5+", 0.25))
    outputs = [compute_ranking(values, seed=7, report=unheard) for values in (spanned, halved)]
    assert outputs[0].digest == outputs[1].digest


def test_scenarios_move_a_ranking() -> None:
    without = compute_ranking(inputs(), seed=7, report=unheard)
    high = compute_ranking(inputs(("5/5+", 1.0)), seed=7, report=unheard)
    assert without.digest != high.digest
