"""What a browser sends from the card editor, and clients that are signed in."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from assessments.models import Card, Revision, Technology
from assessments.services.technologies import Facts, create_technology
from tests.assessments.factories import JUDGED, person

LISTS = (
    "scenarios",
    "companies",
    "tripwires",
    "open_questions",
    "predictions",
    "sources",
    "citations",
)
WHY = "Two vendors ship it."


def typed(**changes: Any) -> dict[str, Any]:
    """A whole card as typed; a change to None takes the field away."""
    sent: dict[str, Any] = {"then": "draft", "role": "lead", "parent": ""}
    for dimension in JUDGED:
        sent[f"{dimension}-level"] = "3"
        sent[f"{dimension}-certainty"] = "medium"
        sent[f"{dimension}-rationale"] = WHY
    sent |= {"timing-year_from": "2026", "timing-year_to": "2029"}
    sent |= {"timing-certainty": "medium", "timing-rationale": "Pilots end in 2027."}
    sent |= {"summary": "Models that run where the data arise.", "text": "", "p_never": ""}
    sent |= {"as_of": "2026-05-04", "series": "house", "detail": "full", "reason": ""}
    for name in LISTS:
        sent |= {f"{name}-TOTAL_FORMS": "2", f"{name}-INITIAL_FORMS": "0"}
    sent |= {key.replace("__", "-"): value for key, value in changes.items()}
    return {key: value for key, value in sent.items() if value is not None}


def technology(slug: str = "edge-ai") -> Technology:
    found = Technology.objects.filter(slug=slug).first()
    facts = Facts(slug=slug, name=slug.replace("-", " ").capitalize())
    return found or create_technology(facts=facts, by=person("anna"))


def signed_in(username: str = "anna", role: str = "analyst") -> Client:
    client = Client()
    client.force_login(person(username, role))
    return client


def first_saved(client: Client | None = None, **changes: Any) -> Revision:
    """The first revision of a lead card, saved through the page."""
    technology()
    sent = (client or signed_in()).post("/cards/new/?technology=edge-ai", typed(**changes))
    assert sent.status_code == 302, sent.content.decode()
    revision: Revision = Revision.objects.get(number=1, card__role=Card.Role.LEAD)
    return revision


def edit_path(revision: Revision) -> str:
    return f"/cards/{revision.card_id}/edit/"


class Form(HTMLParser):
    """What a browser would send from a page on which nothing was touched."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.within: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        name, is_box = found.get("name", ""), found.get("type") in {"radio", "checkbox"}
        self.within[tag] = name
        if "template" in self.within:
            return
        if tag == "input" and name and ("checked" in found or not is_box):
            self.sent[name] = found.get("value", "on" if is_box else "")
        if tag == "textarea":
            self.sent[name] = ""
        if tag == "option" and "selected" in found:
            self.sent[self.within["select"]] = found["value"]

    def handle_endtag(self, tag: str) -> None:
        self.within.pop(tag, None)

    def handle_data(self, data: str) -> None:
        if "textarea" in self.within and "template" not in self.within:
            self.sent[self.within["textarea"]] += data.removeprefix("\n")


def resent(page: str) -> dict[str, Any]:
    form = Form()
    form.feed(page)
    return form.sent
