"""Made-up technologies with whole cards, the same for the same seed and day."""

import datetime
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.text import slugify

from assessments.services.technologies import Facts
from benchmarks.words import name_of, passage, sentence, sentences, text

DOMAINS = ("AI", "Chips", "Security", "Quantum", "Energy", "Biology", "Mobility and space")
JUDGED = ("viability", "drivers", "novelty", "diffusion", "impact")
LEVELS = ("1", "2", "3", "4", "5", "5+")
CERTAINTIES = ("low", "medium", "high")
RATINGS = ("underrated", "fairly rated", "overrated", "too early to say")
LEAD_AUTHORS = ("anna", "dora")
OPINION_AUTHORS = ("emil", "fay")
FIRST_DAY_AGO = 1_100

Json = dict[str, Any]


@dataclass(frozen=True)
class CardPlan:
    """A card: its published revisions, then one that waits for review or is a draft."""

    author: str
    role: str
    published: tuple[Json, ...]
    waiting: Json | None = None
    draft: Json | None = None


@dataclass(frozen=True)
class TechnologyPlan:
    facts: Facts
    opened: int | None
    is_yardstick: bool
    links: tuple[tuple[str, str], ...]
    cards: tuple[CardPlan, ...]


def technology_plans(*, technologies: int, seed: int, today: datetime.date) -> list[TechnologyPlan]:
    """That many, each drawn from a stream of its own: the first ten are those of any number."""
    return [_Maker(place, seed, today).plan() for place in range(technologies)]


class _Maker:
    """Which parts a technology has follows from its place, so that ten hold every kind."""

    def __init__(self, place: int, seed: int, today: datetime.date) -> None:
        self.place, self.seed, self.today = place, seed, today
        self.random = Random(f"{seed}-{place}")
        self.name = name_of(place)
        self.slug = slugify(self.name)

    def plan(self) -> TechnologyPlan:
        place = self.place
        return TechnologyPlan(
            facts=self._facts(),
            opened=self.today.year - place % 9 if place % 12 == 5 else None,
            is_yardstick=place % 60 == 9,
            links=self._links(),
            cards=(self._lead(), *self._opinions()),
        )

    def _facts(self) -> Facts:
        domains = self.random.sample(DOMAINS, 2 if self.place % 6 == 1 else 1)
        aliases = (f"{self.name.split()[-1]} of type {self.place}",) if self.place % 3 == 0 else ()
        variant = slugify(name_of(self.place - 1)) if self.place % 15 == 8 else None
        return Facts(
            slug=self.slug,
            name=self.name,
            aliases=aliases,
            domains=tuple(domains),
            variant_of=variant,
        )

    def _links(self) -> tuple[tuple[str, str], ...]:
        """Links lead to technologies made earlier, so that none requires itself."""
        count = min(self.place, self.random.randint(0, 3))
        others = self.random.sample(range(max(0, self.place - 40), self.place), count)
        kinds = ("requires", "accelerates", "competes with")
        return tuple((self.random.choice(kinds), slugify(name_of(other))) for other in others)

    def _lead(self) -> CardPlan:
        author = LEAD_AUTHORS[self.place % 2]
        revisions = 3 if self.place % 10 == 6 else 2 if self.place % 3 == 0 else 1
        is_waiting, is_draft = self.place % 5 == 2, self.place % 5 == 4
        days = self._days(revisions + is_waiting + is_draft)
        documents = [self._document("lead", author, day, number) for number, day in enumerate(days)]
        return CardPlan(
            author=author,
            role="lead",
            published=tuple(documents[:revisions]),
            waiting=documents[-1] if is_waiting else None,
            draft=documents[-1] if is_draft else None,
        )

    def _opinions(self) -> tuple[CardPlan, ...]:
        count = 2 if self.place % 8 == 1 else 1 if self.place % 4 == 1 else 0
        return tuple(
            CardPlan(
                author=author,
                role="second opinion",
                published=(self._document("second opinion", author, self._days(1)[0], 0),),
            )
            for author in OPINION_AUTHORS[:count]
        )

    def _days(self, count: int) -> list[datetime.date]:
        ago = sorted(self.random.sample(range(30, FIRST_DAY_AGO), count), reverse=True)
        return [self.today - datetime.timedelta(days=days) for days in ago]

    def _document(self, role: str, author: str, day: datetime.date, number: int) -> Json:
        random, is_lead = self.random, role == "lead"
        return {
            "technology": {"slug": self.slug, "name": self.name, "aliases": [], "domains": []},
            "role": role,
            "author": author,
            "origin": "hand",
            "series": "house",
            "detail": "full",
            "as_of": day.isoformat(),
            "reason": sentence(random) if number else "First assessment.",
            "parent": None,
            "summary": passage(random, 2),
            "text": text(random, 4) if is_lead else "",
            "scores": self._scores(day),
            "scenarios": self._scenarios() if is_lead else [],
            "companies": [_company(random, n) for n in range(self.place % 5)] if is_lead else [],
            "rating": self._rating() if self.place % 4 else None,
            "p_never": random.choice([None, 0.05, 0.1, 0.3]),
            "tripwires": sentences(random, 2),
            "open_questions": [_question(random)],
            "predictions": self._predictions() if is_lead and self.place % 3 != 2 else [],
            "sources": [_source(random, n) for n in range(3)],
        }

    def _scores(self, day: datetime.date) -> Json:
        scores: Json = {dimension: self._score(dimension) for dimension in JUDGED}
        first = day.year + self.random.randint(-1, 14)
        last = None if self.random.random() < 0.15 else first + self.random.randint(0, 6)
        is_known = self.random.random() > 0.05
        scores["timing"] = {
            "from": first if is_known else None,
            "to": last if is_known else None,
            "certainty": self.random.choice(CERTAINTIES) if is_known else None,
            "rationale": passage(self.random, 2),
            "unscored_reason": None if is_known else "looked and found nothing",
        }
        return scores

    def _score(self, dimension: str) -> Json:
        random = self.random
        weights = (2, 4, 6, 5, 3, 1 if dimension == "impact" else 0)
        level = random.choices(LEVELS, weights)[0] if random.random() > 0.06 else None
        above = LEVELS[LEVELS.index(level) + 1] if level in LEVELS[:4] else None
        return {
            "level": level,
            "level_to": above if random.random() < 0.12 else None,
            "certainty": random.choice(CERTAINTIES) if level else None,
            "rationale": passage(random, 2),
            "unscored_reason": None if level else "not yet assessed",
        }

    def _scenarios(self) -> list[Json]:
        are_weighed = self.place % 4 == 3
        weighed = (("low", "2", 0.25), ("middle", "3", 0.5), ("high", "4", 0.25))
        return [
            {
                "name": name,
                "text": sentence(self.random),
                "impact_level": level if are_weighed else None,
                "probability": share if are_weighed else None,
            }
            for name, level, share in weighed
        ]

    def _rating(self) -> Json:
        return {
            "value": self.random.choice(RATINGS),
            "perspective": "ten-year venture fund",
            "note": sentence(self.random),
        }

    def _predictions(self) -> list[Json]:
        return [self._prediction() for _ in range(1 + self.place % 2)]

    def _prediction(self) -> Json:
        year = self.today.year + self.random.randint(1, 8)
        share = self.random.randint(2, 60)
        return {
            "statement": f"By {year}-12-31 {share} per cent of new sites use {self.name}.",
            "metric": f"share of new sites that use {self.name}",
            "direction": "at least",
            "threshold": f"{share} per cent",
            "population": "sites opened in the year, worldwide",
            "baseline": f"{share // 2} per cent today",
            "deadline": f"{year}-12-31",
            "kind": "threshold",
            "resolution_rule": passage(self.random, 2),
        }


def _company(random: Random, number: int) -> Json:
    disclosure = "We hold shares in it." if number == 3 else None
    return {"name": f"Maker {number + 1}", "note": sentence(random), "disclosure": disclosure}


def _question(random: Random) -> Json:
    return {
        "question": f"Is it true that {sentence(random).lower()}",
        "answer": None,
        "answered_on": None,
    }


def _source(random: Random, number: int) -> Json:
    address = f"https://example.org/{random.randrange(10**9)}/{number}"
    return {"title": sentence(random), "url": address, "accessed_on": None}
