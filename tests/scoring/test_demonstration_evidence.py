"""Evidence of the demonstration: loaded whole, and gone with it unless somebody builds on it."""

import json
from datetime import date

import pytest
from pytest_django import Settings

from accounts.models import User
from assessments.models import Challenge, Technology
from assessments.services.challenges import receive_challenge
from assessments.values.challenge import Claim
from evidence.models import Item, Passage, Tag
from evidence.services import create_item, load_demonstration_items
from evidence.services.demonstration import FOLDER
from evidence.values.item import ItemFacts, PassageFacts
from record.models import Change
from scoring.services.demonstration import remove_demonstration
from tests.assessments.cited import citation
from tests.assessments.factories import person, published, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> User:
    published("chiplets", author="marta")
    Technology.objects.update(is_demonstration=True)
    load_demonstration_items(by=person("marta"))
    return person("ben", "editor")


def test_every_item_stands_with_its_words_found_and_says_what_we_think_of_it() -> None:
    number = load_demonstration_items(by=person("marta"))
    assert number == len(json.loads((FOLDER / "items.json").read_text("utf-8"))) == 14
    assert len(set(Item.objects.values_list("kind", flat=True))) >= 5
    for item in Item.objects.all():
        assert item.is_demonstration
        assert item.state == "kept"
        assert item.tags.exists()
        assert item.notes or item.passages.exists()
    assert set(Passage.objects.values_list("anchor", flat=True)) == {"anchored"}


def test_it_is_of_its_time(settings: Settings) -> None:
    settings.BELLWETHER_TODAY = date(2020, 1, 1)
    load_demonstration_items(by=person("marta"))
    assert not Item.objects.filter(published__gt="2020").exists()
    assert Item.objects.filter(key="wright-1936").exists()


def test_it_goes_with_the_demonstration_and_ones_own_stays(house: User) -> None:
    facts = ItemFacts("note", "Our own", text="Our words.", tags=("method", "ours"))
    create_item(facts=facts, by=house, state="kept")
    gone = remove_demonstration(by=house)
    assert gone.items == 14
    assert [item.title for item in Item.objects.all()] == ["Our own"]
    assert set(Tag.objects.values_list("name", flat=True)) == {"method", "ours"}
    assert not Change.objects.filter(subject_key="wright-1936").exists()


def test_what_ones_own_work_rests_on_stays_and_is_ones_own(house: User) -> None:
    point = PassageFacts("point", "Conditions", source="three-questions-digest", exact="Conditions")
    create_item(facts=ItemFacts("digest", "Ours", passages=(point,)), by=house, state="kept")
    saved("own-thing", citations=[citation(Item.objects.get(key="fips-203"))])
    remove_demonstration(by=house)
    left = Item.objects.exclude(title="Ours")
    assert set(left.values_list("key", flat=True)) == {
        "fips-203",
        "three-questions-digest",
        "reading-a-record",
    }
    assert not left.filter(is_demonstration=True).exists()


def test_a_letter_that_stood_in_one_of_its_items_stays_with_the_item(house: User) -> None:
    own = saved("own-thing").card.technology
    item = Item.objects.get(key="fips-203")
    receive_challenge(technology=own, claim=Claim("It is wrong."), source=item, by=house)
    remove_demonstration(by=house)
    assert Challenge.objects.get().source == item
