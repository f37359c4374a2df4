"""The list of the library: found, narrowed and counted, all of it in its address."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.models import Tag
from evidence.services import rename_tag, retract_item
from tests.evidence.builders import person
from tests.evidence.library_items import item, quoted

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client) -> Client:
    client.force_login(person())
    return client


def page(client: Client, status: int = 200, **asked: object) -> str:
    answer = client.get(f"/evidence/?{urlencode(asked, doseq=True)}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def titles(client: Client, **asked: object) -> list[str]:
    text = re.sub(r"</?mark>", "", page(client, **asked))
    return re.findall(r'<h3 class="as-entry"><a href="[^"]*" dir="auto">([^<]*)</a>', text)


def plant() -> None:
    item("Alpha", tags=("heat", "pilot"), authors=("Ada",), publisher="MIT", published="2023-05")
    item("Beta", kind="paper", tags=("heat",), authors=("Ada", "Bo"), published="2024")
    item("Gamma", kind="paper", state="inbox", text="All about <b>heat</b> & more.")


def test_each_choice_narrows_the_list(anna: Client) -> None:
    plant()
    assert titles(anna) == ["Gamma", "Beta", "Alpha"]
    assert titles(anna, state="inbox") == ["Gamma"]
    assert titles(anna, kind="paper") == ["Gamma", "Beta"]
    assert titles(anna, tag="heat") == ["Beta", "Alpha"]
    assert titles(anna, tag=["heat", "pilot"]) == ["Alpha"]
    assert titles(anna, author="Bo") == ["Beta"]
    assert titles(anna, publisher="MIT") == ["Alpha"]
    assert titles(anna, year="2023") == ["Alpha"]
    assert titles(anna, cited="yes") == []
    assert titles(anna, cited="no", kind="news") == ["Alpha"]
    assert titles(anna, order="published") == ["Beta", "Alpha", "Gamma"]
    assert titles(anna, q="heat") == ["Beta", "Alpha", "Gamma"]
    assert titles(anna, q="heat", order="newest") == ["Gamma", "Beta", "Alpha"]
    assert titles(anna, q="-heat", state="kept") == []


def test_a_former_name_of_a_tag_finds_what_the_tag_has(anna: Client) -> None:
    plant()
    rename_tag(tag=Tag.objects.get(slug="heat"), name="Warmth", shown="heat", by=person())
    assert titles(anna, tag="heat") == ["Beta", "Alpha"]
    assert "Tag: Warmth" in page(anna, tag="heat")


def test_the_choices_say_how_many_items_they_leave(anna: Client) -> None:
    plant()
    text = page(anna, kind="paper")
    assert '<option value="news">news (1)</option>' in text
    assert '<option value="paper" selected>paper (2)</option>' in text
    assert '<option value="Ada">Ada (1)</option>' in text
    assert 'Inbox <span class="count">1</span>' in text
    assert re.search(r'tag=heat[^>]*><span dir="auto">heat</span> <span class="count">1<', text)


def test_the_words_are_marked_and_nothing_of_a_text_is_markup(anna: Client) -> None:
    plant()
    text = anna.get("/evidence/?q=heat&kind=paper&state=inbox").content.decode()
    assert "All about &lt;b&gt;<mark>heat</mark>&lt;/b&gt; &amp; more." in text


def test_what_cannot_be_read_is_refused_in_words(anna: Client) -> None:
    plant()
    assert "is no year; write four digits." in page(anna, 400, year="x")
    assert "The state" in page(anna, 400, state="gone")
    assert "stands 2 times" in page(anna, 400, kind=["news", "paper"])


def test_empty_lists_say_what_to_do(anna: Client) -> None:
    assert "The library holds nothing yet." in page(anna)
    plant()
    text = page(anna, q="nothing")
    assert "None of three items matches." in text
    assert '<a href="/evidence/">See the whole library</a>' in text


def test_pages_go_on_where_the_last_one_ended(anna: Client) -> None:
    for number in range(30):
        item(f"Item {number:02}")
    first, second = titles(anna), titles(anna, page=2)
    assert len(first) == 25
    assert first[-1] == "Item 05"
    assert second == [f"Item 0{number}" for number in (4, 3, 2, 1, 0)]
    assert titles(anna, page="x") == first


def test_a_tag_shows_what_often_goes_with_it(anna: Client) -> None:
    plant()
    text = page(anna, tag="heat")
    assert "Often tagged with it" in text
    assert '/evidence/?tag=heat&tag=pilot"' in text
    assert '/evidence/tags/heat/"' in text


def test_what_was_retracted_says_so(anna: Client) -> None:
    one = item("Alpha")
    retract_item(item=one, version=1, by=person(), reason="It was made up.")
    assert '<span class="tag is-lower">retracted</span>' in page(anna)


@pytest.mark.parametrize(
    "asked", [{}, {"q": "heat"}, {"tag": "heat", "q": "heat -cold"}, {"order": "published"}]
)
def test_as_many_questions_for_forty_items_as_for_four(anna: Client, asked: dict[str, str]) -> None:
    counts = []
    for number in range(40):
        item(
            f"Item {number}",
            text="All about heat.",
            tags=("heat", f"tag {number}"),
            authors=(f"Author {number}",),
            passages=(quoted(f"Heat, they said, for the {number}th time."),),
        )
        if number in (3, 39):
            with CaptureQueriesContext(connection) as questions:
                page(anna, **asked)
            counts.append(len(questions))
    assert counts[0] == counts[1] <= 30


def test_tags_are_renamed_merged_and_parted_on_their_pages(anna: Client) -> None:
    item("Alpha", tags=("heat pump", "heat pumps", "cold"))
    assert "Probably the same" in anna.get("/evidence/tags/").content.decode()
    answer = anna.post(
        "/evidence/tags/heat-pump/merge/", {"into": "heat pumps", "shown": "heat pump"}
    )
    assert answer.status_code == 302
    assert anna.get("/evidence/tags/heat-pump/").headers["Location"] == "/evidence/tags/heat-pumps/"
    text = anna.get("/evidence/tags/").content.decode()
    undo = re.search(r'action="(/evidence/tags/changes/\d+/undo/)"', text)
    assert undo
    assert "are two tags again" in anna.post(undo[1], follow=True).content.decode()
    assert "does not lead to" in anna.post(undo[1], follow=True).content.decode()
    answer = anna.post("/evidence/tags/cold/", {"name": "Heat pump", "shown": "cold"})
    assert answer.status_code == 422
    assert "Merge the two if they mean the same." in answer.content.decode()
    answer = anna.post("/evidence/tags/cold/merge/", {"into": "nowhere", "shown": "cold"})
    assert answer.status_code == 422
    assert "There is no tag “nowhere”." in answer.content.decode()


def test_the_list_of_tags_is_searched_and_paged(anna: Client) -> None:
    for number in range(4):
        item(f"Item {number}", tags=tuple(f"tag {number} {place}" for place in range(30)))
    text = anna.get("/evidence/tags/").content.decode()
    assert "Page 1 of 2" in text
    assert "tag 3 7" in anna.get("/evidence/tags/?q=3+7").content.decode()
    assert "No tag is called so." in anna.get("/evidence/tags/?q=zzz").content.decode()
