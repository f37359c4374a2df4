from typing import Any

import pytest
from django.test import Client

from assessments.selectors import PublishedCard
from publishing.agreement import agreed_on, agreement_table, wide_gaps
from publishing.pages.published import Published
from tests.publishing.made import card, published, score


def second(slug: str, **changes: Any) -> PublishedCard:
    facts = {"author": "carla", "role": "second opinion", "seq": 2, "card_id": 2, "revision_id": 2}
    return card(slug, **facts, **changes)


def record() -> Published:
    """Of five pairs of levels two differ by one and by three; the span by a half."""
    other = second(
        "fusion", drivers=score("4"), impact=score("5+"), novelty=score("3", level_to="4")
    )
    return published(card("fusion"), other, card("lidar"))


def test_a_technology_counts_its_pairs_and_flags_wide_gaps() -> None:
    found = agreed_on("fusion", record())
    assert found is not None
    assert found.sentence == "Same level 2 of 5, within one 4 of 5."
    assert [(gap.dimension, gap.words, gap.levels) for gap in found.gaps] == [
        ("impact", "3 by anna, 5+ by carla", 3.0)
    ]


def test_one_published_card_agrees_with_nobody() -> None:
    assert agreed_on("lidar", record()) is None


def test_a_second_card_without_its_lead_is_not_counted() -> None:
    here = published(card("lidar"), second("secret", impact=score("5")))
    assert agreed_on("secret", here) is None
    assert wide_gaps(here) == []
    assert agreement_table(here).sentence == "No technology has two published cards yet."


def test_what_one_of_them_did_not_score_is_no_pair() -> None:
    here = published(card("fusion"), second("fusion", drivers=score(None)))
    found = agreed_on("fusion", here)
    assert found is not None
    assert found.sentence == "Same level 4 of 4, within one 4 of 4."


def test_the_table_counts_over_all_and_has_no_alpha_of_few() -> None:
    table = agreement_table(record())
    assert table.sentence == (
        "One technology has published cards by two people or more: same level 2 of 5,"
        " within one 4 of 5."
    )
    assert [row.found.pairs for row in table.rows] == [1] * 5
    assert not table.has_alpha


def test_from_ten_technologies_on_there_is_an_alpha() -> None:
    cards: list[PublishedCard] = []
    for number in range(10):
        level = score(str(1 + number % 5))
        cards += [card(f"t{number}", impact=level), second(f"t{number}", impact=level)]
    table = agreement_table(published(*cards))
    assert [row.alpha for row in table.rows] == ["", "", "", "", "1.00"]


def test_the_widest_gap_comes_first() -> None:
    here = published(
        card("a"), second("a", novelty=score("1")), card("b"), second("b", impact=score("5+"))
    )
    assert [(gap.card.slug, gap.levels) for gap in wide_gaps(here)] == [("b", 3.0), ("a", 2.0)]


@pytest.mark.django_db
def test_the_method_page_says_where_people_agree(client: Client) -> None:
    text = client.get("/method/").content.decode()
    assert "No technology has two published cards yet." in text
