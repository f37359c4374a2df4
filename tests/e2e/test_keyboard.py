"""Whatever can be done with a mouse can be done with the keys alone, and one sees where one is."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.scoring import LEVELS, RATIONALE, SUMMARY, Judgement, part
from tests.site import Site

pytestmark = pytest.mark.e2e

KELP = Judgement("Kelp farming")

# Seen is what has a ring of two pixels at least and is not covered by anything else.
UNSEEN = """() => {
  const here = document.activeElement;
  const drawn = [here, here.closest("label")].filter(Boolean).map(getComputedStyle)
    .some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const covered = [...here.getClientRects()].every(box => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || !(here.contains(top) || top.contains(here));
  });
  const fault = drawn ? (covered ? "covered: " : "") : "no ring: ";
  return fault && fault + here.outerHTML.slice(0, 160);
}"""
IS_AT_THE_END = "() => document.activeElement === document.body"
STOPS = 40
# No page of ours has as many stops of the tab key between two things one does.
WAY = 120


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


def tab_to(page: Page, target: Locator) -> None:
    """Goes on by the tab key until the target has the focus; each stop on the way is seen."""
    unseen = []
    for _ in range(WAY):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(UNSEEN))
        if target.evaluate("target => target === document.activeElement"):
            break
    expect(target).to_be_focused()
    assert [place for place in unseen if place] == []


def write(page: Page, target: Locator, text: str) -> None:
    tab_to(page, target)
    page.keyboard.insert_text(text)


def choose(page: Page, group: Locator, place: int) -> None:
    """The choice at that place among the radio buttons of the group, of which none is chosen."""
    tab_to(page, group.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(place - 1):
        page.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio").nth(place - 1)).to_be_checked()


def go(page: Page, target: Locator) -> None:
    """Follows a link, or sends a form; until the next page is there, keys would go astray."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in_by_key(page: Page, username: str, password: str) -> None:
    page.goto("/")
    go(page, page.get_by_role("link", name="Sign in"))
    write(page, page.get_by_label("Username"), username)
    write(page, page.get_by_label("Password"), password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("banner").get_by_text(username)).to_be_visible()


def score_by_key(page: Page) -> None:
    go(page, page.get_by_role("banner").get_by_role("link", name="Score a technology"))
    go(page, page.get_by_role("link", name="Add a technology").first)
    write(page, page.get_by_label("Name", exact=True), KELP.name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(KELP.name)
    for dimension, level in zip(LEVELS, KELP.levels, strict=True):
        scored = part(page, dimension)
        choose(page, scored.get_by_role("group", name="Level of"), level)
        choose(page, scored.get_by_role("group", name="twelve months"), 2)
        write(page, scored.get_by_label("Why this level"), RATIONALE)
    timing = part(page, "timing")
    write(page, timing.get_by_label("From the year"), str(KELP.window[0]))
    write(page, timing.get_by_label("To the year"), str(KELP.window[1]))
    choose(page, timing.get_by_role("group", name="How sure"), 2)
    write(page, timing.get_by_label("Why this window"), RATIONALE)
    write(page, page.get_by_label("Summary"), SUMMARY)
    go(page, page.get_by_role("button", name="Save and send to review"))
    expect(page.get_by_text("It waits for a second pair of eyes.")).to_be_visible()


def publish_by_key(page: Page) -> None:
    go(page, page.get_by_role("banner").get_by_role("link", name="Review"))
    go(page, page.get_by_role("link", name=KELP.name))
    go(page, page.get_by_role("button", name="Approve", exact=True))
    expect(page.get_by_text("Approved. It can be published now.")).to_be_visible()
    go(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("A new ranking is being computed.")).to_be_visible()


def test_a_card_is_scored_reviewed_and_published_by_key(
    open_page: OpenPage, live_site: Site
) -> None:
    analyst, editor = open_page(), open_page()
    sign_in_by_key(analyst, "analyst", live_site.password("analyst"))
    score_by_key(analyst)
    sign_in_by_key(editor, "editor", live_site.password("editor"))
    publish_by_key(editor)
