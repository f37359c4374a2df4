"""A valid form for every route that takes one; what is hostile replaces one field at a time."""

from dataclasses import dataclass, field
from urllib.parse import quote_plus

from django.urls import reverse

from assessments.models import Card, Technology
from scoring.models import LensVersion
from tests.assessments.typed_cards import typed
from tests.trust.objects import Things
from tests.trust.planting import PASSWORD

NEW_PASSWORD = "five other words in line"
# Stand for what the page would have filled in.
HASH, VERSION = "@hash", "@version"


@dataclass(frozen=True)
class Submission:
    """Who sends what where. `words` is a pattern of what a refusal calls its field, where it
    stands in a message and not beside the field; `tried` are the fields tried one by one."""

    route: str
    role: str
    fields: dict[str, str] = field(default_factory=dict)
    thing: str = "-"
    words: str = ""
    query: str = ""
    tried: tuple[str, ...] = ()

    def address(self, things: Things) -> str:
        kwargs = things.parts(self.thing, role=self.role)
        return f"{reverse(self.route, kwargs=kwargs)}{self.query}"

    def parts(self, things: Things) -> list[tuple[str, str]]:
        """The valid form, percent-encoded."""
        kwargs = things.parts(self.thing, role=self.role)
        known = _known(kwargs)
        return [(name, quote_plus(known.get(value, value))) for name, value in self.fields.items()]

    def with_value(self, things: Things, names: set[str], value: str) -> list[tuple[str, str]]:
        """The valid form with these fields in the given spelling, already percent-encoded."""
        return [(name, value if name in names else kept) for name, kept in self.parts(things)]

    @property
    def tried_fields(self) -> tuple[str, ...]:
        return self.tried or tuple(self.fields)


def _known(kwargs: dict[str, object]) -> dict[str, str]:
    if "slug" in kwargs:
        version = Technology.objects.get(slug=kwargs["slug"]).version
        return {VERSION: str(version)}
    if "key" in kwargs:
        return {VERSION: str(LensVersion.objects.filter(key=kwargs["key"]).latest("seq").seq)}
    card = Card.objects.filter(pk=kwargs.get("pk", 0)).first()
    head = card.revisions.order_by("-number").first() if card else None
    return {HASH: head.content_hash} if head else {}


PASSWORDS = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
CHANGE = {"old_password": PASSWORD} | PASSWORDS
ACCEPT = {"display_name": "Nora"} | PASSWORDS
SIGN_IN = {"username": "rita", "password": PASSWORD, "next": "/changes/"}
INVITATION = {"username": "karl", "role": "analyst", "email": "karl@example.org"}
TOKEN = {"name": "script", "scopes": "read:public", "days": "30"}
ACCOUNTS = (
    Submission("accounts:sign-in", "anonymous", SIGN_IN, words="username"),
    Submission("accounts:sign-out", "reader"),
    Submission("accounts:password-change", "reader", CHANGE, words="password"),
    Submission("accounts:password-reset", "anonymous", PASSWORDS, "live reset link", "password"),
    Submission("accounts:invitation-accept", "anonymous", ACCEPT, "live invitation", "password"),
    Submission("accounts:invitation-create", "admin", INVITATION),
    Submission("accounts:invitation-withdraw", "admin", thing="invitation"),
    Submission("accounts:user-role", "admin", {"role": "editor"}, "person", "role"),
    Submission("accounts:user-deactivate", "admin", thing="person"),
    Submission("accounts:user-reactivate", "admin", thing="person"),
    Submission("accounts:user-reset-link", "admin", thing="person"),
    Submission("accounts:token-list", "reader", TOKEN),
    Submission("accounts:token-revoke", "reader", thing="own token"),
    Submission("scoring:run-reopen", "editor", {"reason": "Fixed."}, "parked run", "reason|why"),
)

FACTS = {
    "name": "Wave power",
    "slug": "wave-power",
    "domains": "Energy",
    "aliases": "Ocean power",
    "variant_of": "alpha",
}
LINK = {"links-0-kind": "requires", "links-0-to": "beta", "links-0-note": "Its cables."}
ROWS = {"links-TOTAL_FORMS": "2", "links-INITIAL_FORMS": "0"}
EDITED = {"version": VERSION, "domains": "AI", "aliases": "", "variant_of": "", "name": "Alpha"}
CARD = {
    key: str(value)
    for key, value in typed(
        reason="A third vendor ships it.",
        as_of="2026-06-01",
        impact__level="5",
        **{"scenarios-0-name": "high", "scenarios-0-probability": "1"},
        **{"companies-0-name": "A firm", "tripwires-0-sentence": "A recall."},
        **{"open_questions-0-question": "Who?", "predictions-0-statement": "It holds."},
        **{"sources-0-title": "A report", "sources-0-url": "https://example.org/"},
    ).items()
}
# All fields of the card are tried one by one beside its views; here one of each manner.
FIRST = ("impact-level", "scenarios-TOTAL_FORMS")
NEXT = ("parent", "as_of")
FACTS_TRIED = ("version", "name", "domains", "aliases", "links-0-to", "links-TOTAL_FORMS")
FEW = ("role", "parent", "summary")
APPROVAL = {"shown_hash": HASH, "note": "Well said."}
OVERRIDE = {"shown_hash": HASH, "override_reason": "Nobody else is here."}
RETURN = {"shown_hash": HASH, "note": "Say where."}
CARDS = (
    Submission("assessments:technology-create", "analyst", FACTS),
    Submission(
        "assessments:technology-edit",
        "editor",
        EDITED | ROWS | LINK,
        "published",
        "changed|rows",
        tried=FACTS_TRIED,
    ),
    Submission("assessments:card-create", "analyst", CARD, "-", "rows", "?technology=fresh", FIRST),
    Submission(
        "assessments:card-edit", "analyst", CARD | {"parent": HASH}, "card", "rows", tried=NEXT
    ),
    Submission("assessments:buffer-start", "analyst", CARD, query="?technology=fresh", tried=FEW),
    Submission("assessments:buffer-keep", "analyst", CARD, "card", tried=FEW),
    Submission("assessments:note-create", "analyst", {"text": "A doubt."}, "card"),
    Submission("assessments:card-submit", "analyst", thing="drafted card"),
    Submission(
        "assessments:card-approve", "editor", APPROVAL, "reviewed card", "sentence|changed|card"
    ),
    Submission(
        "assessments:card-return", "editor", RETURN, "reviewed card", "sentence|changed|card"
    ),
    Submission(
        "assessments:card-publish", "editor", {"shown_hash": HASH}, "approved card", "revision"
    ),
    Submission("assessments:card-withdraw", "editor", {"reason": "Wrong."}, "card", "reason|why"),
)
KEYS = dict.fromkeys(("viability", "drivers", "novelty", "diffusion", "impact"), "3")
SKETCH = KEYS | {"timing": "2027-2029", "sentence": "Two vendors ship it."}
SKETCHES = (
    Submission("assessments:round-answer", "analyst", {"answer": "still right"}, "card"),
    Submission("assessments:sketch-create", "analyst", SKETCH, query="?technology=fresh"),
    Submission(
        "assessments:backlog-paste",
        "analyst",
        {"names": "Kelp\nPeat, Energy", "then": "create"},
        tried=("names",),
    ),
)
ALONE = Submission(
    "assessments:card-approve", "admin", OVERRIDE, "reviewed card", "reason|person|changed"
)
LENS = {
    "name": "Town fund",
    "note": "For a town.",
    "kind": "bounds",
    "low-impact": "30",
    "high-impact": "60",
    "largest": "impact",
    "has_horizon": "on",
    "full_from": "0",
    "full_to": "3",
    "zero_at": "8",
    "if_open": "50",
    "rule": "mean",
    "spacing": "ordinal",
    "version": "0",
}
LENS_TRIED = ("name", "note", "kind", "low-impact", "largest", "full_to", "rule", "version")
LENSES = (
    Submission("publishing:lens-create", "editor", LENS, words="version", tried=LENS_TRIED),
    Submission(
        "publishing:lens-edit",
        "editor",
        LENS | {"version": VERSION},
        "lens",
        "changed|version",
        tried=("name", "version"),
    ),
    Submission("publishing:lens-retire", "editor", {"version": VERSION}, "lens", "changed|version"),
)
SUBMISSIONS = (*ACCOUNTS, *CARDS, *SKETCHES, *LENSES, ALONE)
