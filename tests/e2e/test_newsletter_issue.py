"""An issue of a newsletter: pasted, corrected, reviewed by a second person, published; the
ranking moves, and a letter of its mailbag is answered."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.env import PROJECT
from tests.e2e.conftest import OpenPage
from tests.e2e.scoring import Judgement, part

pytestmark = pytest.mark.e2e
OWN = PROJECT / "tests" / "assessments" / "data" / "newsletter"
FIELD = PROJECT / os.environ.get("FIELD_DATA", "../shared") / "sources"
COMPUTING_MS = 90_000


@dataclass(frozen=True)
class Trial:
    """An issue, what is read in it, and what a person does to it on the way."""

    text: Path
    made: Judgement
    drivers: str
    corrected: str
    day: str
    found_day: str
    letter_about: str
    approvers: tuple[str, ...] = ("editor",)


FLOW = Trial(
    text=OWN / "flow_batteries.txt",
    made=Judgement("Night tanks"),
    drivers="3",
    corrected="4",
    day="2024-05-14",
    found_day="2024-05-14",
    letter_about="Deep geothermal",
)
TRACKER = Trial(
    text=next(FIELD.glob("003_*.txt"), FIELD / "003"),
    made=Judgement("Text machines"),
    drivers="5",
    corrected="4",
    day="2023-06-09",
    found_day="",
    letter_about="Neuromorphic computing",
    # Its impact is 5+: one pair of eyes does not do.
    approvers=("editor", "admin"),
)
HAS_FIELD = pytest.mark.skipif(
    not any(FIELD.glob("003_*.txt")),
    reason="FIELD_DATA has no sources: no issue of the tracker to walk",
)


@pytest.mark.parametrize(
    "trial",
    [pytest.param(FLOW, id="own"), pytest.param(TRACKER, id="tracker", marks=HAS_FIELD)],
)
def test_an_issue_becomes_a_published_card_and_its_letter_is_answered(
    open_page: OpenPage, trial: Trial
) -> None:
    analyst, reviewers = open_page("analyst"), [open_page(name) for name in trial.approvers]
    paste(analyst, trial.text)
    name_the_technology(analyst, trial.made)
    correct_and_send(analyst, trial)
    take_the_letter(analyst, trial.letter_about)
    approve_and_publish(reviewers, trial.made)
    the_ranking_has_it(reviewers[0], trial.made)
    answer_the_letter(reviewers[0], trial.letter_about)


def paste(page: Page, issue: Path) -> None:
    page.goto("/evidence/new/")
    page.get_by_label("Text", exact=False).first.fill(issue.read_text("utf-8"))
    page.get_by_role("button", name="Put it into the inbox").click()
    page.get_by_role("link", name="a newsletter issue with a card").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Which technology")


def name_the_technology(page: Page, made: Judgement) -> None:
    """The issue names one of the list; this card is of a new one."""
    page.get_by_role("combobox", name="Technology").fill(made.name)
    page.get_by_role("button", name="Show its filled card").click()
    page.get_by_role("button", name=f"Make “{made.name}” a new technology").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is this what the issue says?")


def correct_and_send(page: Page, trial: Trial) -> None:
    drivers = part(page, "drivers")
    expect(drivers.locator(f"[value='{trial.drivers}']")).to_be_checked()
    line = f"drivers: how powerful are adoption forces? ({trial.drivers})"
    expect(drivers.get_by_text(line)).to_be_visible()
    level = drivers.get_by_role("group", name="Level")
    level.locator(f"[value='{trial.corrected}']").check()
    expect(page.get_by_label("The card speaks of")).to_have_value(trial.found_day)
    page.get_by_label("The card speaks of").fill(trial.day)
    page.get_by_label("Passage 1", exact=True).select_option("note")
    page.get_by_role("button", name="Save and send to review").click()
    expect(page.get_by_text("It waits for a second pair of eyes.")).to_be_visible()
    expect(page.get_by_role("link", name="Make it one that can be checked")).to_be_visible()


def take_the_letter(page: Page, about: str) -> None:
    page.get_by_text("Take it as a challenge").click()
    letter = page.locator("#letter-1")
    expect(letter.get_by_label("About")).to_have_value(about)
    letter.get_by_label("On", exact=True).select_option("diffusion")
    letter.get_by_role("button", name="Put it into the ledger").click()
    expect(page.get_by_text("It is in the ledger:")).to_be_visible()


def approve_and_publish(reviewers: list[Page], made: Judgement) -> None:
    for page in reviewers:
        page.goto("/review/")
        page.get_by_role("link", name=made.name).click()
        page.get_by_role("button", name="Approve", exact=True).click()
        expect(page.get_by_text("Approved", exact=False).first).to_be_visible()
    last = reviewers[-1]
    last.get_by_role("button", name="Publish", exact=True).click()
    expect(last.get_by_text("A new ranking is being computed.")).to_be_visible()


def the_ranking_has_it(page: Page, made: Judgement) -> None:
    for _ in range(COMPUTING_MS // 3_000):
        page.goto("/ranking/")
        if page.get_by_role("main").get_by_text(made.name).count():
            return
        page.wait_for_timeout(3_000)
    raise AssertionError("The ranking has not taken the card in.")


def answer_the_letter(page: Page, about: str) -> None:
    page.goto("/challenges/")
    page.get_by_role("main").get_by_role("link", name=about).first.click()
    page.get_by_label("What you say").fill("The note on diffusion changes with its next revision.")
    page.get_by_role("button", name="Accept", exact=False).first.click()
    expect(page.get_by_text("The outcome is recorded.")).to_be_visible()
