from publishing.fields import Field
from publishing.figures.map_layout import Mark
from publishing.pages.map import finding, map_page
from tests.publishing.made import AI, card, published, score, window


def mark(name: str, level: str, **years: int | str | None) -> Mark:
    stated = {"certainty": "low", "year_from": 2027, "year_to": 2029, "opened": None} | years
    return Mark(name=name, url="/", field=AI, level=level, **stated)  # type: ignore[arg-type]


def test_the_headline_counts_what_is_worth_three_hundred_billion() -> None:
    marks = [mark("A", "4"), mark("B", "4/5"), mark("C", "3/4"), mark("D", "5+", opened=2023)]
    headline, _ = finding(marks)
    assert headline == (
        "Three technologies could each add 300 billion dollars a year or more. One is already open."
    )


def test_the_lede_says_how_many_windows_end_in_time_and_for_how_many_that_is_sure() -> None:
    marks = [
        mark("A", "4", certainty="high"),
        mark("B", "4", year_to=2030),
        mark("C", "5", year_from=2036, year_to=None),
    ]
    _, lede = finding(marks)
    assert "".join(lede) == (
        "Of these three, two have windows ending by 2030; the analysts are sure of the years"
        " for one. C promises most of them and stays furthest away."
    )


def test_a_lone_great_technology_takes_the_singular() -> None:
    headline, lede = finding([mark("A", "4")])
    assert headline == "One technology could add 300 billion dollars a year or more."
    assert lede[1] == "one has a window ending by 2030"


def test_small_technologies_are_not_called_great() -> None:
    headline, lede = finding([mark("A", "3")])
    assert headline == "No technology here would add 300 billion dollars a year."
    assert lede == ("", "", "")


def test_what_has_no_place_is_listed_beside_the_map() -> None:
    page = map_page(
        published(
            card("edge-ai"),
            card("dark-matter", impact=score(None)),
            card("no-date", timing=window(None, None, None)),
        )
    )
    assert [row.name for row in page.rows] == ["Edge ai"]
    assert [row.name for row in page.unplaced] == ["Dark matter", "No date"]


def test_an_opened_market_needs_no_window_to_be_placed() -> None:
    page = map_page(published(card("chips", opened=2022, timing=window(None, None, None))))
    assert [row.opened for row in page.rows] == [2022]


def test_yardsticks_are_not_on_the_map() -> None:
    page = map_page(published(card("solar-pv", is_yardstick=True), card("edge-ai")))
    assert page.count == 1


def test_a_field_that_is_chosen_leaves_the_others_out() -> None:
    record = published(card("edge-ai"), card("lost", technology=_unsorted("lost")))
    assert [row.name for row in map_page(record, field_slug="ai").rows] == ["Edge ai"]
    assert map_page(record, field_slug="ai").field_slug == "ai"


def test_an_unknown_field_shows_all() -> None:
    page = map_page(published(card("edge-ai")), field_slug="no-such-field")
    assert len(page.rows) == 1
    assert page.chips[0].is_current


def test_a_domain_that_is_no_field_any_more_is_unsorted() -> None:
    page = map_page(published(card("lost", technology=_unsorted("lost"))))
    assert page.rows[0].field == Field("unsorted", "?", "other", "unsorted")


def test_an_empty_record_says_so() -> None:
    assert map_page(published()).headline == "Nothing is published yet."


def _unsorted(slug: str) -> dict[str, object]:
    return {"slug": slug, "name": slug, "aliases": [], "domains": ["Gone"], "variant_of": None}
