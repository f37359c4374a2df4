"""Of a newsletter issue nothing is lost: every character has one place, every word is in a field
or shown as unplaced."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.importing.newsletter.issue import ReadIssue, Slot
from assessments.importing.newsletter.reader import read_issue
from tests.assessments.test_importing_newsletter import KNOWN, TEXTS, covers, own

OWN = sorted(path.name for path in TEXTS.iterdir())
# Their words stand beside the fields on the page, as the lines from which a score was read.
SHOWN = {Slot.TITLE, Slot.DATE, Slot.HEADING, Slot.DIGEST, Slot.SCORE}


def words_of(text: str) -> set[str]:
    """Without the numbers and letters of lists."""
    return set(re.findall(r"\w+", re.sub(r"(?m)^\W*(?:\d{1,2}|[a-f])[.)]\s", "", text)))


def kept_in_fields(issue: ReadIssue) -> set[str]:
    texts = [text for one in issue.letters for text in (one.who, one.claim.words, one.reply)]
    texts += [one.lead for one in issue.letters]
    for part in issue.parts:
        texts += [part.summary, part.text, part.rating.note if part.rating else ""]
        texts += [str(part.rating.value), part.rating.quote.words] if part.rating else []
        texts += [score.rationale for score in part.scores.values()]
        texts += [text for one in part.scenarios for text in (one.name, one.text)]
        texts += [text for one in part.companies for text in (one.name, one.note)]
        texts += [quote.words for quote in (*part.questions, *part.tripwires)]
        texts += [q.words for one in part.predictions for q in (one.quote, *one.others)]
        texts += [f"{one.title} {one.url}" for one in part.sources]
        texts += [q.words for ask in part.asks for one in ask.options for q in one.quotes]
    return words_of(" ".join(texts))


def lost(issue: ReadIssue) -> set[str]:
    """Words that were taken for a field and stand in none."""
    read = [one.span.of(issue.text) for one in issue.pieces if one.slot not in SHOWN]
    unplaced = [quote.words for quote in issue.unplaced()]
    found = kept_in_fields(issue) | words_of(" ".join(unplaced))
    return words_of(" ".join(read)) - found - {"and"}


@pytest.mark.parametrize("name", OWN)
def test_every_character_of_a_text_has_one_place(name: str) -> None:
    assert covers(own(name))


LINES = st.sampled_from(
    [line for name in OWN for line in (TEXTS / name).read_text("utf-8").splitlines()]
    + ["", "Viability", "(4/5)", "high certainty", "> 3/4", "**Impact: 5+** now", "\u2028", "🧭"]
    + [
        "| Dimension | Score | Was | Why |",
        "|---|---|",
        "| Viability | 4 | 3 | So. |",
        "Drivers\t2",
    ]
    + ["Mona Beck: the wing is upside down.", "Q: Why so? A: It is so.", "— Piet", "Q: Why?"]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=40).map("\n".join))
def test_every_character_of_any_order_of_lines_has_one_place(text: str) -> None:
    assert covers(read_issue(text, known=KNOWN))


@pytest.mark.parametrize("name", OWN)
def test_every_word_of_a_text_is_in_a_field_or_unplaced(name: str) -> None:
    assert lost(own(name)) == set()


@given(st.lists(LINES, max_size=40).map("\n".join))
def test_every_word_of_any_order_of_lines_is_in_a_field_or_unplaced(text: str) -> None:
    assert lost(read_issue(text, known=KNOWN)) == set()
