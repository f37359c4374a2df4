"""One prediction, from a loose sentence to its score, and back to open."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PATIENCE_MS, manage
from tests.e2e.people import sign_in
from tests.e2e.watching import Watch
from tests.site import Site, start_site

pytestmark = pytest.mark.e2e

MADE_ON, READ_ON = "2026-11-21", "2026-12-15"
COMPUTING_MS = 90_000
LOOSE = "By November 2026 robots will have lowered the day rate of a drilling rig by 5 % over 2025"
SERIES, NAME = "rig-day-rate", "Day rate of a drilling rig"
FIGURES = "period,value\n2026-06,131\n2026-07,128\n2026-08,124\n2026-09,119\n2026-10,116"


class Life:
    """The site on one day, and the people who come to it."""

    def __init__(self, browser: Browser, var_dir: Path) -> None:
        self.browser, self.var_dir = browser, var_dir
        self.contexts: list[Any] = []
        self.site: Site | None = None

    def begin(self, day: str) -> None:
        self.site = start_site(self.var_dir, BELLWETHER_TODAY=day)
        self.watch = Watch(self.site.url)

    def end(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        assert self.site
        self.site.stop()
        assert self.watch.complaints == []

    def window(self, username: str = "", password: str = "") -> Page:
        assert self.site
        context = self.browser.new_context(base_url=self.site.url)
        self.contexts.append(context)
        self.watch.follow(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        if username:
            sign_in(page, username, password or self.site.password(username))
        return page


@pytest.fixture
def life(tmp_path: Path, browser: Browser) -> Iterator[Life]:
    life = Life(browser, tmp_path / "var")
    yield life
    if life.site and life.site.process.poll() is None:
        life.site.stop()


def test_a_prediction_is_made_forecast_resolved_scored_and_undone(life: Life) -> None:
    life.begin(MADE_ON)
    analyst, editor = life.window("analyst"), life.window("editor")
    keep_the_series(analyst)
    a_loose_sentence_is_caught(analyst)
    address = made_in_parts(analyst)
    forecast(analyst, address, "70")
    published(editor, address)
    forecast(editor, address, "45")
    pooled(life.window(), address)
    assert life.site
    password = manage(life.site, "create_user", "second", "--role", "editor")
    life.end()

    life.begin(READ_ON)
    the_deciding_figure_comes(life.window("analyst"))
    reader = life.window()
    proposed_by_the_machine(reader, address)
    editor = life.window("editor")
    confirmed_from_the_desk(editor)
    expect_words(reader, address, "waits for its answer")
    confirmed_from_the_desk(life.window("second", password))
    resolved_and_scored(reader, address)
    undone(editor, address)
    expect_words(reader, address, "Undone")
    gone_from_the_record(reader)
    life.end()


def keep_the_series(page: Page) -> None:
    page.goto("/indicators/new/")
    for label, words in (
        ("Address", SERIES),
        ("Name", NAME),
        ("Unit", "thousand USD a day"),
        ("Published by", "The registry of rigs"),
        ("Days until release", "12"),
    ):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Progress is").select_option("down")
    page.get_by_label("Kind", exact=True).select_option("cost")
    page.get_by_label("One figure").select_option("month")
    page.get_by_role("button", name="Save, go to its figures").click()
    page.get_by_label("Table", exact=True).fill(FIGURES)
    page.locator("form").filter(has_text="A table").get_by_label("Published on").fill("2026-11-12")
    page.get_by_role("button", name="See what it would add").click()
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def a_loose_sentence_is_caught(page: Page) -> None:
    """The cause is named, no day is, and two questions are offered in its place."""
    page.goto("/predictions/new/?technology=deep-geothermal")
    page.get_by_label("In one sentence").fill(LOOSE)
    panel = page.locator("#prediction-panel")
    expect(panel.get_by_role("heading", name="Ask two questions instead")).to_be_visible()
    expect(panel).to_contain_text(re.compile("cause", re.IGNORECASE))
    expect(panel).to_contain_text("needed")
    panel.get_by_role("button", name="Fill the form with the figure").click()
    expect(page.get_by_label("In one sentence")).to_have_value(LOOSE)


def made_in_parts(page: Page) -> str:
    """The address of the prediction; every warning that stays is overruled with a reason."""
    page.get_by_label("Which figure decides?").select_option(SERIES)
    page.get_by_label("It has to be").select_option("at most")
    page.get_by_label("this number").fill("115")
    page.get_by_label("given", exact=True).select_option("absolute")
    page.get_by_label("Change since").fill("")
    page.get_by_label("By the end of which day?").fill("2026-11-30")
    page.get_by_role("button", name="Check it first").click()
    for reason in page.get_by_label("Or keep it, because").all():
        reason.fill("The registry counts the rigs that matter here.")
    page.get_by_role("button", name="Make the prediction").click()
    page.wait_for_url(re.compile(r"/predictions/deep-geothermal-2026-\d+/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("115")
    expect(page.get_by_text("draft, not published")).to_be_visible()
    return urlsplit(page.url).path


def forecast(page: Page, address: str, chance: str) -> None:
    page.goto(f"{address}forecast/")
    page.get_by_label("The chance that it is true, in 100").fill(chance)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("status").first).to_contain_text("Recorded.")


def published(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_role("status").first).to_contain_text("Readers see it from now on.")


def pooled(page: Page, address: str) -> None:
    """Both people and the model stand in the table, each with a weight, and the chart is drawn."""
    page.goto(address)
    table = page.locator("#opinions table")
    for name in ("analyst", "editor", "The model", "Pooled"):
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
        expect(row).to_contain_text("%", timeout=COMPUTING_MS)
    expect(page.locator("#fan svg:visible").first).to_be_visible()
    expect(page.locator(".pooled")).to_contain_text("of 100")


def the_deciding_figure_comes(page: Page) -> None:
    page.goto(f"/indicators/{SERIES}/observations/new/")
    form = page.locator("form").filter(has_text="One figure")
    form.get_by_label("Period").fill("2026-11")
    form.get_by_label("Value").fill("113")
    form.get_by_label("Published on").fill("2026-12-12")
    page.get_by_role("button", name="Save the figure").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def proposed_by_the_machine(page: Page, address: str) -> None:
    expect_words(page, address, "waits for its answer")


def confirmed_from_the_desk(page: Page) -> None:
    page.goto("/desk/")
    row = page.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("yes, by the deciding figure")
    row.get_by_role("link").click()
    page.locator("#confirm").get_by_label("Why").fill("The registry printed 113 for November.")
    page.get_by_role("button", name="Confirm the answer").click()
    expect(page.get_by_text("You stand behind the answer now.")).to_be_visible()


def resolved_and_scored(page: Page, address: str) -> None:
    """Both people, the model and the pool are scored on what they said halfway."""
    expect_words(page, address, "It came out yes")
    expect_words(page, "/predictions/record/", NAME)
    row = page.get_by_role("table", name="Resolved predictions").get_by_role("row", name=NAME)
    for words in ("yes", "analyst", "editor", "model", "pool"):
        expect(row).to_contain_text(re.compile(words, re.IGNORECASE))


def undone(page: Page, address: str) -> None:
    page.goto(f"{address}resolve/")
    page.get_by_label("Why").fill("The registry took the figure of November back.")
    page.get_by_role("button", name="Undo the resolution").click()
    expect(page.get_by_text("The prediction is open again.")).to_be_visible()


def gone_from_the_record(page: Page) -> None:
    for _ in range(COMPUTING_MS // 2000):
        page.goto("/predictions/record/")
        if not page.get_by_role("main").get_by_text(NAME).count():
            break
        page.wait_for_timeout(2000)
    expect(page.get_by_role("main")).not_to_contain_text(NAME)


def expect_words(page: Page, address: str, words: str) -> None:
    """Looks again until a worker has done its part."""
    for _ in range(COMPUTING_MS // 2000):
        page.goto(address)
        if page.get_by_role("main").get_by_text(words).count():
            return
        page.wait_for_timeout(2000)
    expect(page.get_by_role("main")).to_contain_text(words)
