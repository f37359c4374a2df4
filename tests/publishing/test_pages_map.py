from datetime import date, timedelta

from django.http import QueryDict

from assessments.selectors import PublishedCard
from publishing.fields import Field
from publishing.figures.map_layout import Mark
from publishing.pages.map import MapPage, finding, map_page
from publishing.pages.past import thinned
from publishing.pages.published import Past, RecordDates
from tests.publishing.made import AI, TODAY, card, published, score, window


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


def asked(query: str, *cards: PublishedCard) -> MapPage:
    return map_page(published(*cards), QueryDict(query))


def test_a_field_that_is_chosen_leaves_the_others_out() -> None:
    page = asked("domain=ai", card("edge-ai"), card("lost", technology=_unsorted("lost")))
    assert page.narrowing is not None
    assert [row.name for row in page.rows] == ["Edge ai"]
    assert [(chip.name, chip.count, chip.is_current) for chip in page.narrowing.fields] == [
        ("All fields", 2, False),
        ("AI", 1, True),
        ("unsorted", 1, False),
    ]
    assert [row.words for row in page.narrowing.chosen] == ["field AI"]
    assert page.narrowing.chosen[0].url == "/"


def test_choices_are_counted_under_the_other_filters_and_keep_them() -> None:
    cards = card("a", impact=score("5+")), card("b", impact=score("2"), opened=2020)
    page = asked("impact=5%2B", *cards)
    assert page.narrowing is not None
    impacts = [(chip.name, chip.count, chip.url) for chip in page.narrowing.impacts]
    assert impacts == [("5+", 1, "/"), ("2", 1, "/?impact=2&impact=5%2B")]
    window = page.narrowing.selects[2]
    assert [(option.value, option.count) for option in window.options if option.count] == [
        ("now", 1)
    ]
    assert ("impact", "5+") in page.narrowing.kept_by_selects


def test_what_matches_nothing_says_so_and_leads_back() -> None:
    page = asked("domain=no-such-field", card("edge-ai"))
    assert page.headline == "No technology matches all of these."
    assert page.narrowing is not None
    assert page.narrowing.url_of_all == "/"
    assert page.status == 200


def test_a_value_that_cannot_be_read_is_named_and_refused() -> None:
    page = asked("certainty=sure", card("edge-ai"))
    assert page.status == 400
    assert page.narrowing is not None
    assert "choose out of low, medium, high" in page.narrowing.errors[0]


def test_a_long_table_has_pages_that_keep_the_filters() -> None:
    cards = [card(f"t{number}") for number in range(201)]
    page = asked("domain=ai&page=2", *cards)
    assert page.narrowing is not None
    assert len(page.rows) == 1
    assert page.narrowing.pages == "/?domain=ai&page="
    assert len(map_page(published(*cards)).rows) == 201


def test_a_past_map_says_its_date_and_leads_back_to_now() -> None:
    dates = RecordDates(TODAY, (date(2025, 3, 1), date(2026, 5, 4)), (date(2026, 5, 9),))
    record = published(card("edge-ai"), past=Past(as_of=date(2025, 3, 1)), dates=dates)
    page = map_page(record, QueryDict("as_of=2025-03-01&domain=ai"))
    assert page.past is not None
    assert page.is_past
    assert "1 March 2025" in page.past.sentence
    assert page.past.url_of_now == "/?domain=ai"
    assert [stop.value for stop in page.past.spoken.stops] == ["2025-03-01", "2026-05-04", ""]
    assert page.past.spoken.words == "1 March 2025"
    now = map_page(published(card("edge-ai"), dates=dates), QueryDict(""))
    assert not now.is_past


def test_of_many_dates_the_last_of_each_month_can_be_chosen() -> None:
    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(90)]
    assert thinned(days) == [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
    assert thinned(days[:5]) == days[:5]


def test_a_domain_that_is_no_field_any_more_is_unsorted() -> None:
    page = map_page(published(card("lost", technology=_unsorted("lost"))))
    assert page.rows[0].field == Field("unsorted", "?", "other", "unsorted")


def test_an_empty_record_says_so() -> None:
    assert map_page(published()).headline == "Nothing is published yet."


def _unsorted(slug: str) -> dict[str, object]:
    return {"slug": slug, "name": slug, "aliases": [], "domains": ["Gone"], "variant_of": None}
