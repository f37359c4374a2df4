"""The revisions of a card, and one of them with what it changed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.roles import Role, has_role
from assessments.forms.review import NoteForm, WithdrawForm
from assessments.minor import why_not_minor
from assessments.models import Card, InternalNote, Revision, RoundAnswer
from assessments.opinions import content_of
from assessments.pages.contents import Passage, readable
from assessments.pages.differences import Difference, Version, differences
from assessments.pages.scores import ScoreLine, score_lines
from assessments.second_opinions import is_withheld
from assessments.selectors import last_published, states_of
from assessments.states import SUPERSEDED, State, is_superseded

WITHHELD = "Its revisions are shown when your own opinion is in."


@dataclass(frozen=True)
class RevisionRow:
    revision: Revision
    author: str
    state: str
    answers: tuple[RoundAnswer, ...] = ()


@dataclass(frozen=True)
class RevisionListPage:
    name: str
    slug: str
    is_published: bool
    card: Card
    rows: tuple[RevisionRow, ...]
    heading: str
    is_withheld: bool
    may_edit: bool
    may_submit: bool
    may_publish_minor: bool
    may_edit_facts: bool
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
    before: Revision | None
    differences: tuple[Difference, ...]
    lines: tuple[ScoreLine, ...]
    passages: tuple[Passage, ...]
    newest: int
    may_begin: bool


def revision_list_page(card: Card, actor: Any, note_form: NoteForm) -> RevisionListPage:
    revisions = list(visible_revisions(card, actor).order_by("-number"))
    withheld = is_withheld(card, actor)
    states = states_of(revisions)
    shown = last_published(card)
    head = revisions[0] if revisions else None
    return RevisionListPage(
        name=card.technology.name,
        slug=card.technology.slug,
        is_published=shown is not None,
        card=card,
        rows=tuple(_row(row, states[row.pk], revisions[0].number) for row in revisions),
        heading=WITHHELD if withheld and not revisions else _heading(revisions, shown),
        is_withheld=withheld,
        may_edit=_may_edit(card, actor),
        may_submit=head is not None and states[head.pk] in {State.DRAFT, State.RETURNED},
        may_publish_minor=_may_publish_minor(card, actor),
        may_edit_facts=has_role(actor, Role.EDITOR),
        may_withdraw=shown is not None and has_role(actor, Role.EDITOR),
        notes=() if withheld else tuple(card.notes.select_related("author")),
        note_form=note_form,
        withdraw_form=WithdrawForm(),
    )


def _may_edit(card: Card, actor: Any) -> bool:
    return card.role == Card.Role.LEAD or card.owner_id == actor.pk


def _may_publish_minor(card: Card, actor: Any) -> bool:
    return _may_edit(card, actor) and not why_not_minor(card)


def revision_page(revision: Revision, actor: Any) -> RevisionPage:
    card, content = revision.card, content_of(revision)
    older = visible_revisions(card, actor).filter(number__lt=revision.number)
    before = older.order_by("-number").first()
    old = content_of(before) if before else None
    newest = _newest(card, actor, revision)
    state = states_of([revision])[revision.pk]
    return RevisionPage(
        name=card.technology.name,
        card=card,
        revision=revision,
        author=revision.author.get_username(),
        state=_told(state, revision, newest),
        before=before,
        differences=_differences(before, revision),
        lines=score_lines(content["scores"], old["scores"] if old else None),
        passages=readable(content),
        newest=newest,
        may_begin=_may_edit(card, actor),
    )


def _newest(card: Card, actor: Any, revision: Revision) -> int:
    numbers = visible_revisions(card, actor).order_by("-number").values_list("number", flat=True)
    newest: int = numbers.first() or revision.number
    return newest


def visible_revisions(card: Card, actor: Any) -> QuerySet[Revision]:
    rows = Revision.objects.visible_to(actor).filter(card=card)
    return rows.select_related("author", "card__technology").prefetch_related("round_answers__by")


def _row(revision: Revision, state: State, newest: int) -> RevisionRow:
    answers = tuple(revision.round_answers.all())
    told = _told(state, revision, newest)
    return RevisionRow(revision, revision.author.get_username(), told, answers)


def _told(state: State, revision: Revision, newest: int) -> str:
    return SUPERSEDED if is_superseded(state, revision.number, newest) else state.value


def _heading(revisions: list[Revision], shown: Revision | None) -> str:
    if not revisions:
        return "Nothing has been saved on this card yet."
    count = len(revisions)
    found = "One revision." if count == 1 else f"{count} revisions."
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
