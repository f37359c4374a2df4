"""An editor makes a lens: a region without room is refused, and its ranking follows by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.watching import Watch

pytestmark = pytest.mark.e2e
MINUTES = 120_000


def test_a_lens_is_made_seen_and_ranked_by(open_page: OpenPage, watch: Watch) -> None:
    watch.refusals_are_meant = True
    page = open_page("editor")
    page.goto("/ranking/")
    page.get_by_role("link", name="What each lens counts").click()
    page.get_by_role("link", name="Make a lens").click()
    page.get_by_label("Name", exact=True).fill("Port authority")
    page.locator("[name=low-viability]").fill("70")
    page.locator("[name=low-impact]").fill("60")
    page.get_by_role("button", name="Save the lens").click()
    expect(page.get_by_text("the lower bounds add up to 130 %")).to_be_visible()
    page.locator("[name=low-viability]").fill("30")
    page.locator("[name=low-impact]").fill("")
    page.get_by_role("button", name="Show the mean weights").click()
    expect(page.locator("#preview")).to_contain_text("Nothing is saved yet.")
    expect(page.locator("#preview tr", has_text="Viability")).to_contain_text("44")
    page.get_by_role("button", name="Save the lens").click()
    expect(page).to_have_url(re.compile(r"/lenses/"))
    made = page.get_by_role("article", name="Port authority")
    expect(made).to_contain_text("viability at least 30")
    made.get_by_role("link", name="The ranking under this lens").click()
    expect(page).to_have_url(re.compile(r"lens=port-authority"))
    ranked = page.get_by_text("Lens: Port authority · as of")
    expect(ranked).to_be_visible(timeout=MINUTES)
