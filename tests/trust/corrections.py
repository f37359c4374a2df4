"""Corrections from readers: one that is shown and answered, and those that nobody may see."""

import datetime

from accounts.models import User
from assessments.models import Challenge, Technology
from assessments.services.challenges import (
    decide_challenge,
    hide_challenge,
    receive_challenge,
    reply_to_challenge,
    show_challenge,
)
from assessments.values.challenge import Claim, Sender
from tests.trust.words import Words


def plant_challenge(slug: str, shown: Words, hidden: Words) -> None:
    """Readers see all of it but who sent it."""
    ben = User.objects.get(username="ben")
    challenge = _challenged(slug, shown, hidden, "challenge")
    show_challenge(challenge=challenge, by=ben)
    anna = User.objects.get(username="anna")
    reply_to_challenge(challenge=challenge, by=anna, note=shown.at("reply to a challenge"))
    why = shown.at("reason of an outcome")
    decide_challenge(challenge=challenge, outcome="declined", by=ben, note=why)


def plant_hidden_challenges(drafted: str, hidden: Words) -> None:
    """One that nobody has read yet, one on what readers do not see, one that was put away."""
    ben = User.objects.get(username="ben")
    _challenged("alpha", hidden, hidden, "new challenge")
    unseen = _challenged(drafted, hidden, hidden, "challenge of what is hidden")
    reply_to_challenge(challenge=unseen, by=ben, note=hidden.at("reply that nobody sees"))
    away = _challenged("gamma", hidden, hidden, "challenge that was put away")
    note = hidden.at("reason of putting a challenge away")
    hide_challenge(challenge=away, by=ben, note=note)


def _challenged(slug: str, words: Words, sender: Words, place: str) -> Challenge:
    say, private = words.under(place), sender.under(f"sender of the {place}")
    claim = Claim(
        claim=say("claim"),
        dimension="viability",
        evidence=say("evidence"),
        evidence_url=f"https://example.org/{say('address')}",
        said_on=datetime.date(2026, 5, 2),
    )
    who = Sender(private("name"), f"{private('e-mail')}@example.org", credit=say("credit"))
    technology = Technology.objects.get(slug=slug)
    return receive_challenge(technology=technology, claim=claim, sender=who).challenge
