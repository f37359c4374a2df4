"""Items out of another program's file: compared with the library, then brought in together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from evidence.importing.brought import BroughtItem
from evidence.library import item_facts, whole_items
from evidence.models import Item
from evidence.services.items import changed_facts, create_item, edit_item, same_facts
from evidence.values.bringing import brought_again
from evidence.values.item import (
    ItemFacts,
    ItemInvalid,
    check_item,
    item_from_json,
    item_json,
)
from evidence.values.merging import MergedField
from record.errors import DomainError
from record.models import Change
from record.services import log_change

MOST_NAMED = 20
# What a file said of an item when it was last read; no version of the item.
READ = "item.read"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Brought:
    """What became of one thing that was imported."""

    item: Item
    outcome: Outcome


@dataclass(frozen=True)
class Look:
    """What would become of one row: `changed` names the fields, `kept` those that the library says
    otherwise and keeps, `faults` what cannot stand. `disputed` is what library and file both
    changed, and `is_settled` whether somebody said of all of it which holds."""

    outcome: Outcome | None
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    disputed: tuple[MergedField, ...] = ()
    is_settled: bool = True
    known: Item | None = None


class BringingRefused(DomainError):
    """Rows that cannot stand, each with its place in the file; nothing was saved."""

    def __init__(self, faults: Sequence[str]) -> None:
        more = len(faults) - MOST_NAMED
        tail = f" And {more:,} more." if more > 0 else ""
        super().__init__(f"Nothing was saved. {' '.join(faults[:MOST_NAMED])}{tail}", field="title")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class _Met:
    """A row with the item that it is known as, and the item as it would be."""

    row: BroughtItem
    look: Look
    facts: ItemFacts
    before: ItemFacts | None = None


def look_at(rows: Sequence[BroughtItem], *, state: str) -> list[Look]:
    """What bringing the rows in would do; three questions more than rows are many."""
    return [one.look for one in _meet(rows, state)]


@transaction.atomic
def bring_in_all(*, rows: Sequence[BroughtItem], by: User, state: str) -> list[Brought]:
    """Every row is in the library, or none is; BringingRefused names place and field."""
    met = _meet(rows, state)
    faults = [words for one in met for words in (*one.look.faults, *_open(one))]
    if faults:
        raise BringingRefused(faults)
    return [_bring_in(one, by, state) for one in met]


def _meet(rows: Sequence[BroughtItem], state: str) -> list[_Met]:
    known = whole_items(Item.objects.filter(reference__in=[row.reference for row in rows]))
    items = {item.reference: item for item in known}
    before = _last_read(item.key for item in items.values())
    return [_met(row, items.get(row.reference), before, state) for row in rows]


def _last_read(keys: Iterable[str]) -> dict[str, ItemFacts]:
    rows = Change.objects.filter(kind=READ, subject_kind="item", subject_key__in=list(keys))
    return {row.subject_key: item_from_json(row.after or {}) for row in rows.order_by("seq")}


def _met(row: BroughtItem, item: Item | None, before: dict[str, ItemFacts], state: str) -> _Met:
    try:
        facts = check_item(row.facts)
    except ItemInvalid as error:
        faults = tuple(
            f"{', '.join(row.place_of(name))}: {words}" for name, words in error.faults.items()
        )
        return _Met(row, Look(None, faults=faults, known=item), row.facts)
    if item is None:
        if state != Item.State.INBOX and not facts.title:
            words = "An item in the library has a title; give it one, or choose the inbox."
            return _Met(row, Look(None, faults=(f"{row.place}, title: {words}",)), facts)
        return _Met(row, Look(Outcome.CREATED), facts)
    last, now = before.get(item.key), item_facts(item)
    choices = row.choices if row.newest == item.version else {}
    merge = brought_again(last, now, facts, choices)
    is_same = same_facts(now, merge.facts)
    look = Look(
        outcome=None if merge.conflicts else Outcome.SKIPPED if is_same else Outcome.UPDATED,
        changed=() if is_same else tuple(changed_facts(now, merge.facts)),
        kept=merge.from_theirs,
        disputed=brought_again(last, now, facts, {}).conflicts,
        is_settled=not merge.conflicts,
        known=item,
    )
    return _Met(row, look, merge.facts, last)


def _open(met: _Met) -> list[str]:
    if met.look.is_settled:
        return []
    names = ", ".join(one.name for one in met.look.disputed)
    return [f"{met.row.place}, {names}: library and file differ. Say which of them holds."]


def _bring_in(met: _Met, by: User, state: str) -> Brought:
    item, reference = met.look.known, met.row.reference
    if item is None:
        item = create_item(facts=met.facts, by=by, state=state, reference=reference)
        outcome = Outcome.CREATED
    elif met.look.outcome is Outcome.UPDATED:
        item = edit_item(
            item=item, facts=met.facts, version=item.version, by=by, reason="imported again"
        )
        outcome = Outcome.UPDATED
    else:
        outcome = Outcome.SKIPPED
    _remember(met, item, by)
    return Brought(item, outcome)


def _remember(met: _Met, item: Item, by: User) -> None:
    """What the file said, so that the next reading tells what is new in it."""
    said = met.row.said or met.row.facts
    try:
        said = check_item(said)
    except ItemInvalid:
        # What could not stand was corrected by hand, and is asked for again the next time.
        said = check_item(met.row.facts)
    if said == met.before:
        return
    log_change(
        kind=READ,
        subject_kind="item",
        subject_key=item.key,
        actor_id=by.pk,
        after=item_json(said),
    )
