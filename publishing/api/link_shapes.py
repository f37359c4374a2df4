"""The shapes of what links do to an outlook."""

from typing import Any

from rest.shapes import BOOLEAN, CHANCE, NUMBER, TEXT, Shape, one_of, or_null, whole

_THEN: dict[str, Any] = {"p_open_by_2030": 0.29, "year_p50": 2033.7, "year_p50_se": 0.05}
_BASE: dict[str, Any] = {"p_open_by_2030": 0.33, "year_p50": 2032.6, "year_p50_se": 0.0}
SUPPOSED = Shape(
    "Supposed",
    {
        "p_open_by_2030": CHANCE,
        "year_p50": or_null(NUMBER),
        "year_p50_se": or_null(NUMBER),
    },
    "One market under one supposition; the error is that of the median's distance from the base.",
    _THEN,
)
GIVEN = Shape(
    "Given",
    {"year": whole(1), "share": CHANCE, "if_open": SUPPOSED, "if_not": SUPPOSED},
    "The draws in which the other market is open by the end of that year, and the rest.",
    {"year": 2028, "share": 0.53, "if_open": _BASE, "if_not": _THEN},
)
LINK_EFFECT = Shape(
    "LinkEffect",
    {
        "source": TEXT,
        "kind": one_of("accelerates", "competes with", "requires"),
        "target": TEXT,
        "moved": TEXT,
        "by": TEXT,
        "is_kept": BOOLEAN,
        "base": SUPPOSED,
        "cut": SUPPOSED,
        "slip": or_null(SUPPOSED),
        "given": or_null(GIVEN),
    },
    "What one link does to the market `moved` through the market `by`.",
    {
        "source": "hydrogen-storage",
        "kind": "accelerates",
        "target": "tidal-stream-power",
        "moved": "tidal-stream-power",
        "by": "hydrogen-storage",
        "is_kept": True,
        "base": _BASE,
        "cut": _THEN,
        "slip": _THEN,
        "given": GIVEN.example,
    },
)
CONTRADICTION = Shape(
    "Contradiction",
    {
        "slug": TEXT,
        "requires": TEXT,
        "ends": or_null(whole(1)),
        "required_ends": or_null(whole(1)),
        "is_circle": BOOLEAN,
    },
    "A market that would be open before one that it requires; `ends` is null where it is open,"
    " `required_ends` where that window has no end.",
    {
        "slug": "tidal-stream-power",
        "requires": "hydrogen-storage",
        "ends": 2028,
        "required_ends": 2031,
        "is_circle": False,
    },
)
OPENING = Shape(
    "Opening",
    {
        "slug": TEXT,
        "name": TEXT,
        "status": one_of("open", "closed again"),
        "year": whole(1),
        "evidence": TEXT,
        "test": TEXT,
    },
    "What the record says last of a market; evidence and test are empty where it came with the"
    " demonstration.",
    {
        "slug": "tidal-stream-power",
        "name": "Tidal stream power",
        "status": "open",
        "year": 2025,
        "evidence": "Three vendors, 2 billion USD in 2025 by the association's yearly report.",
        "test": "Three independent vendors have paying customers beyond pilots.",
    },
)
OPENINGS = Shape(
    "Openings",
    {
        "openings": {"type": "array", "items": OPENING},
        "default_test": TEXT,
        "on_record": whole(0),
        "needed": whole(1),
    },
    "The record of openings, by slug. `on_record` counts those that teach something about windows:"
    " confirmed by two people, and neither a demonstration nor a yardstick.",
    {
        "openings": [OPENING.example],
        "default_test": "Three independent vendors have paying customers beyond pilots.",
        "on_record": 1,
        "needed": 30,
    },
)
