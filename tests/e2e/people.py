"""How people come in."""

from playwright.sync_api import Page, expect


def sign_in(page: Page, username: str, password: str) -> None:
    """Through the form, as everybody does."""
    page.goto("/accounts/sign-in/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("banner").get_by_text(username)).to_be_visible()
