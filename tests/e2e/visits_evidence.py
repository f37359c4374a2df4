"""The pages of the evidence library, each as somebody who may see it."""

from playwright.sync_api import Page

from tests.e2e.visiting import ANALYST, EDITOR, TEAM, Visit, press

HIGHLIGHTS = "Highlight,Title,Note,Colour\nIt ran.,Nine weeks,Did it?,red\nIt stopped.,Nine weeks,,"


def correct_a_file(page: Page) -> None:
    page.get_by_label("What it is").select_option("readwise")
    press("Read it", text=HIGHLIGHTS)(page)
    page.get_by_text("Correct all of it").first.click()


def map_a_radar(page: Page) -> None:
    text = "name,ring,quadrant\nPeat,hold,Energy\nKelp,,Energy"
    press("Read it", text=text, name="House radar", as_of="2026-01-31")(page)
    page.locator("[name=ring-0]").select_option("none")
    page.locator("[name=sector-0]").select_option("-")
    press("Look at every entry")(page)


EVIDENCE = (
    Visit("evidence", "publishing:item-list", "/evidence/", TEAM),
    Visit("evidence of the inbox", "publishing:item-list", "/evidence/?state=inbox", ANALYST),
    Visit("vain search of evidence", "publishing:item-list", "/evidence/?q=zzz", ANALYST),
    Visit("evidence of no year", "publishing:item-list", "/evidence/?year=x", ANALYST, 400),
    Visit("tags", "evidence:tag-list", "/evidence/tags/", TEAM),
    Visit("new evidence", "evidence:item-create", "/evidence/new/", TEAM),
    Visit("evidence from another program", "evidence:item-import", "/evidence/import/", TEAM),
    Visit(
        "file row by row",
        "evidence:item-import",
        "/evidence/import/",
        ANALYST,
        then=correct_a_file,
    ),
    Visit("tag", "evidence:tag-edit", "/evidence/tags/quantum-computing/", TEAM),
    Visit(
        "text read as a digest",
        "evidence:item-read",
        "/evidence/reading-a-record/read/?as=digest",
        TEAM,
    ),
    Visit("text as an issue", "assessments:issue-card", "/evidence/reading-a-record/card/", TEAM),
    Visit(
        "what else an issue holds",
        "assessments:issue-next",
        "/evidence/reading-a-record/card/next/",
        ANALYST,
    ),
    Visit(
        "correction from a mailbag",
        "assessments:challenge-detail",
        "/technologies/chiplets/challenge/",
        EDITOR,
        then=press("Put it into the ledger", claim="A third vendor sells them."),
    ),
    Visit("radar", "assessments:radar-import", "/technologies/import/", TEAM),
    Visit(
        "radar to map",
        "assessments:radar-import",
        "/technologies/import/",
        ANALYST,
        then=press("Read it", text="name,ring,quadrant\nPeat,hold,Energy", name="House radar"),
    ),
    Visit(
        "radar entry by entry",
        "assessments:radar-import",
        "/technologies/import/",
        ANALYST,
        then=map_a_radar,
    ),
    Visit(
        "evidence from a bookmark",
        "evidence:item-create",
        "/evidence/new/?url=https%3A%2F%2Fexample.org%2Fpilot&title=Nine+weeks&text=It+ran.&cut=1",
        ANALYST,
    ),
    Visit("paper", "publishing:item-detail", "/evidence/farmer-lafond-2016/", TEAM),
    Visit(
        "text with a quotation", "publishing:item-detail", "/evidence/reading-a-record/", ANALYST
    ),
    Visit("digest", "publishing:item-detail", "/evidence/three-questions-digest/", ANALYST),
    Visit("item in words", "evidence:item-edit", "/evidence/three-questions-digest/edit/", TEAM),
    Visit(
        "item that cannot stand",
        "evidence:item-edit",
        "/evidence/wright-1936/edit/",
        ANALYST,
        then=press("Save", title=""),
    ),
    Visit("retract an item", "evidence:item-retract", "/evidence/wright-1936/retract/", TEAM),
)
