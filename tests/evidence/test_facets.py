"""The counts beside the list, against counting the items one by one."""

import random
from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict

from evidence.facets import facets
from evidence.filters import ItemFilters
from evidence.models import Item
from tests.evidence.library_items import item

pytestmark = pytest.mark.django_db
ASKED = (
    "",
    "q=warm",
    "q=warm+-cold&state=kept",
    "kind=paper&year=2024",
    "author=Ada+%22A%22&publisher=B%C3%A6",
    "tag=heat&tag=pilot&kind=news",
    "q=heat&order=newest&author=Bo",
    "q=-warm&order=published",
    "tag=none",
)


def fill() -> None:
    chance = random.Random(7)  # noqa: S311 made-up items
    for number in range(24):
        item(
            f"Item {number}",
            kind=chance.choice(("news", "paper")),
            state=chance.choice(("kept", "inbox")),
            text=" ".join(chance.sample(("warm", "cold", "heat", "ice"), 2)),
            authors=tuple(chance.sample(('Ada "A"', "Bo", "Cy"), chance.randint(0, 2))),
            publisher=chance.choice(("", "Bæ", "The, Other")),
            published=chance.choice(("", "2023", "2024-05", "2024-05-06")),
            tags=tuple(chance.sample(("heat", "pilot", "ice"), chance.randint(0, 3))),
        )


def one_by_one(filters: ItemFilters) -> dict[str, Counter[str]]:
    def left(*without: str) -> Any:
        values = {name: one for name, one in filters.values.items() if name not in without}
        return filters._kept(Item.objects.all(), values)

    chosen = set(filters.values.get("tag", []))
    return {
        "state": Counter(row.state for row in left("state")),
        "kind": Counter(row.kind for row in left("kind")),
        "publisher": Counter(row.publisher for row in left("publisher") if row.publisher),
        "year": Counter(row.published[:4] for row in left("year") if row.published),
        "author": Counter(name for row in left("author") for name in row.authors),
        "tag": Counter(
            tag.slug for row in left() for tag in row.tags.all() if tag.slug not in chosen
        ),
    }


def test_each_choice_is_counted_among_what_the_others_leave() -> None:
    fill()
    for asked in ASKED:
        filters = ItemFilters(QueryDict(asked), Item.objects.all())
        counted = facets(filters)
        found = {name: {one.value: one.count for one in counted[name]} for name in counted}
        assert found == one_by_one(filters), asked
        rows = list(filters.qs)
        assert sorted(filters.in_order()) == sorted(row.pk for row in rows), asked
        assert filters.keys() == sorted(row.key for row in rows), asked
        unranked = ItemFilters(QueryDict(asked), Item.objects.all(), is_ranked=False)
        assert unranked.keys() == filters.keys(), asked


def test_the_list_stands_in_the_order_that_is_asked_for() -> None:
    fill()
    for order, column in (("newest", "-changed_at"), ("published", "-published")):
        filters = ItemFilters(QueryDict(f"q=warm&order={order}"), Item.objects.all())
        expected = filters.qs.order_by(column, "-pk").values_list("pk", flat=True)
        assert filters.in_order() == list(expected)
    nobody = ItemFilters(QueryDict("q=warm"), Item.objects.none())
    assert nobody.in_order() == nobody.keys() == []
    assert not any(facets(nobody).values())
