"""What became of an item since it came in, newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from record.models import Change

FORGOTTEN = "somebody who left"
WORDS = {
    "item.created": "came in",
    "item.edited": "changed",
    "item.kept": "kept in the library",
    "item.retracted": "retracted",
    "item.restored": "restored",
    "item.read": "read from a file",
}
FIELDS = {
    "kind": "kind",
    "title": "title",
    "url": "address",
    "authors": "authors",
    "publisher": "publisher",
    "published": "date of publication",
    "accessed_on": "day of reading",
    "via": "via",
    "via_url": "address of via",
    "licence": "licence",
    "notes": "notes",
    "text": "text",
    "tags": "tags",
    "passages": "passages",
}


@dataclass(frozen=True)
class HistoryRow:
    at: datetime
    who: str
    what: str
    reason: str


def history_rows(changes: Iterable[Change], names: Mapping[int, str]) -> Sequence[HistoryRow]:
    """`names` are those of the people by their ids."""
    return [
        HistoryRow(
            at=change.at,
            who=names.get(change.actor_id or 0, FORGOTTEN),
            what=_what(change),
            reason=change.reason,
        )
        for change in changes
    ]


def _what(change: Change) -> str:
    words = WORDS.get(change.kind, change.kind.partition(".")[2].replace("-", " "))
    if change.kind != "item.edited":
        return words
    fields = [name for key, name in FIELDS.items() if key in (change.after or {})]
    kept = " and kept in the library" if "state" in (change.after or {}) else ""
    return f"{words}: {', '.join(fields)}{kept}" if fields else f"{words}{kept}"
