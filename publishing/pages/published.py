"""What every page is built from: the published record, and the last finished runs on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assessments.retractions import Retraction
from assessments.selectors import PublishedCard
from publishing.fields import Field
from publishing.results import LinkEffects, Outlook, Progress, Ranking


@dataclass(frozen=True)
class Moment:
    """How far the record and its runs have come: what tells whether a page would look
    different, without building it. `seq` is that of the last public change; runs by their
    number, 0 before the first; `forgotten` moves when a person's name leaves the record."""

    today: date
    seq: int
    ranking_run: int = 0
    outlook_run: int = 0
    links_run: int = 0
    computing: tuple[Progress, ...] = ()
    forgotten: int = 0

    @property
    def of_record(self) -> str:
        names = f".{self.forgotten}" if self.forgotten else ""
        return f"{self.seq}-{self.today}{names}"

    @property
    def of_ranking(self) -> str:
        return f"{self.of_record}-{self.ranking_run}{self._busy('ranking')}"

    @property
    def of_all(self) -> str:
        return f"{self.of_ranking}-{self.outlook_run}.{self.links_run}{self._busy('outlook')}"

    def _busy(self, kind: str) -> str:
        found = [row for row in self.computing if row.kind == kind]
        return f".{found[0].run_id}.{found[0].done}" if found else ""


@dataclass(frozen=True)
class Past:
    """The date that a record speaks of, and the one on which it was known; None is now."""

    as_of: date | None = None
    known_on: date | None = None


@dataclass(frozen=True)
class RecordDates:
    """The days that publications speak of, and those on which they came; oldest first. `today`
    is that of the present, even where the record of another day is read."""

    today: date | None = None
    spoken: tuple[date, ...] = ()
    known: tuple[date, ...] = ()


@dataclass(frozen=True, eq=False)
class Published:
    """`cards` are those in force, `fields` are by the name of their domain. Of the past,
    `today` is the date spoken of, and there are no runs. `retracted` are cited items that were
    retracted by now, whatever the date: who reads an old state should know."""

    today: date
    seq: int
    cards: tuple[PublishedCard, ...]
    fields: Mapping[str, Field]
    ranking: Ranking | None = None
    outlook: Outlook | None = None
    links: LinkEffects | None = None
    openings: int = 0
    retracted: Mapping[str, Retraction] = field(default_factory=dict)
    computing: tuple[Progress, ...] = ()
    forgotten: int = 0
    past: Past | None = None
    dates: RecordDates = RecordDates()

    @property
    def moment(self) -> Moment:
        return Moment(
            today=self.today,
            seq=self.seq,
            ranking_run=self.ranking.run.id if self.ranking else 0,
            outlook_run=self.outlook.run.id if self.outlook else 0,
            links_run=self.links.run.id if self.links else 0,
            computing=self.computing,
            forgotten=self.forgotten,
        )

    @cached_property
    def leads(self) -> tuple[PublishedCard, ...]:
        return tuple(card for card in self.cards if card.role == "lead")

    @cached_property
    def judged(self) -> tuple[PublishedCard, ...]:
        """Lead cards of the technologies that are judged, without the yardsticks."""
        return tuple(card for card in self.leads if not card.is_yardstick)

    @cached_property
    def _leads_by_slug(self) -> Mapping[str, PublishedCard]:
        return {card.slug: card for card in self.leads}

    @cached_property
    def opinions(self) -> Mapping[str, tuple[PublishedCard, ...]]:
        """Second opinions by the slug of their technology."""
        found: dict[str, tuple[PublishedCard, ...]] = {}
        for card in self.cards:
            if card.role != "lead":
                found[card.slug] = (*found.get(card.slug, ()), card)
        return found

    def lead(self, slug: str) -> PublishedCard | None:
        return self._leads_by_slug.get(slug)

    @property
    def as_of(self) -> str:
        return day_words(self.today)


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def month_words(day: date) -> str:
    return f"{day:%B %Y}"
