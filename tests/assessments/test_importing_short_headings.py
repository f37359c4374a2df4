"""Issues that head their parts in a word before a full stop, with the score first, or in a table
of scenarios, and whose mailbag names its writers in many ways."""

from datetime import date

import pytest

from assessments.importing.newsletter.reader import read_issue
from assessments.values.scale import Certainty, Dimension
from tests.assessments.test_importing_newsletter import asked, only, own, printed
from tests.assessments.test_importing_other_issues import in_a_line

ISSUES = {
    "pigeon_drones.md": (
        date(2027, 1, 12),
        "- 4 3 - 3 2028-2032",
        "viability diffusion rating",
    ),
    "spider_cranes.txt": (date(2027, 1, 15), "3 - 5 1 2 2030-2036", "drivers rating"),
    "tar_algae.txt": (date(2027, 1, 20), "2 3 4 2 2/3 2032+", ""),
    "window_farms.txt": (date(2027, 2, 3), "4 - 2 3 1 2026-2029", "drivers rating"),
    "sugar_glass.md": (
        date(2027, 3, 9),
        "- - 3 - - 2029-2031",
        "viability diffusion impact rating",
    ),
    "cloud_nets.txt": (date(2027, 3, 11), "2 4 3 2 3 -", "timing rating"),
    "ribbon_pumps.txt": (date(2026, 7, 1), "4 3/4 2 4 - 2027-2032", "impact rating"),
}


@pytest.mark.parametrize("name", ISSUES)
def test_short_headings_are_read_and_what_they_leave_open_is_asked(name: str) -> None:
    issue = own(name)
    part = only(issue)
    assert (issue.dated, in_a_line(printed(part)), " ".join(asked(part))) == ISSUES[name]


def test_a_line_of_certainties_gives_no_levels() -> None:
    scores = only(own("spider_cranes.txt")).scores
    assert scores[Dimension.VIABILITY].certainty is Certainty.HIGH
    assert scores[Dimension.DRIVERS].certainty is Certainty.LOW
    assert scores[Dimension.NOVELTY].certainty is None
    unplaced = " ".join(quote.words for quote in own("spider_cranes.txt").unplaced())
    assert "everything else medium" in unplaced


def test_a_table_of_scenarios_gives_names_and_chances() -> None:
    found = only(own("pigeon_drones.md")).scenarios
    assert [(one.name, one.probability) for one in found] == [
        ("Every wire", 0.2),
        ("Some wires", 0.5),
        ("No wires", 0.3),
    ]
    assert found[2].text == "30%; A hawk ends it."


def test_parts_that_run_in_behind_a_full_stop_are_no_reason() -> None:
    part = only(own("window_farms.txt"))
    assert part.scores[Dimension.TIMING].rationale == "Now."
    assert part.summary == "A window farm grows salad between two panes."
    assert [quote.words for quote in part.questions] == ["Who cleans it?"]
    assert len(part.predictions) == 1


@pytest.mark.parametrize("words", ["Overrated? No.", "Underrated? You bet."])
def test_a_rating_that_is_asked_is_not_given(words: str) -> None:
    part = only(read_issue(f"A title\nVerdict\n{words}\n"))
    assert len(asked(part)["rating"].options) == 4


def test_writers_are_named_before_a_quotation_with_a_bar_and_behind_a_q() -> None:
    found = [(one.who, one.reply[:9]) for one in own("tar_algae.txt").letters]
    assert found == [
        ("", "I did, to"),
        ("Tom Orr", "Corrected"),
        ("Rita in Leeds", "Only in A"),
        ("Rita", "Of August"),
    ]


def test_what_a_reader_quotes_of_the_issue_is_in_the_letter() -> None:
    letter = own("tar_algae.txt").letters[1]
    assert letter.claim.words.startswith('You wrote: "granite drives')
    assert letter.claim.words.endswith("since October.")
    assert "@" not in letter.who


def test_a_number_that_counts_parts_or_machines_is_no_score() -> None:
    part = only(own("sugar_glass.md"))
    assert [one.printed for one in asked(part)["viability"].options] == ["2"]
    assert part.scores[Dimension.VIABILITY].rationale.startswith("**4** machines")
    bare = only(read_issue("A title\n1 — Viability\nSo.\n2 — Drivers\nSo.\n3 — Novelty\nSo.\n"))
    assert printed(bare) == {}


def test_titles_inside_a_text_or_a_mailbag_open_no_other_part() -> None:
    issue = own("sugar_glass.md")
    part = only(issue)
    assert "Rockbit is one" in part.text
    assert "It came in June" in part.text
    assert [(one.who, one.claim.words) for one in issue.letters][1] == (
        "Greta Olm",
        "They are too long.",
    )
    assert not part.companies


def test_a_list_under_one_picture_stays_in_the_reason_above_it() -> None:
    rationale = only(own("sugar_glass.md")).scores[Dimension.DRIVERS].rationale
    assert rationale.endswith("They told us.")


@pytest.mark.parametrize(
    "between", ["| White roofs | 5 | 2 |", "> A brick is a brick.", "4 out of 5 say so, still."]
)
def test_what_stands_between_two_scenarios_and_is_in_none_is_unplaced(between: str) -> None:
    cases = "**Scenarios.** *Best case:* two huts. *Worst case:* a panel."
    issue = read_issue(f"A title\n{cases}\n{between}\nMore words.\n")
    assert between.strip("> |") in " ".join(quote.words for quote in issue.unplaced())


def test_the_words_of_a_second_rating_are_in_the_note() -> None:
    part = only(
        read_issue("A title\nVerdict: overrated\nViability: 3\nSo.\nHype check\nOverhyped\n")
    )
    assert part.rating
    assert (part.rating.value, part.rating.note) == ("overrated", "Overhyped")
