"""The first ten minutes of somebody new, from the map to a list of their own.

TEN_MINUTES_SHOTS names a folder for a picture of each step; without it they go with the test.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assessments.services.demonstration import FOLDER
from tests.e2e.conftest import PATIENCE_MS, manage, session_of
from tests.e2e.watching import Watch
from tests.site import Site, start_site

pytestmark = pytest.mark.e2e

NAMES = ("Tidal power", "Airborne wind", "Osmotic power")


@dataclass
class Walk:
    """One person's window, and a picture of each step taken in it."""

    site: Site
    page: Page
    folder: Path
    taken: list[Path] = field(default_factory=list)

    def shoot(self, name: str, page: Page | None = None) -> None:
        shot = self.folder / f"{len(self.taken) + 1:02}-{name}.png"
        (page or self.page).screenshot(path=shot, full_page=True)
        self.taken.append(shot)

    def next_stop(self, title: str) -> None:
        """On by the line at the top of the page."""
        strip = self.page.get_by_role("complementary", name="Ten minutes")
        strip.get_by_role("link", name=f"Next stop: {title}").click()
        expect(strip.get_by_text(f": {title}.")).to_be_visible()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own, since the walk ends by removing the demonstration."""
    site = start_site(tmp_path / "site")
    yield site
    site.stop()


@pytest.fixture
def walk(house: Site, browser: Browser, tmp_path: Path) -> Iterator[Walk]:
    folder = Path(os.environ.get("TEN_MINUTES_SHOTS") or tmp_path / "shots")
    folder.mkdir(parents=True, exist_ok=True)
    watch = Watch(house.url)
    context = _window(house, browser, "analyst")
    watch.follow(context)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield Walk(house, page, folder)
    context.close()
    assert watch.complaints == []


def _window(site: Site, browser: Browser, username: str) -> BrowserContext:
    state: Any = session_of(browser, site, username, site.password(username))
    return browser.new_context(base_url=site.url, storage_state=state)


def test_ten_minutes(walk: Walk, browser: Browser, tmp_path: Path) -> None:
    offered_on_the_map(walk)
    the_map_and_one_sentence(walk)
    scored_blind(walk)
    the_ranking_moves(walk)
    side_by_side(walk)
    another_date_and_a_filter(walk)
    what_can_turn_out_wrong(walk)
    a_sentence_that_nobody_could_mark(walk)
    the_exported_map_opens_from_the_disk(walk, browser, tmp_path / "map")
    a_list_of_ones_own(walk, browser)
    assert len(walk.taken) >= 10
    assert all(shot.stat().st_size > 10_000 for shot in walk.taken)


def offered_on_the_map(walk: Walk) -> None:
    walk.page.goto("/")
    walk.page.get_by_role("link", name="ten minutes through it").click()
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("Ten minutes")
    walk.shoot("stops")


def the_map_and_one_sentence(walk: Walk) -> None:
    walk.page.get_by_role("link", name="Begin with the map").click()
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("300 billion dollars")
    expect(walk.page.locator("main .drawing svg:visible").first).to_be_visible()
    walk.shoot("map")


def scored_blind(walk: Walk) -> None:
    walk.next_stop("Score neuromorphic computing blind")
    said = walk.page.content()
    assert not [summary for summary in summaries("neuromorphic-computing") if summary in said]
    for key in "533222":
        walk.page.keyboard.press(key)
    walk.page.get_by_label("One sentence").fill("Chips that compute like nerves find one use.")
    walk.shoot("blind")
    walk.page.get_by_role("button", name="Save the sketch").click()
    against = walk.page.get_by_role("heading", name="Yours against the team’s published card")
    expect(against).to_be_visible()
    viability = walk.page.get_by_role("row", name="Viability")
    expect(viability.locator("[data-level='5']")).to_be_visible()
    walk.shoot("against-the-team")


def summaries(slug: str) -> list[str]:
    """What the demonstration's cards say of the technology."""
    cards = json.loads((FOLDER / "cards.json").read_text("utf-8"))["cards"]
    return [card["summary"] for card in cards if card["technology"]["slug"] == slug]


def the_ranking_moves(walk: Walk) -> None:
    expect(walk.page.get_by_role("heading", name="The ranking if this counted")).to_be_visible()
    expect(walk.page.locator("main .spoken")).to_contain_text("its expected rank would go from")
    walk.next_stop("Your ranking beside the team’s")
    expect(
        walk.page.get_by_role("main").get_by_text("Neuromorphic computing").first
    ).to_be_visible()
    walk.shoot("own-ranking")
    walk.next_stop("The ranking that readers get")
    expect(walk.page.get_by_role("heading", name="Band 1")).to_be_visible()
    walk.shoot("ranking")


def side_by_side(walk: Walk) -> None:
    walk.next_stop("Side by side")
    for name in ("Neuromorphic computing", "Photonic computing", "Analog in-memory computing"):
        expect(walk.page.get_by_role("main").get_by_text(name).first).to_be_visible()
    expect(walk.page.locator(".chart-plot svg").first).to_be_visible()
    walk.shoot("compare")


def another_date_and_a_filter(walk: Walk) -> None:
    """The year before knew less; a filter goes into the address, which can be sent to others."""
    walk.next_stop("The map of a year ago")
    expect(walk.page.get_by_role("main")).to_contain_text("November 2025")
    assert "as_of=20" in walk.page.url
    walk.shoot("map-of-a-year-ago")
    tour = walk.page.url
    walk.page.get_by_role("navigation", name="Fields").get_by_role("link", name="Energy").click()
    walk.page.wait_for_url("**domain=energy**")
    assert "as_of=20" in walk.page.url
    rows = walk.page.locator("#table tbody tr")
    for field_name in rows.locator("td:nth-of-type(1)").all_inner_texts():
        assert "energy" in field_name.casefold()
    walk.shoot("map-of-energy")
    walk.page.goto(tour)


def what_can_turn_out_wrong(walk: Walk) -> None:
    walk.next_stop("What can turn out wrong")
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("The first is due on")
    walk.shoot("predictions")


def a_sentence_that_nobody_could_mark(walk: Walk) -> None:
    """The cause is caught, two questions are offered, and the figure stands beside its fan."""
    walk.next_stop("A sentence that nobody could mark")
    panel = walk.page.locator("#prediction-panel")
    expect(panel.get_by_role("heading", name="Ask two questions instead")).to_be_visible()
    expect(panel).to_contain_text("cause")
    walk.shoot("loose-sentence")
    panel.get_by_role("button", name="Fill the form with the figure").click()
    expect(panel).to_contain_text("OECD")
    chart = walk.page.locator("#prediction-chart")
    expect(chart.locator("svg:visible")).to_be_visible()
    expect(chart).to_contain_text("of 100 paths")
    walk.shoot("rewritten")


def the_exported_map_opens_from_the_disk(walk: Walk, browser: Browser, folder: Path) -> None:
    manage(walk.site, "export_map", str(folder))
    asked: list[str] = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("300 billion dollars")
    walk.shoot("exported-map", page)
    page.get_by_role("main").get_by_role("link", name="Nuclear fusion").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nuclear fusion")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def a_list_of_ones_own(walk: Walk, browser: Browser) -> None:
    """The editor leaves the demonstration behind and pastes the names of their own field."""
    context = _window(walk.site, browser, "editor")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/")
    page.get_by_role("link", name="Start with your own list").click()
    expect(page.get_by_text("29 technologies of the demonstration")).to_be_visible()
    walk.shoot("own-list", page)
    page.get_by_label("Type the word remove").fill("remove")
    page.get_by_role("button", name="Remove the demonstration").click()
    expect(page.get_by_role("status")).to_contain_text("are gone")
    page.locator("textarea").fill("\n".join(NAMES))
    page.get_by_role("button", name="See what it would add").click()
    walk.shoot("pasted", page)
    page.get_by_role("button", name="Add 3 technologies").click()
    for name in NAMES:
        expect(page.get_by_role("main").get_by_text(name).first).to_be_visible()
    walk.shoot("backlog", page)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing is published yet.")
    expect(page.get_by_role("complementary", name="Demonstration")).to_have_count(0)
    walk.shoot("empty-house", page)
    context.close()
