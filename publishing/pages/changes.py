"""The public part of the change log, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page

from publishing.cards import technology_url
from publishing.pages.published import Published
from record.models import Change

KINDS = {
    "card.published": "published for the first time",
    "card.revised": "revised",
    "card.withdrawn": "withdrawn",
    "technology.facts": "name, fields or links brought up to date",
    "technology.opened": "market recorded as open",
}


@dataclass(frozen=True)
class ChangeRow:
    """`name` is empty where the technology is not published now; the log keeps its slug."""

    seq: int
    at: datetime
    subject: str
    url: str
    what: str
    scores: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class ChangeListPage:
    rows: tuple[ChangeRow, ...]
    listing: "Page[Change]"


def change_list_page(listing: "Page[Change]", published: Published) -> ChangeListPage:
    names = {card.slug: card.technology["name"] for card in published.leads}
    return ChangeListPage(tuple(_row(change, names) for change in listing), listing)


def _row(change: Change, names: dict[str, str]) -> ChangeRow:
    slug = change.subject_key
    return ChangeRow(
        seq=change.seq,
        at=change.at,
        subject=names.get(slug, slug),
        url=technology_url(slug) if slug in names else "",
        what=_what(change),
        scores=_scores(change),
        reason=change.reason,
    )


def _what(change: Change) -> str:
    words = KINDS.get(change.kind, change.kind.replace(".", " "))
    role = (change.after or {}).get("role", "lead")
    return f"{role}: {words}" if role != "lead" else words


def _scores(change: Change) -> tuple[str, ...]:
    """Impact 4 to 5, for a change of what was published before."""
    before: dict[str, Any] = change.before or {}
    after: dict[str, Any] = (change.after or {}).get("scores", {})
    return tuple(
        f"{dimension.capitalize()} {before[dimension]} to {new}"
        for dimension, new in after.items()
        if dimension in before
    )
