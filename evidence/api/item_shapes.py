"""What the endpoints of evidence items read and answer, as components of the description."""

from dataclasses import replace
from typing import Any

from evidence.api.item_reading import PLACED_HERE, SET_HERE
from evidence.values import item as values
from rest.shapes import (
    BOOLEAN,
    DAY,
    FIELD_IN_CONFLICT,
    INSTANT,
    PROBLEM,
    TEXT,
    Shape,
    list_of,
    named,
    one_of,
    or_null,
    text,
    whole,
)

KEY = text(pattern="^[a-zA-Z0-9_-]+$", longest=values.TAG_SLUG)
_PASSAGE: dict[str, Any] = {
    "kind": one_of(*values.PASSAGE_KINDS),
    "text": text(longest=values.PASSAGE),
    "heading": text(longest=values.HEADING),
    "mark": {**text(longest=values.MARK), "description": "The number of a footnote."},
    "comment": {**text(longest=values.PASSAGE), "description": "Markdown."},
    "source": {
        **text(longest=values.TAG_SLUG),
        "description": "The key of the item it stands in; empty for this item's own text.",
    },
    "exact": {
        **text(longest=values.PASSAGE),
        "description": "The words there. Of a quotation out of its own text, its own words.",
    },
    "prefix": text(longest=values.CONTEXT),
    "suffix": text(longest=values.CONTEXT),
}
_PASSAGE_EXAMPLE = {
    "kind": "quotation",
    "text": "It cost less than planned.",
    "heading": "",
    "mark": "",
    "comment": "Against what was feared.",
    "source": "",
    "exact": "It cost less than planned.",
    "prefix": "The pilot ran for nine weeks. ",
    "suffix": "",
}
_PLAIN: dict[str, Any] = {
    "kind": one_of(*values.KINDS),
    "title": text(longest=values.TITLE),
    "url": text(longest=values.ADDRESS),
    "authors": list_of(text(longest=values.NAME), maxItems=values.MOST_AUTHORS),
    "publisher": text(longest=values.NAME),
    "published": {
        **text(longest=10),
        "description": "A year, a month or a day: 2023, 2023-05 or 2023-05-04; or empty.",
    },
    "accessed_on": or_null(DAY),
    "via": text(longest=values.NAME),
    "via_url": text(longest=values.ADDRESS),
    "licence": text(longest=values.NAME),
    "tags": list_of(text(longest=values.TAG), maxItems=values.MOST_TAGS),
}
_LONG: dict[str, Any] = {
    "notes": {**text(longest=values.NOTES), "description": "Markdown."},
    "text": {**text(longest=values.TEXT), "description": "As it was pasted."},
}
_SET_HERE = {"description": "Set here; what is sent is not read."}
_SENT_PASSAGE = {
    "type": "object",
    "properties": _PASSAGE | dict.fromkeys(PLACED_HERE, _SET_HERE),
    "required": ["kind", "text"],
    "additionalProperties": False,
}
_SENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        **_PLAIN,
        **_LONG,
        "passages": list_of(_SENT_PASSAGE, maxItems=values.MOST_PASSAGES),
        **dict.fromkeys(SET_HERE, _SET_HERE),
    },
    "additionalProperties": False,
}
EXAMPLE: dict[str, Any] = {
    "kind": "news",
    "title": "Nine weeks in Turku",
    "url": "https://example.org/pilot",
    "authors": ["A. Writer"],
    "publisher": "The paper",
    "published": "2024-05",
    "accessed_on": "2024-06-01",
    "via": "A friend",
    "via_url": "",
    "licence": "CC BY 4.0",
    "tags": ["heat", "pilots"],
    "notes": "Ask again in *autumn*.",
    "text": "The pilot ran for nine weeks. It cost less than planned.",
    "passages": [{"kind": "quotation", "text": "It cost less than planned."}],
}
_NEEDED = "One of title, address and text is needed. What is left out is empty"
SENT_ITEM = named(
    "SentItem",
    _SENT,
    f"All that is known of a new item. {_NEEDED}, and the kind is a link where there is an address"
    " and a note where there is none.",
    EXAMPLE,
)
CHANGED_ITEM = named(
    "ChangedItem",
    _SENT | {"required": ["kind"]},
    f"All that is known of an item; what GET answers is taken as it is. {_NEEDED}.",
    EXAMPLE,
)
PASSAGE = Shape(
    "Passage",
    {**_PASSAGE, "anchor": one_of("", "anchored", "lost"), "start": or_null(whole(0))},
    "A part of an item in its order: a quotation, a point, a statement or a footnote.",
    _PASSAGE_EXAMPLE | {"anchor": "anchored", "start": 30},
)
_STATE: dict[str, Any] = {
    "key": KEY,
    "reference": or_null(TEXT) | {"description": "How an import knows it again."},
    "state": one_of("inbox", "kept", "retracted"),
    "retracted_reason": TEXT,
    "retracted_on": or_null(DAY),
    "is_demonstration": BOOLEAN,
    "version": whole(1),
    "created_at": INSTANT,
    "changed_at": INSTANT,
}
_STATE_EXAMPLE = {
    "key": "nine-weeks-in-turku-1f09ab",
    "reference": "url:https://example.org/pilot",
    "state": "kept",
    "retracted_reason": "",
    "retracted_on": None,
    "is_demonstration": False,
    "version": 2,
    "created_at": "2024-06-01T09:30:00Z",
    "changed_at": "2024-06-02T10:00:00Z",
}
ROW = Shape(
    "ItemRow",
    {**_STATE, **_PLAIN, "passages": whole(0), "lost": whole(0)},
    "An item without its text; `lost` counts passages that stand in their text no more.",
    _STATE_EXAMPLE | {name: EXAMPLE[name] for name in _PLAIN} | {"passages": 1, "lost": 0},
)
ITEM = Shape(
    "Item",
    {**_STATE, **_PLAIN, **_LONG, "passages": list_of(PASSAGE)},
    "An item of the evidence library, whole.",
    _STATE_EXAMPLE
    | EXAMPLE
    | {"passages": [_PASSAGE_EXAMPLE | {"anchor": "anchored", "start": 30}]},
)
_NAMES = list_of(TEXT)
SAVED_ITEM = replace(
    ITEM,
    name="SavedItem",
    fields=dict(ITEM.fields)
    | {
        "merged": Shape(
            "MergedItem",
            {
                "base": whole(1),
                "theirs": whole(1),
                "author": TEXT,
                "from_theirs": _NAMES,
                "from_mine": _NAMES,
            },
            "The version that the change was begun from, the one that it was merged with, who made"
            " that one, and what came from whom, by field.",
        )
    },
    description="An item, whole. `merged` is there when another version was merged with what was"
    " sent; it is no part of the item.",
    optional=frozenset({"merged"}),
)
STALE_ITEM = Shape(
    "StaleItem",
    dict(PROBLEM.fields)
    | {
        "base": or_null(whole(1)),
        "theirs": ITEM,
        "conflicts": list_of(FIELD_IN_CONFLICT),
    },
    "The item was changed by somebody else: the version that the change was begun from (`base`,"
    " null where If-Match names none that is known), the item as it is now (`theirs`), and the"
    " fields that both changed (`conflicts`; all others can be merged).",
    optional=PROBLEM.optional | {"base", "theirs", "conflicts"},
)
RELATED_ITEM = Shape(
    "RelatedItem",
    {
        "key": KEY,
        "name": TEXT,
        "kind": _PLAIN["kind"],
        "state": _STATE["state"],
        "url": _PLAIN["url"],
        "because": {
            **list_of(TEXT, minItems=1),
            "description": "Why it is named, in words: 3 tags, same author, quotes the same note.",
        },
        "tags": {**list_of(_PLAIN["tags"]["items"]), "description": "Those that both have."},
        "authors": {**list_of(_PLAIN["authors"]["items"]), "description": "Those of both."},
    },
    "Another item, and why it is near.",
    {
        "key": "a-winter-in-turku-77aa01",
        "name": "A winter in Turku",
        "kind": "paper",
        "state": "kept",
        "url": "https://example.org/winter",
        "because": ["2 tags", "same author"],
        "tags": ["heat", "pilots"],
        "authors": ["A. Writer"],
    },
)
RELATED = Shape(
    "RelatedItems",
    {"results": list_of(RELATED_ITEM)},
    "What else to read, the nearest first.",
)
REASON = named(
    "ItemReason",
    {
        "type": "object",
        "properties": {"reason": {"type": "string"}},
        "required": ["reason"],
        "additionalProperties": False,
    },
    "Why it no longer holds.",
    {"reason": "The authors took it back."},
)
PLAIN_NAMES = tuple(_PLAIN)
