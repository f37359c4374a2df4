"""Whether each publication was seen by the people it says, read from the rows alone.

Nothing here asks what the services ask: it is the second count.
"""

import json
from collections.abc import Sequence
from typing import Any

from assessments.models import Publication, ReviewEvent, Revision
from record.canonical import canonical_json, digest

# What two publications of the same words differ in.
_FRAME = {"parent", "reason", "origin", "as_of", "technology"}


def wrong_with_oversight(row: Publication) -> str:
    """Empty where nobody approved what they wrote, everybody approved what is published, and 5+
    has two approvers; or where the reason why not is printed."""
    approvals = _approvals(row.revision)
    found = {event.content_hash for event in approvals}
    if hash_of_body(row) != row.revision.content_hash:
        return "its body is of another content than the revision"
    if not found:
        return _wrong_without_approver(row)
    if found != {row.revision.content_hash}:
        return "somebody approved another content"
    reasons = [event.override_reason for event in approvals if event.override_reason]
    if reasons:
        return "" if reasons[-1] in row.oversight else "the reason for one person is not printed"
    return _wrong_with_approvers(row, {event.by_id for event in approvals})


def _wrong_without_approver(row: Publication) -> str:
    """A minor edit judges nothing anew; one taken back says what readers saw before."""
    cards = Publication.objects.filter(card=row.card_id, seq__lt=row.seq).order_by("-seq")
    earlier = [json.loads(body)["card"] for body in cards.values_list("body", flat=True)]
    card = json.loads(row.body)["card"]
    if row.oversight.startswith("minor edit") and earlier:
        is_same = _judged(card) == _judged(earlier[0])
        return "" if is_same else "a minor edit that changes what is judged"
    if row.oversight.startswith("a minor edit taken back"):
        is_old = any(_words(card) == _words(one) for one in earlier)
        return "" if is_old else "what was taken back to was never published"
    return "nobody approved it"


def _judged(card: dict[str, Any]) -> dict[str, Any]:
    scores = {
        name: {key: value for key, value in score.items() if key != "rationale"}
        for name, score in card["scores"].items()
    }
    return scores | {key: card[key] for key in ("p_never", "predictions", "as_of")}


def _words(card: dict[str, Any]) -> dict[str, Any]:
    return {key: card[key] for key in card if key not in _FRAME}


def _wrong_with_approvers(row: Publication, approvers: set[int]) -> str:
    if approvers & authors_of(row):
        return "an approver wrote part of what it publishes"
    if reaches_beyond(row) and len(approvers) < 2:
        return "it reaches 5+ with one approver"
    return ""


def hash_of_body(row: Publication) -> str:
    """The content hash of what readers get, computed anew."""
    card = json.loads(row.body)["card"]
    card["technology"] = {"slug": card["technology"]["slug"]}
    return digest(canonical_json(card))


def reaches_beyond(row: Publication) -> bool:
    impact = json.loads(row.body)["card"]["scores"]["impact"]
    return "5+" in {impact["level"], impact["level_to"]}


def authors_of(row: Publication) -> set[int]:
    """Whose changes readers first saw with this publication."""
    rows = Publication.objects.filter(card=row.card_id, seq__lt=row.seq).order_by("-seq")
    before = rows.select_related("revision").first()
    seen = before.revision.number if before and before.kind != "withdrawal" else 0
    since = Revision.objects.filter(card=row.card_id, number__gt=seen)
    return set(since.filter(number__lte=row.revision.number).values_list("author", flat=True))


def _approvals(revision: Revision) -> Sequence[ReviewEvent]:
    """Those after the last submission; none where it was returned since."""
    found: list[ReviewEvent] = []
    kinds = ["submitted", "approved", "returned"]
    for event in ReviewEvent.objects.filter(revision=revision, kind__in=kinds).order_by("id"):
        found = [*found, event] if event.kind == "approved" else []
    return found
