"""The name of a card in addresses: what it is about and, for a second opinion, whose it is.

A number would count the drafts between two published cards.
"""

import re
from typing import NamedTuple

from assessments.values.scale import Role

SLUG_PATTERN = "[a-z0-9]+(?:-[a-z0-9]+)*"
PATTERN = f"{SLUG_PATTERN}(?:~[a-z0-9._-]{{1,40}})?"

_KEY = re.compile(f"(?P<slug>{SLUG_PATTERN})(?:~(?P<owner>[a-z0-9._-]{{1,40}}))?")


class CardKey(NamedTuple):
    """`owner` is None for the lead card, of which there is one."""

    slug: str
    owner: str | None = None

    @property
    def role(self) -> Role:
        return Role.LEAD if self.owner is None else Role.SECOND_OPINION

    def __str__(self) -> str:
        return self.slug if self.owner is None else f"{self.slug}~{self.owner}"


def read_card_key(text: str) -> CardKey | None:
    """The key that the text spells, or None."""
    found = _KEY.fullmatch(text)
    return CardKey(found["slug"], found["owner"]) if found else None


def card_key(*, slug: str, role: str, owner: str) -> CardKey:
    return CardKey(slug, owner if role == Role.SECOND_OPINION else None)
