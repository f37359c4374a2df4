"""Tables with one column, or one row, a technology: several parts where the issue says what the
labels are, and a question where it does not."""

import pytest

from assessments.importing.newsletter.naming import Known
from assessments.importing.newsletter.reader import read_issue
from assessments.values.scale import Certainty, Dimension, RatingValue
from tests.assessments.test_importing_newsletter import TEXTS, asked, only, own, printed
from tests.assessments.test_importing_other_issues import in_a_line


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "two_tanks.md",
            {"Ammonia tanks": "4 3 2 3 3 2026-2030", "Hydride tanks": "2/3 3 4 2 4 2031+"},
        ),
        (
            "three_roofs.md",
            {
                "Green roofs": "5 3 - - 2 2024-2028",
                "White roofs": "5 2 - - 2 2024-2028",
                "Wet roofs": "2 2 - - 3 2030+",
            },
        ),
    ],
)
def test_each_technology_of_a_table_has_its_own_scores(name: str, parts: dict[str, str]) -> None:
    issue = own(name)
    assert {part.name: in_a_line(printed(part)) for part in issue.parts} == parts
    assert not any(part.asks for part in issue.parts)


def test_certainty_and_rating_stay_in_their_column() -> None:
    ammonia, hydride = own("two_tanks.md").parts
    assert ammonia.scores[Dimension.DRIVERS].certainty is Certainty.HIGH
    assert hydride.scores[Dimension.DRIVERS].certainty is None
    ratings = [part.rating.value for part in (ammonia, hydride) if part.rating]
    assert ratings == [RatingValue.FAIRLY_RATED, RatingValue.UNDERRATED]


def test_what_may_be_on_each_of_them_is_on_none_and_unplaced() -> None:
    issue = own("two_tanks.md")
    assert not any(part.predictions or part.companies for part in issue.parts)
    unplaced = [quote.words for quote in issue.unplaced()]
    assert unplaced == ["- Tankwerk", "By 2030 ten ships will carry either."]


def test_labels_that_nothing_explains_are_asked_about_each_with_its_column() -> None:
    part = only(own("three_presses.md"))
    ask = asked(part)["viability"]
    assert [(one.printed, one.quotes[-1].words) for one in ask.options] == [
        ("4", "Clay printing"),
        ("3", "Foam printing"),
        ("2", "Mycelium casting"),
    ]
    assert part.rating
    assert (printed(part), part.rating.value) == ({}, None)


def test_technologies_of_the_record_need_no_explanation() -> None:
    known = [Known(f"{one} printing", one.lower(), f"{one} printing") for one in ("Clay", "Foam")]
    known += [Known("Mycelium casting", "mycelium", "Mycelium casting")]
    text = (TEXTS / "three_presses.md").read_text("utf-8")
    slugs = [part.candidates[0].slug for part in read_issue(text, known=known).parts]
    assert slugs == ["clay", "foam", "mycelium"]


@pytest.mark.parametrize("labels", ["Ana | Bo", "2024 | 2026", "Bull case | Bear case"])
def test_people_years_and_scenarios_are_no_technologies(labels: str) -> None:
    rows = "| Viability | 4 | 2 |\n| Drivers | 3 | 2 |\n"
    headings = "".join(f"## {label}\nSo.\n" for label in labels.split(" | ")[1:])
    part = only(read_issue(f"A title\n\n| | {labels} |\n{rows}\n{headings}"))
    assert {"viability", "drivers"} <= set(asked(part))
    assert printed(part) == {}
