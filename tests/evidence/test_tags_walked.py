"""Whatever is renamed, merged and taken back, in any order: no item loses what it was tagged."""

from dataclasses import replace
from random import Random

import pytest

from evidence.library import item_facts
from evidence.models import Item, Tag
from evidence.services import edit_item, merge_tags, rename_tag, undo_tag_change
from evidence.tagging import CAN_BE_UNDONE
from evidence.values.item import ItemFacts
from evidence.versions import facts_at
from record.errors import Conflict, DomainError
from record.models import Change
from tests.evidence.builders import person
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db
SHARED = ("solar", "wind", "heat")
STEPS = 40


def names_leading_to(one: Item) -> set[str]:
    tags = Tag.objects.filter(items=one).prefetch_related("former_names")
    return {name.name for tag in tags for name in (tag, *tag.former_names.all())}


class Walk:
    def __init__(self, seed: int) -> None:
        self.chance, self.by = Random(seed), person()  # noqa: S311 for a test
        self.items = [item(f"Item {number}", tags=SHARED[number:]) for number in range(3)]
        self.given: dict[int, set[str]] = {one.pk: set() for one in self.items}
        self.said: dict[tuple[int, int], ItemFacts] = {}
        self.look()

    def look(self) -> None:
        """What each version says stays what it said when it was the newest."""
        for one in Item.objects.all():
            said = self.said.setdefault((one.pk, one.version), item_facts(one))
            assert item_facts(one) == said

    def edit(self, number: int) -> None:
        """One more tag, that no other item has."""
        one = Item.objects.get(pk=self.chance.choice(self.items).pk)
        facts = item_facts(one)
        more = (f"own {number}", self.chance.choice(SHARED))
        tags = (*facts.tags, *more[: self.chance.randint(1, 2)])
        edit_item(item=one, facts=replace(facts, tags=tags), version=one.version, by=self.by)
        self.given[one.pk].add(f"own {number}")

    def rename(self, number: int) -> None:
        one = self.chance.choice(list(Tag.objects.order_by("pk")))
        name = self.chance.choice((*SHARED, f"new {number}"))
        rename_tag(tag=one, name=name, shown=one.name, by=self.by)

    def merge(self, _: int) -> None:
        one, into = self.chance.choices(list(Tag.objects.order_by("pk")), k=2)
        merge_tags(tag=one, into=into, shown=one.name, by=self.by)

    def undo(self, _: int) -> None:
        changes = list(Change.objects.filter(kind__in=CAN_BE_UNDONE).order_by("-seq")[:6])
        if changes:
            undo_tag_change(change=self.chance.choice(changes), by=self.by)

    def step(self, number: int) -> None:
        try:
            self.chance.choice((self.edit, self.rename, self.merge, self.undo))(number)
        except (Conflict, DomainError):
            return


@pytest.mark.parametrize("seed", range(12))
def test_no_item_loses_a_tag_and_every_version_is_known(seed: int) -> None:
    walk = Walk(seed)
    for number in range(STEPS):
        walk.step(number)
        for one in walk.items:
            assert walk.given[one.pk] <= names_leading_to(one), number
        walk.look()
    for (pk, version), facts in walk.said.items():
        assert facts_at(Item.objects.get(pk=pk), version) == facts
