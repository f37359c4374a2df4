"""Scripts only add comfort: every page and the whole way of a card work without them."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.scoring import (
    Judgement,
    add_technology,
    approve_and_publish,
    fill_card,
    part,
    send_to_review,
)
from tests.e2e.watching import Watch

pytestmark = pytest.mark.e2e

ALGAE = Judgement("Algae fuel", field="Biology")
SHOWN = {
    "/": "#table tbody tr",
    "/ranking/": ".rank-row svg",
    "/technologies/": "tbody tr",
    "/technologies/quantum-computers/": ".scores tbody tr",
    "/changes/": "time",
    "/method/": "table",
    "/runs/": "tbody tr",
    "/runs/1/": ".facts",
    "/accounts/sign-in/": "main form",
}


def plain(open_page: OpenPage, person: str = "") -> Page:
    return open_page(person, java_script_enabled=False)


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_shows_what_it_has(open_page: OpenPage, path: str) -> None:
    page = plain(open_page)
    page.goto(path)
    expect(page.locator(SHOWN[path]).first).to_be_visible()


def test_the_menus_open(open_page: OpenPage) -> None:
    page = plain(open_page, "editor")
    page.goto("/")
    page.get_by_role("banner").get_by_text("editor").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_nothing_is_offered_that_needs_a_script(open_page: OpenPage) -> None:
    page = plain(open_page, "analyst")
    page.goto("/cards/new/?technology=solar-pv")
    expect(page.get_by_role("button", name="Add another")).to_have_count(0)
    expect(page.get_by_role("button", name="Light")).to_have_count(0)
    expect(page.get_by_role("group", name="Company 1")).to_be_visible()


def test_a_refused_card_says_why_and_keeps_what_was_typed(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.refusals_are_meant = True
    page = plain(open_page, "analyst")
    page.goto("/cards/new/?technology=genome-sequencing")
    part(page, "novelty").locator("[value='4']").check()
    page.get_by_label("Summary").fill("What one reads in a cell.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved.")
    expect(part(page, "novelty").locator("[value='4']")).to_be_checked()
    expect(page.get_by_label("Summary")).to_have_value("What one reads in a cell.")


def test_a_card_reaches_readers(open_page: OpenPage) -> None:
    analyst = plain(open_page, "analyst")
    add_technology(analyst, ALGAE)
    fill_card(analyst, ALGAE)
    send_to_review(analyst)
    approve_and_publish(plain(open_page, "editor"), ALGAE)
    reader = plain(open_page)
    reader.goto(f"/technologies/{ALGAE.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text(ALGAE.name)
