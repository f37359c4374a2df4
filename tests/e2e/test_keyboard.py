"""Whatever can be done with a mouse can be done with the keys alone, and one sees where one is."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e

# Seen is what has a ring of two pixels at least and is not covered by anything else.
UNSEEN = """() => {
  const here = document.activeElement;
  const ring = getComputedStyle(here);
  const drawn = ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
  const covered = [...here.getClientRects()].every(box => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || !(here.contains(top) || top.contains(here) || top.control === here);
  });
  const fault = drawn ? (covered ? "covered: " : "") : "no ring: ";
  return fault && fault + here.outerHTML.slice(0, 160);
}"""
IS_AT_THE_END = "() => document.activeElement === document.body"
STOPS = 40


def stops_not_seen(page: Page) -> list[str]:
    """What the tab key comes to without one seeing it, among the first stops of the page."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(IS_AT_THE_END):
            break
        found.append(page.evaluate(UNSEEN))
    assert found
    return [place for place in found if place]


def make_stale(page: Page) -> Locator:
    """The live part asks again and gets a new one; the old one is what is returned."""
    live = page.locator("#live")
    live.evaluate(
        """live => {
          live.dataset.old = "yes";
          live.setAttribute("hx-vals", JSON.stringify({seen: "nothing"}));
        }"""
    )
    return page.locator("#live[data-old]")


def test_the_first_stop_leads_past_the_menus(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/ranking/", "/technologies/", "/accounts/sign-in/"])
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_every_stop_of_the_tab_key_is_seen(
    open_page: OpenPage, path: str, theme: Any, width: int
) -> None:
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 800})
    page.goto(path)
    assert stops_not_seen(page) == []


def test_an_update_leaves_the_focus_where_it_was(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/ranking/")
    link = page.locator("#table").get_by_role("link", name="Chiplets")
    link.focus()
    expect(make_stale(page)).to_have_count(0)
    expect(link).to_be_focused()


def test_an_update_that_removes_the_place_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/ranking/")
    link = page.locator("#table").get_by_role("link", name="Chiplets")
    link.evaluate("link => { link.href = '/technologies/gone/' }")
    link.focus()
    expect(make_stale(page)).to_have_count(0)
    expect(page.get_by_role("main")).to_be_focused()


def test_an_update_keeps_open_what_was_opened(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/runs/1/")
    page.get_by_text("The inputs as JSON").press("Enter")
    expect(make_stale(page)).to_have_count(0)
    expect(page.get_by_text("The inputs as JSON")).to_be_focused()
    expect(page.locator("details[open]")).to_have_count(1)


def test_a_menu_opens_and_closes_by_key(open_page: OpenPage) -> None:
    page = open_page("analyst")
    page.goto("/")
    menu = page.locator("details.menu", has=page.get_by_text("Sign out"))
    summary = menu.locator("summary")
    summary.press("Enter")
    expect(menu.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_menu_closes_when_the_focus_goes_on(open_page: OpenPage) -> None:
    page = open_page("analyst")
    page.goto("/")
    menu = page.locator("details.menu", has=page.get_by_text("Sign out"))
    menu.locator("summary").press("Enter")
    menu.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name="Sign out")).to_be_hidden()
