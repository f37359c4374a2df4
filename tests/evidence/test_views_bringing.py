"""A file goes in once: created, updated and skipped are shown before, and counted after."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence.models import Item
from tests.evidence.builders import person

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "data" / "files"
IMPORT = "/evidence/import/"
KINDS = {
    "csl": ("references.json", 2),
    "readwise": ("highlights.csv", 2),
    "annotations": ("annotations.json", 2),
}


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def sent(kind: str, **more: str) -> dict[str, str]:
    name, _ = KINDS[kind]
    return {"format": kind, "text": (FILES / name).read_text("utf-8"), "state": "inbox"} | more


def seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def brought(client: Client, fields: dict[str, str], rows: dict[str, str]) -> str:
    """What the page says once the rows that were shown are saved as they are now."""
    preview: Any = client.post(IMPORT, fields | {"then": "read"})
    assert preview.status_code == 200
    token = seen(preview.content.decode())
    answer: Any = client.post(IMPORT, fields | rows | {"seen": token, "then": "save"})
    return str(answer.content.decode())


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_file_goes_in_once(team: Client, kind: str) -> None:
    rows = {"r0-is_taken": "on", "r1-is_taken": "on"}
    titles = {"r0-title": "First", "r1-title": "Second"}
    page = team.post(IMPORT, sent(kind) | {"then": "read"}).content.decode()
    assert "2 created, 0 updated, 0 skipped" in page
    assert Item.objects.count() == 0
    assert "Brought in: 2 created, 0 updated, 0 skipped" in brought(team, sent(kind), rows | titles)
    assert set(Item.objects.values_list("title", flat=True)) == {"First", "Second"}
    assert "Brought in: 0 created, 0 updated, 2 skipped" in brought(team, sent(kind), rows | titles)
    assert Item.objects.count() == 2


def test_an_uploaded_file_is_read_as_its_text(team: Client) -> None:
    file = SimpleUploadedFile("x.csv", (FILES / "highlights.csv").read_bytes())
    response: Any = team.post(IMPORT, {"format": "readwise", "file": file, "state": "inbox"})
    assert "2 created, 0 updated, 0 skipped" in response.content.decode()
    assert "kept in the notes: Colour, line 3: yellow" in response.content.decode()


def test_what_changed_in_the_file_is_an_update_and_named(team: Client) -> None:
    rows = {"r0-is_taken": "on", "r0-title": "How Tides Light a Town"}
    brought(team, sent("readwise"), rows)
    more = sent("readwise")
    more["text"] += "A third one.,How Tides Light a Town,Morag Lind,https://tides.example/town,,,\n"
    page: Any = team.post(IMPORT, more | {"then": "read"})
    assert "Would change: passages." in page.content.decode()
    assert "Brought in: 0 created, 1 updated, 0 skipped" in brought(team, more, rows)
    assert Item.objects.get().passages.count() == 3


def test_a_row_that_is_not_ticked_stays_out(team: Client) -> None:
    page = brought(team, sent("csl"), {"r1-is_taken": "on", "r1-title": "Logs"})
    assert "Brought in: 1 created" in page
    assert Item.objects.get().reference == "csl:7"
    assert "Nothing is ticked" in brought(team, sent("csl"), {"r0-title": "a", "r1-title": "b"})


def test_one_row_that_cannot_stand_keeps_all_of_them_out(team: Client) -> None:
    text = '[{"id": 1, "type": "book", "title": "A"}, {"id": 2, "type": "book", "URL": "ftp:x"}]'
    fields = {"format": "csl", "text": text, "state": "inbox"}
    preview: Any = team.post(IMPORT, fields | {"then": "read"})
    assert "/1, url: The address is" in preview.content.decode()
    rows = {"r0-is_taken": "on", "r1-is_taken": "on", "r0-title": "A", "r1-title": "B"}
    assert "Nothing was saved. /1, url" in brought(team, fields, rows)
    assert Item.objects.count() == 0


def test_the_library_asks_for_a_title_and_the_inbox_does_not(team: Client) -> None:
    text = '[{"uri": "https://a.example/x", "text": "Look."}]'
    fields = {"format": "annotations", "text": text, "state": "kept"}
    preview: Any = team.post(IMPORT, fields | {"then": "read"})
    assert "title: An item in the library has a title" in preview.content.decode()
    page = brought(team, fields, {"r0-is_taken": "on", "r0-title": "Looked at"})
    assert "1 created" in page
    assert Item.objects.get().state == "kept"


def test_a_file_that_changed_since_it_was_looked_at_is_looked_at_again(team: Client) -> None:
    page: Any = team.post(IMPORT, sent("csl", seen="0" * 64, then="save"))
    assert page.status_code == 200
    assert "Row by row" in page.content.decode()
    assert Item.objects.count() == 0


def test_a_file_of_no_kind_says_what_is_needed(team: Client) -> None:
    page: Any = team.post(IMPORT, {"text": "x", "state": "inbox"})
    assert page.status_code == 422
    assert "it is not guessed" in page.content.decode()


def test_what_library_and_file_both_changed_is_asked_row_by_row(team: Client) -> None:
    first = {"format": "csl", "text": '[{"id": 1, "type": "book", "title": "Read"}]'}
    first |= {"state": "inbox"}
    rows = {"r0-is_taken": "on", "r0-title": "Read"}
    brought(team, first, rows)
    Item.objects.update(title="By hand", version=2)
    newer = first | {"text": first["text"].replace("Read", "Newer")}
    preview: Any = team.post(IMPORT, newer | {"then": "read"})
    page = preview.content.decode()
    assert "0 created, 0 updated, 0 skipped, 1 to settle" in page
    assert 'name="r0-take-title" value="theirs"' in page
    rows |= {"r0-title": "Newer"}
    assert "/0, title: library and file differ" in brought(team, newer, rows)
    chosen = rows | {"r0-take-title": "mine", "r0-newest": "2"}
    looked: Any = team.post(IMPORT, newer | chosen | {"seen": seen(page), "then": "read"})
    assert 'value="mine" checked' in looked.content.decode()
    assert "Brought in: 0 created, 1 updated, 0 skipped" in brought(team, newer, chosen)
    assert Item.objects.get().title == "Newer"
