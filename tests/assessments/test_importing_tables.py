"""Dimensions in a table: one below the other, one beside the other, with columns in any order."""

from datetime import date

import pytest

from assessments.importing.newsletter.issue import ReadPart
from assessments.importing.newsletter.reader import read_issue
from assessments.values.scale import Certainty, Dimension, RatingValue
from tests.assessments.test_importing_newsletter import KNOWN, asked, only, own, printed

DAY = date(2025, 6, 3)
TABLES = {
    "bars": """| Dimension | Score | Certainty | Why |
|---|---|---|---|
| **Viability** | 4 | high | Six are in use. |
| Drivers | 3/4 | low | Winters are long. |
| Timing | 2028-2034 | low | After the pipes. |
""",
    "tabs, other columns": """Aspect\tBecause\tHow sure\tLevel
How mature is it?\tSix are in use.\tH\tfour out of five
Drivers\tWinters are long.\tlow confidence\t3 to 4
Timing\tAfter the pipes.\tlow\tfrom 2028 to 2034
""",
    "no bars outside": """What we ask | Our score | Sure? | In words
--- | --- | --- | ---
Technical maturity | ●●●●○ | high | Six are in use.
Market drivers | 3-4 | low | Winters are long.
Window | 2028–2034 | low | After the pipes.
""",
    "on its side": """| | Viability | Drivers | Timing |
| :-- | :-: | :-: | :-: |
| **Score** | 4 (was 3) | 3/4 | 2028–2034 |
| **Certainty** | high | low | low |
| **Why** | Six are in use. | Winters are long. | After the pipes. |
""",
    "no head": """| Viability | 4 | high | Six are in use. |
| Drivers | 3/4 | low | Winters are long. |
| Timing | 2028-2034 | low | After the pipes. |
""",
    "wide gaps": """             Score      Certainty   Why
Viability    4          high        Six are in use.
Drivers      3/4        low         Winters are long.
Timing       2028-2034  low         After the pipes.
""",
    "semicolons": """Dimension;Score;Certainty;Why
Viability;4;high;Six are in use.
Drivers;3/4;low;Winters are long.
Timing;2028-2034;low;After the pipes.
""",
    "cells of a page": """<p>A note.</p><table><thead><tr><th>Dimension</th><th>Score</th>
<th>Certainty</th><th>Why</th></tr></thead><tbody><tr><td><p>Viability</p></td><td><p>4</p></td><td>high</td>
<td><p>Six are<br>in use.</p></td></tr><tr><td>Drivers<td>3/4<td>low<td>Winters are long.
<tr><td>Timing</td><td>2028-2034</td><td>low</td><td>After the pipes.</td></tr></tbody></table>
<p>So much.</p>""",
}


def part_of(table: str) -> ReadPart:
    return only(read_issue(f"Salt caverns\n\n{table}", published=DAY))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_gives_level_certainty_and_reason_of_each_dimension(name: str) -> None:
    part = part_of(TABLES[name])
    assert printed(part) == {"viability": "4", "drivers": "3/4", "timing": "2028 to 2034"}
    assert [part.scores[key].certainty for key in part.scores] == [
        Certainty.HIGH,
        Certainty.LOW,
        Certainty.LOW,
    ]
    reasons = [" ".join(score.rationale.split()) for score in part.scores.values()]
    assert reasons == ["Six are in use.", "Winters are long.", "After the pipes."]
    assert part.asks == ()


def test_what_a_cell_leaves_open_is_asked_with_its_row() -> None:
    rows = (
        "| Viability | 4/5 | so-so |\n| Drivers | solid | – |\n| Timing | within five years | low |"
    )
    part = part_of(f"| Dimension | Score | Certainty |\n|--|--|--|\n{rows}\n")
    asks = {key: [one.printed for one in ask.options] for key, ask in asked(part).items()}
    assert asks == {
        "viability": ["4/5", "4"],
        "viability certainty": ["low", "medium", "high"],
        "drivers": [],
        "timing": ["2025 to 2030"],
    }
    assert asked(part)["drivers"].quotes[0].words == "Drivers | solid | –"


def test_columns_of_two_days_or_technologies_are_asked_and_equal_ones_are_not() -> None:
    part = only(own("kelp_plastic.md"))
    assert set(asked(part)) == {"viability", "diffusion", "impact", "timing"}
    assert "“2024”, “2026”" in asked(part)["impact"].why
    assert printed(part) == {"drivers": "4", "novelty": "3"}
    assert part.scores[Dimension.DIFFUSION].rationale == "Kelp is short."


def test_what_stood_there_before_is_shown_in_the_row_and_is_no_passage() -> None:
    text = (
        "| Dimension | Last year | Score |\n|--|--|--|\n| Viability | 3 | 4 |\n| Drivers | 2 | 2 |"
    )
    issue = read_issue(f"Salt caverns\n\n{text}\n")
    assert printed(only(issue)) == {"viability": "4", "drivers": "2"}
    quotes = only(issue).scores[Dimension.VIABILITY].quotes
    assert [quote.words for quote in quotes] == ["Viability | 3 | 4"]
    assert list(issue.unplaced()) == []


def test_other_rows_are_other_parts_and_words_below_belong_to_none() -> None:
    table = TABLES["bars"] + "| Rating | underrated | | Nobody sees a hole. |\n"
    issue = read_issue(f"Salt caverns\n\n{table}\nWe had a good week.\n", published=DAY)
    rating = only(issue).rating
    assert rating is not None
    assert (rating.value, rating.note) == (RatingValue.UNDERRATED, "Nobody sees a hole.")
    assert [quote.words for quote in issue.unplaced()] == ["We had a good week."]


def test_a_table_on_top_that_says_something_else_than_the_body_is_asked() -> None:
    names = ("Viability", "Drivers", "Novelty", "Diffusion")
    body = "\n".join(f"### {name} (3)\nA reason of its own." for name in names)
    table = "| Viability | Drivers | Novelty | Diffusion |\n|--|--|--|--|\n| 5 | 3 | 3 | 2 |\n"
    part = part_of(f"{table}\n## The long way\n{body}\n")
    assert set(asked(part)) == {"viability", "diffusion"}


@pytest.mark.parametrize("why", ["", " So it is. |"])
def test_two_tables_below_two_titles_are_two_technologies(why: str) -> None:
    names = ("Viability", "Drivers", "Novelty", "Impact")
    tables = ["\n".join(f"| {name} | {level} |{why}" for name in names) for level in ("3", "4")]
    text = f"Two at once\n\n## Tidal kites\n{tables[0]}\n\n## Ammonia tractors\n{tables[1]}\n"
    kites, tractors = read_issue(text, known=KNOWN).parts
    assert (kites.name, tractors.name) == ("Tidal kites", "Ammonia tractors")
    assert set(printed(kites).values()) == {"3"}
    assert set(printed(tractors).values()) == {"4"}


@pytest.mark.parametrize(
    "text",
    [
        "Viability 4 | Drivers 3\nNovelty 2 | Impact 3",
        "| Viability | 4 | Drivers | 3 |\n| Novelty | 2 | Impact | 3 |",
    ],
)
def test_lines_with_several_scores_are_a_digest_and_no_table(text: str) -> None:
    part = part_of(text)
    levels = {"viability": "4", "drivers": "3", "novelty": "2", "impact": "3"}
    assert printed(part) == levels
    assert not any(score.rationale for score in part.scores.values())
