"""The running site, the people who use it, and a watch over every page they open."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.env import PROJECT
from tests.e2e.people import sign_in
from tests.e2e.scoring import (
    Judgement,
    add_technology,
    fill_card,
    save_draft,
    send_to_review,
)
from tests.e2e.watching import Watch
from tests.site import Site

# Two cores that also compute rankings answer slowly at times.
PATIENCE_MS = 20_000
DEMONSTRATION = ("analyst", "editor")

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


def manage(site: Site, *arguments: str) -> str:
    """What the command printed, given in another terminal than the site's own."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=os.environ
        | {"VAR_DIR": str(site.var_dir), "DJANGO_SETTINGS_MODULE": "config.settings.local"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="session")
def sessions(live_site: Site, browser: Browser) -> dict[str, Any]:
    """The cookies of one person of each role, after they signed in through the form."""
    passwords = {name: live_site.password(name) for name in DEMONSTRATION}
    passwords["admin"] = manage(live_site, "create_user", "admin", "--role", "admin")
    return {name: session_of(browser, live_site, name, given) for name, given in passwords.items()}


def session_of(browser: Browser, site: Site, username: str, password: str) -> Any:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    sign_in(page, username, password)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def addresses(live_site: Site, browser: Browser, sessions: dict[str, Any]) -> dict[str, str]:
    """Pages whose address is made while the site runs; the first runs are finished by then."""
    windows = {
        name: browser.new_context(base_url=live_site.url, storage_state=state).new_page()
        for name, state in sessions.items()
    }
    made = cards_of(windows["analyst"]) | {"reset": reset_link(live_site, windows["admin"])}
    made["invitation"] = manage(
        live_site, "create_user", "invited", "--role", "analyst", "--invite"
    )
    made["sketch"] = sketch_of(windows["analyst"])
    made["lens"] = lens_of(windows["editor"])
    made["minor"] = minor_edit_of(windows["analyst"])
    windows["editor"].goto("/runs/")
    finished = windows["editor"].get_by_role("heading", name="Every run is finished")
    expect(finished).to_be_visible(timeout=60_000)
    made |= computed(windows["editor"])
    for page in windows.values():
        page.context.close()
    return made


def computed(page: Page) -> dict[str, str]:
    """The newest ranking, and an open and a resolved prediction."""
    ranking = page.request.get("/api/v1/rankings/latest/").json()["run"]["id"]
    found = {"ranking": str(ranking)}
    for state in ("open", "resolved"):
        rows = page.request.get(f"/api/v1/predictions/?state={state}&limit=1").json()["results"]
        found[state] = f"/predictions/{rows[0]['id']}/"
    return found


def lens_of(editor: Page) -> str:
    editor.goto("/lenses/new/")
    editor.get_by_label("Name", exact=True).fill("Town fund")
    editor.get_by_role("button", name="Save the lens").click()
    address = editor.get_by_role("link", name="Change or retire").get_attribute("href")
    assert address
    return address


def reset_link(site: Site, admin: Page) -> str:
    manage(site, "create_user", "reader", "--role", "reader")
    admin.goto("/accounts/people/")
    admin.get_by_role("button", name="Password link for reader").click()
    return admin.get_by_label("Link").input_value()


def cards_of(analyst: Page) -> dict[str, str]:
    """A draft, a card in review, and the published lead card of somebody else."""
    add_technology(analyst, Judgement("Wave power"))
    draft = save_draft(analyst)
    draft_review = analyst.get_by_role("link", name="draft").first.get_attribute("href")
    tidal = Judgement("Tidal power")
    add_technology(analyst, tidal)
    fill_card(analyst, tidal)
    send_to_review(analyst)
    review = analyst.get_by_role("link", name="in review").first.get_attribute("href")
    analyst.goto("/cards/new/?technology=quantum-computers")
    lead = analyst.get_by_role("link", name="Revise the lead card instead").get_attribute("href")
    assert draft_review
    assert review
    assert lead
    lead = lead.removesuffix("edit/")
    return {"draft": draft, "draft_review": draft_review, "review": review, "lead": lead}


def sketch_of(analyst: Page) -> str:
    """A sketch of what somebody else's published card is about."""
    analyst.goto("/sketches/new/?technology=neuromorphic-computing")
    for row in analyst.get_by_role("radiogroup").all():
        row.get_by_role("radio").nth(2).check()
    analyst.get_by_label("One sentence").fill("Chips that compute like nerves find one use.")
    analyst.get_by_role("button", name="Save the sketch").click()
    expect(analyst.get_by_role("heading", name="The ranking if this counted")).to_be_visible()
    return urlsplit(analyst.url).path


def minor_edit_of(analyst: Page) -> str:
    """Other words on a published card."""
    analyst.goto("/cards/new/?technology=chiplets")
    analyst.get_by_role("link", name="Revise the lead card instead").click()
    analyst.get_by_label("In full").fill("Small dies, joined in one package.")
    analyst.get_by_role("button", name="Publish as a minor edit").click()
    expect(analyst.get_by_text("Readers see it at once")).to_be_visible()
    number = analyst.locator("tbody th a").first.get_attribute("href")
    assert number
    return number.replace("/revisions/", "/minor/")


@pytest.fixture
def watch(live_site: Site) -> Iterator[Watch]:
    """Whatever a page of this test did that no page may do fails the test at its end."""
    watch = Watch(live_site.url)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def open_page(
    live_site: Site, sessions: dict[str, Any], browser: Browser, watch: Watch
) -> Iterator[OpenPage]:
    """Makes a window for a person, or for a visitor who is nobody in particular."""
    contexts: list[BrowserContext] = []

    def open_page(person: str = "", **options: Any) -> Page:
        state = sessions[person] if person else None
        context = browser.new_context(base_url=live_site.url, storage_state=state, **options)
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield open_page
    for context in contexts:
        context.close()
