"""Writes on evidence items. Each ends in the change log, with what stood there before."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from accounts.models import User
from accounts.roles import Role, has_role
from evidence.library import item_facts, tags_named
from evidence.models import Item, ItemTag, Passage, Tag
from evidence.services.indexing import index_items
from evidence.services.reasons import clean_reason
from evidence.signals import item_moved
from evidence.values.anchoring import Selector, find, selector_at
from evidence.values.item import (
    ItemFacts,
    ItemInvalid,
    PassageFacts,
    check_item,
    item_json,
    tag_slug,
)
from record.canonical import canonical_json, digest
from record.clock import now, today
from record.errors import Conflict, DomainError, NotAllowed
from record.services import log_change

_APART = {"tags", "passages"}
_COLUMNS = tuple(field.name for field in fields(ItemFacts) if field.name not in _APART)


class ItemRefused(DomainError):
    """`faults` has a sentence for each field that cannot stand."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()), field=next(iter(faults)))
        self.faults = faults


@transaction.atomic
def create_item(
    *,
    facts: ItemFacts,
    by: User,
    state: str = Item.State.INBOX,
    reference: str | None = None,
    is_demonstration: bool = False,
    key: str = "",
) -> Item:
    """The item is in the inbox, or, where it has a title, in the library; a card from elsewhere
    that cites it brings the key it has there."""
    _require_team(by)
    facts = _checked(facts)
    _require_title(facts, state)
    item = Item(
        key=key or _key(facts, reference),
        reference=reference,
        state=state,
        created_by=by,
        is_demonstration=is_demonstration,
        **_columns(facts),
    )
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            "The library holds this already. Open the item that is there.", field="reference"
        ) from error
    _write_parts(item, facts)
    index_items([item.pk])
    _log("item.created", item, by, after=item_json(facts) | {"state": state})
    return item


@transaction.atomic
def edit_item(
    *, item: Item, facts: ItemFacts, version: int, by: User, reason: str = "", keeps: bool = False
) -> Item:
    """The facts are replaced, unless somebody changed them since `version` was read; `keeps`
    takes the item out of the inbox at once."""
    _require_team(by)
    reason = clean_reason(reason)
    item = _locked(item, version)
    before, facts, was = item_facts(item), _checked(facts), item.state
    state = Item.State.KEPT if keeps and item.state == Item.State.INBOX else item.state
    _require_title(facts, state)
    if same_facts(before, facts) and state == item.state:
        return item
    Item.objects.filter(pk=item.pk).update(
        **_columns(facts), state=state, version=F("version") + 1, changed_at=now()
    )
    item.refresh_from_db()
    _write_parts(item, facts)
    if facts.text != before.text:
        _anchor_again(item)
    index_items([item.pk])
    _log(
        "item.edited",
        item,
        by,
        reason=reason,
        before=changed_facts(before, facts) | ({"state": was} if keeps else {}),
        after=changed_facts(facts, before) | ({"state": state} if keeps else {}),
    )
    return item


@transaction.atomic
def keep_item(*, item: Item, version: int, by: User) -> Item:
    """The item leaves the inbox for the library."""
    return _move(item, version, by, Item.State.KEPT, {Item.State.INBOX})


@transaction.atomic
def retract_item(*, item: Item, version: int, by: User, reason: str) -> Item:
    """Nothing should rest on the item any more; what rests on it is shown, and nothing is gone."""
    reason = clean_reason(reason)
    if not reason:
        raise DomainError("Say in a sentence why it no longer holds.", field="reason")
    held = {Item.State.INBOX, Item.State.KEPT}
    return _move(item, version, by, Item.State.RETRACTED, held, reason)


@transaction.atomic
def restore_item(*, item: Item, version: int, by: User, reason: str = "") -> Item:
    """A retracted item stands again."""
    return _move(item, version, by, Item.State.KEPT, {Item.State.RETRACTED}, clean_reason(reason))


def _require_team(by: User) -> None:
    if not has_role(by, Role.ANALYST):
        raise NotAllowed("Only analysts and editors can write in the evidence library.")


def _checked(facts: ItemFacts) -> ItemFacts:
    try:
        return check_item(facts)
    except ItemInvalid as error:
        raise ItemRefused(error.faults) from error


def _require_title(facts: ItemFacts, state: str) -> None:
    if state != Item.State.INBOX and not facts.title:
        raise ItemRefused({"title": "An item in the library has a title; give it one."})


def _locked(item: Item, version: int) -> Item:
    found: Item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if found.version != version:
        raise Conflict(
            f"“{found.name}” was changed by somebody else while you edited it. Nothing was"
            " overwritten; compare the two and save again on top of the newer one."
        )
    return found


def _key(facts: ItemFacts, reference: str | None) -> str:
    """Readable, and free of any count of what else there is. Readers meet it on published cards,
    so nothing of a text that has no title yet is in it."""
    words = slugify(facts.title or facts.kind)[:60].strip("-_")
    salt = 0
    while True:
        drawn = digest(canonical_json([item_json(facts), reference, salt]))[:6]
        key = "-".join(filter(None, [words, drawn]))
        if not Item.objects.filter(key=key).exists():
            return key
        salt += 1


def _columns(facts: ItemFacts) -> dict[str, Any]:
    columns = {name: getattr(facts, name) for name in _COLUMNS}
    columns["authors"] = list(facts.authors)
    return columns


def same_facts(one: ItemFacts, other: ItemFacts) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(facts: ItemFacts) -> ItemFacts:
    return replace(facts, tags=tuple(sorted(map(tag_slug, facts.tags))))


def changed_facts(facts: ItemFacts, other: ItemFacts) -> dict[str, Any]:
    """The parts in which the facts differ from the others."""
    said, theirs = item_json(facts), item_json(other)
    return {name: said[name] for name in said if said[name] != theirs[name]}


def _write_parts(item: Item, facts: ItemFacts) -> None:
    _write_tags(item, facts.tags)
    Passage.objects.filter(item=item).delete()
    sources = _sources(facts)
    Passage.objects.bulk_create(
        _passage(item, position, one, sources) for position, one in enumerate(facts.passages)
    )


def _write_tags(item: Item, names: tuple[str, ...]) -> None:
    wanted = _held_tags(names)
    ItemTag.objects.filter(item=item).exclude(tag__in=wanted).delete()
    present = set(ItemTag.objects.filter(item=item).values_list("tag_id", flat=True))
    ItemTag.objects.bulk_create(ItemTag(item=item, tag_id=pk) for pk in sorted(wanted - present))


def _held_tags(names: tuple[str, ...]) -> set[int]:
    """The tags of these names, made where there are none; nobody merges one until this is over.

    Those that there are first, and each kind in one order: whoever holds what another waits for
    does not wait for what the other holds.
    """
    known = {tag.pk for tag in tags_named(names).values()}
    rows = Tag.objects.select_for_update(no_key=True).filter(pk__in=known).order_by("pk")
    # Where one was merged or renamed just now, its name leads to another.
    if len(rows) < len(known):
        return _held_tags(names)
    found = tags_named(names)
    missing = {tag_slug(name): name for name in names if name not in found}
    made = [
        Tag.objects.get_or_create(slug=slug, defaults={"name": missing[slug]})[0]
        for slug in sorted(missing)
    ]
    wanted = {tag.pk for tag in (*found.values(), *made)}
    more = Tag.objects.select_for_update(no_key=True).filter(pk__in=wanted - known).order_by("pk")
    return wanted if len(more) == len(wanted - known) else _held_tags(names)


def _sources(facts: ItemFacts) -> Mapping[str, Item]:
    keys = {passage.source for passage in facts.passages if passage.source}
    found = {item.key: item for item in Item.objects.filter(key__in=keys)}
    for place, passage in enumerate(facts.passages):
        if passage.source and passage.source not in found:
            raise ItemRefused(
                {
                    f"passages.{place}.source": f"Passage {place + 1} points into"
                    f" “{passage.source}”, which the library does not hold."
                }
            )
    return found


def _passage(
    item: Item, position: int, facts: PassageFacts, sources: Mapping[str, Item]
) -> Passage:
    source = sources.get(facts.source)
    row = Passage(
        item=item,
        position=position,
        kind=facts.kind,
        heading=facts.heading,
        mark=facts.mark,
        text=facts.text,
        comment=facts.comment,
        source=source,
    )
    # Of a text that is kept here, what is called a quotation is looked for by its own words.
    quoted = facts.text if facts.kind == Passage.Kind.QUOTATION and not facts.source else ""
    exact = facts.exact or (quoted if quoted and item.text else "")
    if exact:
        _anchor(row, (source or item).text, Selector(exact, facts.prefix, facts.suffix))
    return row


def _anchor(row: Passage, text: str, selector: Selector) -> None:
    """The selector as it stands in the text now; as it was where it stands there no more.

    Lost words that were corrected are looked for as the passage says them.
    """
    place = find(text, selector, row.start) or find(text, replace(selector, exact=row.text))
    found = selector_at(text, place) if place else selector
    row.exact, row.prefix, row.suffix = found.exact, found.prefix, found.suffix
    row.start = place.start if place else None
    row.anchor = Passage.Anchor.ANCHORED if place else Passage.Anchor.LOST


def _anchor_again(item: Item) -> None:
    """What other items quote out of this text is found in the new one, or marked lost."""
    names = ("exact", "prefix", "suffix", "start", "anchor")
    for row in Passage.objects.filter(source=item).exclude(exact=""):
        _anchor(row, item.text, Selector(row.exact, row.prefix, row.suffix))
        # Whoever edits the other item meanwhile writes its passages anew; then this one is gone.
        Passage.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in names})


def _move(
    item: Item, version: int, by: User, state: str, held: set[Item.State], reason: str = ""
) -> Item:
    _require_team(by)
    item = _locked(item, version)
    before = item.state
    if before not in held:
        raise DomainError(f"“{item.name}” is {before} and cannot become {state} now.")
    _require_title(item_facts(item), state)
    is_retracted = state == Item.State.RETRACTED
    Item.objects.filter(pk=item.pk).update(
        state=state,
        retracted_reason=reason if is_retracted else "",
        retracted_on=today() if is_retracted else None,
        version=F("version") + 1,
        changed_at=now(),
    )
    item.refresh_from_db()
    _log(
        "item.restored" if before == Item.State.RETRACTED else f"item.{state}",
        item,
        by,
        reason=reason,
        before={"state": before},
        after={"state": state},
    )
    item_moved.send(sender=None, item=item, before=before, by=by, reason=reason)
    return item


def _log(
    kind: str,
    item: Item,
    by: User,
    *,
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    log_change(
        kind=kind,
        subject_kind="item",
        subject_key=item.key,
        actor_id=by.pk,
        reason=reason,
        before=before,
        after=after,
    )
