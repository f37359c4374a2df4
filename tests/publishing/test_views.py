import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jobs.models import Job
from jobs.services import execute_job
from tests.assessments.factories import person, published, saved, score

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/ranking/",
    "/technologies/",
    "/technologies/edge-ai/",
    "/changes/",
    "/method/",
)
HTML = '<img src=x onerror="alert(1)">'


@pytest.fixture
def record() -> None:
    published(impact=score("5+"))
    published("chiplets", as_of="2026-05-05")
    for job in Job.objects.all():
        execute_job(job_id=job.pk)


@pytest.mark.parametrize("path", PAGES)
def test_readers_open_every_page(client: Client, record: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Edge ai" in answer.content.decode() or path == "/method/"


@pytest.mark.parametrize("path", [path for path in PAGES if "edge-ai" not in path])
def test_an_empty_house_has_every_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_style_or_inline_script(client: Client, record: None, path: str) -> None:
    text = client.get(path).content.decode()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script>|javascript:", text)


@pytest.mark.parametrize("path", PAGES)
def test_every_picture_has_one_heading_above_it(client: Client, record: None, path: str) -> None:
    text = client.get(path).content.decode()
    assert text.count("<h1") == 1


def test_what_people_type_is_shown_as_text(client: Client) -> None:
    published(summary=HTML, text=HTML, reason=HTML, impact=score("4", rationale=HTML))
    text = client.get("/technologies/edge-ai/").content.decode()
    assert HTML not in text
    assert text.count("&lt;img src=x") >= 4


@pytest.mark.parametrize("path", ["/", "/ranking/", "/technologies/edge-ai/"])
def test_a_live_page_answers_nothing_while_nothing_moves(
    client: Client, record: None, path: str
) -> None:
    state = re.search(r'"seen": "([^"]*)"', client.get(path).content.decode())
    assert state
    headers = {"HX-Request": "true"}
    assert client.get(path, {"seen": state[1]}, headers=headers).status_code == 204
    moved = client.get(path, {"seen": "something else"}, headers=headers)
    assert moved.content.decode().lstrip().startswith('<section id="live"')


def test_the_live_map_keeps_the_field_that_was_chosen(client: Client, record: None) -> None:
    text = client.get("/", {"domain": "ai"}).content.decode()
    assert 'hx-get="/?domain=ai"' in text


def test_a_new_publication_changes_the_state_of_map_and_ranking(
    client: Client, record: None
) -> None:
    def states() -> list[str]:
        pages = [client.get(path).content.decode() for path in ("/", "/technologies/edge-ai/")]
        return re.findall(r'"seen": "([^"]*)"', "".join(pages))

    before = states()
    published("fusion")
    assert all(old != new for old, new in zip(before, states(), strict=True))


@pytest.mark.parametrize("words", ["edge", "EDGE", "data arise"])
def test_a_technology_is_found_by_its_name_and_summary(
    client: Client, record: None, words: str
) -> None:
    assert "Edge ai" in client.get("/technologies/", {"q": words}).content.decode()


def test_a_search_that_finds_nothing_offers_a_way_back(client: Client, record: None) -> None:
    text = client.get("/technologies/", {"q": "zebra"}).content.decode()
    assert "Nothing that is published matches." in text


@pytest.mark.parametrize("words", ["a\u202eb", "x" * 200, "two\nlines"])
def test_a_search_that_cannot_be_read_names_the_field(client: Client, words: str) -> None:
    query = words.encode().hex("%")
    answer = client.get(f"/technologies/?q=%{query}")
    assert answer.status_code == 400


@pytest.mark.parametrize("page", ["0", "-1", "nan", "9" * 5000])
def test_any_page_number_of_the_changes_is_answered(
    client: Client, record: None, page: str
) -> None:
    assert client.get("/changes/", {"page": page}).status_code == 200


def test_drafts_are_listed_for_the_team_alone(client: Client, record: None) -> None:
    saved("hidden-thing")
    assert "Hidden thing" not in client.get("/technologies/").content.decode()
    client.force_login(person("anna"))
    assert "Hidden thing" in client.get("/technologies/").content.decode()


@pytest.mark.parametrize("slug", ["hidden-thing", "no-such-thing"])
def test_a_draft_answers_like_what_does_not_exist(client: Client, slug: str) -> None:
    saved("hidden-thing")
    assert client.get(f"/technologies/{slug}/").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_reading_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    ("path", "queries"), [("/", 18), ("/ranking/", 20), ("/technologies/edge-ai/", 32)]
)
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client,
    record: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
) -> None:
    for number in range(4):
        published(f"technology-{number}")
    with django_assert_max_num_queries(queries):
        client.get(path)


def test_a_field_chip_keeps_the_words_of_the_search(client: Client, record: None) -> None:
    text = client.get("/technologies/", {"q": "a&b", "domain": "ai"}).content.decode()
    assert 'href="/technologies/?q=a%26b&amp;domain=ai"' in text
