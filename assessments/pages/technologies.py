"""Choosing what to score, and the facts of a technology."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from accounts.meeting_forms import show_theirs
from assessments.forms.technology import LinkSet, TechnologyForm, link_rows
from assessments.models import Card, Link, Revision, Technology
from assessments.services.technologies import Facts


@dataclass(frozen=True)
class CandidateRow:
    """A technology to score; `lead` is the author of its lead card, empty without one."""

    technology: Technology
    lead: str


@dataclass(frozen=True)
class CardChoicePage:
    unscored: tuple[CandidateRow, ...]
    scored: tuple[CandidateRow, ...]


class Revised(TypedDict):
    technology: Technology
    facts: Facts
    links: list[Link]
    version: int


@dataclass(frozen=True)
class TechnologyFormPage:
    """`technology` is None for a new one; `links` then are none."""

    form: TechnologyForm
    links: LinkSet | None = None
    technology: Technology | None = None

    def is_valid(self) -> bool:
        are_links_valid = self.links is None or self.links.is_valid()
        return self.form.is_valid() and are_links_valid

    def has_errors(self) -> bool:
        return self.form.is_bound and not self.is_valid()

    def show_theirs(self) -> None:
        """Somebody else saved first: what they made of it stands beside what was typed."""
        if self.technology is None or self.links is None:
            raise LookupError("A new technology has nothing to meet.")
        now = Technology.objects.get(pk=self.technology.pk)
        show_theirs(self.form, TechnologyForm(None, now))
        theirs, mine = (_spelled(rows) for rows in (link_rows(now), self.links.links(now)))
        if theirs != mine:
            self.form.add_error(None, f"Its links now: {'; '.join(theirs) or 'none'}.")

    def revision(self) -> Revised:
        """What the form says of a technology that is there."""
        if self.technology is None or self.links is None:
            raise LookupError("A new technology has nothing to revise.")
        return {
            "technology": self.technology,
            "facts": self.form.facts(),
            "links": self.links.links(self.technology),
            "version": self.form.version_read(),
        }


def _spelled(links: Iterable[Link]) -> list[str]:
    rows = [f"{row.kind} {row.target.name}{f' ({row.note})' if row.note else ''}" for row in links]
    return sorted(rows)


def card_choice_page() -> CardChoicePage:
    """Every technology, those without a lead card first."""
    heads = Revision.objects.filter(card__role=Card.Role.LEAD, children__isnull=True)
    authors = dict(heads.values_list("card__technology", "author__username"))
    rows = [CandidateRow(one, authors.get(one.pk, "")) for one in Technology.objects.all()]
    return CardChoicePage(
        unscored=tuple(row for row in rows if not row.lead),
        scored=tuple(row for row in rows if row.lead),
    )
