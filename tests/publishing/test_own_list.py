import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from assessments.models import Technology
from tests.assessments.factories import person, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(client: Client) -> User:
    published("edge-ai", author="marta")
    Technology.objects.update(is_demonstration=True)
    User.objects.filter(username="marta").update(is_active=False)
    published("own-thing")
    editor = person("ben", "editor")
    client.force_login(editor)
    return editor


def test_it_says_in_numbers_what_goes_and_what_stays(client: Client, house: User) -> None:
    text = client.get("/own-list/").content.decode()
    assert "One technology of the demonstration" in text
    assert "One technology of your own, with one card" in text
    assert "Two accounts that can sign in" in text


@pytest.mark.parametrize("word", ["", "yes", "remove it", "r\u202eemove"])
def test_without_the_word_nothing_is_removed(client: Client, house: User, word: str) -> None:
    answer = client.post("/own-list/", {"word": word})
    assert answer.status_code == 422
    assert Technology.objects.count() == 2


def test_with_the_word_the_house_is_ones_own_and_a_list_is_asked_for(
    client: Client, house: User
) -> None:
    answer = client.post("/own-list/", {"word": "Remove"}, follow=True)
    assert answer.redirect_chain == [("/sketches/paste/", 302)]
    assert list(Technology.objects.values_list("slug", flat=True)) == ["own-thing"]
    text = client.get("/").content.decode()
    assert "Demonstration." not in text
    assert client.get("/own-list/").status_code == 404


def test_readers_of_changes_see_that_it_was_removed(client: Client, house: User) -> None:
    client.post("/own-list/", {"word": "remove"})
    text = client.get("/changes/").content.decode()
    assert "removed with all that was written and computed about it" in text
    assert "edge-ai" not in text


def test_where_demonstrations_are_off_the_page_does_not_exist(
    client: Client, house: User, settings: Settings
) -> None:
    settings.DEMO = False
    assert client.post("/own-list/", {"word": "remove"}).status_code == 404
    assert "Start with your own list" not in client.get("/").content.decode()
    assert Technology.objects.count() == 2


def test_what_the_team_wrote_on_the_demonstration_is_named(client: Client, house: User) -> None:
    published("edge-ai", author="anna", role="second opinion")
    assert "One of these revisions was written by people" in (
        client.get("/own-list/").content.decode()
    )
