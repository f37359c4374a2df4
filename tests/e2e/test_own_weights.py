"""Sliders that re-rank in place: by mouse, by key, and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e
ROWS = "#table tbody th"


def opened(page: Page, query: str = "") -> Page:
    page.goto(f"/ranking/{query}")
    page.get_by_text("Your own weights", exact=True).first.click()
    return page


def rows(page: Page) -> list[str]:
    return page.locator(f"{ROWS} a").all_inner_texts()


def test_a_slider_that_is_let_go_ranks_in_place_and_the_link_says_the_same(
    open_page: OpenPage,
) -> None:
    page = opened(open_page(), "?sort=p_top_10")
    usual = rows(page)
    slider = page.get_by_role("slider", name="Impact")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2, steps=5)
    expect(page).to_have_url(re.compile(r"sort=p_top_10$"))
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?weights=viability:20,.*impact:\d+&sort=p_top_10$"))
    expect(page.get_by_text("Each draw takes weights near these")).to_be_visible()
    ranked = rows(page)
    assert ranked != usual
    shared = open_page()
    shared.goto(page.url)
    assert rows(shared) == ranked
    expect(shared.get_by_role("slider", name="Impact")).to_have_value(slider.input_value())


def test_keys_move_a_slider_that_keeps_the_focus(open_page: OpenPage) -> None:
    page = opened(open_page())
    slider = page.get_by_role("slider", name="Novelty")
    slider.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("novelty:100"))
    expect(slider).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("novelty:97"))
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "97 of 100, a share of 55 %")
    page.get_by_role("link", name="Back to even-handed").click()
    expect(page).to_have_url(re.compile(r"/ranking/$"))


def test_all_weights_at_nought_say_what_is_missing_and_ask_nothing(open_page: OpenPage) -> None:
    page = opened(open_page())
    for name in ("Viability", "Drivers", "Novelty", "Diffusion", "Impact"):
        page.get_by_role("slider", name=name).focus()
        page.keyboard.press("Home")
    expect(page.get_by_text("All weights are 0")).to_be_visible()
    expect(page).not_to_have_url(re.compile("impact:0"))


def test_without_a_script_a_button_sends_the_weights(open_page: OpenPage) -> None:
    page = opened(open_page(java_script_enabled=False))
    page.get_by_role("slider", name="Viability").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Rank by these weights").click()
    expect(page).to_have_url(re.compile("weights=viability:0,drivers:20"))
    expect(page.get_by_text("Around viability 0 %")).to_be_visible()
    expect(page.get_by_role("slider", name="Viability")).to_have_value("0")


def test_a_lens_and_an_order_are_links_and_a_form(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/ranking/?domain=energy")
    page.get_by_role("navigation", name="Lens").get_by_role("link", name="Moonshot").click()
    expect(page).to_have_url(re.compile(r"domain=energy&lens=moonshot$"))
    page.goto("/ranking/?domain=energy")
    page.get_by_label("Sort by").select_option("first place")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page).to_have_url(re.compile(r"domain=energy&sort=p_first$"))
    page.get_by_role("link", name="Top 10 of 100").click()
    expect(page).to_have_url(re.compile("sort=p_top_10"))
