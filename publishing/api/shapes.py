"""The shapes of the published record, with examples that are true to them."""

from typing import Any

from assessments.api.shapes import CARD_SHAPE, CITATION
from assessments.values.limits import FIRST_YEAR, LAST_YEAR
from assessments.values.scale import (
    Certainty,
    Detail,
    Dimension,
    RatingValue,
    UnscoredReason,
    levels_of,
)
from publishing.api.link_shapes import CONTRADICTION, LINK_EFFECT
from rest.shapes import (
    BOOLEAN,
    CHANCE,
    DAY,
    INSTANT,
    NUMBER,
    SHA256,
    TEXT,
    Shape,
    list_of,
    one_of,
    or_null,
    whole,
)

_YEAR = or_null(whole(FIRST_YEAR, LAST_YEAR))
_JUDGED = {
    "certainty": or_null(one_of(*Certainty)),
    "rationale": or_null(TEXT),
    "unscored_reason": or_null(one_of(*UnscoredReason)),
    "display": or_null({"type": "string", "description": "As pages print it, such as 3/4."}),
}
EXAMPLE_RUN: dict[str, Any] = {
    "id": 41,
    "inputs_digest": "9f2c1d3e4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "seed": 20300101,
    "draws": 10000,
    "engine": "ranking/2",
    "lens": "even-handed",
    "as_of": "2026-11-21",
    "known_on": None,
    "finished_at": "2026-11-21T08:15:30.250000+00:00",
}
EXAMPLE_RANK: dict[str, Any] = {
    "is_ranked": True,
    "not_ranked_because": None,
    "coverage": "5/5",
    "expected_rank": 4.2,
    "rank_low": 2,
    "rank_high": 8,
    "band": 2,
    "p_top_3": 0.41,
    "p_top_10": 0.97,
}
EXAMPLE_OUTLOOK: dict[str, Any] = {
    "p_open_by_2030": 0.31,
    "year_p10": 2027.4,
    "year_p50": 2033.1,
    "year_p90": None,
    "p_never": 0.12,
}


def _level(name: str, dimension: Dimension) -> Shape:
    level = or_null(one_of(*levels_of(dimension)))
    return Shape(name, {"level": level, "level_to": level} | _JUDGED)


_LEVEL, _IMPACT = _level("Level", Dimension.VIABILITY), _level("Impact", Dimension.IMPACT)
SCORES = Shape(
    "PublishedScores",
    {
        "viability": _LEVEL,
        "drivers": _LEVEL,
        "novelty": _LEVEL,
        "diffusion": _LEVEL,
        "impact": _IMPACT,
        "timing": Shape("TimeWindow", {"from": _YEAR, "to": _YEAR} | _JUDGED),
    },
    "Five levels and a window of years. A level that is null gives its reason.",
)
RANK = Shape(
    "Rank",
    {
        "is_ranked": BOOLEAN,
        "not_ranked_because": or_null(TEXT),
        "coverage": or_null(
            {"type": "string", "description": "How many of the five levels are scored."}
        ),
        "expected_rank": or_null(NUMBER),
        "rank_low": or_null(whole(1)),
        "rank_high": or_null(whole(1)),
        "band": or_null(whole(1)),
        "p_top_3": or_null(CHANCE),
        "p_top_10": or_null(CHANCE),
    },
    "Where a technology stands: 90 of 100 draws give it a rank from rank_low to rank_high."
    " Technologies of one band cannot be put in order.",
    EXAMPLE_RANK,
)
_OUTLOOK_FIELDS = {
    "p_open_by_2030": or_null(CHANCE),
    "year_p10": or_null(NUMBER),
    "year_p50": or_null(NUMBER),
    "year_p90": or_null(NUMBER),
    "p_never": or_null(CHANCE),
}
OUTLOOK = Shape(
    "OpeningOutlook",
    _OUTLOOK_FIELDS,
    "When the market may open. A year is null where the market stays closed in more draws.",
    EXAMPLE_OUTLOOK,
)
LINK = Shape("Link", {"to": TEXT, "kind": TEXT, "note": TEXT})
EVIDENCE = Shape(
    "Evidence",
    dict(CITATION.fields) | {"retracted_on": or_null(DAY), "retracted_reason": or_null(TEXT)},
    "A citation of the lead card. What was retracted since stays, and says when and why.",
    CITATION.example | {"retracted_on": None, "retracted_reason": None},
)
_TECHNOLOGY_FIELDS: dict[str, Any] = {
    "slug": TEXT,
    "name": TEXT,
    "aliases": list_of(TEXT),
    "domains": list_of(TEXT),
    "field": {"type": "string", "description": "What the parameter domain finds it by."},
    "variant_of": or_null(TEXT),
    "links": list_of(LINK),
    "is_yardstick": BOOLEAN,
    "is_demonstration": BOOLEAN,
    "as_of": DAY,
    "published_at": INSTANT,
    "author": TEXT,
    "oversight": TEXT,
    "series": TEXT,
    "detail": one_of(*Detail),
    "content_hash": SHA256,
    "summary": TEXT,
    "scores": SCORES,
    "rating": or_null(
        Shape("WorldRating", {"value": one_of(*RatingValue), "perspective": TEXT, "note": TEXT})
    ),
    "p_never": or_null(CHANCE),
    "evidence": list_of(EVIDENCE),
    "open_since": or_null(whole(FIRST_YEAR, LAST_YEAR)),
    "ranking": or_null(RANK),
    "outlook": or_null(OUTLOOK),
}


def _example_level(level: str, level_to: str | None = None) -> dict[str, Any]:
    return {
        "level": level,
        "level_to": level_to,
        "certainty": "medium",
        "rationale": "Two pilots run on the grid.",
        "unscored_reason": None,
        "display": f"{level}/{level_to}" if level_to else level,
    }


EXAMPLE_TECHNOLOGY: dict[str, Any] = {
    "slug": "tidal-stream-power",
    "name": "Tidal stream power",
    "aliases": ["tidal turbines"],
    "domains": ["Energy"],
    "field": "energy",
    "variant_of": None,
    "links": [],
    "is_yardstick": False,
    "is_demonstration": True,
    "as_of": "2026-11-02",
    "published_at": "2026-11-09T14:02:00+00:00",
    "author": "anna",
    "oversight": "approved by one editor",
    "series": "house",
    "detail": "full",
    "content_hash": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "summary": "Turbines in fast currents, a few of them on the grid.",
    "scores": {
        "viability": _example_level("3", "4"),
        "drivers": _example_level("3"),
        "novelty": _example_level("2"),
        "diffusion": _example_level("2"),
        "impact": _example_level("4"),
        "timing": {
            "from": 2029,
            "to": 2034,
            "certainty": "low",
            "rationale": "The next tender closes in 2029.",
            "unscored_reason": None,
            "display": "2029 to 2034",
        },
    },
    "rating": {"value": "underrated", "perspective": "ten-year venture fund", "note": ""},
    "p_never": 0.1,
    "evidence": [EVIDENCE.example],
    "open_since": None,
    "ranking": EXAMPLE_RANK,
    "outlook": EXAMPLE_OUTLOOK,
}
TECHNOLOGY = Shape(
    "Technology",
    _TECHNOLOGY_FIELDS,
    "What is published of a technology: facts, levels, where it stands, when it may open.",
    EXAMPLE_TECHNOLOGY,
)
_OPINION_FIELDS = {
    "as_of": DAY,
    "published_at": INSTANT,
    "oversight": TEXT,
    "content_hash": SHA256,
    "card": CARD_SHAPE,
}
TECHNOLOGY_WHOLE = Shape(
    "TechnologyWhole",
    _TECHNOLOGY_FIELDS
    | {"card": CARD_SHAPE, "second_opinions": list_of(Shape("SecondOpinion", _OPINION_FIELDS))},
    "A technology with its published cards: the lead card, and what others say beside it.",
    EXAMPLE_TECHNOLOGY | {"card": CARD_SHAPE.example, "second_opinions": []},
)
RANKING_RUN = Shape(
    "RankingRun",
    {
        "id": or_null(
            {"type": "integer", "minimum": 1, "description": "Null where no run asked for it."}
        ),
        "inputs_digest": SHA256,
        "seed": whole(0),
        "draws": whole(1),
        "engine": TEXT,
        "lens": TEXT,
        "as_of": DAY,
        "known_on": or_null(DAY),
        "finished_at": or_null(INSTANT),
    },
    "The computation, so that anybody can repeat it.",
    EXAMPLE_RUN,
)
_INDEX = or_null(CHANCE)
_ERROR = or_null(NUMBER)
_BY_DIMENSION = or_null({"type": "object", "additionalProperties": {"type": "number"}})
INDICES = {
    "p_first": _INDEX,
    "share_beaten": _INDEX,
    "entropy": _INDEX,
    "support": _ERROR,
    "central_weights": _BY_DIMENSION,
    "confidence_factor": _INDEX,
    "confidence_factor_top_10": _INDEX,
    "expected_rank_se": _ERROR,
    "p_first_se": _ERROR,
    "p_top_3_se": _ERROR,
    "p_top_10_se": _ERROR,
    "lift": _BY_DIMENSION,
}
EXAMPLE_INDICES: dict[str, Any] = {
    "p_first": 0.08,
    "share_beaten": 0.87,
    "entropy": 0.61,
    "support": 812.5,
    "central_weights": {
        "viability": 0.14,
        "drivers": 0.18,
        "novelty": 0.24,
        "diffusion": 0.12,
        "impact": 0.32,
    },
    "confidence_factor": 0.31,
    "confidence_factor_top_10": 0.94,
    "expected_rank_se": 0.03,
    "p_first_se": 0.002,
    "p_top_3_se": 0.004,
    "p_top_10_se": 0.003,
    "lift": {"viability": -0.4, "drivers": 0.1, "novelty": 0.7, "diffusion": -0.9, "impact": 1.2},
}
_NAMED = {"slug": TEXT, "name": TEXT}
_EXAMPLE_NAME = {"slug": "tidal-stream-power", "name": "Tidal stream power"}
RANKING = Shape(
    "Ranking",
    {
        "run": RANKING_RUN,
        "technologies": list_of(Shape("RankedTechnology", _NAMED | dict(RANK.fields) | INDICES)),
    },
    "A ranking, the best expected rank first unless it is sorted otherwise; technologies without"
    " a rank come last. An index that the ranking does not hold is null; central weights need 100"
    " draws in which the technology is first, which support counts.",
    {"run": EXAMPLE_RUN, "technologies": [_EXAMPLE_NAME | EXAMPLE_RANK | EXAMPLE_INDICES]},
)
OUTLOOKS = Shape(
    "Outlook",
    {
        "run": RANKING_RUN,
        "technologies": list_of(Shape("ProjectedTechnology", _NAMED | _OUTLOOK_FIELDS)),
        "contradictions": list_of(CONTRADICTION),
        "links_run": or_null(RANKING_RUN),
        "links": list_of(LINK_EFFECT),
    },
    "A finished outlook, by slug. Years are fractions; null where never dominates. `links` say what"
    " each link does, on the same draws: `cut` without it, `slip` where the other market opens two"
    " years later, `given` that it is open by the end of a year or not. They are model assumptions,"
    " not calibrated.",
    {
        "run": EXAMPLE_RUN | {"id": 42, "engine": "outlook/2", "lens": "", "draws": 20000},
        "technologies": [_EXAMPLE_NAME | EXAMPLE_OUTLOOK],
        "contradictions": [CONTRADICTION.example],
        "links_run": EXAMPLE_RUN | {"id": 43, "engine": "links/1 of outlook/2", "lens": ""},
        "links": [LINK_EFFECT.example],
    },
)
WAITING = Shape(
    "Waiting",
    {"detail": TEXT, "retry_after": whole(1)},
    "The computation has begun; ask again after so many seconds.",
    {"detail": "This ranking is being computed. Ask again in 5 seconds.", "retry_after": 5},
)
