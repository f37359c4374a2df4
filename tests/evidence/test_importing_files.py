"""Files of other programs, strictly read: what is wrong names its place, nothing is dropped."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from evidence.importing.annotations import read_annotations
from evidence.importing.brought import BroughtItem
from evidence.importing.csl import read_csl
from evidence.importing.readwise import read_readwise
from intake.errors import IntakeError
from tests.trust.hostile import VALUES

FILES = Path(__file__).parent / "data" / "files"


def file(name: str) -> str:
    return (FILES / name).read_text("utf-8")


def test_references_of_csl_json() -> None:
    paper, data = read_csl(file("references.json"))
    assert (paper.reference, paper.facts.kind) == ("csl:okafor-2021", "paper")
    assert paper.facts.authors == ("Ines Okafor", "The Vinterby Guild")
    assert (paper.facts.published, paper.facts.accessed_on) == ("2021-03", date(2024, 2, 9))
    assert paper.facts.url == "https://doi.org/10.5555/kilns.1"
    assert paper.facts.publisher == "Annals of Clay"
    assert paper.facts.tags == ("kilns", "energy saving")
    assert "Cooling is free." in paper.facts.notes
    assert paper.left == ('volume: "12"',)
    assert 'volume: "12"' in paper.facts.notes
    assert (data.reference, data.facts.kind) == ("csl:7", "dataset")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "holds no references"),
        ("7", "must be a list"),
        ('[{"name": "a"}, 3]', "holds no references"),
        ("[]", "holds no references"),
        ("nothing", "not JSON"),
    ],
)
def test_a_reference_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_csl(text)
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ('"custom": {"foo": "bår", "n": [1, 2]}', 'custom: {"foo":"bår","n":[1,2]}'),
        ('"issued": {"raw": "Spring 2019"}', 'issued: {"raw":"Spring 2019"}'),
        ('"issued": {"literal": "in press"}', 'issued: {"literal":"in press"}'),
        ('"issued": "2020-05~"', 'issued: "2020-05~"'),
        ('"issued": {"date-parts": [[-50]]}', 'issued: {"date-parts":[[-50]]}'),
        ('"issued": {"date-parts": [[2021, 13]]}', 'issued: {"date-parts":[[2021,13]]}'),
        ('"issued": {"raw": "2021-02-31"}', 'issued: {"raw":"2021-02-31"}'),
        ('"issued": [2021]', "issued: [2021]"),
        ('"accessed": {"raw": "last May"}', 'accessed: {"raw":"last May"}'),
        ('"author": [{"given": ["x"]}]', 'author 1: {"given":["x"]}'),
        ('"author": "Ines Okafor"', 'author 1: "Ines Okafor"'),
        ('"abstract": ["x"]', 'abstract: ["x"]'),
    ],
)
def test_an_odd_value_of_a_reference_stands_whole_in_its_notes(more: str, line: str) -> None:
    (one,) = read_csl(f'[{{"id": "a", "type": "book", "title": "Kilns", {more}}}]')
    assert one.left == (line,)
    assert one.facts.notes == f"- {line}"
    assert (one.reference, one.facts.title, one.facts.published) == ("csl:a", "Kilns", "")


def test_the_rest_of_a_date_and_of_an_author_is_kept() -> None:
    (one,) = read_csl(
        '[{"id": "a", "type": "book", "issued": {"date-parts": [["2020", 5], [2021, 6]],'
        ' "circa": true}, "author": [{"literal": "Ada", "ORCID": "0000-1"}]}]'
    )
    assert (one.facts.published, one.facts.authors) == ("2020-05", ("Ada",))
    assert one.left == (
        'author 1, ORCID: "0000-1"',
        "issued, circa: true",
        "issued, to: [[2021,6]]",
    )


@pytest.mark.parametrize(
    ("row", "reference", "words"),
    [
        ('{"DOI": "doi:10.5/A", "title": "K"}', "csl-without-id:DOI:10.5/a", "known again by DOI"),
        ('{"URL": "https://k.example"}', "csl-without-id:URL:https://k.example", "by URL"),
        ('{"title": "Kilns"}', "csl-without-id:title:Kilns", "known again by title"),
        ('{"id": {}, "note": "n"}', "csl-without-id:", "by all that it says"),
    ],
)
def test_a_reference_without_id_says_what_it_is_known_by(
    row: str, reference: str, words: str
) -> None:
    (one,) = read_csl(f"[{row}]")
    assert one.reference.startswith(reference)
    assert any(words in line for line in one.left)
    assert "type: none is given" in one.left


def test_a_title_too_long_to_be_shown_stands_whole_in_the_notes() -> None:
    title = f"{'Kilns ' * 120}end"
    (one,) = read_csl(f'[{{"id": "a", "type": "book", "title": "{title}"}}]')
    assert one.facts.notes == f'- title: "{title}"'


def test_what_stands_twice_or_is_no_reference_is_a_row_as_well() -> None:
    first, second, third = read_csl(
        '{"items": [{"id": "a", "type": "book"}, {"id": "a", "type": "book"}, ["stray", 5]]}'
    )
    assert (first.reference, first.left) == ("csl:a", ())
    assert second.reference == "again:2 csl:a"
    assert second.facts.notes == "- id: the same as that of /0"
    assert 'row: ["stray",5]' in third.facts.notes


def test_highlights_of_one_text_become_one_item() -> None:
    town, kiln = read_readwise(file("highlights.csv"))
    assert town.reference == "readwise:https://tides.example/town"
    assert [one.text for one in town.facts.passages] == [
        'Water leaves the bay "twice" a day.',
        "Two batteries bridge the half hour.",
    ]
    assert town.facts.passages[0].comment == "See the map"
    assert town.facts.passages[0].heading == "Location 112"
    assert town.left == ("Colour, line 3: yellow",)
    assert "yellow" in town.facts.notes
    assert (kiln.facts.title, kiln.facts.authors) == ("The Kiln", ("Ines Okafor",))
    assert kiln.reference == "readwise:Ines Okafor|The Kiln"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Title,Author\na,b\n", "column Highlight is missing"),
        ("Highlight,Title\n,b\n", "Line 2, Highlight: it is empty"),
        ("Highlight,Title\na\n", "Line 2 has 1 cell and"),
        ("Highlight\n", "at least one line"),
        ('Highlight,Title\n"a,b\n', "cannot be read"),
    ],
)
def test_a_highlight_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_readwise(text)
    assert words in caught.value.message


def test_annotations_of_one_page_become_one_item() -> None:
    town, kiln = read_annotations(file("annotations.json"))
    assert town.reference == "annotation:https://tides.example/town"
    assert town.facts.title == "How Tides Light a Town"
    (quoted,) = town.facts.passages
    assert (quoted.exact, quoted.prefix, quoted.suffix, quoted.comment) == (
        "two batteries bridge the half hour",
        "At slack tide ",
        ", and nothing turns.",
        "Is that so?\n\nuser: acct:ada@notes.example",
    )
    assert "A page note." in town.facts.notes
    assert town.left == ('mood: "glad"',)
    assert kiln.facts.tags == ("warm",)
    assert kiln.facts.passages[0].comment == "Very warm."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{}", "holds no annotations"),
        ("[3]", "holds no annotations"),
        ('"https://a.example"', "must be a list"),
    ],
)
def test_an_annotation_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read_annotations(text)
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ('"tags": {"a": 1}', 'tags 1: {"a":1}'),
        ('"target": 7', "target 1: 7"),
        ('"target": {"source": ["b"]}', 'target 1, source: ["b"]'),
        ('"target": {"source": {"id": "b", "format": "pdf"}}', 'target 1, source, format: "pdf"'),
        ('"target": {"selector": "b"}', 'target 1, selector: "b"'),
        (
            '"target": {"selector": {"type": "TextQuoteSelector", "exact": ""}}',
            'target 1, selector: {"type":"TextQuoteSelector","exact":""}',
        ),
        ('"body": {"id": "urn:b"}', 'body 1, id: "urn:b"'),
        ('"document": {"title": [["b"]]}', 'document, title: ["b"]'),
    ],
)
def test_an_odd_value_of_an_annotation_stands_whole_in_the_notes(row: str, line: str) -> None:
    (one,) = read_annotations(f'[{{"uri": "https://a.example", {row}}}]')
    assert one.left == (line,)
    assert line in one.facts.notes
    assert one.facts.url == "https://a.example"


@pytest.mark.parametrize("key", ["id", "@id", "url"])
@pytest.mark.parametrize("place", ['{"source": %s}', "%s"])
def test_a_page_may_be_an_object_that_has_an_address(key: str, place: str) -> None:
    page = f'{{"{key}": "https://a.example/b", "type": "Text"}}'
    (one,) = read_annotations(f'{{"type": "Annotation", "target": {place % page}}}')
    assert (one.facts.url, one.left) == ("https://a.example/b", ())


def test_words_quoted_inside_of_a_fragment_and_who_wrote_are_kept() -> None:
    (one,) = read_annotations(
        '{"target": {"source": "https://a.example", "selector": {"type": "FragmentSelector",'
        ' "refinedBy": {"type": "TextQuoteSelector", "exact": "the ebb"}}},'
        ' "creator": {"name": "Ada"}, "body": "So?"}'
    )
    (quoted,) = one.facts.passages
    assert (quoted.exact, quoted.comment) == ("the ebb", 'So?\n\ncreator: {"name":"Ada"}')


def test_annotations_of_no_page_are_rows_of_their_own() -> None:
    first, second, stray = read_annotations('[{"text": "a"}, {"text": "b"}, "stray"]')
    assert len({first.reference, second.reference, stray.reference}) == 3
    assert first.facts.notes.startswith("a\n\n- uri: none is given")
    assert 'row: "stray"' in stray.facts.notes


def test_a_highlight_is_named_by_the_line_on_which_it_begins() -> None:
    text = 'Highlight,Title,Colour\n"a\nb",T,red\n\nc,T,\n"d\ne",U,\n'
    first, second = read_readwise(text)
    assert (first.place, first.places) == ("lines 2 to 5", ("line 2", "line 5"))
    assert (first.left, second.place) == (("Colour, line 2: red",), "line 6")


@pytest.mark.parametrize("name", list(VALUES))
@pytest.mark.parametrize("read", [read_csl, read_readwise, read_annotations])
def test_hostile_files_are_read_or_refused(
    name: str, read: Callable[[str], list[BroughtItem]]
) -> None:
    value = VALUES[name]
    for text in (value, f'[{{"id": "{value}", "type": "book", "uri": "{value}"}}]'):
        with suppress(IntakeError):
            found = read(f"Highlight,Title\n{text},a\n" if read is read_readwise else text)
            assert all(one.reference for one in found)
