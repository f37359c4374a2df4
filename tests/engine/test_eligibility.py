import pytest

from scoring.engine.eligibility import admit, coverage, why_not_ranked
from scoring.engine.scores import Technology
from tests.engine.made import made_card


def test_four_of_five_with_impact_and_viability_are_enough() -> None:
    card = made_card(novelty="not yet assessed")
    assert why_not_ranked(card) is None
    assert coverage(Technology("a", (card,))) == "4/5"


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"impact": "not yet assessed"}, "impact is not scored"),
        ({"viability": "looked and found nothing"}, "viability is not scored"),
        (
            {"novelty": "not yet assessed", "drivers": "looked and found nothing"},
            "only 3 of 5 dimensions are scored",
        ),
        ({"novelty": "not applicable"}, "novelty does not apply to it"),
        ({"age": "expired"}, "its card is older than 36 months"),
    ],
)
def test_what_is_not_ranked_says_why(others: dict[str, str], reason: str) -> None:
    assert why_not_ranked(made_card(**others)) == reason  # type: ignore[arg-type]


def test_a_stale_card_is_ranked() -> None:
    assert why_not_ranked(made_card(age="stale")) is None


def test_a_technology_is_ranked_by_the_cards_that_can_be() -> None:
    fit, expired = made_card("4"), made_card(age="expired")
    ranked, unranked = admit([Technology("a", (expired, fit)), Technology("b", (expired,))])
    assert ranked == [Technology("a", (fit,))]
    assert [(entry.id, entry.coverage) for entry in unranked] == [("b", "5/5")]


def test_a_technology_without_a_card_is_listed() -> None:
    _, unranked = admit([Technology("a", ())])
    assert unranked[0].not_ranked_because == "it has no card"
