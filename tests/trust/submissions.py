"""A valid form for every route that takes one; what is hostile replaces one field at a time."""

from record.canonical import digest
from tests.assessments.predicted import measured_json
from tests.assessments.typed_cards import typed
from tests.trust.planting import PASSWORD
from tests.trust.sending import HASH, OPINIONS, PROPOSAL, VERSION, Submission
from tests.trust.submissions_evidence import EVIDENCE, INDICATORS

NEW_PASSWORD = "five other words in line"
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


OPENED = {"status": "open", "year": "2024", "evidence": "Three vendors, 2 billion USD a year."}
ANSWERED = {"proposal": PROPOSAL, "note": "Pilots only."}
OPENINGS = (
    Submission("assessments:opening-detail", "analyst", OPENED, "unpublished"),
    Submission(
        "assessments:opening-test",
        "analyst",
        {"text": "Two vendors ship it.", "version": "0"},
        "unpublished",
        "test|stated",
    ),
    Submission("assessments:opening-confirm", "editor", ANSWERED, "proposed", tried=("note",)),
    Submission("assessments:opening-refuse", "editor", ANSWERED, "proposed", "refused|note"),
    Submission("assessments:opening-withdraw", "analyst", {"proposal": PROPOSAL}, "proposed"),
)
CLAIM = {
    "claim": "The second vendor has sold chips since May.",
    "dimension": "viability",
    "evidence": "Its price list.",
    "evidence_url": "https://example.org/prices",
    "credit": "R. R.",
    "name": "Rosa Reader",
    "email": "rosa@example.org",
}
STEP = {"note": "We looked into it.", "publication": "", "then": "reply"}
CHALLENGES = (
    Submission("assessments:challenge-create", "anonymous", CLAIM, "published"),
    Submission(
        "assessments:challenge-create", "analyst", CLAIM | {"said_on": "2026-05-02"}, "published"
    ),
    Submission("assessments:challenge-step", "editor", STEP, "new challenge", "Choose|note"),
)
CARDS = (
    *OPENINGS,
    *CHALLENGES,
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
    Submission(
        "assessments:issue-next",
        "analyst",
        {"letter": "0", "technology": "Fresh", "claim": "It is wrong.", "said_on": "2026-01-31"},
        "kept item",
        tried=("technology", "claim", "said_on"),
    ),
    Submission("assessments:issue-card", "analyst", {"part": "1", "name": "Fresh"}, "kept item"),
    Submission(
        "assessments:issue-card",
        "analyst",
        CARD,
        "kept item",
        "rows",
        "?technology=fresh",
        ("as_of", "summary"),
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
    Submission(
        "assessments:comment-create",
        "editor",
        {"part": "impact", "text": "Why so high?"},
        "revision",
        "part|comment",
    ),
    Submission("assessments:comment-resolve", "editor", thing="comment"),
    Submission(
        "publishing:opinion-list",
        "analyst",
        {"text": "They mean two markets.", "spoke_of": OPINIONS},
        "published",
        "note|opinion",
    ),
    Submission("assessments:card-withdraw", "editor", {"reason": "Wrong."}, "card", "reason|why"),
)
MINOR = (
    Submission("assessments:minor-create", "analyst", thing="reworded card"),
    Submission("assessments:minor-confirm", "editor", {"note": "Fine."}, "minor edit"),
    Submission(
        "assessments:minor-take-back", "editor", {"reason": "Wrong."}, "minor edit", "reason|why"
    ),
)
KEYS = dict.fromkeys(("viability", "drivers", "novelty", "diffusion", "impact"), "3")
SKETCH = KEYS | {"timing": "2027-2029", "sentence": "Two vendors ship it."}
RADAR_TEXT = "name,ring,quadrant,isNew,description\nPeat,adopt,tools,TRUE,It burns."
RADAR = {
    "text": RADAR_TEXT,
    "seen": digest(RADAR_TEXT.encode()),
    "e0-is_taken": "on",
    "e0-name": "Peat",
    "e0-ring": "adopt",
    "e0-sector": "tools",
    "e0-text": "It burns.",
    "e0-facts": "isnew: TRUE",
    "name": "A radar",
    "as_of": "2026-01-31",
    "ring-0": "diffusion=4",
    "sector-0": "-",
    "then": "save",
}
RADAR_WORDS = "description|ring|sector|text|summary"
TRIED = tuple(name for name in RADAR if name not in {"seen", "then", "as_of", "sector-0"})
SKETCHES = (
    Submission("assessments:round-answer", "analyst", {"answer": "still right"}, "card"),
    Submission("assessments:sketch-create", "analyst", SKETCH, query="?technology=fresh"),
    Submission("assessments:radar-import", "analyst", RADAR, words=RADAR_WORDS, tried=TRIED),
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
PREDICTION = {"kind": "yes or no", "sentence": "Kelp is sold.", "hides_forecasts": "on"} | {
    part: str(value)
    for part, value in measured_json(definitions="An hour is one paid.", window="at").items()
}
PREDICTION_TRIED = ("sentence", "kind", "metric", "threshold", "deadline", "publisher", "cause")
NEW = "?technology=fresh"
PREDICTIONS = (
    Submission(
        "assessments:prediction-create",
        "analyst",
        PREDICTION | {"cause": ""},
        words="what happens",
        query=NEW,
        tried=PREDICTION_TRIED,
    ),
    Submission(
        "assessments:prediction-lint", "analyst", PREDICTION, query=NEW, tried=PREDICTION_TRIED[:4]
    ),
    Submission(
        "assessments:prediction-publish",
        "editor",
        {"reason": ""},
        "drafted prediction",
        "reason",
        tried=("reason",),
    ),
    Submission(
        "assessments:prediction-withdraw",
        "editor",
        {"reason": "Too vague."},
        "unforecast prediction",
        "reason|why",
    ),
    Submission(
        "assessments:forecast-create", "analyst", {"chance": "40", "note": "Why not."}, "prediction"
    ),
    Submission(
        "assessments:forecast-withdraw",
        "analyst",
        {"note": "No idea."},
        "drafted prediction",
        "note",
    ),
)
ANSWER = {
    "step": "propose",
    "propose-seen": "",
    "propose-outcome": "yes",
    "propose-value": "3",
    "propose-happened_on": "2026-01-31",
    "propose-evidence": "Three price lists.",
    "propose-note": "Three vendors sell one.",
}
RESOLUTIONS = (Submission("scoring:resolution-edit", "editor", ANSWER, "prediction", words="step"),)
SUBMISSIONS = (
    *RESOLUTIONS,
    *ACCOUNTS,
    *CARDS,
    *MINOR,
    *SKETCHES,
    *LENSES,
    *INDICATORS,
    *EVIDENCE,
    *PREDICTIONS,
    ALONE,
)
