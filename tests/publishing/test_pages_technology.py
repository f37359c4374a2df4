from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assessments.selectors import PublishedCard
from publishing.explanations import Explained, Reasons
from publishing.pages.technology.history import history
from publishing.pages.technology.page import TechnologyPage, technology_page
from tests.publishing.made import (
    card,
    made_contrast,
    outlook,
    projected,
    published,
    ranked,
    ranking,
    score,
    window,
)
from tests.publishing.made_predictions import foretold


def page_of(
    *cards: PublishedCard,
    publications: Sequence[PublishedCard] = (),
    slug: str = "edge-ai",
    **results: Any,
) -> TechnologyPage:
    found = technology_page(slug, published(*cards, **results), publications or cards[:1])
    assert found is not None
    return found


def test_what_is_not_published_has_no_page() -> None:
    assert technology_page("secret", published(card("edge-ai")), []) is None


def test_a_change_since_the_published_revision_before_is_tagged() -> None:
    new = card("edge-ai", seq=5, revision_id=2, impact=score("5"), novelty=score("2"))
    old = card("edge-ai", seq=1, as_of=date(2025, 6, 14), impact=score("4"))
    page = page_of(new, publications=[new, old])
    changes = {
        row.name: row.change and (row.change.direction, row.change.words) for row in page.scores
    }
    assert changes == {
        "Viability": None,
        "Drivers": None,
        "Novelty": ("lower", "▼ from 3, June 2025"),
        "Diffusion": None,
        "Impact": ("raise", "▲ from 4, June 2025"),
    }


def test_a_change_across_series_is_a_break_and_no_rise() -> None:
    new = card("edge-ai", seq=5, revision_id=2, impact=score("5"))
    old = card("edge-ai", seq=1, as_of=date(2023, 12, 31), impact=score("4"), series="edition 2023")
    impact = page_of(new, publications=[new, old]).scores[-1]
    assert impact.change is not None
    assert impact.change.direction == ""
    assert impact.change.words == "another series gave 4, December 2023"
    assert history([new, old])[0].is_other_series


def test_a_span_is_drawn_and_worded_between_its_levels() -> None:
    page = page_of(card("edge-ai", impact=score("3", level_to="4")))
    impact = page.scores[-1].score
    assert impact.printed == "3/4"
    assert impact.words == "An industry / A great industry"


def test_an_unscored_dimension_says_why() -> None:
    page = page_of(card("edge-ai", drivers=score(None)))
    assert page.scores[1].score.words == "Not yet assessed"


def test_a_recorded_opening_is_stated_and_never_a_probability() -> None:
    here = card("edge-ai", opened=2023)
    page = page_of(here, outlook=outlook(projected("edge-ai", p_open_by_2030=1.0)))
    assert page.timing.words == "Open since 2023"
    assert page.outlook is not None
    assert page.outlook.rows[0].at_deadline == "open"
    assert "".join(page.outlook.sentence) == (
        "The market has been open since 2023, by the record of openings."
    )
    assert page.never == ""


def test_the_outlook_says_the_chance_and_whose_guess_never_is() -> None:
    row = projected("edge-ai", is_never_guessed=True)
    page = page_of(card("edge-ai"), outlook=outlook(row))
    assert page.outlook is not None
    assert "".join(page.outlook.sentence) == (
        "The chance that the market is open by the end of 2030 is 31 of 100; it reaches one half"
        " in the course of 2033."
    )
    assert page.never.startswith("The chance that it never opens is 25 of 100: a guess")


def test_without_a_window_the_outlook_says_why() -> None:
    row = projected(
        "edge-ai", p_open_by_2030=None, because="timing is not yet assessed", chances=()
    )
    page = page_of(card("edge-ai", timing=window(None, None, None)), outlook=outlook(row))
    assert page.outlook is not None
    assert page.outlook.sentence[0] == "Not projected: timing is not yet assessed."
    assert page.thumbnail == ""


def test_links_name_published_technologies_alone_and_both_ways() -> None:
    links = [
        {"kind": "requires", "to": "chips", "note": ""},
        {"kind": "requires", "to": "secret", "note": "a hidden plan"},
    ]
    here, chips = card("edge-ai", links=links), card("chips")
    groups = page_of(here, chips).relations
    assert [(group.kind, [row.name for row in group.relations]) for group in groups] == [
        ("requires", ["Chips"])
    ]
    back = page_of(chips, here, slug="chips").relations
    assert [(group.kind, [row.name for row in group.relations]) for group in back] == [
        ("is required by", ["Edge ai"])
    ]


def test_neighbours_in_the_ranking_stand_in_the_one_vocabulary() -> None:
    cards = [card(slug) for slug in ("edge-ai", "chips", "fusion")]
    rows = [ranked(slug, 1, 1.0 + n) for n, slug in enumerate(("chips", "edge-ai", "fusion"))]
    page = page_of(*cards, ranking=ranking(*rows, ahead=0.3))
    assert page.standing is not None
    assert [row.beside for row in page.standing.rows] == [
        "Edge ai is leaning behind it in 70 of 100 draws",
        "this page",
        "Edge ai is leaning behind it in 70 of 100 draws",
    ]


def test_a_neighbour_is_named_with_what_parts_the_two() -> None:
    cards = [card(slug) for slug in ("edge-ai", "chips")]
    rows = [ranked(slug, 1, 1.0 + n) for n, slug in enumerate(("chips", "edge-ai"))]
    here = published(*cards, ranking=ranking(*rows, ahead=0.17))
    reasons = Reasons({("edge-ai", "chips"): made_contrast("chips", 0.17, impact=-0.1)})
    page = technology_page("edge-ai", here, cards[:1], Explained(reasons))
    assert page is not None
    assert page.standing is not None
    assert page.standing.rows[0].beside == (
        "Edge ai is behind it in 83 of 100 draws, mostly by impact"
    )


def test_a_technology_without_a_rank_says_why() -> None:
    row = ranked("edge-ai", 0, 0.0)
    listed = replace(row, is_ranked=False, not_ranked_because="it is old")
    page = page_of(card("edge-ai"), ranking=ranking(listed))
    assert page.standing is not None
    assert page.standing.sentence[0] == "Listed, not ranked: it is old."
    assert page.standing.rows == ()


def test_a_second_opinion_stands_beside_the_lead() -> None:
    other = card("edge-ai", role="second opinion", author="carla", card_id=2, impact=score("2"))
    (opinion,) = page_of(card("edge-ai"), other).second_opinions
    assert (opinion.author, opinion.scores[-1].printed) == ("carla", "2")


def test_a_card_published_again_for_its_facts_is_one_entry_of_history() -> None:
    first, again = card("edge-ai", seq=1), card("edge-ai", seq=2)
    assert len(history([again, first])) == 1


def test_a_card_older_than_eighteen_months_is_marked() -> None:
    assert page_of(card("edge-ai", as_of=date(2025, 5, 21))).is_stale
    assert not page_of(card("edge-ai", as_of=date(2025, 5, 22))).is_stale


def test_a_technology_lists_its_own_predictions_and_follows_them() -> None:
    here = published(card("edge-ai"))
    found = [foretold("edge-ai-2030-1"), foretold("chiplets-2030-1")]
    shown = technology_page("edge-ai", here, [card("edge-ai")], found=found)
    assert shown is not None
    assert [row.key for row in shown.foretold] == ["edge-ai-2030-1"]
    without = technology_page("edge-ai", here, [card("edge-ai")], found=found[1:])
    assert without is not None
    assert without.foretold == ()
    assert without.state != shown.state
