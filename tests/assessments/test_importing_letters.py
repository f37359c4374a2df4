"""Letters of a mailbag without quotation marks, in lists, as questions, with answers beneath."""

import pytest

from assessments.importing.newsletter.issue import ReadIssue
from assessments.importing.newsletter.reader import read_issue
from tests.assessments.test_importing_newsletter import KNOWN, own

CLAIM = "The pump you showed is not for sale since March."


def bag(*lines: str) -> ReadIssue:
    text = "\n".join(lines)
    return read_issue(f"A title\nViability: 3\nSo.\n\nMailbag\n{text}\n", known=KNOWN)


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        ((f"Mona Beck: {CLAIM}",), "Mona Beck"),
        ((f"**Mona Beck:** {CLAIM}",), "Mona Beck"),
        ((f"Mona Beck (Bremen): {CLAIM}",), "Mona Beck (Bremen)"),
        ((f"Mona Beck, Bremen: {CLAIM}",), "Mona Beck, Bremen"),
        ((f"Mona Beck on pumps: {CLAIM}",), "Mona Beck"),
        ((f"Mona writes: {CLAIM}",), "Mona"),
        (("Mona Beck writes:", CLAIM), "Mona Beck"),
        (("Some feedback from Mona Beck:", CLAIM), "Mona Beck"),
        ((f"A reader in Bremen: {CLAIM}",), "A reader in Bremen"),
        ((f"@mona_b: {CLAIM}",), "@mona_b"),
        ((f"- {CLAIM} (Mona Beck, Bremen)",), "Mona Beck, Bremen"),
        ((f"* {CLAIM} — Mona Beck",), "Mona Beck"),
        ((f"“{CLAIM}” (Mona Beck)",), "Mona Beck"),
        ((CLAIM, "— Mona Beck"), "Mona Beck"),
    ],
)
def test_a_letter_needs_no_quotation_marks(lines: tuple[str, ...], who: str) -> None:
    issue = bag(*lines, "", "You are right, and it is corrected.")
    (letter,) = issue.letters
    assert (letter.who, letter.claim.words) == (who, CLAIM)
    assert letter.reply == "You are right, and it is corrected."


def test_a_letter_that_is_told_is_one_with_its_verb_beside_it() -> None:
    (letter,) = bag("- Piet points out that hydrogen leaks through cement.").letters
    assert (letter.who, letter.claim.words) == ("Piet", "hydrogen leaks through cement.")
    assert letter.lead == "Piet points out that"


def test_a_letter_goes_on_below_a_line_that_ends_in_mid_sentence() -> None:
    lines = ("Jonas Hall: The figure is", "five years old.", "We asked for the new one.")
    (letter,) = bag(*lines).letters
    assert letter.claim.words == "The figure is\nfive years old."
    assert letter.reply == "We asked for the new one."


@pytest.mark.parametrize(
    "lines",
    [("Q: Who checks the salt?", "A: The office."), ("Q: Who checks the salt? A: The office.",)],
)
def test_a_question_has_its_answer_without_its_label(lines: tuple[str, ...]) -> None:
    (letter,) = bag(*lines).letters
    assert (letter.claim.words, letter.reply) == ("Who checks the salt?", "The office.")


def test_letters_of_one_person_are_as_many_as_they_wrote() -> None:
    letters = bag(
        f"Mona Beck: {CLAIM}",
        "Our answer: corrected.",
        "Mona Beck again: And flow batteries were sold in Spain by then.",
        f"- Mona Beck: {CLAIM}",
    ).letters
    assert [letter.who for letter in letters] == ["Mona Beck"] * 3
    assert [letter.reply for letter in letters] == ["corrected.", "", ""]
    assert [one.slug for one in letters[1].about] == ["flow-batteries"]


def test_one_name_that_answers_every_letter_is_no_reader() -> None:
    answer = "Fair, and it stands in the card by now."
    letters = bag(
        f"Mona Beck: {CLAIM}", f"Lars: {answer}", f"Jonas Hall: {CLAIM}", f"Lars: {answer}"
    ).letters
    assert [(letter.who, letter.reply) for letter in letters] == [
        ("Mona Beck", answer),
        ("Jonas Hall", answer),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Update: the pilot that we wrote of in May is closed.",
        "Corrected: it is gone from the list since March.",
        "Deep Geothermal: we had very many letters on this one.",
        "Thanks to all: there were twenty letters this week.",
    ],
)
def test_a_label_is_no_writer(line: str) -> None:
    issue = bag(line)
    assert issue.letters == ()
    assert line in next(issue.unplaced()).words


def test_a_whole_mailbag_of_all_kinds_is_read() -> None:
    letters = own("salt_caverns.md").letters
    assert [letter.who for letter in letters] == [
        *("Mona Beck", "Jonas Hall (a driller)", "A reader in Bremen", "@kite_fan"),
        *("Petra Voss, Tórshavn", "Ola Nord", "Kaja Lind", "Ruth Egli"),
    ]
