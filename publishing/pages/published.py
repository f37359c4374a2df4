"""What every page is built from: the published record, and the last finished runs on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessments.selectors import PublishedCard
from publishing.fields import Field
from publishing.results import Outlook, Progress, Ranking


@dataclass(frozen=True)
class Moment:
    """How far the record and its runs have come: what tells whether a page would look
    different, without building it. Runs by their number, 0 before the first."""

    today: date
    seq: int
    ranking_run: int = 0
    outlook_run: int = 0
    computing: tuple[Progress, ...] = ()

    @property
    def of_record(self) -> str:
        return f"{self.seq}-{self.today}"

    @property
    def of_ranking(self) -> str:
        return f"{self.of_record}-{self.ranking_run}{self._busy('ranking')}"

    @property
    def of_all(self) -> str:
        return f"{self.of_ranking}-{self.outlook_run}{self._busy('outlook')}"

    def _busy(self, kind: str) -> str:
        found = [row for row in self.computing if row.kind == kind]
        return f".{found[0].run_id}.{found[0].done}" if found else ""


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
    def moment(self) -> Moment:
        return Moment(
            today=self.today,
            seq=self.seq,
            ranking_run=self.ranking.run.id if self.ranking else 0,
            outlook_run=self.outlook.run.id if self.outlook else 0,
            computing=self.computing,
        )

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
