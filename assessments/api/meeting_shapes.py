"""What is answered when a save of a card meets a newer revision."""

from dataclasses import replace

from assessments.api.shapes import CARD_SHAPE
from rest.shapes import (
    BOOLEAN,
    FIELD_IN_CONFLICT,
    PROBLEM,
    SHA256,
    TEXT,
    Shape,
    list_of,
    or_null,
    whole,
)

_FIELDS = list_of(TEXT)
MERGED = Shape(
    "Merged",
    {
        "base": SHA256,
        "theirs": SHA256,
        "number": whole(1),
        "author": TEXT,
        "from_theirs": _FIELDS,
        "from_mine": _FIELDS,
    },
    "The revision that was merged and what came from whom, by fields such as `summary`,"
    " `scores.impact`, `scores.impact.rationale` and `companies:acme`.",
)
SAVED_CARD = replace(
    CARD_SHAPE,
    name="SavedCard",
    fields=dict(CARD_SHAPE.fields) | {"merged": MERGED},
    description="One revision of a card, whole. `merged` is there when another revision was merged"
    " with what was sent; it is no part of the card.",
    optional=CARD_SHAPE.optional | {"merged"},
)
STALE = Shape(
    "StaleCard",
    dict(PROBLEM.fields)
    | {
        "base": or_null(SHA256),
        "theirs": CARD_SHAPE,
        "mine_kept": BOOLEAN,
        "conflicts": list_of(FIELD_IN_CONFLICT),
    },
    "The card was saved by somebody else. Of a save, callers who see drafts are told the revision"
    " that they began from (`base`, by its hash), the newest one whole (`theirs`), and the fields"
    " that both changed (`conflicts`; all others can be merged). `mine_kept` says whether what was"
    " sent is kept for the person's form; it is not where they have typed something there.",
    optional=PROBLEM.optional | {"base", "theirs", "mine_kept", "conflicts"},
)
