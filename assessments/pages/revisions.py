"""The revisions of a card, and one of them with what it changed."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.roles import Role, has_role
from assessments.forms.review import NoteForm, WithdrawForm
from assessments.models import Card, InternalNote, Revision
from assessments.opinions import content_of
from assessments.pages.contents import Passage, readable
from assessments.pages.differences import Difference, Version, differences
from assessments.pages.scores import ScoreLine, score_lines
from assessments.selectors import last_published, states_of
from assessments.states import State


@dataclass(frozen=True)
class RevisionRow:
    """`state` is empty for readers, who see published revisions alone."""

    revision: Revision
    author: str
    state: str


@dataclass(frozen=True)
class RevisionListPage:
    name: str
    slug: str
    is_published: bool
    card: Card
    rows: tuple[RevisionRow, ...]
    heading: str
    is_team: bool
    may_edit: bool
    may_submit: bool
    may_withdraw: bool
    notes: tuple[InternalNote, ...]
    note_form: NoteForm
    withdraw_form: WithdrawForm


@dataclass(frozen=True)
class RevisionPage:
    """`before` names the revision that the differences are seen from."""

    name: str
    card: Card
    revision: Revision
    author: str
    state: str
    is_team: bool
    before: Revision | None
    differences: tuple[Difference, ...]
    lines: tuple[ScoreLine, ...]
    passages: tuple[Passage, ...]


def revision_list_page(card: Card, actor: Any, note_form: NoteForm) -> RevisionListPage:
    is_team = has_role(actor, Role.ANALYST)
    revisions = list(_visible(card, actor).order_by("-number"))
    states = states_of(revisions)
    shown = last_published(card)
    head = revisions[0] if revisions else None
    return RevisionListPage(
        name=name_for(card, actor),
        slug=card.technology.slug,
        is_published=shown is not None,
        card=card,
        rows=tuple(_row(row, states[row.pk], is_team=is_team) for row in revisions),
        heading=_heading(revisions, shown, is_team=is_team),
        is_team=is_team,
        may_edit=is_team and (card.role == Card.Role.LEAD or card.owner_id == actor.pk),
        may_submit=is_team
        and head is not None
        and states[head.pk] in {State.DRAFT, State.RETURNED},
        may_withdraw=shown is not None and has_role(actor, Role.EDITOR),
        notes=tuple(card.notes.select_related("author")) if is_team else (),
        note_form=note_form,
        withdraw_form=WithdrawForm(),
    )


def revision_page(revision: Revision, actor: Any) -> RevisionPage:
    card, is_team = revision.card, has_role(actor, Role.ANALYST)
    content = content_of(revision)
    before = _visible(card, actor).filter(number__lt=revision.number).order_by("-number").first()
    old = content_of(before) if before else None
    return RevisionPage(
        name=name_for(card, actor),
        card=card,
        revision=revision,
        author=revision.author.get_username(),
        state=states_of([revision])[revision.pk].value if is_team else "",
        is_team=is_team,
        before=before,
        differences=_differences(before, revision),
        lines=score_lines(content["scores"], old["scores"] if old else None),
        passages=readable(content),
    )


def name_for(card: Card, actor: Any) -> str:
    """The technology's name; readers get the one that was published."""
    if has_role(actor, Role.ANALYST):
        return str(card.technology.name)
    body = card.publications.order_by("-seq").values_list("body", flat=True)[0]
    return str(json.loads(body)["card"]["technology"]["name"])


def _visible(card: Card, actor: Any) -> QuerySet[Revision]:
    rows = Revision.objects.visible_to(actor).filter(card=card)
    return rows.select_related("author", "card__technology")


def _row(revision: Revision, state: State, *, is_team: bool) -> RevisionRow:
    author = revision.author.get_username()
    return RevisionRow(revision, author, state.value if is_team else "")


def _heading(revisions: list[Revision], shown: Revision | None, *, is_team: bool) -> str:
    if not revisions:
        return "Nothing has been saved on this card yet."
    count = len(revisions)
    found = "One revision." if count == 1 else f"{count} revisions."
    if not is_team:
        return "One published revision." if count == 1 else f"{count} published revisions."
    if shown is None:
        return f"{found} Readers see none of them."
    newest = "the newest" if shown.pk == revisions[0].pk else f"number {shown.number}"
    return f"{found} Readers see {newest}."


def _differences(before: Revision | None, revision: Revision) -> tuple[Difference, ...]:
    if before is None:
        return ()
    return differences(
        Version(_named(before), content_of(before)), Version(_named(revision), content_of(revision))
    )


def _named(revision: Revision) -> str:
    author = revision.author.get_username()
    return f"{author}, as of {revision.as_of.isoformat()}"
