"""The exported map as a browser opens it from the disk, and as judges from outside see it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config.env import PROJECT
from tests.conftest import missing
from tests.e2e.conftest import manage
from tests.e2e.test_accessibility import LOOKS, barriers, scrolls_sideways
from tests.site import Site

pytestmark = pytest.mark.e2e

PAGES = (
    "index.html",
    "ranking/index.html",
    "t/large-language-models/index.html",
    "t/quantum-annealing/index.html",
    "predictions/index.html",
    "method/index.html",
    "changes/index.html",
    "data/index.html",
)
VNU = PROJECT / ".tools" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FIGURES = """() => [...document.querySelectorAll("main td, main th, main svg text")]
  .map(element => element.textContent.trim())"""


@pytest.fixture(scope="module")
def folder(live_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, exported beside the running site."""
    target = tmp_path_factory.mktemp("export") / "map"
    manage(live_site, "export_map", str(target))
    return target


class Opened:
    """A page from the disk, with all that it asked for and complained of."""

    def __init__(self, browser: Browser, folder: Path, **given: object) -> None:
        self.context = browser.new_context(**given)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.folder = folder
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goto(self, path: str) -> Page:
        self.page.goto((self.folder / path.partition("#")[0]).as_uri() + _hash(path))
        return self.page


def _hash(path: str) -> str:
    return f"#{path.partition('#')[2]}" if "#" in path else ""


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Opened]:
    window = Opened(browser, folder)
    yield window
    window.context.close()


def test_no_page_asks_for_anything_but_its_own_files(opened: Opened) -> None:
    for path in PAGES:
        opened.goto(path)
    own = opened.folder.as_uri()
    assert [address for address in opened.asked if not address.startswith(own)] == []
    assert len(opened.asked) > len(PAGES)
    assert opened.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_every_figure_is_there_without_scripts(
    path: str, opened: Opened, browser: Browser, folder: Path
) -> None:
    bare = Opened(browser, folder, java_script_enabled=False)
    without = bare.goto(path).evaluate(FIGURES)
    assert without == opened.goto(path).evaluate(FIGURES)
    expect(bare.page.locator("#narrowing")).not_to_be_visible()
    if path == "index.html":
        assert bare.page.locator("#table tbody tr").count() == 25
    bare.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_an_exported_page_has_no_barrier(path: str, opened: Opened) -> None:
    page = opened.goto(path)
    assert scrolls_sideways(page) == []
    assert barriers(page, LOOKS) == []


def test_the_map_is_narrowed_and_the_choice_lies_in_the_address(opened: Opened) -> None:
    page = opened.goto("index.html")
    expect(page.locator("#narrowed")).to_have_text("26 technologies.")
    page.get_by_label("Field").select_option("quantum")
    expect(page.locator("#narrowed")).to_have_text("2 of 26 technologies match.")
    assert page.url.endswith("#domain=quantum")
    expect(page.get_by_role("row", name="Quantum computers")).to_be_visible()
    expect(page.get_by_role("row", name="Edge AI")).not_to_be_visible()
    page.reload()
    expect(page.locator("#narrowed")).to_have_text("2 of 26 technologies match.")
    page.get_by_label("Words").fill("nothing like it")
    expect(page.locator("#narrowed")).to_have_text("None of the 26 technologies matches.")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#narrowed")).to_have_text("26 technologies.")
    assert "#" not in page.url


def test_a_chip_of_the_technology_leads_to_its_field_on_the_map(opened: Opened) -> None:
    page = opened.goto("t/nuclear-fusion/index.html")
    page.locator(".opening .chip").click()
    expect(page.get_by_label("Field")).to_have_value("energy")


def test_a_column_sorts_up_and_down_and_says_so(opened: Opened) -> None:
    page = opened.goto("index.html")
    first = page.locator("#table tbody tr").first
    page.get_by_role("button", name="Technology").click()
    expect(first).to_contain_text("Analog in-memory computing")
    page.get_by_role("button", name="Impact if it succeeds").click()
    page.get_by_role("button", name="Impact if it succeeds").click()
    expect(first).to_contain_text("Large language models")
    expect(page.get_by_role("columnheader", name="Impact")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page.locator("[data-told]").first).to_have_text(
        "Sorted by Impact if it succeeds, highest first."
    )


def test_a_row_and_its_mark_point_at_each_other(opened: Opened) -> None:
    page = opened.goto("index.html")
    row = page.get_by_role("row", name="Edge AI")
    row.get_by_role("link").focus()
    mark = page.locator('.at-1200 a[href="t/edge-ai/index.html"]')
    expect(mark).to_have_class("field-ai is-found")
    mark.hover()
    expect(row).to_have_class("is-found")


def test_the_theme_that_was_chosen_stays(opened: Opened) -> None:
    page = opened.goto("index.html")
    page.get_by_role("button", name="Dark").click()
    opened.goto("ranking/index.html")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_validator_finds_no_error(folder: Path) -> None:
    if not VNU.is_file() or shutil.which("java") is None:
        missing("vnu (make .tools/node.stamp) or a Java runtime")
    pages = [str(path) for path in sorted(folder.rglob("*.html"))]
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--errors-only", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(pages) > 30
    assert done.stderr.splitlines()[:10] == []
    assert done.returncode == 0
