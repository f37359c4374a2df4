"""Why the ranking moved: since a day, and between two runs, with the mouse and without scripts."""

import csv
import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e


def downloaded(page: Page, name: str) -> str:
    with page.expect_download() as event:
        page.get_by_role("link", name=name, exact=True).click()
    return event.value.path().read_text("utf-8")


def test_the_ranking_says_what_changed_since_a_day_and_why(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/ranking/")
    page.get_by_role("link", name="What changed").click()
    page.get_by_label("Since").fill("2026-01-01")
    page.get_by_role("button", name="Show what changed").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("moved since 1 January 2026")
    expect(page).to_have_url(re.compile(r"date=2026-01-01"))
    told = page.locator("#moved li")
    expect(told.filter(has_text="its own viability went from").first).to_be_visible()
    expect(page.locator("#entries")).to_contain_text("New in the ranking")
    rows = list(csv.DictReader(downloaded(page, "CSV").splitlines()))
    assert len(rows) == page.locator("#table tbody tr").count()
    assert any(float(row["Own scores"]) != 0 for row in rows)


def test_a_day_before_the_record_is_answered_in_words(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/ranking/since/?date=2001-01-01")
    expect(page.get_by_text("The record begins on")).to_be_visible()
    expect(page.get_by_role("link", name="See the ranking")).to_be_visible()


def test_two_runs_are_chosen_and_compared_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/runs/")
    page.get_by_role("link", name="Compare two rankings").click()
    first = page.get_by_label("From").locator("option", has_text="even-handed").last
    other = page.get_by_label("From").locator("option", has_text="moonshot").first
    page.get_by_label("From").select_option(str(first.get_attribute("value")))
    page.get_by_label("to", exact=True).select_option(str(other.get_attribute("value")))
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("technologies moved")
    expect(page.locator("#inputs")).to_contain_text("Moonshot")
    expect(page.locator("#agreement")).to_contain_text("Kendall")
    told = page.locator("#moved li").first
    expect(told).to_contain_text("the lens is Moonshot in place of Even-handed")


def test_a_run_is_taken_away_whole_and_says_how_firm_it_stands(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/runs/1/")
    expect(page.get_by_text("python manage.py rerun 1", exact=True)).to_be_visible()
    run = json.loads(downloaded(page, "JSON"))
    assert run["run"]["id"] == 1
    assert run["receipt"]["inputs_digest"] == run["run"]["inputs_digest"]
    page.goto("/runs/compare/")
    numbers = page.get_by_label("From").locator("option", has_text="even-handed").all()
    pages = [f"/runs/{option.get_attribute('value')}/" for option in numbers]
    firm = [address for address in pages if "half of the expected ranks" in read(page, address)]
    assert firm
    page.goto(firm[0])
    page.get_by_text("By technology, with the smallest change").click()
    expect(page.get_by_text("in place of").first).to_be_visible()


def read(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()
