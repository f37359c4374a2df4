"""Files whose every field holds a payload, as the importers show them before anything is saved."""

import json
from collections.abc import Iterator
from typing import Any

from django.test import Client

from tests.trust.payloads import SHORT

SCRIPT = "<script>alert(1)</script>"
ADDRESS = "javascript:alert(1)"
IMAGE = "<img src=x onerror=alert(1)>"


def _csv(*rows: list[str]) -> str:
    quoted = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    return "\n".join(quoted)


_FACTS = dict.fromkeys(("publisher", "abstract", "note", "container-title", SCRIPT), SCRIPT)
CSL = [
    {"id": text, "type": IMAGE, "title": text, "keyword": text, "URL": "https://e.example/a"}
    | {"author": [{"literal": IMAGE}], "language": IMAGE}
    | _FACTS
    for text in SHORT
]
MARKS = [
    {
        "uri": f"https://e.example/{place}",
        "text": text,
        "tags": [IMAGE],
        "document": {"title": [text]},
        IMAGE: SCRIPT,
        "target": [
            {
                "source": f"https://e.example/{place}",
                "selector": {"type": "TextQuoteSelector"}
                | dict.fromkeys(("exact", "prefix", "suffix"), text),
            }
        ],
    }
    for place, text in enumerate([*SHORT, ADDRESS])
]
READWISE = _csv(
    ["Highlight", "Title", "Author", "URL", "Note", "Location", "Tags", SCRIPT],
    *([text, text, text, ADDRESS, text, text, text, text] for text in SHORT),
)
_BLIPS = [{"name": text, "ring": IMAGE, "quadrant": SCRIPT, "description": text} for text in SHORT]
RADARS = {
    "byor": _csv(
        ["name", "ring", "quadrant", "isNew", "description", SCRIPT],
        *([text, IMAGE, SCRIPT, text, text, text] for text in SHORT),
    ),
    "byor-list": json.dumps([blip | {SCRIPT: ADDRESS} for blip in _BLIPS]),
    "zalando": json.dumps(
        {
            "rings": [{"name": IMAGE}],
            "quadrants": [{"name": SCRIPT}],
            "entries": [
                {"label": text, "ring": 0, "quadrant": 0, "link": ADDRESS, "moved": IMAGE}
                for text in SHORT
            ],
        }
    ),
    "aoe": json.dumps(
        {
            "items": [
                {"title": text, "ring": IMAGE, "segment": SCRIPT, "body": text, "tags": [text]}
                | {"revisions": [{"release": IMAGE, "ring": IMAGE}]}
                for text in SHORT
            ],
            SCRIPT: IMAGE,
        }
    ),
    "backstage": json.dumps(
        {
            "rings": [{"id": "a", "name": IMAGE}],
            "quadrants": [{"id": "b", "name": SCRIPT}],
            "entries": [
                {"title": text, "ring": "a", "quadrant": "b", "url": ADDRESS, "description": text}
                for text in SHORT
            ],
        }
    ),
}


def previews(client: Client) -> Iterator[tuple[str, Any]]:
    """The answer to each file, and to what the page says of a fault in it."""
    files = {"readwise": READWISE, "csl": json.dumps(CSL), "annotations": json.dumps(MARKS)}
    for kind, text in files.items():
        fields = {"format": kind, "text": text, "state": "kept", "then": "read"}
        yield kind, client.post("/evidence/import/", fields)
    for kind, text in RADARS.items():
        mapped = {"ring-0": "none", "sector-0": "="}
        fields = {"text": text, "name": SCRIPT, "as_of": "2026-01-01", "then": "preview"}
        yield kind, client.post("/technologies/import/", fields)
        yield f"{kind}-mapped", client.post("/technologies/import/", fields | mapped)
    table = {"text": _csv([SCRIPT, "Highlight", IMAGE], ["a", "b", "c", SCRIPT])}
    refused = table | {"format": "readwise", "state": "inbox"}
    yield "refused", client.post("/evidence/import/", refused)
