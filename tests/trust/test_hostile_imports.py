"""Files of strangers in every importer: an answer, a sentence with its place, nothing saved."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.evidence.builders import person
from tests.evidence.test_correcting_files import Typed
from tests.trust.conftest import row_counts
from tests.trust.outcomes import Page

pytestmark = pytest.mark.django_db

READWISE, CSL, MARKS, RADAR = "readwise", "csl", "annotations", "radar"
EVERY = (READWISE, CSL, MARKS, RADAR)
HEADERS = {READWISE: b"Highlight,Title,URL\n", RADAR: b"name,ring,quadrant\n"}
# Cells of the second line, and what the refusal says of where it is.
CELLS: dict[str, tuple[bytes, str]] = {
    "another encoding": ("a,Café,b".encode("latin-1"), "Line 2, byte 6 is 0xE9"),
    "half a character": (b"\xed\xa0\x80,b,c", "Line 2, byte 1 is 0xED"),
    "quotes never closed": (b'"never,b,', "Line 2 of the table"),
    "a quote inside": (b'a"b,"c"d,e', "Line 2 of the table"),
    "a cell too few": (b"a,b", "Line 2 has 2 cells and the header has 3: the column"),
    "a cell too many": (b"a,b,c,d", 'Line 2 has 4 cells and the header has 3: "d" is below no'),
    "a cell of 200,000": (b"x" * 200_000 + b",b,c", "line 2 has more than 131,072 characters"),
}
# What a cell may hold as a text, and who says what of it.
TEXTS: dict[str, tuple[str, str]] = {
    "NUL": ("a\x00b", "a NUL character"),
    "bidi override": ("a\u202eb", "reverses the reading direction"),
    "control character": ("a\x08b", "a control character"),
    "very long": ("x" * 60_000, "characters; at most"),
}
WHOLE: dict[str, tuple[bytes, str]] = {
    "UTF-16": ("Highlight,name,ring,quadrant\na,b,c,d".encode("utf-16"), "Line 1 begins as UTF-16"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "Line 1 begins as a picture"),
    "a PDF": (b"%PDF-1.7\n", "Line 1 begins as a PDF"),
    "compressed": (b"\x1f\x8b\x08" + bytes(50), "Line 1 begins as a compressed file"),
    "NULs alone": (bytes(1_000), "line|Line"),
    "3.9 MB": (b"x" * 3_900_000, "3,900,000 characters; at most|line 1, column 1"),
    "a million columns": (b"," * 1_000_000, "Line 1|line"),
}
NUMBERS = {
    "NaN": (b"NaN", "Line 2, column 3: NaN is not a number"),
    "infinity": (b"-Infinity", "Line 2, column 3: -Infinity is not"),
    "beyond a float": (b"1e400", "Line 2, column 3: The number 1e400"),
    "5,000 digits": (b"9" * 5_000, "Line 2, column 3: The number that begins"),
    "half a character": (b'"\\ud800"', r"\[1\]"),
    "NUL": (b'"\\u0000"', r"\[1\]"),
    "the same key twice": (b'{"id": 1, "id": 2}', 'The key "id" stands twice'),
    "900 lists": (b"[" * 900 + b"]" * 900, "at character"),
    "cut off": (b'{"id": "', "line 2, column"),
}


@pytest.fixture
def team() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person())
    return client


def sent(client: Client, kind: str, data: bytes, **more: str) -> Any:
    fields = {"format": kind, "state": "inbox", "then": "read", "name": "R", "as_of": "2026-01-01"}
    mapped = {"ring-0": "none", "sector-0": "-"} if kind == RADAR else {}
    file = SimpleUploadedFile("export.csv", data)
    address = "/technologies/import/" if kind == RADAR else "/evidence/import/"
    return client.post(address, fields | mapped | more | {"file": file})


def refused(client: Client, kind: str, data: bytes) -> str:
    before = row_counts()
    answer = sent(client, kind, data)
    assert answer.status_code == 422
    assert row_counts() == before
    return Page(answer.content.decode()).words


def zipped(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export.csv", "0" * size)
    return file.getvalue()


def says(words: str, expected: str) -> bool:
    return any(one in words for one in expected.split("|"))


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("kind", HEADERS)
def test_a_line_that_cannot_be_read_is_named(kind: str, name: str, team: Client) -> None:
    cells, expected = CELLS[name]
    words = refused(team, kind, HEADERS[kind] + cells)
    assert expected in words
    assert words.rstrip().endswith(".")


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("kind", EVERY)
def test_what_is_no_text_is_told_so(kind: str, name: str, team: Client) -> None:
    data, expected = WHOLE[name]
    assert says(refused(team, kind, data), expected)


@pytest.mark.parametrize("kind", EVERY)
def test_an_archive_is_never_unpacked(kind: str, team: Client) -> None:
    assert "an archive or an office document" in refused(team, kind, zipped(50_000_000))


@pytest.mark.parametrize("kind", EVERY)
def test_ten_megabytes_are_not_read(kind: str, team: Client) -> None:
    answer = sent(team, kind, b"x" * 10_000_000)
    assert answer.status_code == 413
    assert "larger than 4 MB" in answer.content.decode()


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("kind", [CSL, MARKS, RADAR])
def test_a_value_that_is_none_is_named_with_its_place(kind: str, name: str, team: Client) -> None:
    value, expected = NUMBERS[name]
    words = refused(team, kind, b'["a: NaN, 1e400",\n  ' + value + b"]")
    assert expected.replace("\\", "") in words


@pytest.mark.parametrize("kind", HEADERS)
def test_two_columns_of_one_name_are_named(kind: str, team: Client) -> None:
    words = refused(team, kind, HEADERS[kind].strip() + b",URL,ring\na,b,c,d,e")
    assert "stands twice" in words


@pytest.mark.parametrize("kind", HEADERS)
def test_a_mark_of_the_byte_order_is_no_part_of_a_column(kind: str, team: Client) -> None:
    assert sent(team, kind, b"\xef\xbb\xbf" + HEADERS[kind] + b"a,b,c").status_code == 200


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("kind", HEADERS)
def test_a_hostile_text_is_shown_with_its_line_and_column_and_never_saved(
    kind: str, place: int, name: str, team: Client
) -> None:
    text, expected = TEXTS[name]
    cells = ["Peat", "adopt", "https://e.example/a"]
    cells[place] = text
    before = row_counts()
    answer = sent(team, kind, HEADERS[kind] + ",".join(cells).encode())
    page = answer.content.decode()
    assert answer.status_code in {200, 422}
    assert expected in page
    assert "ine 2, " in page or "<td>line 2</td>" in page or "line 2<span" in page
    again: Any = team.post(answer.request["PATH_INFO"], Typed(page).fields | {"then": "save"})
    assert again.status_code in {200, 422}
    assert row_counts() == before


def test_what_a_spreadsheet_would_run_is_kept_as_it_is(team: Client) -> None:
    page = sent(team, READWISE, HEADERS[READWISE] + b"=1+1,@SUM(1),=cmd|x").content.decode()
    shown = Typed(page).fields
    assert (shown["r0-p0-text"], shown["r0-title"], shown["r0-url"]) == ("=1+1", "@SUM(1)", "")
    assert "URL: =cmd|x" in shown["r0-notes"]


ADDRESSES = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//e.example", "x"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_that_runs_is_saved_from_a_file(address: str, team: Client) -> None:
    rows = json.dumps([{"id": 1, "type": "book", "title": "A", "URL": address}]).encode()
    answer = sent(team, CSL, rows)
    assert "/0, url: The address" in answer.content.decode()
    marks = json.dumps([{"uri": address, "text": "A"}]).encode()
    assert Typed(sent(team, MARKS, marks).content.decode()).fields["r0-url"] == ""
