"""Every field of a file that is brought in can be corrected before anything is saved."""

import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence.models import Item
from tests.evidence.builders import person

pytestmark = pytest.mark.django_db
IMPORT = "/evidence/import/"
CSV = (
    "Highlight,Title,Author,URL,Note,Colour\n"
    "It ran.,Nine weeks,Ada,https://e.example/a,Mine,red\n"
    "It stopped.,Nine weeks,Ada,https://e.example/a,,\n"
)


class Typed(HTMLParser):
    """What a browser would send of a page, and where its buttons lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        name = said.get("name", "")
        if tag == "input" and said.get("type") not in {"checkbox", "file"} and name:
            self.fields[name] = said.get("value", "")
        if tag == "input" and said.get("type") == "checkbox" and "checked" in said:
            self.fields[name] = "on"
        if tag == "textarea":
            self._area, self.fields[name] = name, ""
        if tag == "select":
            self._select = name
        if tag == "option" and "selected" in said:
            self.fields[self._select] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser takes one line break off the front and sends the others as CR LF.
            text = self.fields[self._area].removeprefix("\n")
            self.fields[self._area], self._area = text.replace("\n", "\r\n"), ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def post(client: Client, fields: dict[str, str], **more: str) -> tuple[int, str, dict[str, str]]:
    answer: Any = client.post(IMPORT, fields | more)
    page = answer.content.decode()
    return answer.status_code, page, Typed(page).fields


def looked_at(client: Client, text: str = CSV, kind: str = "readwise") -> dict[str, str]:
    return post(client, {"format": kind, "text": text, "state": "kept"}, then="read")[2]


def test_every_field_of_a_row_is_saved_as_it_was_corrected(team: Client) -> None:
    shown = looked_at(team)
    assert (shown["r0-authors"], shown["r0-p0-comment"]) == ("Ada", "Mine")
    typed = {
        "r0-title": "Ten weeks",
        "r0-kind": "news",
        "r0-url": "https://e.example/b",
        "r0-authors": "Ada Lind\nBen Moe",
        "r0-publisher": "The bureau",
        "r0-published": "2024-05",
        "r0-accessed_on": "2024-06-01",
        "r0-via": "A friend",
        "r0-via_url": "https://e.example/friend",
        "r0-licence": "CC BY 4.0",
        "r0-tags": "heat, pilots",
        "r0-notes": "Mine now.",
        "r0-p0-text": "It ran well.",
        "r0-p0-kind": "observation",
        "r0-p0-comment": "Did it?",
        "r0-p0-heading": "Part 1",
        "r0-p0-before": "They say: ",
        "r0-p0-after": " So it goes.",
    }
    shown.pop("r0-p1-is_taken")
    status, page, _ = post(team, shown | typed, then="save")
    assert (status, "Brought in: 1 created" in page) == (200, True)
    item, passage = Item.objects.get(), Item.objects.get().passages.get()
    said = {name: getattr(item, name.removeprefix("r0-")) for name in list(typed)[:10]}
    assert said == {name: typed[name] for name in said} | {
        "r0-authors": ["Ada Lind", "Ben Moe"],
        "r0-accessed_on": date(2024, 6, 1),
    }
    assert sorted(item.tags.values_list("name", flat=True)) == ["heat", "pilots"]
    assert (item.notes, passage.kind, passage.comment) == ("Mine now.", "observation", "Did it?")
    assert (passage.exact, passage.prefix, passage.suffix) == (
        "It ran well.",
        "They say: ",
        " So it goes.",
    )


def test_what_is_not_corrected_is_saved_as_it_was_read(team: Client) -> None:
    text = json.dumps(
        [
            {
                "uri": "https://e.example/a",
                "document": {"title": ["A"]},
                "target": [
                    {
                        "source": "https://e.example/a",
                        "selector": {
                            "type": "TextQuoteSelector",
                            "exact": "the flame",
                            "prefix": "colour\nof ",
                            "suffix": " is ",
                        },
                    }
                ],
            }
        ]
    )
    post(team, looked_at(team, text, "annotations"), then="save")
    passage = Item.objects.get().passages.get()
    assert (passage.exact, passage.prefix, passage.suffix) == ("the flame", "colour\nof ", " is ")


def test_an_uploaded_file_is_saved_at_the_first_try(team: Client) -> None:
    file = SimpleUploadedFile("x.csv", b"\n" + CSV.encode())
    answer: Any = team.post(IMPORT, {"format": "readwise", "file": file, "state": "inbox"})
    _, page, _ = post(team, Typed(answer.content.decode()).fields, then="save")
    assert "Brought in: 1 created" in page


def test_a_fault_names_the_line_and_the_column_and_the_row_is_open(team: Client) -> None:
    typed = {"r0-p1-comment": "x" * 20_001, "r0-accessed_on": "2024-13-01"}
    status, page, _ = post(team, looked_at(team) | typed, then="save")
    assert status == 422
    assert "The day on which it was read is " in page
    assert '<details class="folded" open>' in page
    status, page, _ = post(team, looked_at(team) | {"r0-p1-comment": "x" * 20_001}, then="save")
    assert "line 3, comment: Passage 2: The comment has 20,001 characters" in page
    assert not Item.objects.exists()


def test_a_row_that_stays_out_is_listed(team: Client) -> None:
    text = '[{"id": 1, "type": "book", "title": "A"}, {"id": 2, "type": "book", "title": "B"}]'
    shown = looked_at(team, text, "csl")
    shown.pop("r1-is_taken")
    _, page, _ = post(team, shown, then="save")
    assert '<span class="tag">left out</span> <span dir="auto">B</span>' in page


def many(rows: int, passages: int = 1) -> str:
    lines = [f"Words {n} {p},Title {n}," for n in range(rows) for p in range(passages)]
    return "\n".join(["Highlight,Title,Note", *lines])


def test_of_a_long_file_each_row_is_opened_when_it_is_asked_for(team: Client) -> None:
    shown = looked_at(team, many(100))
    assert "r0-whole" not in shown
    typed = {"r7-title": "Seven", "open": "7"}
    status, page, opened = post(team, shown | typed)
    assert (status, opened["r7-title"], opened["r7-p0-text"]) == (200, "Seven", "Words 7 0")
    assert "r8-whole" not in opened
    again = post(team, opened | {"r7-licence": "CC0", "open": "8"})[2]
    assert (again["r7-licence"], again["r8-title"]) == ("CC0", "Title 8")
    status, page, _ = post(team, again, then="save")
    assert "Brought in: 100 created" in page
    assert Item.objects.get(title="Seven").licence == "CC0"


def test_of_the_longest_file_the_ticks_and_titles_alone_are_sent(team: Client) -> None:
    shown = looked_at(team, many(500))
    assert len(shown) < 1_100
    status, _, opened = post(team, shown | {"r7-title": "Seven", "open": "7"})
    assert (status, opened["r7-title"], opened["r499-title"]) == (200, "Seven", "Title 499")


def test_a_row_beyond_what_a_page_sends_is_told_so_and_goes_in_as_it_is(team: Client) -> None:
    shown = looked_at(team, many(1, 1_500))
    status, page, _ = post(team, shown | {"open": "0"})
    assert status == 422
    assert "with 1,500 passages it is too long to be corrected here" in page
    assert "Brought in: 1 created" in post(team, shown, then="save")[1]


def test_a_file_too_large_for_the_second_step_is_refused_in_the_first(team: Client) -> None:
    text = "Highlight,Title\n" + f"{'ß' * 19_000},Title\n" * 101
    status, page, _ = post(team, {"format": "readwise", "text": text, "state": "inbox"})
    assert status == 422
    assert "can be looked at row by row. Split it into smaller files" in page


def test_nothing_of_a_reference_is_dropped(team: Client) -> None:
    text = json.dumps(
        [
            {
                "id": 1,
                "type": "software",
                "title": "A",
                "issued": {"date-parts": [[2020], [2022, 3]], "season": "1"},
                "accessed": {"date-parts": [[2024, 2]]},
            }
        ]
    )
    notes = looked_at(team, text, "csl")["r0-notes"]
    for words in ("type: software", "accessed: 2024-02", "issued, season: ", "issued, to: "):
        assert words in notes


def test_every_quotation_of_an_annotation_is_kept(team: Client) -> None:
    targets = [
        {"source": "https://e.example/a", "selector": {"type": "TextQuoteSelector", "exact": said}}
        for said in ("one", "two")
    ]
    shown = looked_at(team, json.dumps({"target": targets, "text": "Both."}), "annotations")
    assert [shown["r0-p0-text"], shown["r0-p1-text"]] == ["one", "two"]
    assert [shown["r0-p0-comment"], shown["r0-p1-comment"]] == ["Both.", ""]
