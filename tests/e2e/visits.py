"""Every page a person can come to, and how they come to it."""

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
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("button", name="Take theirs")).to_be_visible()


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


PUBLIC = (
    Visit("map", "publishing:map", "/"),
    Visit("map of a field", "publishing:map", "/?domain=energy", VISITOR),
    Visit("map that is filtered", "publishing:map", "/?impact=4&impact=5%2B&window=open", VISITOR),
    Visit("map where nothing matches", "publishing:map", "/?domain=ai&q=zzz", VISITOR),
    Visit(
        "changes of one technology",
        "publishing:change-list",
        "/changes/?technology=edge-ai",
        VISITOR,
    ),
    Visit("map of another date", "publishing:map", "/?as_of=2025-06-30", VISITOR),
    Visit("ranking", "publishing:ranking-detail", "/ranking/"),
    Visit(
        "ranking by own weights",
        "publishing:ranking-detail",
        "/ranking/?domain=energy&sort=p_top_3"
        "&weights=viability:10,drivers:20,novelty:30,diffusion:0,impact:40",
        VISITOR,
    ),
    Visit(
        "ranking by no weights",
        "publishing:ranking-detail",
        "/ranking/?weights=viability:0,drivers:0,novelty:0,diffusion:0,impact:x",
        VISITOR,
        400,
    ),
    Visit(
        "ranking under a lens",
        "publishing:ranking-detail",
        "/ranking/?lens=ten-year-fund",
        VISITOR,
    ),
    Visit("technologies", "publishing:technology-list", "/technologies/"),
    Visit("search", "publishing:technology-list", "/technologies/?q=quantum", VISITOR),
    Visit("vain search", "publishing:technology-list", "/technologies/?q=zzz", VISITOR),
    Visit("full card", "publishing:technology-detail", "/technologies/large-language-models/"),
    Visit("sketch", "publishing:technology-detail", "/technologies/chiplets/", VISITOR),
    Visit(
        "unranked",
        "publishing:technology-detail",
        "/technologies/high-na-euv-lithography/",
        VISITOR,
    ),
    Visit("no window", "publishing:technology-detail", "/technologies/quantum-annealing/", VISITOR),
    Visit("history of the ranking", "publishing:ranking-history", "/ranking/history/"),
    Visit(
        "what changed in the ranking",
        "publishing:ranking-since",
        "/ranking/since/?date=2026-01-01",
    ),
    Visit(
        "a day that cannot be compared",
        "publishing:ranking-since",
        "/ranking/since/?date=2999-01-01",
        VISITOR,
        400,
    ),
    Visit("two runs", "publishing:run-compare", "/runs/compare/?a=1&b=1"),
    Visit(
        "vain history",
        "publishing:ranking-history",
        "/ranking/history/?t=nowhere",
        VISITOR,
        404,
    ),
    Visit(
        "pairs of the ranking",
        "publishing:ranking-pairs",
        "/ranking/pairs/",
        then=see_the_charts,
    ),
    Visit(
        "comparison",
        "publishing:compare",
        "/compare/?t=chiplets&t=quantum-annealing",
        then=see_the_charts,
    ),
    Visit("choice to compare", "publishing:compare", "/compare/", VISITOR),
    Visit("vain choice", "publishing:compare", "/compare/?t=chiplets&t=nowhere", VISITOR, 404),
    Visit("changes", "publishing:change-list", "/changes/"),
    Visit("predictions", "publishing:prediction-list", "/predictions/"),
    Visit("design", "publishing:design", "/method/design/"),
    Visit("tour", "publishing:tour", "/tour/"),
    Visit("a stop of the tour", "publishing:ranking-detail", "/ranking/?tour=4", VISITOR),
    Visit("lenses", "publishing:lens-list", "/lenses/"),
    Visit("new lens", "publishing:lens-create", "/lenses/new/", EDITOR + ADMIN),
    Visit(
        "lens looked at",
        "publishing:lens-create",
        "/lenses/new/",
        EDITOR,
        then=press("Show the mean weights", name="City fund", **{"low-impact": "30"}),
    ),
    Visit(
        "lens without room",
        "publishing:lens-create",
        "/lenses/new/",
        EDITOR,
        then=press("Save the lens", name="City fund", **{"high-impact": "0"}),
    ),
    Visit("lens to change", "publishing:lens-edit", "{lens}", EDITOR + ADMIN),
    Visit("method", "publishing:method-detail", "/method/"),
    Visit("API", "api:docs", "/api/v1/docs/", VISITOR),
    Visit("runs", "scoring:run-list", "/runs/"),
    Visit("ranking run", "scoring:run-detail", "/runs/1/"),
    Visit("outlook run", "scoring:run-detail", "/runs/2/", VISITOR),
)

ACCOUNTS = (
    Visit("own list", "publishing:own-list", "/own-list/", EDITOR + ADMIN),
    Visit(
        "own list without the word",
        "publishing:own-list",
        "/own-list/",
        EDITOR,
        then=press("Remove the demonstration", word="yes"),
    ),
    Visit("sign in", "accounts:sign-in", "/accounts/sign-in/", (*VISITOR, "analyst")),
    Visit(
        "wrong password",
        "accounts:sign-in",
        "/accounts/sign-in/",
        VISITOR,
        then=press("Sign in", username="nobody", password="not the password"),
    ),
    Visit("no username", "accounts:sign-in", "/accounts/sign-in/", VISITOR, then=press("Sign in")),
    Visit("dead sign-in link", "accounts:demo-sign-in", "/accounts/demo/old/", VISITOR, 404),
    Visit("password", "accounts:password-change", "/accounts/password/", TEAM),
    Visit(
        "no password",
        "accounts:password-change",
        "/accounts/password/",
        ANALYST,
        then=press("Store the password"),
    ),
    Visit("tokens", "accounts:token-list", "/accounts/tokens/", TEAM),
    Visit("new token", "accounts:token-list", "/accounts/tokens/", EDITOR, then=make_token),
    Visit(
        "no token",
        "accounts:token-list",
        "/accounts/tokens/",
        EDITOR,
        then=press("Make the token"),
    ),
    Visit("people", "accounts:user-list", "/accounts/people/", ADMIN),
    Visit(
        "no invitation",
        "accounts:user-list",
        "/accounts/people/",
        ADMIN,
        then=press("Make the link"),
    ),
    Visit(
        "invitation link",
        "accounts:invitation-create",
        "/accounts/people/",
        ADMIN,
        then=press("Make the link", username="guest"),
    ),
    Visit(
        "password link",
        "accounts:user-reset-link",
        "/accounts/people/",
        ADMIN,
        then=press("Password link for analyst"),
    ),
    Visit("invitation", "accounts:invitation-accept", "{invitation}", VISITOR),
    Visit(
        "dead invitation",
        "accounts:invitation-accept",
        "/accounts/invitations/old/",
        VISITOR,
        404,
    ),
    Visit("reset", "accounts:password-reset", "{reset}", VISITOR),
)

CARDS = (
    Visit("choice", "assessments:card-create", "/cards/new/", TEAM),
    Visit("new card", "assessments:card-create", "/cards/new/?technology=solar-pv", TEAM),
    Visit("second opinion", "assessments:card-create", "/cards/new/?technology=chiplets", ANALYST),
    Visit("card", "assessments:card-edit", "{lead}edit/", TEAM),
    Visit("card with gaps", "assessments:card-edit", "{draft}edit/", ANALYST, then=give_no_reason),
    Visit(
        "unscored card", "assessments:card-edit", "{draft}edit/", ANALYST, then=leave_all_unscored
    ),
    Visit("conflict", "assessments:card-edit", "{lead}edit/", ANALYST, then=save_on_an_old_parent),
    Visit(
        "typed before", "assessments:card-edit", "{lead}edit/", ANALYST, then=find_what_was_typed
    ),
    Visit("new technology", "assessments:technology-create", "/technologies/new/", TEAM),
    Visit(
        "nameless technology",
        "assessments:technology-create",
        "/technologies/new/",
        ANALYST,
        then=press("Save, go to its card"),
    ),
    Visit("facts", "assessments:technology-edit", "/technologies/chiplets/edit/", EDITOR + ADMIN),
    Visit(
        "saved facts",
        "assessments:technology-edit",
        "/technologies/wave-power/edit/",
        EDITOR,
        then=press("Save and publish the facts"),
    ),
    Visit("revisions", "assessments:revision-list", "{lead}revisions/", TEAM),
    Visit("revisions of a draft", "assessments:revision-list", "{draft}revisions/", TEAM),
    Visit(
        "empty note",
        "assessments:note-create",
        "{lead}revisions/",
        ANALYST,
        then=press("Keep the note"),
    ),
    Visit(
        "withdrawal without a reason",
        "assessments:card-withdraw",
        "{lead}revisions/",
        EDITOR,
        then=press("Withdraw the card"),
    ),
    Visit("revision", "assessments:revision-detail", "{lead}revisions/2/", TEAM),
    Visit("review queue", "assessments:review-list", "/review/", TEAM),
    Visit("review", "assessments:review-detail", "{review}", TEAM),
    Visit("review of a draft", "assessments:review-detail", "{draft_review}", TEAM),
)

SKETCHES = (
    Visit("desk", "publishing:desk", "/desk/", TEAM),
    Visit("round", "publishing:round-detail", "/desk/round/", TEAM),
    Visit(
        "round answered",
        "assessments:round-answer",
        "/desk/round/",
        EDITOR,
        then=press("Still right"),
    ),
    Visit("what to sketch", "assessments:sketch-create", "/sketches/new/", TEAM),
    Visit("new sketch", "assessments:sketch-create", "/sketches/new/?technology=chiplets", TEAM),
    Visit(
        "sketch without keys",
        "assessments:sketch-create",
        "/sketches/new/?technology=chiplets",
        ANALYST,
        then=press("Save the sketch"),
    ),
    Visit("paste", "assessments:backlog-paste", "/sketches/paste/", TEAM),
    Visit(
        "pasted",
        "assessments:backlog-paste",
        "/sketches/paste/",
        ANALYST,
        then=press("See what it would add", names="Kelp power, Energy\nChiplets\n電気"),
    ),
    Visit("sketches", "publishing:sketch-list", "/sketches/", TEAM),
    Visit("sketches of the team", "publishing:sketch-list", "/sketches/?whose=team", EDITOR),
    Visit("sketch beside the card", "publishing:sketch-detail", "{sketch}", TEAM),
)

REFUSALS = (
    Visit("400", "", "/technologies/?q=%00", VISITOR, 400),
    Visit("403", "accounts:user-list", "/accounts/people/", ("analyst",), 403),
    Visit("404", "", "/nothing/", EVERYBODY, 404),
    Visit("405", "accounts:sign-out", "/accounts/sign-out/", VISITOR, 405),
    Visit("csrf", "accounts:sign-in", "/accounts/sign-in/", VISITOR, then=sign_in_without_mark),
)

VISITS = PUBLIC + ACCOUNTS + CARDS + SKETCHES + REFUSALS
