"""A whole card that the schema holds and that could be sent as it stands."""

from typing import Any

_SCORED: dict[str, tuple[str, str | None, str]] = {
    "viability": ("3", "4", "Three arrays have fed the grid for more than two years each."),
    "drivers": ("3", None, "One country pays a fixed price for the current; elsewhere nobody."),
    "novelty": ("3", None, "The tide is known years ahead, which neither wind nor sun is."),
    "diffusion": ("2", None, "Every site needs a survey, a cable and a vessel of its own."),
    "impact": ("3", None, "Good sites could feed some thirty million homes."),
}

# It names an item that the library holds already; the card below is sent to any library.
CITATION: dict[str, Any] = {
    "dimension": "viability",
    "item": "third-year-of-the-array-3f9a1c",
    "title": "Third year of the array",
    "url": "https://example.org/third-year/",
    "quote": "The three turbines fed the grid on 340 days.",
    "direction": "raises",
    "strength": "moderate",
    "belief": "was 3, now 3/4: a third year without a lift",
}


def _scores() -> dict[str, Any]:
    scores: dict[str, Any] = {
        dimension: {
            "level": level,
            "level_to": above,
            "certainty": "medium",
            "rationale": why,
            "unscored_reason": None,
        }
        for dimension, (level, above, why) in _SCORED.items()
    }
    scores["timing"] = {
        "from": 2031,
        "to": 2038,
        "certainty": "low",
        "rationale": "The second generation of turbines is ordered for 2031.",
        "unscored_reason": None,
    }
    return scores


CARD: dict[str, Any] = {
    "technology": {
        "slug": "tidal-stream-power",
        "name": "Tidal stream power",
        "aliases": ["Tidal turbines"],
        "domains": ["Energy"],
        "variant_of": None,
    },
    "role": "lead",
    "author": "anna",
    "origin": "hand",
    "series": "house",
    "detail": "full",
    "as_of": "2026-11-02",
    "reason": "First assessment.",
    "parent": None,
    "summary": "Turbines that stand in a current of the sea as others stand in the wind.",
    "text": "",
    "scores": _scores(),
    "scenarios": [
        {
            "name": "high",
            "text": "Floating turbines halve the cost of a site.",
            "impact_level": "3/4",
            "probability": 0.25,
        },
        {
            "name": "low",
            "text": "Wind at sea stays cheaper everywhere.",
            "impact_level": "2",
            "probability": 0.75,
        },
    ],
    "companies": [{"name": "A builder of turbines", "note": "Two arrays.", "disclosure": None}],
    "rating": {
        "value": "underrated",
        "perspective": "ten-year venture fund",
        "note": "Few look at it.",
    },
    "p_never": 0.2,
    "tripwires": ["A turbine that stays ten years in the water without being lifted."],
    "open_questions": [
        {"question": "Who insures a floating array?", "answer": None, "answered_on": None}
    ],
    "predictions": [
        {
            "statement": "At least 200 MW of tidal stream turbines feed a grid at the end of 2030.",
            "metric": "installed power in MW",
            "direction": "at least",
            "threshold": "200",
            "population": "the world",
            "baseline": "about 12 at the end of 2025",
            "deadline": "2030-12-31",
            "kind": "adoption",
            "resolution_rule": "The last yearly count of an energy agency before July 2031.",
            "resolvability": None,
            "wording_problem": None,
            "later_status": None,
        }
    ],
    "sources": [
        {
            "title": "Yearly count of ocean energy",
            "url": "https://example.org/ocean-energy/",
            "accessed_on": "2026-10-30",
        }
    ],
}
