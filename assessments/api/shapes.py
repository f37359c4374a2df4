"""What the endpoints of cards read and answer, as components of the description of the API."""

from typing import Any

from assessments.api import card_shapes as parts
from assessments.api import texts
from assessments.api.card_example import CARD
from assessments.api.card_example import CITATION as CITED
from assessments.states import State
from assessments.values import limits
from assessments.values.card_keys import PATTERN
from assessments.values.checklist import Weight
from assessments.values.citations import Direction, Strength
from assessments.values.parts import PREDICTION_TEXTS
from assessments.values.scale import (
    LEVEL_DIMENSIONS,
    Certainty,
    Detail,
    Dimension,
    Origin,
    RatingValue,
    Role,
    UnscoredReason,
    levels_of,
)
from rest.shapes import (
    CHANCE,
    DAY,
    INSTANT,
    INTEGER,
    SHA256,
    TEXT,
    Shape,
    list_of,
    named,
    one_of,
    or_null,
    text,
    whole,
)

KEY = text(pattern=f"^{PATTERN}$", longest=limits.SLUG + 1 + 40)


def _sent_scores(suffix: str, *, needs_reason: bool) -> Shape:
    viability, impact = Dimension.VIABILITY, Dimension.IMPACT
    level = parts.level_score(viability, needs_reason=needs_reason)
    top = parts.level_score(impact, needs_reason=needs_reason)
    window = parts.window(needs_reason=needs_reason)
    schema = parts.scores(
        named(f"SentScore{suffix}", level),
        named(f"SentImpact{suffix}", top),
        named(f"SentWindow{suffix}", window),
    )
    return named(f"SentScores{suffix}", schema)


def _sent_card(detail: Any, summary: Any, scores: Shape, required: tuple[str, ...]) -> Any:
    fields = {
        "technology": named("SentTechnology", parts.technology_facts()),
        **parts.card_fields(),
        "detail": detail,
        "summary": summary,
        "scores": scores,
        "scenarios": parts.list_of(named("SentScenario", parts.scenario())),
        "companies": parts.list_of(named("SentCompany", parts.company())),
        "rating": or_null(named("SentRating", parts.rating())),
        "open_questions": parts.list_of(named("SentQuestion", parts.open_question())),
        "predictions": parts.list_of(named("SentPrediction", parts.prediction())),
        "sources": parts.list_of(named("SentSource", parts.source())),
        "citations": parts.list_of(named("SentCitation", parts.citation(), example=CITED)),
    }
    return parts.object_of(fields, ["technology", "role", "as_of", "scores", *required])


SENT_CARD = named(
    "SentCard",
    {
        "anyOf": [
            named(
                "FullCard",
                _sent_card(
                    parts.optional(one_of(Detail.FULL.value)),
                    parts.optional(texts.text(limits.SUMMARY)),
                    _sent_scores("WithReason", needs_reason=True),
                    (),
                ),
                "Every score gives its reason.",
            ),
            named(
                "SketchedCard",
                _sent_card(
                    one_of(Detail.SKETCH.value),
                    texts.text(limits.SUMMARY, texts.WORDS),
                    _sent_scores("", needs_reason=False),
                    ("detail", "summary"),
                ),
                "Six levels and one sentence.",
            ),
        ]
    },
    "A card as it is sent. Of `technology` only the slug is read: the technology keeps its own"
    " facts. `author` and `parent` are set here: who sends it, and the revision that If-Match"
    " names. The probabilities of scenarios add up to 1, or to less while one is open.",
    CARD,
)

_JUDGED = {
    "certainty": or_null(one_of(*Certainty)),
    "rationale": TEXT,
    "unscored_reason": or_null(one_of(*UnscoredReason)),
}


def _score(name: str, dimension: Dimension) -> Shape:
    level = or_null(one_of(*levels_of(dimension)))
    return Shape(name, {"level": level, "level_to": level} | _JUDGED)


_SCORE, _IMPACT = _score("Score", Dimension.VIABILITY), _score("ImpactScore", Dimension.IMPACT)
_YEAR = or_null(INTEGER)
SCORES = Shape(
    "Scores",
    {dimension.value: _SCORE for dimension in LEVEL_DIMENSIONS[:-1]}
    | {"impact": _IMPACT, "timing": Shape("Window", {"from": _YEAR, "to": _YEAR} | _JUDGED)},
)
_SOME = or_null(TEXT)
CITATION = Shape(
    "Citation",
    {
        "dimension": one_of(*Dimension),
        "item": TEXT,
        "title": TEXT,
        "url": _SOME,
        "quote": TEXT,
        "direction": one_of(*Direction),
        "strength": one_of(*Strength),
        "belief": TEXT,
    },
    "An item of the evidence library that bears on one dimension. `title` and `url` are those that"
    " it had when it was cited.",
    CITED,
)
CARD_SHAPE = Shape(
    "Card",
    {
        "technology": Shape(
            "CardTechnology",
            {
                "slug": TEXT,
                "name": TEXT,
                "aliases": list_of(TEXT),
                "domains": list_of(TEXT),
                "variant_of": _SOME,
            },
        ),
        "role": one_of(*Role),
        "author": TEXT,
        "origin": one_of(*Origin),
        "series": TEXT,
        "detail": one_of(*Detail),
        "as_of": DAY,
        "reason": TEXT,
        "parent": or_null(SHA256),
        "summary": TEXT,
        "text": TEXT,
        "scores": SCORES,
        "scenarios": list_of(
            Shape(
                "Scenario",
                {
                    "name": TEXT,
                    "text": TEXT,
                    "impact_level": or_null(one_of(*parts.impact_levels())),
                    "probability": or_null(CHANCE),
                },
            )
        ),
        "companies": list_of(Shape("Company", {"name": TEXT, "note": TEXT, "disclosure": _SOME})),
        "rating": or_null(
            Shape("Rating", {"value": one_of(*RatingValue), "perspective": TEXT, "note": TEXT})
        ),
        "p_never": or_null(CHANCE),
        "tripwires": list_of(TEXT),
        "open_questions": list_of(
            Shape("OpenQuestion", {"question": TEXT, "answer": _SOME, "answered_on": or_null(DAY)})
        ),
        "predictions": list_of(
            Shape(
                "CardPrediction",
                dict.fromkeys(PREDICTION_TEXTS, _SOME) | {"deadline": or_null(DAY)},
            )
        ),
        "sources": list_of(
            Shape("Source", {"title": TEXT, "url": _SOME, "accessed_on": or_null(DAY)})
        ),
        "citations": list_of(CITATION),
    },
    "One revision of a card, whole. `citations` is there when it cites anything.",
    CARD,
    optional=frozenset({"citations"}),
)

_HASH = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
_STATE = one_of(*State)
CARD_ROW = Shape(
    "CardRow",
    {
        "key": KEY,
        "technology": TEXT,
        "role": one_of(*Role),
        "author": TEXT,
        "origin": one_of(*Origin),
        "series": TEXT,
        "detail": one_of(*Detail),
        "as_of": DAY,
        "state": _STATE,
        "content_hash": SHA256,
        "published_hash": or_null(SHA256),
    },
    "The newest revision that the caller sees of one card, and the one that readers see.",
    {
        "key": "tidal-stream-power",
        "technology": "tidal-stream-power",
        "role": "lead",
        "author": "anna",
        "origin": "hand",
        "series": "house",
        "detail": "full",
        "as_of": "2026-11-02",
        "state": "published",
        "content_hash": _HASH,
        "published_hash": _HASH,
    },
)
REVISION_ROW = Shape(
    "Revision",
    {
        "content_hash": SHA256,
        "parent": or_null(SHA256),
        "number": or_null(whole(1)),
        "author": TEXT,
        "as_of": DAY,
        "reason": TEXT,
        "state": _STATE,
        "recorded_at": or_null(INSTANT),
        "published_at": or_null(INSTANT),
        "oversight": _SOME,
    },
    "One saved state of a card. `number` and `recorded_at` are null for callers who do not see"
    " drafts: they would count them.",
    {
        "content_hash": _HASH,
        "parent": None,
        "number": 1,
        "author": "anna",
        "as_of": "2026-11-02",
        "reason": "First assessment.",
        "state": "published",
        "recorded_at": "2026-11-02T09:30:00+00:00",
        "published_at": "2026-11-09T14:02:00+00:00",
        "oversight": "approved by one editor",
    },
)
LACKING = Shape(
    "Lacking",
    {"part": TEXT, "sentence": TEXT, "weight": one_of(Weight.GAP, Weight.DOUBT)},
    "One thing in the card itself that a reviewer should look at; `part` is a dimension or another"
    " part of the card.",
    {
        "part": "scenarios",
        "sentence": "No low scenario says how it would fail.",
        "weight": "gap",
    },
)
STEP = Shape(
    "Step",
    {
        "key": KEY,
        "content_hash": SHA256,
        "state": _STATE,
        "approvals": INTEGER,
        "approvals_needed": INTEGER,
        "checklist": list_of(LACKING),
    },
    "Where the revision stands after the step, and what in it a reviewer should look at: gaps, then"
    " doubts, as the page of the review lists them.",
    {
        "key": "tidal-stream-power",
        "content_hash": _HASH,
        "state": "in review",
        "approvals": 0,
        "approvals_needed": 1,
        "checklist": [LACKING.example],
    },
)
_NOTE = parts.optional(texts.text(limits.NOTE))
SUBMISSION = named("Submission", parts.object_of({"note": _NOTE}, []), example={"note": ""})
APPROVAL = named(
    "Approval",
    parts.object_of({"note": _NOTE, "override_reason": _NOTE}, []),
    "`override_reason` is an administrator's, where nobody else can approve; readers see it.",
    {"note": "Well argued."},
)
RETURN = named(
    "Return",
    parts.object_of({"note": texts.text(limits.NOTE, texts.WORDS)}, ["note"]),
    "The note says what the author should change.",
    {"note": "Say where the thirty million homes are."},
)
PUBLICATION = named("PublicationOrder", parts.object_of({}, []), "Nothing to say.", {})
