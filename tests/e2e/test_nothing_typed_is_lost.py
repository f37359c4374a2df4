"""What is typed survives a closed window and a session that ended."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import sign_in
from tests.e2e.scoring import Judgement, add_technology, save_draft
from tests.site import Site

pytestmark = pytest.mark.e2e

TYPED = "Typed for an hour, in a window of its own."


def card_of(page: Page, name: str) -> str:
    add_technology(page, Judgement(name))
    return f"{save_draft(page)}edit/"


def test_what_is_typed_is_back_after_the_window_was_closed(open_page: OpenPage) -> None:
    page = open_page("analyst")
    path = card_of(page, "Peat drills")
    page.goto(path)
    page.get_by_label("Summary").fill(TYPED)
    expect(page.get_by_text("Draft kept at")).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.goto(path)
    expect(again.get_by_label("Summary")).to_have_value(TYPED)
    expect(again.get_by_text("It is not saved as a revision yet.")).to_be_visible()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def own_session(request: Any, live_site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A session that may end without ending that of the other tests."""
    context = browser.new_context(base_url=live_site.url, java_script_enabled=request.param)
    sign_in(context.new_page(), "analyst", live_site.password("analyst"))
    yield context
    context.close()


def test_a_save_after_the_session_ended_comes_along_through_the_sign_in(
    own_session: BrowserContext, live_site: Site, open_page: OpenPage, request: Any
) -> None:
    page = own_session.pages[0]
    path = card_of(open_page("analyst"), f"Salt batteries {request.node.callspec.id}")
    page.goto(path)
    page.get_by_label("Summary").fill(TYPED)
    # Signing out deletes the session on the site; this window does not know of it.
    other = own_session.new_page()
    other.goto("/")
    other.request.post(
        "/accounts/sign-out/",
        headers={"Referer": live_site.url, "X-CSRFToken": token_of(own_session)},
    )
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("nothing you typed is lost")).to_be_visible()
    page.get_by_label("Username").fill("analyst")
    page.get_by_label("Password").fill(live_site.password("analyst"))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Send what you typed").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    page.goto(path)
    expect(page.get_by_label("Summary")).to_have_value(TYPED)


FORMS = (
    ("/evidence/new/", "Title"),
    ("/indicators/new/", "Name"),
    ("/technologies/new/", "Name"),
    ("/lenses/new/", "Name"),
    ("/predictions/new/?technology=chiplets", "Who says so?"),
)


@pytest.mark.parametrize(("path", "label"), FORMS)
def test_a_form_that_was_left_offers_what_was_typed(
    open_page: OpenPage, path: str, label: str
) -> None:
    page = open_page("editor")
    page.goto(path)
    page.get_by_label(label, exact=True).fill(TYPED)
    expect(page.locator("form[data-is-kept=here]")).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.goto(path)
    expect(again.get_by_text("This device kept what you typed")).to_be_visible()
    again.get_by_role("button", name="Bring it back").click()
    expect(again.get_by_label(label, exact=True)).to_have_value(TYPED)
    again.reload()
    again.get_by_role("button", name="Throw it away").click()
    again.reload()
    expect(again.get_by_text("This device kept what you typed")).to_be_hidden()


def test_an_item_is_brought_back_with_its_rows_and_not_once_it_is_saved(
    open_page: OpenPage,
) -> None:
    page = open_page("analyst")
    page.goto("/evidence/new/")
    page.get_by_label("Title", exact=True).fill("Kept on this device")
    page.get_by_role("button", name="Put it into the inbox").click()
    page.get_by_role("link", name="Edit it").click()
    path = page.url
    page.get_by_label("Notes").fill(TYPED)
    page.get_by_label("Kind").select_option("paper")
    page.get_by_role("button", name="Add another").click()
    row = page.locator("[data-rows=passages] textarea").first
    row.fill("A row more.")
    page.goto("/evidence/")
    page.goto(path)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Notes")).to_have_value(TYPED)
    expect(page.get_by_label("Kind")).to_have_value("paper")
    expect(row).to_have_value("A row more.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Kept on this device")).to_be_visible()
    page.goto(path)
    expect(page.get_by_label("Notes")).to_have_value(TYPED)
    expect(page.get_by_text("This device kept what you typed")).to_be_hidden()


def token_of(context: BrowserContext) -> str:
    return next(one["value"] for one in context.cookies() if one["name"] == "csrftoken")
