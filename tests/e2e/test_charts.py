"""Charts are drawn in both themes, within the policy, and leave their page whole."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e

COMPARISON = "/compare/?t=chiplets&t=quantum-annealing"
REFUSALS = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`);
});
"""
# The first mark of the chart, in the colour that is in force.
COLOUR = """() => getComputedStyle(document.querySelector(".chart-plot .xtick text")).fill"""


def drawn(page: Page, path: str) -> Page:
    page.add_init_script(REFUSALS)
    page.goto(path)
    chart = page.locator(".chart").first
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-drawn", "")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [COMPARISON, "/ranking/pairs/"])
def test_a_chart_is_drawn_and_the_policy_refuses_nothing(
    open_page: OpenPage, path: str, scheme: str
) -> None:
    page = drawn(open_page(color_scheme=scheme), path)
    marks = page.locator(".chart-plot .point, .chart-plot .textpoint")
    assert marks.count() > 0
    marks.first.hover(force=True)
    expect(page.locator(".chart-plot .hovertext").first).to_be_visible()
    assert page.evaluate("refused") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_chart_follows_the_theme(open_page: OpenPage) -> None:
    page = drawn(open_page(color_scheme="light"), COMPARISON)
    light = page.evaluate(COLOUR)
    page.get_by_role("button", name="Dark").click()
    page.wait_for_function(f"before => ({COLOUR})() !== before", arg=light)
    assert page.evaluate("refused") == []


def test_the_picture_and_the_data_of_a_chart_are_files(open_page: OpenPage) -> None:
    page = drawn(open_page(), COMPARISON)
    with page.expect_download() as picture:
        page.locator("#profile").get_by_role("button", name="Picture as PNG").click()
    assert picture.value.suggested_filename == "bellwether-profile.png"
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as data:
        page.locator("#profile").get_by_role("link", name="Data as CSV").click()
    assert "Chiplets,viability" in data.value.path().read_text()
    assert page.evaluate("refused") == []


def test_a_page_without_a_chart_does_not_fetch_the_program(open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/compare/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if re.search("plotly|charts", url)] == []


def test_without_scripts_the_sentence_and_the_table_remain(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(COMPARISON)
    page.locator("#profile").get_by_text("The same in a table").click()
    expect(page.locator("#profile table tbody tr")).to_have_count(10)
    expect(page.get_by_role("button", name="Picture as PNG")).to_have_count(0)
