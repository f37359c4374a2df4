"""Cards from a file: each goes in whole or is left out whole, and the others go in."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from django.db import transaction

from accounts.models import User
from accounts.roles import Role, has_role
from accounts.services import create_user, ensure_author
from assessments.importing.cards_file import ImportedCard, Refusal
from assessments.models import Card, Publication, Revision, Technology
from assessments.selectors import head_of, state_of
from assessments.services.citing import keep_cited_items
from assessments.services.drafting import Save, add_note, open_card, save_revision
from assessments.services.merging import FieldsInConflict, StaleImport, save_merged
from assessments.services.publication import publish_revision
from assessments.services.review import approve_import, approve_revision, submit_revision
from assessments.services.technologies import Facts, create_technology
from assessments.signals import record_published
from assessments.states import State
from assessments.values.card import CardDocument, content_json
from record.canonical import canonical_json, digest
from record.errors import DomainError, NotAllowed


@dataclass(frozen=True)
class Hands:
    """Who an import acts for: `author` where a card names none, `approvers` when it publishes;
    `merges` brings in what others saved meanwhile, where both changed different fields."""

    author: User
    approvers: tuple[User, ...] = ()
    merges: bool = False


@dataclass
class ImportReport:
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class CardImport:
    """One file on its way in."""

    def __init__(self, *, hands: Hands, is_demonstration: bool = False) -> None:
        self.hands = hands
        self.is_demonstration = is_demonstration
        self.report = ImportReport()
        self._fresh: set[int] = set()
        self._last: dict[int, str] = {}
        self._newest: Publication | None = None

    def run(self, items: Sequence[ImportedCard | Refusal]) -> ImportReport:
        """Every readable card is in the record, in the order in which they build on each other."""
        cards = [item for item in items if isinstance(item, ImportedCard)]
        self.report.refused.extend(item for item in items if isinstance(item, Refusal))
        for item in building_order(cards):
            self._take(item)
        if self._newest is not None:
            record_published.send(sender=None, publication=self._newest)
        return self.report

    def _take(self, item: ImportedCard) -> None:
        try:
            with transaction.atomic():
                self._take_whole(item)
        except StaleImport as stale:
            self.report.refused.append(stale.refusal(item.label))
        except DomainError as error:
            self.report.refused.append(
                Refusal(
                    card=item.label, field=error.field or "card", value="", reason=error.message
                )
            )

    def _take_whole(self, item: ImportedCard) -> None:
        document = item.document
        author = self._author(document)
        technology = self._technology(document, author)
        card = open_card(technology=technology, role=document.role, owner=author)
        if head_of(card) is None:
            self._fresh.add(card.pk)
        document = self._chained(card, document, item)
        known = self._known(card, document)
        if known is None:
            keep_cited_items(document, by=self.hands.author, is_demonstration=self.is_demonstration)
            save = Save(
                by=author,
                trusts_parent=card.pk in self._fresh,
                is_import=True,
                keeps_buffer=True,
            )
            known, told = self._save(card, document, save)
            for note in item.internal_notes if told is not self.report.unchanged else ():
                add_note(card=card, text=note, author=self.hands.author)
            told.append(item.label)
        else:
            self.report.unchanged.append(item.label)
        self._last[card.pk] = known.content_hash
        if self.hands.approvers and state_of(known) is not State.PUBLISHED:
            self._publish(known)
            self.report.published.append(item.label)

    def _save(self, card: Card, document: CardDocument, save: Save) -> tuple[Revision, list[str]]:
        """The revision, and the part of the report that it belongs to."""
        head = head_of(card)
        if head is None or save.trusts_parent or document.parent == head.content_hash:
            return save_revision(card=card, document=document, save=save), self.report.added
        if not self.hands.merges or not card.revisions.filter(content_hash=document.parent or ""):
            raise StaleImport(card, document)
        try:
            merged = save_merged(card=card, document=document, save=save)
        except FieldsInConflict as conflict:
            raise StaleImport(card, document) from conflict
        is_new = merged.revision.pk != head.pk
        return merged.revision, self.report.merged if is_new else self.report.unchanged

    def _author(self, document: CardDocument) -> User:
        if document.author is None:
            return self.hands.author
        return ensure_author(username=document.author)

    def _technology(self, document: CardDocument, author: User) -> Technology:
        facts = document.technology
        found = Technology.objects.filter(slug=facts.slug).first()
        return found or create_technology(
            facts=Facts(
                slug=facts.slug,
                name=facts.name,
                aliases=facts.aliases,
                domains=facts.domains,
                variant_of=facts.variant_of,
            ),
            by=author,
            is_demonstration=self.is_demonstration,
        )

    def _chained(self, card: Card, document: CardDocument, item: ImportedCard) -> CardDocument:
        """A source that names no parents builds each card on the one before it."""
        if not item.chains:
            return document
        return replace(document, parent=self._last.get(card.pk))

    def _known(self, card: Card, document: CardDocument) -> Revision | None:
        known = digest(canonical_json(content_json(document)))
        return card.revisions.filter(content_hash=known).first()

    def _publish(self, revision: Revision) -> None:
        if state_of(revision) in {State.DRAFT, State.RETURNED}:
            submit_revision(revision=revision, by=self.hands.author)
        for approver in self.hands.approvers:
            if state_of(revision) is State.IN_REVIEW:
                approve_revision(revision=revision, by=approver, shown_hash=revision.content_hash)
        if state_of(revision) is State.IN_REVIEW:
            approve_import(revision=revision, by=self.hands.approvers[0])
        self._newest = publish_revision(
            revision=revision, by=self.hands.approvers[0], announce=False
        )


def building_order(cards: Sequence[ImportedCard]) -> list[ImportedCard]:
    """By date, but each card after its parent and after the technology that it varies."""
    places = {content_hash(item): place for place, item in enumerate(cards)}
    firsts = {item.document.technology.slug: i for i, item in reversed(list(enumerate(cards)))}
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for place, item in enumerate(cards):
        parent = places.get(item.document.parent or "", place)
        varied = firsts.get(item.document.technology.variant_of or "", place)
        sorter.add(place, *({parent, varied} - {place}))
    try:
        sorter.prepare()
    except CycleError as error:
        raise DomainError(
            "Two technologies of the file each call the other what they are a variant of."
            " Take one of the two out."
        ) from error
    waiting: list[tuple[datetime.date, int]] = []
    ordered = []
    while sorter.is_active():
        for place in sorter.get_ready():
            heappush(waiting, (cards[place].document.as_of, place))
        _, chosen = heappop(waiting)
        sorter.done(chosen)
        ordered.append(cards[chosen])
    return ordered


def content_hash(item: ImportedCard) -> str:
    return digest(canonical_json(content_json(item.document)))


def person_for_import(*, name: str, role: str) -> tuple[User, bool]:
    """The account that an import acts for, and whether it had to be made.

    Whoever may run commands may already do anything, so a missing account is no refusal; it
    has no password and cannot sign in before an administrator sends a link.
    """
    found = User.objects.filter(username=name.lower()).first()
    if found is None:
        return create_user(username=name, role=role), True
    if not has_role(found, Role(role)):
        raise NotAllowed(
            f"{name} is {found.role}{'' if found.is_active else ' and not active'}; an import"
            f" needs an active {role} here."
        )
    return found, False
