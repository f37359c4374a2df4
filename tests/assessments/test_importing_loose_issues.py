"""Issues that head their parts as they like: scores in running words, reasons above their scores,
two dimensions in one heading, pictures and numbers as headings, mail around the issue."""

from datetime import date

import pytest

from assessments.importing.newsletter.reader import read_issue
from assessments.values.scale import Dimension, RatingValue
from tests.assessments.test_importing_newsletter import asked, only, own, printed
from tests.assessments.test_importing_other_issues import in_a_line

LEVELS = "viability drivers novelty diffusion impact"
SURE = " ".join(f"{one}-certainty" for one in Dimension)
ISSUES = {
    "kite_freight.txt": (None, "- - - - - -", f"{LEVELS} timing"),
    "moss_walls.md": (
        date(2026, 3, 11),
        "- - 2 - - -",
        "viability drivers diffusion impact timing rating",
    ),
    "granite_drives.txt": (None, "- - - - - 2035+", LEVELS),
    "tide_mirrors.txt": (date(2026, 4, 17), "3 4 5 1 3/4 2028-2032", f"{SURE} rating"),
    "whale_radio.txt": (None, "- - - - - -", f"{LEVELS} impact-certainty rating"),
    "feather_steel.txt": (date(2026, 9, 14), "3 3 4 2 3/4 2029-2034", "rating"),
    "peat_glue.html": (date(2026, 2, 26), "3 4 - 3 2 -", "novelty timing rating"),
    "heat_coins.txt": (date(2026, 2, 3), "4 2 3 3 2 -", "timing rating"),
    "velvet_relays.txt": (
        None,
        "3 4 3 3 - 2029-2033",
        f"{SURE.replace('impact-', 'impact impact-')} rating",
    ),
    "dust_looms.txt": (None, "- - - - - -", f"{LEVELS} timing"),
    "river_batteries.txt": (
        date(2026, 5, 22),
        "- - - - 4/5 -",
        "viability drivers novelty diffusion timing timing-certainty",
    ),
    "snow_mills.md": (date(2025, 12, 8), "2 1 4 2 1 -", ""),
    "crab_film.txt": (date(2026, 10, 4), "4 - 3 3 3/4 -", "drivers timing rating"),
    "echo_bricks.txt": (date(2026, 3, 9), "4 2 3 3 2 2026-2030", ""),
    "bone_batteries.txt": (None, "- - - - - -", f"{LEVELS} timing"),
}


@pytest.mark.parametrize("name", ISSUES)
def test_what_is_plain_is_read_and_the_rest_is_asked(name: str) -> None:
    issue = own(name)
    part = only(issue)
    open_asks = " ".join(key.replace(" ", "-") for key in asked(part))
    assert (issue.dated, in_a_line(printed(part)), open_asks) == ISSUES[name]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("kite_freight.txt", "3; 4; 2/3; 2; 2; 2029+, 2034+, 2034 to 2034"),
        ("dust_looms.txt", "2; 4; 5; 1; 3; 2034 to 2036, 2034+"),
        ("bone_batteries.txt", "2; 3; 5; 2; 3; 2032 to 2038"),
    ],
)
def test_scores_of_running_words_are_offered_and_never_taken(name: str, offered: str) -> None:
    part = only(own(name))
    asks = asked(part)
    said = "; ".join(", ".join(one.printed for one in asks[key].options) for key in Dimension)
    assert (said, printed(part)) == (offered, {})
    assert not any(gap.startswith("No level is given") for gap in part.gaps)


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("We would give viability a 3, and diffusion barely a 2.", {"viability": "3"}),
        ("It scores 2/5 on viability and 3/5 on drivers.", {"viability": "2", "drivers": "3"}),
        ("Viability is 2 and drivers are 3.", {"viability": "2", "drivers": "3"}),
        ("Novelty and drivers\n4 and 2 respectively.", {"novelty": "4", "drivers": "2"}),
        ("Viability and drivers (3–4 and 2–3)", {"viability": "3/4", "drivers": "2/3"}),
        ("Is it new? On novelty, see Fig. 3.", {}),
        ("The impact was felt by 3 villages in 2024.", {}),
        ("Its spread was 5% last year.", {}),
    ],
)
def test_each_figure_of_a_sentence_goes_with_its_own_name(
    sentence: str, offered: dict[str, str]
) -> None:
    part = only(read_issue(f"A title\n\nSo we begin.\n{sentence}\n"))
    asks = {key: [one.printed for one in ask.options] for key, ask in asked(part).items()}
    assert {key: asks.get(key) for key in offered} == {key: [one] for key, one in offered.items()}
    assert (printed(part), bool(asks)) == ({}, bool(offered))


def test_a_sentence_that_was_offered_is_its_own_source_and_stays_unplaced() -> None:
    issue = own("kite_freight.txt")
    ask = asked(only(issue))["impact"]
    (quote,) = ask.quotes
    assert quote.words == "If impact is anything above a 2, I will eat my hat."
    assert "running words" in ask.why
    assert any(quote.words in one.words for one in issue.unplaced())


def test_what_a_heading_gives_is_not_asked_again_for_a_sentence() -> None:
    part = only(read_issue("A title\nViability: 4\nSo.\n\nI gave viability a 2 last year.\n"))
    assert (printed(part), part.asks) == ({"viability": "4"}, ())


def test_a_reason_above_its_score_is_the_reason_of_that_score() -> None:
    scores = only(own("velvet_relays.txt")).scores
    assert scores[Dimension.DRIVERS].rationale.startswith("Does anybody push?\nHospitals want")
    assert scores[Dimension.TIMING].rationale.startswith("Two looms are on order.")
    assert scores[Dimension.TIMING].rationale.endswith("in three years.")


def test_a_heading_with_the_dimension_behind_it_contradicts_a_digest() -> None:
    asks = asked(only(own("moss_walls.md")))
    assert [one.printed for one in asks["impact"].options] == ["3/4", "2"]
    assert [one.printed for one in asks["timing"].options][-1] == "2027 to 2031"


def test_two_windows_below_one_heading_are_both_offered() -> None:
    ask = asked(only(own("crab_film.txt")))["timing"]
    assert [one.printed for one in ask.options] == ["2027 to 2031", "2034+"]
    assert ask.quotes[0].words == "Shops: 2027–2031. Industry: 2034+."


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        ("Impact ●●●○○ – ●●●●○", "3/4"),
        ("Impact ★★★ to ★★★★", "3/4"),
        ("Timing: not before 2035", "2035+"),
        ("Timing: no earlier than mid 2031", "2031+"),
        ("Timing: 2031 at the earliest", "2031+"),
        ("**Drivers get 1 out of 5.**", "1"),
        ("### Does anybody want it? (drivers)\n**4** (low certainty)", "4"),
    ],
)
def test_a_score_is_plain_in_more_spellings(line: str, levels: str) -> None:
    part = only(read_issue(f"A title\n{line}\nSo it is.\n"))
    assert list(printed(part).values()) == [levels]
    assert part.asks == ()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("Diffusion: low to medium", ["1", "2", "3"]),
        ("Impact: 2 (3 if it is allowed to)", ["2", "3"]),
        ("Timing: not before 2031, more likely 2033", ["2031+", "2033+", "2033 to 2033"]),
    ],
)
def test_what_leaves_two_levels_open_is_asked(line: str, offered: list[str]) -> None:
    (ask,) = only(read_issue(f"A title\n{line}\nSo it is.\n")).asks
    assert [one.printed for one in ask.options] == offered


def test_two_sentences_with_two_ratings_are_asked() -> None:
    ask = asked(only(own("feather_steel.txt")))["rating"]
    assert [one.value for one in ask.options] == [RatingValue.UNDERRATED, RatingValue.OVERRATED]


@pytest.mark.parametrize(
    ("name", "companies"),
    [
        ("moss_walls.md", "Mossworks (Where: Leuven; What: panels)"),
        ("peat_glue.html", "Bogbond (Country: Estonia; Stage: pilot)"),
        ("tide_mirrors.txt", "Lagunaire (Papeete)"),
        ("whale_radio.txt", "Cantus Marine ()"),
        ("river_batteries.txt", "Flusspumpe ()"),
        ("crab_film.txt", "Conchafilm (Vigo, 12 people)"),
    ],
)
def test_companies_are_those_of_the_table_or_the_line(name: str, companies: str) -> None:
    first = only(own(name)).companies[0]
    assert f"{first.name} ({first.note})" == companies


def test_headings_under_one_picture_or_numbered_through_are_no_companies() -> None:
    names = [[one.name for one in only(own(name)).companies] for name in ("tide_mirrors.txt",)]
    names += [[one.name for one in only(own("whale_radio.txt")).companies]]
    assert names == [
        ["Lagunaire", "Shadewater", "Mirra"],
        ["Cantus Marine", "Deepvoice AG", "the Bergen lab"],
    ]


@pytest.mark.parametrize(
    ("name", "scenarios"),
    [
        ("river_batteries.txt", [0.25, 0.45, 0.3]),
        ("tide_mirrors.txt", [0.3, 0.5, 0.2]),
        ("moss_walls.md", [0.2, 0.6, 0.3]),
        ("crab_film.txt", [0.35, 0.45, 0.2]),
        ("snow_mills.md", [None, None]),
    ],
)
def test_scenarios_keep_their_chances_whether_or_not_they_sum_to_one(
    name: str, scenarios: list[float | None]
) -> None:
    assert [one.probability for one in only(own(name)).scenarios] == scenarios


@pytest.mark.parametrize("name", ["moss_walls.md", "peat_glue.html", "feather_steel.txt"])
def test_sponsors_captions_and_footers_are_unplaced(name: str) -> None:
    unplaced = " ".join(quote.words for quote in own(name).unplaced())
    assert "nsubscribe" in unplaced
    assert any(words in unplaced for words in ("brought to you", "Fig. 1", "sponsored"))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("tide_mirrors.txt", [("Rhona (skipper)", "Rhona, I stand"), ("Rhona", "Done, ticket b")]),
        ("echo_bricks.txt", [("Beat Egli", "Sorry, Beat.")]),
        ("snow_mills.md", [("Sepp", "I will.")]),
        ("peat_glue.html", [("Liis, Pärnu", "True, we check"), ("Ignacio P", "Next month.")]),
        (
            "feather_steel.txt",
            [
                ("P. Okafor, marine underwriter", "Noted; the win"),
                ("Jussi Laine", "Thanks Jussi! "),
                ("Dr. Amal Haddad, Beirut", "We both replie"),
                ("An anonymous reader", ""),
            ],
        ),
    ],
)
def test_letters_keep_writer_and_answer(name: str, letters: list[tuple[str, str]]) -> None:
    assert [(one.who, one.reply[:14]) for one in own(name).letters] == letters


def test_a_plan_or_a_question_is_no_prediction() -> None:
    text = "A title\nPrediction\nWill it fly by 2030? I will not say. By 2030 ten will fly.\n"
    found = only(read_issue(text)).predictions
    assert [one.quote.words for one in found] == ["By 2030 ten will fly."]


@pytest.mark.parametrize("name", ISSUES)
def test_the_line_ends_of_windows_change_nothing(name: str) -> None:
    text = own(name).text
    issues = [read_issue(each) for each in (text, text.replace("\n", "\r\n"))]
    one, other = map(only, issues)
    assert len({tuple((each.who, each.reply) for each in one.letters) for one in issues}) == 1
    assert (printed(one), list(asked(one))) == (printed(other), list(asked(other)))
    assert [each.name for each in one.companies] == [each.name for each in other.companies]
    assert len(one.questions) == len(other.questions)
