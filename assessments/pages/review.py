"""What waits for a second pair of eyes, and one revision with what it would change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.comments import open_remarks
from assessments.forms.review import ApproveForm, CommentForm, OverrideForm, ReturnForm
from assessments.models import Card, ReviewEvent, Revision
from assessments.opinions import content_of
from assessments.pages.differences import Difference, Version, differences
from assessments.pages.review_parts import ReviewParts, review_parts
from assessments.pages.scores import ScoreLine, score_lines
from assessments.second_opinions import blind_technologies, withheld_opinions, withheld_words
from assessments.selectors import (
    approvals_among,
    approvals_needed,
    approvals_needed_of,
    approvals_of,
    drafts_of,
    head_of,
    last_published,
    last_published_of,
    revisions_in_review,
    state_of,
    states_of,
    unpublished_authors,
)
from assessments.states import SUPERSEDED, State, is_superseded
from assessments.values.scale import Dimension
from record.canonical import digest

ROWS_A_PAGE = 100
_HEADINGS = {
    State.DRAFT: "a draft that the team alone sees.",
    State.IN_REVIEW: "does it hold?",
    State.APPROVED: "approved, ready to be published.",
    State.RETURNED: "returned to its author.",
    State.PUBLISHED: "published, and followed by a newer revision.",
    State.WITHDRAWN: "withdrawn from readers.",
}


@dataclass(frozen=True)
class WaitingRow:
    """A revision in the queue; `moved` tells what would change for readers. A blind one says
    nothing of its scores to an editor who has handed in no opinion."""

    revision: Revision
    author: str
    state: State
    since: datetime
    approvals: str
    moved: tuple[ScoreLine, ...]
    is_new: bool
    is_blind: bool
    remarks: int


@dataclass(frozen=True)
class DraftRow:
    revision: Revision
    state: State
    note: str
    remarks: int


@dataclass(frozen=True)
class ReviewListPage:
    heading: str
    withheld: str
    waiting: tuple[WaitingRow, ...]
    listing: Page[Revision]
    drafts: tuple[DraftRow, ...]
    state: str


@dataclass(frozen=True)
class ReviewPage:
    """`published` is what readers see now; the differences are seen from it. `newer` is the newest
    revision, where this is not it."""

    revision: Revision
    author: str
    state: State
    newer: Revision | None
    published: Revision | None
    differences: tuple[Difference, ...]
    parts: ReviewParts
    events: tuple[ReviewEvent, ...]
    approvals: str
    why_two: str
    is_own: bool
    may_edit: bool
    may_submit: bool
    may_publish: bool
    approve_form: ApproveForm | None
    return_form: ReturnForm | None
    override_form: OverrideForm | None

    @property
    def is_shown(self) -> bool:
        return self.published is not None and self.published.pk == self.revision.pk

    @property
    def change_heading(self) -> str:
        if self.published and self.published.number > self.revision.number:
            return "How it differs from what readers see now"
        return "What would change for readers"

    @property
    def is_superseded(self) -> bool:
        newest = self.newer.number if self.newer else self.revision.number
        return is_superseded(self.state, self.revision.number, newest)

    @property
    def told_state(self) -> str:
        return f"{SUPERSEDED}; it was {self.state}" if self.is_superseded else self.state.value

    @property
    def heading(self) -> str:
        if self.newer and self.is_superseded:
            return f"superseded by revision {self.newer.number}."
        return "readers see it." if self.is_shown else _HEADINGS[self.state]


def review_list_page(actor: User, number: str | None = None) -> ReviewListPage:
    seen = Revision.objects.visible_to(actor)
    revisions = revisions_in_review(seen)
    states = states_of(revisions)
    listing = Paginator(revisions, ROWS_A_PAGE).get_page(number)
    waiting, drafts = _waiting_rows(list(listing), actor), tuple(_drafts(actor))
    withheld = withheld_words(sum(withheld_opinions(actor).values()))
    parts = [f"{revision.pk}.{states[revision.pk]}" for revision in revisions]
    parts += [f"{row.revision.pk}.{row.approvals}.{row.remarks}" for row in waiting]
    parts += [f"{row.revision.pk}.{row.state}.{row.remarks}" for row in drafts] + [withheld]
    heading = _heading(list(states.values()))
    seen_state = digest("-".join(parts))[:16]
    return ReviewListPage(heading, withheld, waiting, listing, drafts, seen_state)


def _heading(waiting: Sequence[State]) -> str:
    open_count = sum(state is State.IN_REVIEW for state in waiting)
    approved = len(waiting) - open_count
    if not waiting:
        return "Nothing waits for review."
    found = []
    if open_count:
        found.append("One card waits" if open_count == 1 else f"{open_count} cards wait")
        found[-1] += " for a second pair of eyes."
    if approved:
        found.append("One is" if approved == 1 else f"{approved} are")
        found[-1] += " approved and can be published."
    return " ".join(found)


def _waiting_rows(revisions: Sequence[Revision], actor: User) -> tuple[WaitingRow, ...]:
    states = states_of(revisions)
    prefetch_related_objects(revisions, "events")
    shown = last_published_of(revision.card_id for revision in revisions)
    needed = approvals_needed_of(revisions)
    blind = blind_technologies(actor, (revision.card.technology_id for revision in revisions))
    remarks = open_remarks((revision.card_id for revision in revisions), actor)
    rows = [
        _waiting(revision, states[revision.pk], shown.get(revision.card_id), needed[revision.pk])
        for revision in revisions
    ]
    return tuple(
        replace(row, is_blind=_is_blind(row, actor, blind), remarks=remarks.get(card, 0))
        for row, card in zip(rows, (revision.card_id for revision in revisions), strict=True)
    )


def _is_blind(row: WaitingRow, actor: User, blind: Collection[int]) -> bool:
    card = row.revision.card
    is_foreign = card.role == Card.Role.SECOND and card.owner_id != actor.pk
    return is_foreign and row.is_new and card.technology_id in blind


def _waiting(
    revision: Revision, state: State, shown: Revision | None, approvals_needed: int
) -> WaitingRow:
    before = content_of(shown)["scores"] if shown else None
    lines = score_lines(content_of(revision)["scores"], before)
    events = list(revision.events.all())
    given = len({event.by_id for event in approvals_among(events)})
    return WaitingRow(
        revision=revision,
        author=revision.author.get_username(),
        state=state,
        since=max(event.at for event in events),
        approvals=f"{given} of {approvals_needed}",
        moved=tuple(line for line in lines if line.moved) if before else (),
        is_new=before is None,
        is_blind=False,
        remarks=0,
    )


def _drafts(actor: User) -> list[DraftRow]:
    rows = drafts_of(actor)
    states = states_of(rows)
    prefetch_related_objects(rows, "events")
    remarks = open_remarks((row.card_id for row in rows), actor)
    return [DraftRow(row, states[row.pk], _note(row), remarks.get(row.card_id, 0)) for row in rows]


def _note(revision: Revision) -> str:
    last = next(reversed(revision.events.all()), None)
    return last.note if last and last.kind == ReviewEvent.Kind.RETURNED else ""


def _approvals(revision: Revision) -> str:
    given = len({event.by_id for event in approvals_of(revision)})
    return f"{given} of {approvals_needed(revision)}"


def review_page(revision: Revision, actor: User, typed: CommentForm | None = None) -> ReviewPage:
    """`typed` is a comment that was sent and could not be kept."""
    state, published = state_of(revision), last_published(revision.card)
    is_editor, is_own = has_role(actor, Role.EDITOR), revision.author_id == actor.pk
    hashed, newer = {"shown_hash": revision.content_hash}, _newer(revision)
    is_open = state is State.IN_REVIEW and newer is None
    may_approve = is_open and _may_approve(revision, actor)
    # An approved one may go out while a draft on top of it is being written, and no later.
    is_ready = state is State.APPROVED and not _is_overtaken(revision, published)
    return ReviewPage(
        revision=revision,
        author=revision.author.get_username(),
        state=state,
        newer=newer,
        published=published,
        differences=_changes(published, revision),
        parts=review_parts(revision, published, actor, typed),
        events=tuple(revision.events.select_related("by")),
        approvals=_approvals(revision),
        why_two=_why_two(revision),
        is_own=is_own,
        may_edit=not (revision.card.role != "lead" and revision.card.owner_id != actor.pk),
        may_submit=newer is None and state in {State.DRAFT, State.RETURNED},
        may_publish=is_editor and is_ready,
        approve_form=ApproveForm(initial=hashed) if may_approve else None,
        return_form=ReturnForm(initial=hashed) if is_editor and (is_open or is_ready) else None,
        override_form=OverrideForm(initial=hashed)
        if is_open and has_role(actor, Role.ADMIN)
        else None,
    )


def _newer(revision: Revision) -> Revision | None:
    head = head_of(revision.card)
    return head if head and head.number > revision.number else None


def _is_overtaken(revision: Revision, published: Revision | None) -> bool:
    return published is not None and published.number > revision.number


def _may_approve(revision: Revision, actor: User) -> bool:
    if not has_role(actor, Role.EDITOR):
        return False
    if actor.pk in unpublished_authors(revision) and settings.TWO_EYES:
        return False
    return actor.pk not in {event.by_id for event in approvals_of(revision)}


def _why_two(revision: Revision) -> str:
    if approvals_needed(revision) == 1:
        return ""
    return f"{Dimension.IMPACT.capitalize()} 5+ needs two approvers."


def _changes(published: Revision | None, revision: Revision) -> tuple[Difference, ...]:
    if published is None or published.pk == revision.pk:
        return ()
    return differences(
        Version(f"Published, as of {published.as_of.isoformat()}", content_of(published)),
        Version(f"Proposed by {revision.author.get_username()}", content_of(revision)),
    )
