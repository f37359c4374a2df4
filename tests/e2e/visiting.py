"""Who comes to a page, and what they do there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.scoring import LEVELS

VISITOR = ("",)
ANALYST = ("analyst",)
EDITOR = ("editor",)
ADMIN = ("admin",)
TEAM = ANALYST + EDITOR + ADMIN
EVERYBODY = VISITOR + TEAM

Steps = Callable[[Page], None]


@dataclass(frozen=True)
class Visit:
    """A page: the route it belongs to, if any, who opens it, and what they do there."""

    name: str
    route: str
    path: str
    people: tuple[str, ...] = EVERYBODY
    status: int = 200
    then: Steps | None = None


def press(button: str, **fields: str) -> Steps:
    """Fills fields in and sends the form, past the checks that the browser makes by itself."""

    def steps(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name={name}]").fill(value)
        found = page.get_by_role("main").get_by_role("button", name=button).first
        found.evaluate("button => { button.form.noValidate = true }")
        found.click()
        page.wait_for_load_state()

    return steps


def sign_in_without_mark(page: Page) -> None:
    page.locator("main [name=csrfmiddlewaretoken]").evaluate("field => field.remove()")
    press("Sign in", username="nobody", password="not the password")(page)


def make_token(page: Page) -> None:
    page.locator("main [name=scopes]").first.check()
    press("Make the token", name="reads the ranking")(page)


def save_on_an_old_parent(page: Page) -> None:
    """As if the first revision had been open since before the second one was saved."""
    editor = page.url
    page.goto(editor.replace("/edit/", "/revisions/1/"))
    first = page.locator("main .mono").first.inner_text()
    page.goto(editor)
    page.locator("[name=parent]").evaluate("(field, first) => { field.value = first }", first)
    page.get_by_label("Summary").fill("What somebody else would say of it.")
    for rationale in page.locator("textarea[name$='-rationale']").all():
        rationale.fill("What somebody else would say of this.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("button", name="Throw mine away")).to_be_visible()


def give_no_reason(page: Page) -> None:
    page.locator("[name=viability-level][value='3']").check()
    page.get_by_label("I cannot give a window").uncheck()
    page.get_by_label("From the year").fill("soon")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Nothing was saved.")).to_be_visible()


def find_what_was_typed(page: Page) -> None:
    expect(page.locator("#restored")).to_be_visible()


def leave_all_unscored(page: Page) -> None:
    for dimension in LEVELS:
        page.locator(f"[name={dimension}-level][value=unscored]").check()
    page.get_by_label("I cannot give a window").check()


def see_the_charts(page: Page) -> None:
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-drawn", "")
