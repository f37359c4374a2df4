"""A newsletter issue of the evidence library, read against the technologies of the record."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from assessments.importing.newsletter.issue import Quoted, ReadIssue, ReadPart
from assessments.importing.newsletter.naming import Known
from assessments.importing.newsletter.reader import read_issue
from assessments.models import Alias, Buffer, Card, Revision, Technology
from assessments.opinions import Opinion, content_of, kept_of, opinion_of, opinion_on
from assessments.values.scale import Origin
from evidence.models import Item
from record.canonical import canonical_json


@dataclass(frozen=True)
class IssuePart:
    """One technology of an issue, about to become a card of one technology of the record."""

    item: Item
    issue: ReadIssue
    place: int
    opinion: Opinion

    @property
    def read(self) -> ReadPart:
        return self.issue.parts[self.place]

    @property
    def unplaced(self) -> tuple[Quoted, ...]:
        return tuple(self.issue.unplaced(self.read))


def known_technologies() -> tuple[Known, ...]:
    """Every technology under its name and under each alias."""
    names = Technology.objects.order_by("name").values_list("name", "slug")
    aliases = Alias.objects.order_by("name").values_list(
        "technology__name", "technology__slug", "name"
    )
    return (
        *(Known(name, slug, name) for name, slug in names),
        *(Known(name, slug, alias) for name, slug, alias in aliases),
    )


def technology_called(name: str) -> Technology | None:
    """The technology of that name or alias, whatever its case."""
    found: Technology | None = Technology.objects.filter(name__iexact=name).first()
    if found is None:
        found = Technology.objects.filter(aliases__name__iexact=name).first()
    return found


def issue_in(item: Item) -> ReadIssue:
    return read_issue(item.text, known=known_technologies(), published=_day(item.published))


def part_of(
    *, item: Item, place: int, technology: Technology, by: User, on_lead: bool
) -> IssuePart:
    """The part of the issue beside the card that it goes on; `on_lead` takes the lead card even
    where somebody else wrote it."""
    issue = issue_in(item)
    opinion = opinion_on(technology=technology, by=by)
    lead = technology.cards.filter(role=Card.Role.LEAD).first()
    if on_lead and lead is not None:
        opinion = opinion_of(card=lead, by=by)
    return IssuePart(item, issue, place, opinion)


def saved_from(item: Item) -> list[Revision]:
    """Of each card that was read from the issue, the revision that was, the newest first."""
    if not item.text:
        return []
    # The title as the content spells it: the sources of each that has it are looked at.
    spelt = canonical_json(item.name)
    rows = Revision.objects.filter(origin=Origin.IMPORTED, content__contains=spelt)
    found: dict[int, Revision] = {}
    for row in rows.select_related("card__technology").order_by("-recorded_at", "-pk"):
        if names_issue(row, item):
            found.setdefault(row.card_id, row)
    return list(found.values())


def names_issue(revision: Revision, item: Item) -> bool:
    """Whether the item is among the sources of the revision."""
    named = {(one["title"], one["url"]) for one in content_of(revision)["sources"]}
    return (item.name, item.url or None) in named


def place_of(issue: ReadIssue, technology: Technology | None) -> int:
    """The part of the issue that names the technology; the first where none does."""
    slug = technology.slug if technology else ""
    for place, part in enumerate(issue.parts):
        if slug and slug in {one.slug for one in part.candidates}:
            return place
    return 0


def typed_elsewhere(part: IssuePart) -> Buffer | None:
    """What the person typed on the card, and not on the page of this issue, and did not save."""
    kept = kept_of(part.opinion)
    return None if kept is None or is_of(kept, part.item.key) else kept


def is_of(kept: Buffer, item: str) -> bool:
    return bool(kept.fields.get("item") == [item])


def _day(published: str) -> date | None:
    return date.fromisoformat(published) if len(published) == 10 else None
