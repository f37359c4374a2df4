"""Published cards and finished runs made by hand, for pages that are built without a database."""

from datetime import UTC, date, datetime
from typing import Any

from assessments.selectors import PublishedCard
from publishing.fields import Field
from publishing.pages.published import Published
from publishing.results import Outlook, Projected, Ranked, Ranking, RunFacts
from scoring.inputs import JUDGED
from scoring.services.explanations import PairContrast
from tests.assessments.factories import card_json, score

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 9, 14, 2, tzinfo=UTC)
AI = Field(name="AI", letter="A", colour="ai", slug="ai")
RUN = RunFacts(id=41, as_of=TODAY, finished_at=AT, draws=10_000, lens="even-handed")


def window(start: int | None, end: int | None, certainty: str | None = "medium") -> dict[str, Any]:
    reason = None if start else "looked and found nothing"
    stated = {"from": start, "to": end, "certainty": certainty, "rationale": "Pilots end then."}
    return stated | {"unscored_reason": reason}


def card(
    slug: str, opened: int | None = None, links: list[dict[str, str]] | None = None, **changes: Any
) -> PublishedCard:
    """The published lead card of a technology; keys of PublishedCard go there, others to the
    card."""
    facts = {"seq": 1, "role": "lead", "author": "anna", "by": "ben", "at": AT}
    facts |= {"as_of": date(2026, 5, 4), "oversight": "approved by one editor"}
    facts |= {"revision_id": 1, "card_id": 1, "is_demonstration": False, "is_yardstick": False}
    facts |= {key: changes.pop(key) for key in list(changes) if key in facts}
    opening = {"status": "open", "year": opened} if opened else None
    body: dict[str, Any] = {
        "card": card_json(slug, **changes),
        "links": links or [],
        "opening": opening,
    }
    body["content_hash"] = "0" * 64
    return PublishedCard(slug=slug, body=body, **facts)


def ranked(slug: str, band: int, expected: float, **changes: Any) -> Ranked:
    stated = {"rank_low": 1, "rank_high": 2, "p_top_3": 0.9, "p_top_10": 0.999}
    stated |= {"shares": (0.6, 0.4), "lift": {"impact": 1.2, "drivers": -0.9}, "coverage": "5/5"}
    return Ranked(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        is_ranked=True,
        not_ranked_because="",
        band=band,
        expected_rank=expected,
        **stated | changes,
    )


def ranking(*rows: Ranked, ahead: float = 0.75) -> Ranking:
    return Ranking(run=RUN, rows=rows, share_ahead=lambda first, second: ahead)


def made_contrast(other: str, ahead: float, **parts: float) -> PairContrast:
    """Each dimension with a part decides half of the draws; the largest part leads."""
    every = {name: parts.get(name, 0.0) for name in JUDGED}
    sign = 1 if ahead >= 0.5 else -1
    return PairContrast(
        other=other,
        draws=10_000,
        share_ahead=ahead,
        difference=sum(every.values()),
        parts=every,
        parts_se=dict.fromkeys(every, 0.001),
        decides={name: 0.5 if part else 0.0 for name, part in every.items()},
        mostly=(max(every, key=lambda name: sign * every[name]),),
    )


def projected(slug: str, **changes: Any) -> Projected:
    stated = {"p_open_by_2030": 0.31, "year_p10": 2027.0, "year_p50": 2033.4, "year_p90": 2040.0}
    stated |= {"p_never": 0.25, "first_year": 2026, "chances": (0.1,) * 20}
    return Projected(slug=slug, **stated | changes)


def published(*cards: PublishedCard, **changes: Any) -> Published:
    return Published(today=TODAY, seq=7, cards=cards, fields={"AI": AI}, **changes)


def outlook(*rows: Projected) -> Outlook:
    return Outlook(run=RUN, rows={row.slug: row for row in rows})


__all__ = [
    "AI",
    "TODAY",
    "card",
    "made_contrast",
    "outlook",
    "projected",
    "published",
    "ranked",
    "ranking",
    "score",
]
