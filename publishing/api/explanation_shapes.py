"""The shapes of explanations, with examples that are true to them."""

from typing import Any

from assessments.values.scale import Dimension, levels_of
from publishing.api.shapes import EXAMPLE_RANK, EXAMPLE_RUN, RANK, RANKING_RUN
from rest.shapes import CHANCE, NUMBER, TEXT, Shape, list_of, one_of, or_null, whole

_DIMENSION = one_of(*(dimension.value for dimension in Dimension))
_SHARE, _RANK_NUMBER = or_null(CHANCE), or_null(NUMBER)
_NAMED = {"slug": TEXT, "name": TEXT}
_WORD = or_null(one_of("ahead", "leaning ahead", "level", "leaning behind", "behind"))
_STATED = {
    "type": "string",
    "description": "A level, or two that it spans, as in 3/4.",
}
_HERE = {"slug": "tidal-stream-power", "name": "Tidal stream power"}
_OTHER = {"slug": "wave-power", "name": "Wave power"}

DRIVER = Shape(
    "Driver",
    {
        "dimension": _DIMENSION,
        "lift": _RANK_NUMBER,
        "lift_se": _RANK_NUMBER,
        "own_levels": list_of(
            Shape(
                "OwnLevel",
                {
                    "level": one_of(*levels_of(Dimension.IMPACT)),
                    "share": CHANCE,
                    "expected_rank": NUMBER,
                },
            )
        ),
    },
    "lift is how many ranks better it stands in the third of draws in which the dimension weighs"
    " most than in the third in which it weighs least; null where its weight never varies."
    " own_levels are its expected ranks in the draws that took each level for its own.",
)
NEIGHBOUR = Shape(
    "RankNeighbour",
    _NAMED
    | {
        "expected_rank": NUMBER,
        "share_ahead": _SHARE,
        "word": _WORD,
        "mostly_by": list_of(_DIMENSION),
    },
    "How the technology stands to one next to it: share_ahead is that of draws in which it is"
    " ahead of the neighbour, null where the run has not compared them.",
)
FLIP = Shape(
    "ScoreFlip",
    {
        "slug": TEXT,
        "dimension": _DIMENSION,
        "level": _STATED,
        "level_then": _STATED,
        "ahead": TEXT,
        "behind": TEXT,
        "share_ahead": CHANCE,
        "share_ahead_then": CHANCE,
        "expected_rank_then": NUMBER,
    },
    "One score of slug that, said otherwise, puts two neighbours in the other order.",
)
OTHER_CONSTANTS = Shape(
    "UnderOtherConstants",
    {
        "rank_low": NUMBER,
        "rank_high": NUMBER,
        "under": list_of(Shape("UnderConstants", {"name": TEXT, "expected_rank": NUMBER})),
    },
    "Between which the expected rank lies under constants that are proposals.",
)
LENS_STANDING = Shape(
    "LensStanding",
    {
        "lens": TEXT,
        "name": TEXT,
        "run": whole(1),
        "not_ranked_because": or_null(TEXT),
        "expected_rank": _RANK_NUMBER,
        "rank_low": or_null(whole(1)),
        "rank_high": or_null(whole(1)),
        "band": or_null(whole(1)),
    },
    "Where it stands in the last finished ranking under a lens.",
)
INDICES = Shape(
    "RankIndices",
    {
        "p_first": _SHARE,
        "entropy": _SHARE,
        "support": _RANK_NUMBER,
        "central_weights": or_null(
            list_of(Shape("CentralWeight", {"dimension": _DIMENSION, "weight": CHANCE}))
        ),
        "confidence_factor": _SHARE,
        "confidence_factor_top_10": _SHARE,
        "expected_rank_se": _RANK_NUMBER,
        "p_first_se": _RANK_NUMBER,
        "p_top_3_se": _RANK_NUMBER,
        "p_top_10_se": _RANK_NUMBER,
    },
    "entropy is 0 for one rank in every draw and 1 for any rank alike. central_weights are null"
    " below 100 supporting draws. <name>_se are Monte-Carlo standard errors.",
)
_EXAMPLE_EXPLANATION: dict[str, Any] = {
    "run": EXAMPLE_RUN,
    "technology": _HERE | EXAMPLE_RANK,
    "drivers": [
        {
            "dimension": "impact",
            "lift": 1.8,
            "lift_se": 0.02,
            "own_levels": [
                {"level": "3", "share": 0.17, "expected_rank": 6.4},
                {"level": "4", "share": 0.64, "expected_rank": 4.1},
                {"level": "5", "share": 0.19, "expected_rank": 2.3},
            ],
        }
    ],
    "neighbours": [
        _OTHER
        | {
            "expected_rank": 5.9,
            "share_ahead": 0.83,
            "word": "ahead",
            "mostly_by": ["diffusion"],
        }
    ],
    "flips": [
        {
            "slug": "wave-power",
            "dimension": "diffusion",
            "level": "2",
            "level_then": "4",
            "ahead": "tidal-stream-power",
            "behind": "wave-power",
            "share_ahead": 0.83,
            "share_ahead_then": 0.46,
            "expected_rank_then": 4.0,
        }
    ],
    "other_constants": {
        "rank_low": 4.0,
        "rank_high": 4.6,
        "under": [{"name": "levels equally spaced", "expected_rank": 4.0}],
    },
    "lenses": [
        {
            "lens": "moonshot",
            "name": "Moonshot",
            "run": 40,
            "not_ranked_because": None,
            "expected_rank": 7.7,
            "rank_low": 3,
            "rank_high": 12,
            "band": 3,
        }
    ],
    "indices": {
        "p_first": 0.11,
        "entropy": 0.62,
        "support": 1084.5,
        "central_weights": [{"dimension": "impact", "weight": 0.44}],
        "confidence_factor": None,
        "confidence_factor_top_10": None,
        "expected_rank_se": 0.012,
        "p_first_se": 0.002,
        "p_top_3_se": 0.003,
        "p_top_10_se": 0.001,
    },
}
EXPLANATION = Shape(
    "RankExplanation",
    {
        "run": RANKING_RUN,
        "technology": Shape("ExplainedTechnology", _NAMED | dict(RANK.fields)),
        "drivers": list_of(DRIVER),
        "neighbours": list_of(NEIGHBOUR),
        "flips": or_null(list_of(FLIP)),
        "other_constants": or_null(OTHER_CONSTANTS),
        "lenses": list_of(LENS_STANDING),
        "indices": or_null(INDICES),
    },
    "Why a technology stands where it stands. flips and other_constants are null until they are"
    " computed for this run; lenses are those of now, whatever the run.",
    _EXAMPLE_EXPLANATION,
)
CONTRAST = Shape(
    "Contrast",
    {
        "draws": whole(1),
        "difference": NUMBER,
        "parts": list_of(
            Shape(
                "ContrastPart",
                {"dimension": _DIMENSION, "part": NUMBER, "part_se": NUMBER, "decides": CHANCE},
            )
        ),
    },
    "The mean difference of the two worths and its parts, which add up to it. decides is the share"
    " of draws in which one is ahead and would not be, were the two equal in that dimension.",
)
PAIR = Shape(
    "Pair",
    {
        "run": RANKING_RUN,
        "a": Shape("FirstOfPair", _NAMED),
        "b": Shape("SecondOfPair", _NAMED),
        "share_ahead": _SHARE,
        "word": _WORD,
        "mostly_by": list_of(_DIMENSION),
        "contrast": or_null(CONTRAST),
    },
    "How often a is ahead of b, ties half, and by what. Unlike a rank it does not depend on who"
    " else is in the list. contrast is null where the draws of the run cannot be made again.",
    {
        "run": EXAMPLE_RUN,
        "a": _HERE,
        "b": _OTHER,
        "share_ahead": 0.83,
        "word": "ahead",
        "mostly_by": ["diffusion"],
        "contrast": {
            "draws": 10000,
            "difference": 0.096,
            "parts": [
                {"dimension": "diffusion", "part": 0.121, "part_se": 0.001, "decides": 0.37},
                {"dimension": "novelty", "part": -0.025, "part_se": 0.001, "decides": 0.04},
            ],
        },
    },
)
