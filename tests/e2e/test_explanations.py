"""A visitor asks why a technology stands where it stands, and what puts it ahead of another."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e

TECHNOLOGY = "/technologies/chiplets/"
COMPARISON = "/compare/?t=chiplets&t=quantum-annealing"


@pytest.fixture
def page(open_page: OpenPage, addresses: dict[str, str]) -> Page:
    """After the first runs are finished."""
    return open_page()


def test_from_the_rank_to_what_drives_it_and_to_its_neighbours(page: Page) -> None:
    page.goto(TECHNOLOGY)
    standing = page.locator(".section", has=page.get_by_role("heading", name="Where it stands"))
    expect(standing.get_by_text("expected rank").first).to_be_visible()
    expect(standing.get_by_role("heading", name="What drives it, in ranks")).to_be_visible()
    standing.get_by_text("The same in a table").click()
    expect(standing.locator("details[open] tbody tr").first).to_contain_text("viability")
    with page.expect_download() as data:
        standing.get_by_role("link", name="Data as CSV").click()
    assert "impact," in data.value.path().read_text()
    page.get_by_role("link", name="Compare with its neighbours").click()
    expect(page.locator("#ranks li").first).to_contain_text("of 100 draws")
    expect(page.locator("#reasons")).to_contain_text("points of worth")


def test_what_parts_two_is_drawn_listed_and_a_file(page: Page) -> None:
    page.goto(COMPARISON)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"of 100 draws(, mostly by \w+( and \w+)?)?\.$")
    )
    chart = page.locator("#reasons")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("[data-drawn]")).to_have_count(1)
    expect(chart.locator(".spoken")).to_contain_text("100 draws")
    chart.get_by_text("The same in a table").click()
    expect(chart.locator("tbody tr")).to_have_count(5)
    with page.expect_download() as data:
        chart.get_by_role("link", name="Data as CSV").click()
    lines = data.value.path().read_text().splitlines()
    assert lines[0].startswith("Technology,Against,Dimension,")
    assert len(lines) == 6


def test_on_a_narrow_screen_and_without_scripts_nothing_is_lost(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.goto(TECHNOLOGY)
    expect(page.get_by_role("heading", name="What drives it, in ranks")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(COMPARISON)
    page.locator("#reasons").get_by_text("The same in a table").click()
    expect(page.locator("#reasons tbody tr")).to_have_count(5)
