"""What every page is built from: the published record, and the last finished runs on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessments.selectors import PublishedCard
from publishing.fields import Field
from publishing.results import Outlook, Progress, Ranking


@dataclass(frozen=True)
class Published:
    """`cards` are those in force, `fields` are by the name of their domain."""

    today: date
    seq: int
    cards: tuple[PublishedCard, ...]
    fields: Mapping[str, Field]
    ranking: Ranking | None = None
    outlook: Outlook | None = None
    computing: tuple[Progress, ...] = ()

    @property
    def leads(self) -> tuple[PublishedCard, ...]:
        return tuple(card for card in self.cards if card.role == "lead")

    @property
    def judged(self) -> tuple[PublishedCard, ...]:
        """Lead cards of the technologies that are judged, without the yardsticks."""
        return tuple(card for card in self.leads if not card.is_yardstick)

    def lead(self, slug: str) -> PublishedCard | None:
        return next((card for card in self.leads if card.slug == slug), None)

    @property
    def as_of(self) -> str:
        return day_words(self.today)


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def month_words(day: date) -> str:
    return f"{day:%B %Y}"
