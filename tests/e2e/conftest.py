"""The running site, the people who use it, and a watch over every page they open."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.env import PROJECT
from tests.e2e.people import sign_in
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
    manage(live_site, "create_user", "reader", "--role", "reader")
    context = browser.new_context(base_url=live_site.url, storage_state=sessions["admin"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/runs/")
    expect(page.get_by_role("heading", name="Every run is finished")).to_be_visible(timeout=60_000)
    page.goto("/accounts/people/")
    page.get_by_role("button", name="Password link for reader").click()
    reset = page.get_by_label("Link").input_value()
    context.close()
    invited = ("create_user", "invited", "--role", "analyst", "--invite")
    return {"reset": reset, "invitation": manage(live_site, *invited)}


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
