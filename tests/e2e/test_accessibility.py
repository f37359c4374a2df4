"""Whoever opens a page meets no barrier on it, in either theme and at any width."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from config.routes import ROUTES
from tests.e2e.conftest import OpenPage
from tests.e2e.visits import EVERYBODY, VISITS, Visit
from tests.e2e.watching import Watch
from tests.site import Site

pytestmark = pytest.mark.e2e

RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")
# The dark theme has the same page, in other colours.
OF_COLOURS = ("color-contrast", "link-in-text-block")
ASKED = {
    "light": {"type": "tag", "values": RULES},
    "dark": {"type": "rule", "values": OF_COLOURS},
}
AXE_OPTIONS = {"resultTypes": ["violations"], "preload": False}
WIDTHS = (320, 360, 768, 1280)
LOOKS = ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark"))
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > innerWidth)
  .slice(0, 5).map(element => element.outerHTML.slice(0, 120))"""
CHART_TOO_WIDE = """() => [...document.querySelectorAll(".chart-plot")]
  .some(plot => plot.scrollWidth > plot.clientWidth + 1)"""

Looks = tuple[tuple[int, Any], ...]


@dataclass
class Window:
    page: Page
    watch: Watch


@pytest.fixture(scope="module")
def windows(live_site: Site, sessions: dict[str, Any], browser: Browser) -> dict[str, Window]:
    """One window a person for all visits: a new one would fetch fonts and scripts each time."""
    return {person: new_window(live_site, browser, sessions.get(person)) for person in EVERYBODY}


def new_window(site: Site, browser: Browser, session: Any) -> Window:
    context = browser.new_context(base_url=site.url, storage_state=session)
    watch = Watch(site.url, refusals_are_meant=True)
    watch.follow(context)
    return Window(context.new_page(), watch)


def openings() -> Iterator[Any]:
    for visit in VISITS:
        for number, person in enumerate(visit.people):
            # What the role changes is little, so whoever is not the first sees one look.
            looks = (LOOKS[number % 2 * 2],) if number else LOOKS
            yield pytest.param(visit, person, looks, id=f"{visit.name}, {person or 'visitor'}")


def arrive(page: Page, visit: Visit, addresses: dict[str, str]) -> None:
    answer = page.goto(visit.path.format_map(addresses))
    assert answer is not None
    assert answer.status == visit.status
    assert answer.request.redirected_from is None
    if visit.then:
        visit.then(page)


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def settle(page: Page) -> None:
    """Waits for charts that are drawn again for another width; one that stays too wide is found."""
    for _ in range(40):
        if not page.evaluate(CHART_TOO_WIDE):
            return
        page.wait_for_timeout(50)


def scrolls_sideways(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        resize(page, width)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            found.append(f"{needed} px wide at {width}: {page.evaluate(TOO_WIDE)}")
    return found


def barriers(page: Page, looks: Looks, within: str = "document") -> list[str]:
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, theme in looks:
        resize(page, width)
        page.emulate_media(color_scheme=theme)
        settle(page)
        options = json.dumps({**AXE_OPTIONS, "runOnly": ASKED[theme]})
        for violation in page.evaluate(f"axe.run({within}, {options}).then(r => r.violations)"):
            places = [node["html"][:160] for node in violation["nodes"][:4]]
            found.append(f"{violation['id']} at {width} px, {theme}: {places}")
    return found


@pytest.mark.parametrize(("visit", "person", "looks"), list(openings()))
def test_a_page_has_no_barrier(
    visit: Visit,
    person: str,
    looks: Looks,
    windows: dict[str, Window],
    addresses: dict[str, str],
) -> None:
    window = windows[person]
    window.watch.complaints.clear()
    arrive(window.page, visit, addresses)
    assert scrolls_sideways(window.page) == []
    assert barriers(window.page, looks) == []
    assert window.watch.complaints == []


@pytest.mark.parametrize(("menu", "width"), [("More", 360), ("admin", 360), ("admin", 1280)])
def test_an_open_menu_has_no_barrier(menu: str, width: int, open_page: OpenPage) -> None:
    page = open_page("admin", viewport={"width": width, "height": 900})
    page.goto("/accounts/people/")
    page.get_by_role("banner").get_by_text(menu, exact=True).click()
    assert barriers(page, ((width, "light"), (width, "dark")), "'details[open]'") == []
    assert scrolls_sideways(page) == []


def test_what_is_not_visited_shows_no_page(open_page: OpenPage) -> None:
    visited = {visit.route for visit in VISITS}
    paths = [some_address(route.path) for route in ROUTES if route.name not in visited]
    admin = open_page("admin").request
    answers = {path: admin.get(path, max_redirects=0) for path in paths}
    pages = {
        path: answer.status
        for path, answer in answers.items()
        if "text/html" in answer.headers["content-type"] and not is_no_page(path, answer.status)
    }
    assert pages == {}


def is_no_page(path: str, status: int) -> bool:
    """A refused method, or the sentence in the place of a file that is not there."""
    return status == 405 or (status == 404 and path.endswith(".csv"))


def some_address(path: str) -> str:
    return "/" + re.sub(r"<\w+:\w+>", "1", path)
