"""Issues of other anatomies: shouted, marked up, pasted as HTML, in tables, with digests that say
something else, with scores in sentences. What is clear is read, the rest is asked."""

from datetime import date

import pytest

from assessments.importing.newsletter.reader import read_issue
from assessments.values.scale import Certainty, Dimension, RatingValue
from tests.assessments.test_importing_newsletter import KNOWN, asked, only, own, printed

ISSUES = {
    "salt_stores.txt": (date(2026, 3, 3), "- - 3 2 3 -", "viability drivers timing"),
    "optical_power.md": (date(2025, 11, 12), "3 - - 2 4 2030+", ""),
    "sodium_ships.txt": (None, "- - 2/3 3/4 5/5+ -", "viability drivers timing rating"),
    "pressed_wood.txt": (
        date(2026, 1, 20),
        "- 3 4 - - -",
        "viability diffusion impact impact-certainty timing",
    ),
    "sea_servers.txt": (None, "3 2 4 1 3 -", "timing"),
    "bacterial_cement.html": (date(2025, 9, 30), "2 3 3 2 4 2029-2035", ""),
    "wave_pumps.txt": (date(2025, 5, 14), "4 3 - - 3 2026-2029", ""),
    "muon_mines.txt": (
        date(2026, 2, 2),
        "- - 5 - 2 2024-2028",
        "viability drivers diffusion impact-certainty timing-certainty rating",
    ),
    "e_methanol.md": (None, "4 3 2 4 3 2026-2030", ""),
    "diamond_maser.txt": (None, "1/2 - 5 - - -", "impact timing"),
    "ship_fusion.txt": (date(2026, 3, 9), "1 5 5 1 5+ 2045+", "rating"),
    "hydrogen_bikes.txt": (None, "4 2 1 2 1 2022-2024", ""),
    "fog_nets.txt": (date(2026, 2, 17), "4 3 2 2 3 2026-2031", ""),
    "tile_kilns.md": (None, "4 3 2 2 3 -", "viability-certainty timing"),
    "seed_drones.txt": (date(2025, 10, 9), "- 3 4 2 2 2027-2032", "viability"),
    "ice_roads.md": (None, "3 2 1 3 - 2024-2029", "impact"),
    "algae_bags.txt": (date(2026, 3, 4), "- 4 3 2 1 -", "viability timing"),
    "brine_salt.md": (
        date(2025, 11, 30),
        "- - - - - -",
        "viability drivers novelty diffusion impact timing rating",
    ),
    "healing_concrete.txt": (date(2025, 12, 12), "3 3 4 2 3 -", "timing"),
    "sand_batteries.txt": (date(2026, 1, 20), "4 3 2 3 3 2025+", ""),
    "grid_glass.txt": (date(2026, 4, 17), "3 3 4 2 2 -", "timing"),
    "printed_knitwear.html": (date(2026, 5, 8), "4 3 2 3 2 2026-2031", "diffusion-certainty"),
    "vertical_farms.txt": (date(2026, 4, 12), "5 2 2 3/4 - -", "viability-certainty impact timing"),
}


def in_a_line(values: dict[str, str]) -> str:
    return " ".join(values.get(one, "-").replace(" to ", "-") for one in Dimension)


@pytest.mark.parametrize("name", ISSUES)
def test_what_is_clear_is_read_and_the_rest_is_asked(name: str) -> None:
    issue = own(name)
    part = only(issue)
    open_asks = " ".join(key.replace(" ", "-") for key in asked(part))
    assert (issue.dated, in_a_line(printed(part)), open_asks) == ISSUES[name]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("salt_stores.txt", ["Petra Voss", "Ola Nord"]),
        ("optical_power.md", ["Jun Abe"]),
        ("sea_servers.txt", ["Mona"]),
        ("wave_pumps.txt", ["Lea Roth, Bremen", "Tomas"]),
        ("e_methanol.md", ["Henk", ""]),
        ("vertical_farms.txt", ["Kaja Lind, Tromsø", "Anonymous"]),
    ],
)
def test_letters_are_found_below_any_heading_of_a_mailbag(name: str, letters: list[str]) -> None:
    assert [letter.who for letter in own(name).letters] == letters


def test_a_letter_without_an_answer_has_none_and_its_writer_is_not_in_its_claim() -> None:
    first, second = own("vertical_farms.txt").letters
    assert first.claim.words.endswith("We ship them since January.")
    assert (first.reply, second.reply) == ("", "Answer to both: will do.")


def test_a_letter_is_on_what_it_names_and_not_on_all_that_the_answer_names() -> None:
    text = (
        "T\nMailbag\n“Flow batteries are sold in Spain by now.”\nAs deep geothermal is, they say.\n"
    )
    (letter,) = read_issue(text, known=KNOWN).letters
    assert [one.slug for one in letter.about] == ["flow-batteries"]


def test_a_letter_of_several_paragraphs_is_one() -> None:
    text = "T\nMailbag\nOn salt. Ida Roth sent this:\n“First you err.\n\nThen you err again.”"
    (letter,) = read_issue(f"{text} More soon.\nYes.").letters
    assert (letter.who, letter.lead) == ("Ida Roth", "On salt. Ida Roth sent this:")
    assert letter.claim.words == "First you err.\n\nThen you err again."
    assert letter.reply == "More soon.\nYes."


def test_scenarios_in_bold_keep_their_names_and_chances() -> None:
    found = [(one.name, one.probability) for one in only(own("optical_power.md")).scenarios]
    assert found == [("Boom (15%)", 0.15), ("Plateau (60%)", 0.6), ("Bust (25%)", 0.25)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Companies: Glasvolt; Sunpane", ["Glasvolt", "Sunpane"]),
        ("Firms: Leafstack · Sprig & Sons", ["Leafstack", "Sprig & Sons"]),
        ("Players\nNorthfuel, Mærsk (a buyer) and Tankline", ["Northfuel", "Mærsk", "Tankline"]),
        ("Startups\n- Tokamarine, Hull\n- Stellar Keel, Genoa", ["Tokamarine", "Stellar Keel"]),
        ("Players: [Qdiam](https://q.example), [Nit](https://n.example)", ["Qdiam", "Nit"]),
        ("Key players\n1. Hif 2. Infin 3. Norsk", ["Hif", "Infin", "Norsk"]),
        ("WHO TO WATCH\n1) Deepbox: servers\n2) Coldwater", ["Deepbox", "Coldwater"]),
    ],
)
def test_companies_are_read_from_lists_of_many_kinds(line: str, names: list[str]) -> None:
    part = only(read_issue(f"A title\n{line}\n"))
    assert [one.name for one in part.companies] == names


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("2027 or so", ["2027+", "2027 to 2027"]),
        ("around 2030", ["2030+", "2030 to 2030"]),
        ("late 2020s", ["2027 to 2029", "2027+"]),
        ("the early 2030s", ["2030 to 2033", "2030+"]),
        ("2040s?", ["2040 to 2049", "2040+"]),
        ("by 2030", ["2024 to 2030", "2030 to 2030"]),
        ("before 2030", ["2024 to 2029", "2024 to 2030", "2030 to 2030"]),
        *((words, ["2024 to 2029"]) for words in ("within five years", "over the next 5 years")),
        *((words, ["2029 to 2034"]) for words in ("in 5–10 years", "five to ten years away")),
        *((words, ["2024 to 2034"]) for words in ("within a decade", "in less than ten years")),
        ("in five years", ["2029+", "2029 to 2029"]),
        ("a decade away", ["2034+", "2034 to 2034"]),
        ("10+ years", ["2034+"]),
        ("before the end of the decade", ["2024 to 2029", "2024 to 2030"]),
        ("late this decade", ["2027 to 2029", "2027 to 2030"]),
    ],
)
def test_a_window_said_loosely_is_offered(words: str, offered: list[str]) -> None:
    part = only(read_issue(f"A title\nTiming: {words}\nWhy.", published=date(2024, 5, 14)))
    assert [option.printed for option in asked(part)["timing"].options] == offered
    assert part.scores[Dimension.TIMING].rationale == "Why."


@pytest.mark.parametrize("line", ["Timing: within five years", "Timing\nI see it in 5–10 years."])
def test_a_length_of_time_counts_from_a_day_and_is_offered_only_with_one(line: str) -> None:
    (undated,) = only(read_issue(f"A title\n{line}\nWhy.")).asks
    assert (undated.key, undated.options) == ("timing", ())
    assert "counts from the day of the issue, which is not known" in undated.why
    (dated,) = only(read_issue(f"A title\n4 May 2024\n{line}\nWhy.")).asks
    assert len(dated.options) == 1
    assert "counted from 2024" in dated.why


@pytest.mark.parametrize(
    ("words", "level", "offered"),
    [
        *(
            (words, "4", [])
            for words in ("4 of 5", "●●●●○", "⭐️⭐️⭐️⭐️", "★ ★ ★ ★ ☆", "■■■■□", "4,0")
        ),
        *((words, "4", []) for words in ("High (4)", "4 points", "4 (was 3)", "3 → 4 (was 3)")),
        ("high", None, ["4", "5"]),
        ("very low", None, ["1"]),
        ("low (4)", None, ["4"]),
        ("3 → 4", None, ["4", "3"]),
        *((words, None, ["3/4", "3", "4"]) for words in ("3,5", "3½", "★★★½", "3.5/5", "3,5 / 5")),
        ("●●●○", None, []),
    ],
)
def test_a_score_is_read_in_shapes_and_words_or_asked(
    words: str, level: str | None, offered: list[str]
) -> None:
    part = only(read_issue(f"A title\nViability: {words}\nWhy."))
    asks = [one.printed for ask in part.asks for one in ask.options]
    assert (printed(part).get(Dimension.VIABILITY), asks) == (level, offered)
    assert part.scores[Dimension.VIABILITY].rationale == "Why."


@pytest.mark.parametrize("words", ["80% sure", "pretty sure", "I am not sure"])
def test_a_certainty_in_other_words_is_asked(words: str) -> None:
    part = only(read_issue(f"A title\nViability: 4, {words}\nWhy."))
    assert set(asked(part)) == {"viability certainty"}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("04/17/2026", date(2026, 4, 17)),
        ("17/04/2026", date(2026, 4, 17)),
        ("17.4.2026", date(2026, 4, 17)),
        ("Newsletter of 4 March 2026", date(2026, 3, 4)),
        ("03/04/2026", None),
    ],
)
def test_a_day_in_figures_is_read_where_it_can_be_one_alone(line: str, day: date | None) -> None:
    issue = read_issue(f"A title\n{line}\nViability: 3\nSo.")
    assert (issue.dated, bool(issue.date_hints)) == (day, day is None)


def test_a_chance_beside_a_prediction_is_unplaced_and_not_lost() -> None:
    issue = own("tile_kilns.md")
    assert [one.quote.words[:16] for one in only(issue).predictions] == ["By 2030 one tile"]
    assert [quote.words for quote in issue.unplaced()] == ["(70%)"]


def test_a_prediction_below_the_rating_is_none_of_its_words() -> None:
    part = only(own("seed_drones.txt"))
    assert len(part.predictions) == 1
    assert part.rating is not None
    assert part.rating.note == ""


@pytest.mark.parametrize(
    ("name", "scenarios"),
    [
        ("fog_nets.txt", ["GREEN RIDGE (25%)", "GREY RIDGE (55%)", "BARE RIDGE (20%)"]),
        ("ice_roads.md", ["Blue ice", "Slush", "Open water"]),
        ("healing_concrete.txt", ["Quiet success", "Loud success", "Quiet failure"]),
        (
            "brine_salt.md",
            ["The sea as a mine (10%)", "A side business (70%)", "Back into the sea (20%)"],
        ),
    ],
)
def test_three_scenarios_have_the_names_of_the_issue(name: str, scenarios: list[str]) -> None:
    assert [one.name for one in only(own(name)).scenarios] == scenarios


@pytest.mark.parametrize(
    ("words", "printed_years"),
    [
        ("from 2028 to 2033", "2028 to 2033"),
        ("between 2028 and 2033", "2028 to 2033"),
        ("[2022\u00a0–\u00a02024]", "2022 to 2024"),
        ("2045 onwards", "2045+"),
        ("2026/27–2031", "2026 to 2031"),
        ("2030 and beyond", "2030+"),
    ],
)
def test_a_window_is_read_whole(words: str, printed_years: str) -> None:
    part = only(read_issue(f"A title\nTiming: {words}\nWhy."))
    assert printed(part) == {"timing": printed_years}


@pytest.mark.parametrize(
    "words", ["5+", "5 +", "5⁺", "5＋", "5 plus", "5-plus", "five plus", "“5+”"]
)
def test_the_level_above_five_is_read_in_every_spelling(words: str) -> None:
    assert printed(only(read_issue(f"A title\nImpact: {words}\nWhy."))) == {"impact": "5+"}


def test_a_level_in_a_sentence_is_offered_with_its_words() -> None:
    (ask,) = only(read_issue("A title\nViability\nI give it a four. It sells.")).asks
    assert ([one.printed for one in ask.options], ask.key) == (["4"], "viability")
    assert ask.quotes[0].words == "I give it a four."


def test_a_second_level_behind_the_first_leaves_both_open() -> None:
    part = only(read_issue("A title\nImpact: 3 (or 4 if it flies)\nWhy."))
    assert [one.printed for one in asked(part)["impact"].options] == ["3", "4"]
    assert part.scores[Dimension.IMPACT].rationale.startswith("(or 4 if it flies)")


def test_a_certainty_below_its_score_is_read_and_the_words_below_it_stay() -> None:
    part = only(read_issue("A title\nTIMING\n2025 to 2028\nHigh\nNow."))
    timing = part.scores[Dimension.TIMING]
    assert (printed(part), timing.certainty) == ({"timing": "2025 to 2028"}, Certainty.HIGH)
    assert timing.rationale == "Now."


@pytest.mark.parametrize(
    "text",
    [
        "Impact: 3\n- High: typing ends.\n- Low: toys.",
        "Impact: 3\n**Scenarios:** High – typing ends; Low – toys.",
    ],
)
def test_cases_in_a_list_or_on_one_line_are_scenarios(text: str) -> None:
    found = only(read_issue(f"A title\n{text}\n")).scenarios
    said = [(one.name, one.text.strip(".")) for one in found]
    assert said == [("High", "typing ends"), ("Low", "toys")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Under.", RatingValue.UNDERRATED),
        ("Fair", RatingValue.FAIRLY_RATED),
        ("OVER!", RatingValue.OVERRATED),
    ],
)
def test_one_word_answers_over_or_under(words: str, value: RatingValue) -> None:
    rating = only(read_issue(f"A title\nOverrated or underrated?\n{words}\nSo.")).rating
    assert rating is not None
    assert rating.value is value


def test_what_is_neither_offers_all_that_it_can_be() -> None:
    part = only(read_issue("A title\nVerdict: neither over- nor underrated\n"))
    assert len(asked(part)["rating"].options) == 4


def test_the_head_of_a_mail_gives_the_title_and_the_day() -> None:
    text = "Sender: a@example.org\nSubject: The stack — e-fuels\nDate: Tue, 12 Aug 2025 09:00\n"
    issue = read_issue(f"{text}Viability: 3\nSo.")
    assert (issue.dated, only(issue).name) == (date(2025, 8, 12), "The stack — e-fuels")


def test_a_level_in_a_sentence_that_the_digest_gives_too_is_not_asked() -> None:
    text = "A title\nViability 4, Drivers 3\nViability\nI give it a 4. It sells."
    assert printed(only(read_issue(text)))["viability"] == "4"


def test_a_list_at_a_glance_with_reasons_is_no_second_technology() -> None:
    names = ("Viability", "Drivers", "Novelty", "Diffusion")
    glance = "\n".join(f"{name}: 4. So it is." for name in names)
    body = "\n".join(f"{name} (3)\nA reason of its own." for name in names)
    part = only(read_issue(f"A title\nAt a glance\n{glance}\nSummary\nA thing.\n{body}"))
    assert set(asked(part)) == {name.casefold() for name in names}


def test_two_technologies_between_rules_have_their_own_names() -> None:
    glass, bricks = own("glass_and_bricks.txt").parts
    assert (glass.name, bricks.name) == ("Perovskite glass", "Thermal bricks")
    assert (printed(glass)["timing"], set(asked(bricks))) == ("2028 to 2034", {"drivers", "timing"})
    assert bricks.rating
    assert bricks.rating.value is RatingValue.FAIRLY_RATED


def test_the_tags_of_html_are_no_words_and_its_words_stay() -> None:
    issue = own("bacterial_cement.html")
    part = only(issue)
    assert "<" not in issue.text
    assert part.scores[Dimension.DRIVERS].rationale == "Cement pays for carbon & knows it."
    assert part.scores[Dimension.VIABILITY].certainty is Certainty.MEDIUM
    assert [(one.name, one.note) for one in part.companies] == [
        ("Limebug", "bricks"),
        ("Sandglue", "https://example.org/sandglue"),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Radar letter 3: e-methanol", "E-methanol"),
        ("**Vertical farms**, 12 Apr 2026", "Vertical farms"),
        ("Issue 13", ""),
        ("💡 E31: Sodium-ion cells", "Sodium-ion cells"),
        ("# Issue 9 — Optical power", "Optical power"),
    ],
)
def test_the_title_proposes_a_name_without_number_and_day(title: str, name: str) -> None:
    assert only(read_issue(f"{title}\nViability: 3\nSo.")).name == name
