"""Newsletter issues become cards, and nothing is guessed."""

import os
from datetime import date
from pathlib import Path

import pytest

from assessments.importing.newsletter.issue import (
    Ask,
    Level,
    ReadIssue,
    ReadPart,
    Slot,
    Years,
)
from assessments.importing.newsletter.naming import Known
from assessments.importing.newsletter.reader import read_issue
from assessments.values.scale import Certainty, Dimension, RatingValue, UnscoredReason
from tests.growth import MOST, growth

TEXTS = Path(__file__).parent / "data" / "newsletter"
KNOWN = (
    Known("Flow batteries", "flow-batteries", "Flow batteries"),
    Known("Deep geothermal", "deep-geothermal", "Deep geothermal"),
    Known("Large language models", "large-language-models", "LLM"),
    Known("Neuromorphic computing", "neuromorphic-computing", "Neuromorphic computing"),
)
FIELD = Path(os.environ.get("FIELD_DATA", "../shared")) / "sources"


def own(name: str) -> ReadIssue:
    return read_issue((TEXTS / name).read_text("utf-8"), known=KNOWN)


def only(issue: ReadIssue) -> ReadPart:
    (part,) = issue.parts
    return part


def asked(part: ReadPart) -> dict[str, Ask]:
    return {ask.key: ask for ask in part.asks}


def printed(part: ReadPart) -> dict[str, str]:
    return {key: score.value.printed for key, score in part.scores.items() if score.value}


def one(text: str) -> ReadPart:
    return only(read_issue(f"A title\n{text}\nIts reason.\n"))


def covers(issue: ReadIssue) -> bool:
    return "".join(piece.span.of(issue.text) for piece in issue.pieces) == issue.text


def test_an_issue_of_the_plain_anatomy_becomes_a_whole_card() -> None:
    issue = own("flow_batteries.txt")
    part = only(issue)
    assert (issue.dated, part.candidates[0].slug) == (date(2024, 5, 14), "flow-batteries")
    assert printed(part) == {
        "viability": "4",
        "drivers": "3",
        "novelty": "3/4",
        "diffusion": "2",
        "impact": "4",
        "timing": "2027 to 2032",
    }
    assert [part.scores[key].certainty for key in Dimension] == [
        *[None] * 4,
        Certainty.MEDIUM,
        Certainty.LOW,
    ]
    assert [scenario.name for scenario in part.scenarios] == [
        "high-impact scenario (backbone)",
        "low(ish)-impact scenario (niche)",
    ]
    assert [company.name for company in part.companies] == ["Vanatank", "Ironstream", "Quietflow"]
    assert part.rating
    assert part.rating.value is RatingValue.UNDERRATED
    assert part.rating.note.startswith("Most forecasts stop")
    assert (len(part.questions), len(part.predictions), part.asks) == (3, 1, ())


def test_a_reason_that_the_text_does_not_give_says_that_it_is_ours() -> None:
    impact = only(own("flow_batteries.txt")).scores[Dimension.IMPACT]
    assert impact.is_rationale_ours
    assert impact.rationale.startswith("As in the scenarios: high-impact scenario (backbone)")


def test_a_certainty_that_is_not_given_is_told_as_a_gap() -> None:
    assert only(own("flow_batteries.txt")).gaps == (
        "No certainty is given for viability, drivers, novelty, diffusion.",
    )


def test_a_letter_has_its_writer_its_claim_its_answer_and_its_technology() -> None:
    (letter,) = own("flow_batteries.txt").letters
    assert letter.who == "Greta Olsen (a drilling engineer)"
    assert letter.claim.words.startswith("You said that no closed loop")
    assert letter.reply.startswith("You are right and I was late.")
    assert [one.slug for one in letter.about] == ["deep-geothermal"]


def test_what_no_field_takes_is_unplaced_and_whole() -> None:
    unplaced = [quote.words for quote in own("flow_batteries.txt").unplaced()]
    assert [words.split("\n")[0][:22] for words in unplaced] == [
        "Our plant on the windo",
        "On deep geothermal, a ",
        "✍️ Tanks against cells",
        "I own none of these, a",
    ]


def test_a_digest_that_contradicts_the_body_is_asked_with_both_quotes() -> None:
    part = only(own("orbital_mirrors.txt"))
    asks = asked(part)
    assert set(asks) == {"viability", "diffusion", "impact", "timing", "rating"}
    assert {key for key, score in part.scores.items() if score.value} == {"drivers", "novelty"}
    body, digest = asks["viability"].options
    assert (body.printed, body.quotes[0].words) == ("2", "VIABILITY: 2")
    assert (digest.printed, digest.quotes[0].words[:13]) == ("4", "Viability 4 /")
    assert part.rating
    assert part.rating.value is None


def test_three_scenarios_keep_their_chances_and_levels() -> None:
    found = only(own("orbital_mirrors.txt")).scenarios
    assert [(one.name, one.probability, one.impact_level) for one in found] == [
        ("Bull case", None, None),
        ("Base case (impact 3, 60%)", 0.6, "3"),
        ("Bear case (10 %)", 0.1, None),
    ]


def test_a_list_of_scores_on_top_takes_no_words_below_it_as_a_reason() -> None:
    text = (TEXTS / "flow_batteries.txt").read_text("utf-8").split("\n", 3)
    digest = "Viability 2\nDrivers 3\nTiming 2030+\n\nGood morning to all.\n"
    part = only(read_issue("\n".join([*text[:3], digest, text[3]]), known=KNOWN))
    assert set(asked(part)) == {"viability", "timing"}
    assert "Good morning" not in part.scores[Dimension.TIMING].rationale


def test_marked_headings_in_another_order_are_read() -> None:
    issue = own("paper_chips.md")
    part = only(issue)
    assert printed(part) == {
        "viability": "4",
        "novelty": "2",
        "diffusion": "3/4",
        "impact": "3",
        "timing": "2027+",
    }
    assert part.scores[Dimension.VIABILITY].certainty is Certainty.MEDIUM
    assert [one.name for one in part.scenarios] == ["Best case", "Middle case", "Worst case"]
    assert [one.name for one in part.companies] == ["Foliotronic", "Inkwell Systems", "Papel Uno"]
    assert [letter.who for letter in issue.letters] == ["Ida Brandt, Tampere"]


def test_two_technologies_in_one_issue_are_two_parts() -> None:
    kites, tractors = own("two_at_once.txt").parts
    assert (kites.name, tractors.name) == ("Tidal kites", "Ammonia tractors")
    assert (printed(kites)["viability"], printed(tractors)["viability"]) == ("4", "3")
    assert kites.rating
    assert kites.rating.value is RatingValue.TOO_EARLY
    assert tractors.rating
    assert tractors.rating.value is RatingValue.OVERRATED
    assert "1,000 ammonia tractors" in tractors.predictions[0].quote.words


def test_scores_off_the_scale_are_asked_and_never_rounded() -> None:
    part = only(own("odd_scores.txt"))
    asks = {key: [option.printed for option in ask.options] for key, ask in asked(part).items()}
    assert asks == {
        "viability": ["3/4", "3", "4"],
        "viability certainty": ["medium", "high"],
        "drivers": [],
        "diffusion": [
            "unscored: not yet assessed",
            "unscored: not applicable",
            "unscored: looked and found nothing",
        ],
        "impact": ["5+", "5"],
        "timing": [],
        "rating": ["underrated", "overrated"],
    }
    assert printed(part) == {"novelty": "3"}


def test_a_letter_without_an_assessment_has_none() -> None:
    issue = own("no_card.txt")
    assert not issue.is_understood
    assert "The drivers are on strike" in next(issue.unplaced()).words


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("viability (5)", Level("5")),
        ("Viability: 3", Level("3")),
        ("VIABILITY – 3", Level("3")),
        ("🧪 Viability 4", Level("4")),
        ("**Viability:** 2", Level("2")),
        ("1. Viability: how technically mature is the technology? (3/4)", Level("3", "4")),
        ("How technically mature is the technology? 4", Level("4")),
        ("how technically mature (4)", Level("4")),
        ("Technical maturity: 3 out of 5", Level("3")),
        ("Viability | 4 | high", Level("4")),
        ("| Viability | 4 |", Level("4")),
        ("Viability: 3 to 4", Level("3", "4")),
        ("Viability: 5/5", Level("5")),
        ("Viability score: 4 – medium certainty", Level("4")),
        ("Viability: four", Level("4")),
        ("Viability of the whole thing: 2", Level("2")),
        ("What's the viability? (4)", Level("4")),
        ("Viability: tbd", Level(unscored_reason=UnscoredReason.NOT_YET_ASSESSED)),
        ("Viability\nScore: 4 (low certainty)", Level("4")),
    ],
)
def test_a_level_is_read_in_many_spellings(line: str, level: Level) -> None:
    part = one(line)
    assert part.scores[Dimension.VIABILITY].value == level
    assert part.scores[Dimension.VIABILITY].rationale == "Its reason."


@pytest.mark.parametrize(
    "line", ["Viability: 4/5", "Viability: 4+", "Viability: 2/4", "Viability: 6", "Viability: 4/3"]
)
def test_a_level_that_can_be_two_things_is_left_open(line: str) -> None:
    part = one(line)
    assert part.scores[Dimension.VIABILITY].value is None
    assert set(asked(part)) == {"viability"}


@pytest.mark.parametrize(
    "line",
    [
        "Viability is good.",
        "Impact on jobs is large, and 5 of them are gone.",
        "Drivers wait 3 hours.",
        "This case is clear.",
        "In the worst case it rains.",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert one(line).scores == {}
    assert one(line).scenarios == ()


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("(2020-2025)", Years(2020, 2025)),
        ("2025–2035", Years(2025, 2035)),
        ("(2027+)", Years(2027)),
        ("2027 onwards", Years(2027)),
        ("from 2031", Years(2031)),
        ("2025-30", Years(2025, 2030)),
    ],
)
def test_a_window_is_read_in_many_spellings(words: str, years: Years) -> None:
    assert one(f"Timing: {words}").scores[Dimension.TIMING].value == years


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("now", ["2024 to 2026"]),
        ("Soon (2-5yr)", ["2026 to 2029"]),
        ("2030s", ["2030 to 2039", "2030+"]),
        ("2026-2030+", ["2026 to 2030", "2026+"]),
        ("2030", ["2030+", "2030 to 2030"]),
        ("after 2030", ["2030+", "2031+"]),
        ("never", ["no window: not yet assessed", "no window: looked and found nothing"]),
    ],
)
def test_a_window_in_words_is_offered_and_not_taken(words: str, offered: list[str]) -> None:
    issue = read_issue(f"A title\nTiming: {words}\nWhy.", published=date(2024, 5, 14))
    part = only(issue)
    assert part.scores[Dimension.TIMING].value is None
    assert [option.printed for option in asked(part)["timing"].options] == offered


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Correctly rated. As it should be.", RatingValue.FAIRLY_RATED),
        ("Underhyped!", RatingValue.UNDERRATED),
        ("Over-hyped. By far.", RatingValue.OVERRATED),
        ("Too early to say.", RatingValue.TOO_EARLY),
        ("Fairly rated. I had “underrated” here once.", RatingValue.FAIRLY_RATED),
    ],
)
def test_a_rating_is_read_from_its_first_sentence(words: str, value: RatingValue) -> None:
    rating = only(read_issue(f"A title\nOverrated or underrated?\n{words}")).rating
    assert rating is not None
    assert rating.value is value


def test_a_picture_before_the_answer_only_adorns_it() -> None:
    part = only(read_issue("A title\n### Overrated / underrated?\n👉 Underrated\n"))
    assert part.rating is not None
    assert part.rating.value is RatingValue.UNDERRATED


def test_a_labelled_line_of_scores_is_placed_with_its_label() -> None:
    issue = read_issue("A title\n5 May 2025\n**Scores:** Viability 4 · Drivers 3 · Timing 2027+\n")
    assert list(issue.unplaced()) == []
    assert [one.name for one in only(issue).candidates] == ["A title"]


def test_two_wordings_of_one_prediction_are_one_and_other_numbers_are_asked() -> None:
    text = "A title\nBy 2030 kites will power 5% of the island.\n2030 prediction\nBy 2030 {}."
    same = only(read_issue(text.format("tidal kites will power 5% of the island")))
    other = only(read_issue(text.format("kites will power 8% of the island")))
    assert [len(one.others) for one in same.predictions] == [1]
    assert (other.predictions, set(asked(other))) == ((), {"prediction"})


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "viability " * 20_000,
        "viability: 1\nx\n" * 1_000,
        "“" * 100_000,
        "A, " * 50_000,
        "Companies\n" + "A " * 50_000,
        "Rating\n" + "over" * 30_000,
        "# a\nb\n" * 4_000,
        "viability  1\n" * 4_000,
        "| viability | 1 |\n| drivers | 2 |\n" * 1_000,
        "Mailbag\n" + "Mona Beck: the wing is upside down\n" * 2_000,
        "| a " * 20_000 + "\n" + "a  " * 20_000,
        "Mailbag\n" + "“A long claim of somebody.”\n" * 5_000,
        "Prediction\n" + "By 2030 it will.\n" * 5_000,
        "\u202e\u0000\ud800 \n" * 1_000,
    ],
)
def test_a_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    issues: list[ReadIssue] = []
    assert growth(lambda part: issues.append(read_issue(part, known=KNOWN)), text) < MOST
    assert issues[0].text == text
    assert all(covers(issue) for issue in issues)


@pytest.mark.skipif(not FIELD.is_dir(), reason="FIELD_DATA has no sources: nothing to read")
def test_the_issue_of_the_tracker_becomes_a_whole_card() -> None:
    text = next(FIELD.glob("003_*.txt")).read_text("utf-8")
    issue = read_issue(text, known=KNOWN)
    part = only(issue)
    assert part.candidates[0].slug == "large-language-models"
    levels = ["5", "5", "5", "5", "5+", "2020 to 2025"]
    assert list(printed(part).values()) == levels
    assert [part.scores[key].certainty for key in Dimension] == [*[None] * 4, *["high"] * 2]
    assert all(score.rationale for score in part.scores.values())
    assert [len(items) for items in (part.scenarios, part.companies, part.questions)] == [2, 3, 6]
    assert part.rating
    assert part.rating.value is RatingValue.FAIRLY_RATED
    (prediction,) = part.predictions
    assert len(prediction.others) == 1
    (letter,) = issue.letters
    assert (letter.who, letter.about[0].slug) == ("John Dent", "neuromorphic-computing")
    assert (part.asks, issue.dated) == ((), None)
    assert covers(issue)
    assert {piece.slot for piece in issue.pieces} >= {Slot.SCORE, Slot.MAIL, Slot.UNPLACED}
