"""From an empty folder to a ranked technology that is still there the next day."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.people import sign_in
from tests.e2e.scoring import (
    Judgement,
    add_technology,
    approve_and_publish,
    fill_card,
    send_to_review,
)
from tests.e2e.watching import Watch
from tests.site import Site, processes_of, start_site

pytestmark = pytest.mark.e2e

SAND = Judgement("Sand batteries")
COMPUTING_MS = 60_000


class House:
    """A running site and the browsers that look at it."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.watch = Watch(site.url)
        self.contexts: list[Any] = []

    def window(self) -> Page:
        """As on another computer: nobody is signed in."""
        context = self.browser.new_context(base_url=self.site.url)
        self.contexts.append(context)
        self.watch.follow(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    def close(self) -> None:
        """Nothing that a page may not do was done; afterwards no page asks the site any more."""
        for context in self.contexts:
            context.close()
        assert self.watch.complaints == []

    def sign_in_links(self) -> dict[str, str]:
        """Those that `make run` printed below its ready line."""
        assert self.site.process.stdout is not None
        links = {}
        while len(links) < 2:
            words = self.site.process.stdout.readline().split()
            if words[:3] == ["sign", "in", "as"]:
                links[words[3]] = words[-1]
        return links


def test_a_new_technology_reaches_readers_and_stays(tmp_path: Path, browser: Browser) -> None:
    site = start_site(tmp_path / "var")
    try:
        revisions = first_day(House(site, browser))
        assert site.stop()[0] == 0
        assert processes_of(site.var_dir) == {}
        site = start_site(tmp_path / "var")
        next_day(House(site, browser), revisions)
    finally:
        code, _ = site.stop()
    assert code == 0
    assert processes_of(site.var_dir) == {}


def first_day(house: House) -> str:
    """Where the revisions of the new card are."""
    analyst, editor, reader = house.window(), house.window(), house.window()
    sign_in(analyst, "analyst", house.site.password("analyst"))
    add_technology(analyst, SAND)
    fill_card(analyst, SAND)
    send_to_review(analyst)
    revisions = urlsplit(analyst.url).path

    ranking, the_map = open_and_keep(reader, "/ranking/"), open_and_keep(reader, "/")
    sign_in(editor, "editor", house.site.password("editor"))
    approve_and_publish(editor, SAND)
    appears(the_map)
    appears(ranking)
    is_ranked(ranking)

    visitor = house.window()
    visitor.goto(house.sign_in_links()["analyst"])
    expect(visitor.get_by_role("banner").get_by_text("analyst")).to_be_visible()
    house.close()
    return revisions


def open_and_keep(reader: Page, path: str) -> Page:
    """A page that lists what is published so far, marked so that a reload would show."""
    page = reader.context.new_page()
    page.goto(path)
    expect(page.locator("#table tbody tr").first).to_be_visible(timeout=COMPUTING_MS)
    expect(page.locator("#table").get_by_role("link", name=SAND.name)).to_have_count(0)
    page.evaluate("() => { document.documentElement.dataset.opened = 'once' }")
    return page


def appears(page: Page) -> None:
    """What was shown before stays until the new technology stands beside it."""
    rows = page.locator("#table tbody tr")
    new = page.locator("#table").get_by_role("link", name=SAND.name)
    while new.count() == 0:
        assert rows.count() > 20
        expect(new.or_(page.locator("#live"))).not_to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-opened", "once")


def is_ranked(page: Page) -> None:
    """With its band, its interval and its chances, never a bare number."""
    row = page.locator("#table tr", has=page.get_by_role("link", name=SAND.name))
    expect(row).to_contain_text("–")
    expect(page.locator(".rank-row", has_text=SAND.name).locator("svg").first).to_be_visible()


def next_day(house: House, revisions: str) -> None:
    reader = house.window()
    reader.goto(f"/technologies/{SAND.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text(SAND.name)
    reader.goto("/ranking/")
    is_ranked(reader)
    reader.goto("/")
    expect(reader.locator("#table").get_by_role("link", name=SAND.name)).to_be_visible()
    analyst = house.window()
    sign_in(analyst, "analyst", house.site.password("analyst"))
    analyst.goto(revisions)
    expect(analyst.get_by_role("row", name="Revision 1")).to_contain_text("published")
    house.close()
