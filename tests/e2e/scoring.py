"""What an analyst and an editor do with a card, in the words that stand on the page."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

LEVELS = ("viability", "drivers", "novelty", "diffusion", "impact")
RATIONALE = "Three groups measured it in the open, and one of them sells the part."
SUMMARY = "It stores heat in sand and gives it back in winter."


@dataclass(frozen=True)
class Judgement:
    """A technology and what is thought of it."""

    name: str
    levels: tuple[int, int, int, int, int] = (4, 4, 3, 4, 4)
    certainty: str = "medium"
    window: tuple[int, int] = (2027, 2031)
    field: str = "Energy"

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


def add_technology(page: Page, judgement: Judgement) -> None:
    """Ends in the editor of its first card."""
    page.goto("/cards/new/")
    page.get_by_role("link", name="Add a technology").first.click()
    page.get_by_label("Name", exact=True).fill(judgement.name)
    page.get_by_label(judgement.field, exact=True).check()
    page.get_by_role("button", name="Save, go to its card").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(judgement.name)


def part(page: Page, dimension: str) -> Locator:
    return page.locator(f"section[data-dimension={dimension}]")


def fill_card(page: Page, judgement: Judgement) -> None:
    """All six dimensions and the summary."""
    for dimension, level in zip(LEVELS, judgement.levels, strict=True):
        scored = part(page, dimension)
        scored.get_by_role("group", name="Level").locator(f"[value='{level}']").check()
        scored.locator(f"[value={judgement.certainty}]").check()
        scored.get_by_label("Why this level").fill(RATIONALE)
    timing = part(page, "timing")
    timing.get_by_label("From the year").fill(str(judgement.window[0]))
    timing.get_by_label("To the year").fill(str(judgement.window[1]))
    timing.locator(f"[value={judgement.certainty}]").check()
    timing.get_by_label("Why this window").fill(RATIONALE)
    page.get_by_label("Summary").fill(SUMMARY)


def save_draft(page: Page) -> str:
    """The address below which the pages of the card are."""
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("It is a draft: only the team sees it.")).to_be_visible()
    return page.url.removesuffix("revisions/")


def send_to_review(page: Page) -> None:
    page.get_by_role("button", name="Save and send to review").click()
    expect(page.get_by_text("It waits for a second pair of eyes.")).to_be_visible()


def approve_and_publish(page: Page, judgement: Judgement) -> None:
    page.goto("/review/")
    page.get_by_role("link", name=judgement.name).click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Approved. It can be published now.")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("A new ranking is being computed.")).to_be_visible()
