"""Corrections of the demonstration: claims of readers who were made up, and what came of each."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from accounts.models import User
from assessments.models import Challenge, Publication, Technology
from assessments.services.challenges import (
    decide_challenge,
    receive_challenge,
    reply_to_challenge,
    show_challenge,
)
from assessments.values.challenge import Claim, Sender
from record.clock import today

FILE = Path(__file__).resolve().parent.parent / "demonstration" / "challenges.json"


def load_challenges(*, people: Mapping[str, User], editor: User) -> int:
    """How many came into the ledger, each shown to readers: those that were said by today, on
    technologies that readers see."""
    count = 0
    for entry in json.loads(FILE.read_text("utf-8"))["challenges"]:
        technology = Technology.objects.published().filter(slug=entry["technology"]).first()
        if technology is None or date.fromisoformat(entry["said_on"]) > today():
            continue
        challenge = _receive(entry, technology)
        show_challenge(challenge=challenge, by=editor)
        _answer(challenge, entry, people, editor)
        count += 1
    return count


def _receive(entry: Mapping[str, Any], technology: Technology) -> Challenge:
    return receive_challenge(
        technology=technology,
        claim=Claim(
            claim=entry["claim"],
            dimension=entry["dimension"],
            evidence=entry["evidence"],
            evidence_url=entry["evidence_url"],
            said_on=date.fromisoformat(entry["said_on"]),
        ),
        sender=Sender(credit=entry["credit"]),
        is_demonstration=True,
    ).challenge


def _answer(
    challenge: Challenge, entry: Mapping[str, Any], people: Mapping[str, User], editor: User
) -> None:
    replied, decided = entry["replied"], entry["decided"]
    if replied:
        reply_to_challenge(challenge=challenge, by=people[replied["by"]], note=replied["note"])
    publication = _published(challenge, decided["card"]) if decided and decided["card"] else None
    if decided and (publication or not decided["card"]):
        decide_challenge(
            challenge=challenge,
            outcome=decided["outcome"],
            by=editor,
            note=decided["note"],
            publication=publication,
        )


def _published(challenge: Challenge, as_of: str) -> Publication | None:
    """The publication of the lead card that speaks of that day, once the day has come."""
    rows = Publication.objects.filter(technology=challenge.technology_id, card__role="lead")
    found: Publication | None = rows.filter(revision__as_of=as_of).first()
    return found
