"""The map of another date: by the slider, and without a script by the list of dates."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e


def test_the_slider_changes_the_map_and_keeps_focus_and_filters(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/?domain=energy")
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("status").get_by_text("known today")).to_be_visible()
    expect(page).to_have_url(re.compile(r"domain=energy&as_of=\d{4}-"))
    expect(slider).to_be_focused()
    page.get_by_role("link", name="Back to now").click()
    expect(page).to_have_url(re.compile(r"/\?domain=energy$"))
    expect(page.get_by_text("known today")).to_have_count(0)


def test_without_a_script_the_dates_are_a_list(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("slider")).to_have_count(0)
    page.get_by_label("What the record says about", exact=True).select_option(index=3)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("known today")).to_be_visible()
