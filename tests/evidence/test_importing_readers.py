"""Each reader on texts of its anatomy: our own everywhere, those of others where they are."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.importing.digest import read_digest
from evidence.importing.essay import read_essay
from evidence.importing.link_blog import COMMENTARY, QUOTATION, read_link_blog
from evidence.importing.readers import READERS, suggest
from evidence.importing.reading import REPEATS, ReadText
from evidence.importing.resource import read_resource
from intake.errors import IntakeError
from tests.evidence.texts import assert_partitions, of_others, own, unplaced
from tests.growth import MOST, growth

NAMES = ("resource", "digest", "link_blog", "essay")
OF_OTHERS = {"000": "resource", "001": "digest", "002": "link-blog", "004": "essay"}
LINES = st.lists(
    st.sampled_from(
        [line for name in NAMES for line in own(name).split("\n")]
        + ["", "  • ", "1.", "#", "[01]", "“”", "https://", "\u00a0", "a\tb", ">", "🙂", "x " * 300]
    ),
    max_size=25,
)


def kinds(read: ReadText) -> dict[str, int]:
    return {
        kind: sum(one.kind == kind for one in read.passages)
        for kind in {one.kind for one in read.passages}
    }


def test_a_resource_with_its_notes_tags_and_related_reading() -> None:
    read = read_resource(own("resource"))
    assert read.title.startswith("The Kiln That Forgot How to Cool. What potters")
    assert read.title.endswith("thermostat")
    assert (read.authors, read.published, read.publisher) == (
        ("Ines Okafor",),
        "2021-03",
        "Clay Weekly",
    )
    assert read.url == "https://clayweekly.example/2021/kiln-cooling"
    assert not read.is_sure("url")
    assert read.tags == ("pottery", "kilns", "energy saving", "vinterby")
    assert read.related == ("A short history of wood firing", "Why glaze cracks")
    assert [(one.kind, one.text[:10], one.is_sure) for one in read.passages] == [
        ("quotation", "We stopped", True),
        ("quotation", "the slowes", False),
    ]
    assert "Glazes that had cracked" in read.notes
    assert "> “We stopped" in read.notes
    assert unplaced(read) == []


def test_a_resource_without_labels_keeps_its_paragraphs_as_notes() -> None:
    read = read_resource(
        "On Bees\nBy Ada Brook\n\nhttps://bees.example/hive\n\nThey hum all day.\n\nTags: bees, hum"
    )
    assert (read.title, read.authors, read.tags) == ("On Bees", ("Ada Brook",), ("bees", "hum"))
    assert (read.url, read.notes) == ("https://bees.example/hive", "They hum all day.")
    assert not read.is_sure("notes")


def test_the_title_of_a_page_is_the_line_with_author_and_date() -> None:
    read = read_resource(
        "Bookmarked\n\nWhy bridges hum | Bridge Notes | by Omar Reyes | 4 July 2020\n\n"
        "Highlights:\nThe hum is wind.\n\nKeywords: bridges, wind; sound"
    )
    assert (read.title, read.authors) == ("Why bridges hum", ("Omar Reyes",))
    assert (read.published, read.publisher) == ("2020-07-04", "Bridge Notes")
    assert read.tags == ("bridges", "wind", "sound")


def test_a_digest_with_sections_questions_and_points() -> None:
    read = read_digest(own("digest"))
    assert read.title == "How Tides Light a Town"
    assert read.abstract.startswith("The report follows the tidal turbines")
    assert (read.via, read.licence, read.publisher) == (
        "Morag Lind",
        "© 2022 Brevity Ltd.",
        "Brevity",
    )
    assert [(one.heading, one.text[:12]) for one in read.passages] == [
        ("How the turbines work › What turns the blades?", "Water that l"),
        ("How the turbines work › What turns the blades?", "At slack tid"),
        ("How the turbines work › Why were the first blades replaced?", "Sand had wor"),
        ("What the town pays › How large is the bill of a household?", "It fell by a"),
    ]
    assert read.passages[2].text.endswith("edges by a third within eleven months.")
    # A question that nobody answered heads nothing, and is not lost.
    assert unplaced(read) == ["2. Who paid for the cable?"]


def test_a_digest_of_another_build() -> None:
    read = read_digest(
        "Cheese in Caves\n\nOverview\nWhy caves ripen cheese.\n\n## Air\nQ: Is it damp?\n"
        "A: Always above ninety per cent.\nQ: Is it cold?\nIt is, all year, about nine degrees."
    )
    assert read.title == "Cheese in Caves"
    assert read.abstract == "Why caves ripen cheese."
    assert [(one.heading, one.text) for one in read.passages] == [
        ("Air › Is it damp?", "Always above ninety per cent."),
        ("Air › Is it cold?", "It is, all year, about nine degrees."),
    ]
    assert [one.is_sure for one in read.passages] == [True, False]


def test_quotations_and_commentary_paragraph_by_paragraph() -> None:
    read = read_link_blog(own("link_blog"))
    assert read.title == "Why Our Looms Will Stand Still"
    assert (read.via, read.via_url) == (
        "threads.example",
        "https://threads.example/2019/the-letter",
    )
    assert read.tags == ("weaving", "shared patterns", "guilds")
    assert read.notes.startswith("What follows looks at a letter")
    assert kinds(read) == {QUOTATION: 7, COMMENTARY: 10}
    quoted = [one.text[:9] for one in read.passages if one.kind == QUOTATION]
    assert quoted == [
        *(
            "The lette",
            "While our",
            "Within a ",
            "Nobody in",
            "In hindsi",
            "Weavers c",
            "In the en",
        ),
    ]
    sure = [one.text[:9] for one in read.passages if one.kind == QUOTATION and one.is_sure]
    assert sure == ["The lette", "Within a ", "Weavers c"]
    assert {one.heading for one in read.passages} == {"", "How We Missed It"}
    assert unplaced(read) == ["🧵 ~ 🧵"]


def test_the_figures_of_a_post_dated_where_it_dates_them() -> None:
    read = read_link_blog(own("link_blog"))
    assert read.figures_name == "the weaving speeds of shared looms"
    assert [(one.label, one.value, one.unit, one.days_after) for one in read.figures] == [
        ("Heron", "41", "rows", 0),
        ("Plover", "57", "rows", 10),
        ("Curlew", "83", "rows", 24),
        ("Guildmaster", "88", "rows", None),
        ("Grand Jacquard", "95", "rows", None),
    ]


def test_a_half_that_was_pasted_twice_is_a_repeat() -> None:
    text = own("link_blog")
    at = text.index("They go on to describe")
    read = read_link_blog(text + text[at:])
    once = read_link_blog(text)
    assert_partitions(read)
    assert read.passages == once.passages
    assert (read.tags, read.figures) == (once.tags, once.figures)
    repeated = "".join(read.text[span.start : span.end] for span in read.spans_of(REPEATS))
    assert repeated == text[at:]


def test_two_links_are_a_source_and_the_way_to_it() -> None:
    read = read_link_blog(
        "A note on rope\n\nhttps://rope.example/a\n\nvia https://knots.example/b\n\n"
        "> Rope is made of yarn, and yarn is made of patience.\n\nI agree."
    )
    assert (read.url, read.via_url, read.via) == (
        "https://rope.example/a",
        "https://knots.example/b",
        "knots.example",
    )
    assert read.is_sure("via_url")
    assert [(one.kind, one.is_sure) for one in read.passages] == [
        (QUOTATION, True),
        (COMMENTARY, False),
    ]


def test_an_essay_in_typed_statements() -> None:
    read = read_essay(own("essay"))
    assert read.title == "Ferries and the Near-Certain"
    assert read.publisher == "Tomas Keeps a Log a personal weblog"
    assert kinds(read) == {"observation": 15, "opinion": 2, "forecast": 7, "footnote": 3}
    by_text = {one.text: one for one in read.passages}
    assert by_text["most crews charge at night"].is_sure
    assert by_text["…often without any meter"].mark == "2"
    assert by_text["Nobody asks for speed."].mark == "3"
    assert by_text["Nobody asks for speed."].heading == "My Views › On the passengers"
    assert by_text["close"].heading.endswith("Most of the small yards will")
    assert by_text["close"].kind == "forecast"
    assert by_text["cheaper moulds, fewer seams, etc"].heading.endswith(
        "Lighter hulls by › using flax and resin"
    )
    assert by_text["Especially grain and timber."].mark == "1"
    assert "In a hurry? Skip to the Summary" in unplaced(read)


def test_the_guesses_of_an_essay_with_the_time_they_name() -> None:
    read = read_essay(own("essay"))
    times = {one.when: (one.years, one.is_calendar) for one in read.guesses if one.when}
    assert times["several years (4-6?)"] == ((4.0, 6.0), False)
    assert times["By 2031"] == ((2031.0, 2031.0), True)
    assert times["the next big wave"] == (None, False)
    assert any(one.text == "Most of the small yards will close" for one in read.guesses)


def test_an_essay_with_other_marks_of_headings_and_footnotes() -> None:
    read = read_essay(
        "# Bread\n\n## Facts\n\nDough rises in an hour.[1] Ovens are warm.\n\n## Outlook\n\n"
        "Bakers will bake at home within ten years.\n\nNotes\n\n[1] At twenty degrees."
    )
    assert (read.title, read.passages[0].heading) == ("Bread", "Facts")
    assert [(one.kind, one.mark) for one in read.passages] == [
        ("observation", "1"),
        ("observation", ""),
        ("forecast", ""),
        ("footnote", "1"),
    ]
    assert read.guesses[0].years == (0.0, 10.0)


def test_an_essay_whose_headings_have_no_mark() -> None:
    read = read_essay(
        "The Quiet Grid\nby Lena Moss\n12 June 2022\n\nWhat I see\n\nBatteries doubled here last"
        " year.\n\nWhat I think\n\nThe utility is too slow, and it answers no letter.\n"
    )
    assert (read.title, read.authors, read.published) == (
        "The Quiet Grid",
        ("Lena Moss",),
        "2022-06-12",
    )
    assert [(one.kind, one.heading) for one in read.passages] == [
        ("observation", "What I see"),
        ("opinion", "What I think"),
    ]
    assert unplaced(read) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reader", list(READERS))
def test_no_reader_drops_a_character_of_any_text(name: str, reader: str) -> None:
    assert_partitions(READERS[reader].read(own(name)))


@pytest.mark.parametrize("reader", list(READERS))
@settings(max_examples=60)
@given(lines=LINES)
def test_no_reader_drops_a_character_of_a_shuffled_text(reader: str, lines: list[str]) -> None:
    read = READERS[reader].read("\n".join(lines))
    assert_partitions(read)
    for one in read.passages:
        assert one.text
        assert read.text[one.start : one.end].strip()


@pytest.mark.parametrize("reader", list(READERS))
@settings(max_examples=40)
@given(text=st.text(max_size=200))
def test_no_reader_stumbles_over_any_text(reader: str, text: str) -> None:
    assert_partitions(READERS[reader].read(text))
    assert len(suggest(text)) == len(READERS)


@pytest.mark.parametrize("reader", list(READERS))
def test_a_text_of_too_many_characters_is_refused(reader: str) -> None:
    with pytest.raises(IntakeError, match="at most 200,000"):
        READERS[reader].read("a" * 200_001)
    assert suggest("a" * 200_001) == []


SLOW = ("a" + " " * 199_000 + "b", "“ab cd ef " * 19_000, "word1 " * 33_000, "1. a\n" * 13_000)


@pytest.mark.parametrize("text", SLOW, ids=["blanks", "quotes", "digits", "numbers"])
def test_a_text_made_to_be_slow_takes_no_more_than_its_length(text: str) -> None:
    assert growth(_read_by_all, text) < MOST


def _read_by_all(text: str) -> None:
    for reader in READERS.values():
        with suppress(IntakeError):
            reader.read(text)
    suggest(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [("resource",) * 2, ("digest",) * 2, ("link_blog", "link-blog"), ("essay",) * 2],
)
def test_the_reader_of_a_text_is_suggested_first(name: str, key: str) -> None:
    first = suggest(own(name))[0]
    assert first.key == key
    assert first.why


@pytest.mark.parametrize(("number", "key"), OF_OTHERS.items())
def test_the_texts_of_others_are_read_without_loss(number: str, key: str) -> None:
    text = of_others(number)
    assert suggest(text)[0].key == key
    read = READERS[key].read(text)
    assert_partitions(read)
    assert read.title


def test_the_resource_of_others_yields_its_parts() -> None:
    read = read_resource(of_others("000"))
    assert (read.authors, read.published) == (("Steve Yegge",), "2023-05")
    assert len(read.tags) == 12
    assert len(read.passages) == 2
    assert unplaced(read) == []


def test_the_digest_of_others_yields_its_parts() -> None:
    read = read_digest(of_others("001"))
    assert len({one.heading for one in read.passages}) == 6
    assert len(read.passages) == 17
    assert read.via
    assert unplaced(read) == []


def test_the_post_of_others_yields_its_gradings() -> None:
    read = read_link_blog(of_others("002"))
    assert [(one.value, one.days_after) for one in read.figures] == [
        ("68", 0),
        ("76", 14),
        ("92", 21),
        ("93", None),
        ("100", None),
    ]
    assert read.via_url
    assert len(read.tags) == 6
    assert kinds(read) == {QUOTATION: 11, COMMENTARY: 14}


def test_the_essay_of_others_yields_statements_footnotes_and_dated_guesses() -> None:
    read = read_essay(of_others("004"))
    found = kinds(read)
    assert found["footnote"] == 5
    assert min(found.values()) >= 5
    marks = {one.mark for one in read.passages if one.kind != "footnote" and one.mark}
    assert marks == {"1", "2", "3", "4", "5"}
    assert any(one.years == (2.0, 3.0) for one in read.guesses)
    assert sum(one.years == (2.0, 5.0) for one in read.guesses) == 2
