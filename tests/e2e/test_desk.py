"""An analyst's round of the day, by the keys alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.test_keyboard import go, tab_to

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("addresses")]

NAMES = "Kelp carbon, Energy\nSolar kites\tEnergy\nMemory crystals"


def press_and_follow(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_three_names_are_pasted_and_one_is_sketched(open_page: OpenPage) -> None:
    page = open_page("analyst")
    page.goto("/desk/")
    go(page, page.get_by_role("main").get_by_role("link", name="Paste a list"))
    tab_to(page, page.get_by_label("Names, one a line"))
    page.keyboard.insert_text(NAMES)
    page.keyboard.press("Tab")
    press_and_follow(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Of 3 lines: 3 new.")
    expect(page.get_by_role("button", name="Add 3 technologies")).to_be_focused()
    press_and_follow(page, "Enter")
    go(page, page.get_by_role("link", name="Memory crystals"))
    sketch(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You sketched Memory crystals.")
    expect(page.get_by_text("its expected rank would be")).to_be_visible()
    page.goto("/sketches/")
    row = page.locator(".rank-row", has_text="Memory crystals")
    expect(row.locator("svg.rank-drawing")).to_be_visible()
    page.goto("/ranking/")
    expect(page.get_by_role("main").get_by_text("Memory crystals")).to_have_count(0)


def sketch(page: Page) -> None:
    """Six keys and a sentence; one step back corrects a slip."""
    rows = page.get_by_role("radiogroup")
    expect(rows.first.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("Backspace")
    for key in ("3", "4", "0", "2", "+", "s"):
        page.keyboard.press(key)
    expect(page.get_by_label("One sentence")).to_be_focused()
    assert rows.nth(0).locator("input:checked").get_attribute("value") == "3"
    assert rows.nth(4).locator("input:checked").get_attribute("value") == "5+"
    page.keyboard.type("Glass keeps 5 data for 100 years.")
    expect(page.get_by_label("One sentence")).to_have_value("Glass keeps 5 data for 100 years.")
    press_and_follow(page, "Enter")


def test_enter_does_not_send_a_sketch_that_is_not_finished(open_page: OpenPage) -> None:
    page = open_page("analyst")
    page.goto("/sketches/new/?technology=flow-batteries")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radiogroup").nth(1).get_by_role("radio").first).to_be_focused()
    expect(page.locator(".error")).to_have_count(0)


def test_a_round_takes_one_key_a_card(open_page: OpenPage) -> None:
    page = open_page("editor")
    page.goto("/desk/round/")
    before = done(page)
    expect(page.get_by_role("button", name="Still right")).to_be_focused()
    press_and_follow(page, "s")
    assert done(page) == before + 1
    name = page.locator("[data-round] h2").inner_text()
    press_and_follow(page, "o")
    assert done(page) == before + 2
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Found open in a round")).to_be_visible()
    opened = page.locator("tr", has_text="Revise the card")
    expect(opened.filter(has_text=name)).to_have_count(1)


def done(page: Page) -> int:
    found = re.search(r"(\d+) of \d+ done", page.locator(".progress").first.inner_text())
    assert found
    return int(found[1])


def test_the_keys_of_the_round_are_left_alone_elsewhere(open_page: OpenPage) -> None:
    page = open_page("analyst")
    page.goto("/desk/round/")
    before = done(page)
    page.get_by_role("link", name="Desk", exact=True).last.focus()
    page.keyboard.press("s")
    page.keyboard.press("o")
    page.reload()
    assert done(page) == before
