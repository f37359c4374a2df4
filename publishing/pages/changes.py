"""The public part of the change log, newest first."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.urls import reverse

from publishing.cards import technology_url
from publishing.pages.list_form import ListForm
from publishing.pages.published import Published
from record.models import Change, PublicChange

KINDS = {
    "card.published": "published for the first time",
    "card.revised": "revised",
    "card.withdrawn": "withdrawn",
    "prediction.published": "prediction published",
    "prediction.withdrawn": "prediction withdrawn",
    "prediction.resolved": "prediction resolved, annulled or found ambiguous",
    "prediction.resolution-undone": "resolution undone, so the prediction is open again",
    "challenge.shown": "a reader's correction shown",
    "challenge.replied": "a reader's correction replied to",
    "challenge.accepted": "a reader's correction accepted",
    "challenge.partly-accepted": "a reader's correction accepted in part",
    "challenge.declined": "a reader's correction declined",
    "challenge.reopened": "a reader's correction open again",
    "technology.facts": "name, fields or links brought up to date",
    "technology.opened": "market recorded as open",
    "source.retracted": "a cited source was retracted",
    "source.restored": "a cited source stands again",
    "lens.created": "made for the first time",
    "lens.revised": "changed",
    "lens.retired": "retired",
    "demonstration.removed": "removed with all that was written and computed about it",
}


@dataclass(frozen=True)
class ChangeRow:
    """`url` is empty where the technology is not published now; the log keeps its slug."""

    number: int
    at: datetime
    subject: str
    url: str
    what: str
    scores: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class ChangeListPage:
    rows: tuple[ChangeRow, ...]
    listing: "Page[PublicChange]"
    form: ListForm | None = None


def publication_of(change: Change) -> int | None:
    """The publication that the change made, for changes that made one."""
    seq: int | None = (change.after or {}).get("publication")
    return seq


def technology_of(change: Change) -> str:
    """The slug of the technology that the change is about, or of whatever else it is about."""
    if change.subject_kind == "prediction":
        return str((change.after or {})["technology"])
    return change.subject_key


def change_list_page(
    listing: "Page[PublicChange]",
    published: Published,
    standing: Container[int],
    form: ListForm | None = None,
) -> ChangeListPage:
    """`standing` are the publications of the listing that were not withdrawn since."""
    names = {card.slug: card.technology["name"] for card in published.leads}
    rows = [
        _row(row.change, row.seq, names, is_withdrawn=_is_withdrawn(row.change, standing))
        for row in listing
    ]
    return ChangeListPage(tuple(rows), listing, form)


def _is_withdrawn(change: Change, standing: Container[int]) -> bool:
    made = publication_of(change)
    return made is not None and made not in standing


def _row(change: Change, number: int, names: dict[str, str], *, is_withdrawn: bool) -> ChangeRow:
    slug, what = technology_of(change), _what(change)
    if change.subject_kind == "lens":
        return _lens_row(change, number)
    return ChangeRow(
        number=number,
        at=change.at,
        subject=names.get(slug, slug),
        url=technology_url(slug) if slug in names else "",
        what=f"{what}; withdrawn since" if is_withdrawn else what,
        scores=() if is_withdrawn else _scores(change),
        reason="" if is_withdrawn else change.reason,
    )


def _lens_row(change: Change, number: int) -> ChangeRow:
    return ChangeRow(
        number=number,
        at=change.at,
        subject=f"The lens {(change.after or {})['name']}",
        url=f"{reverse('publishing:lens-list')}#{change.subject_key.removeprefix('lens:')}",
        what=_what(change),
        scores=(),
        reason=change.reason,
    )


def _what(change: Change) -> str:
    words = KINDS.get(change.kind, change.kind.replace(".", " "))
    if change.subject_kind == "prediction":
        return f"{words}: {(change.after or {}).get('statement', '')}"
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
