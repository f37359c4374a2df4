"""One technology: what it is, how it is judged and why, where it stands, when it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from assessments.challenges import ChallengeRecord
from assessments.selectors import PublishedCard
from publishing.agreement import Agreed, agreed_on
from publishing.cards import (
    LevelScore,
    Window,
    field_of_card,
    level_score,
    level_scores,
    opened_in,
    window_of,
)
from publishing.charts.chart import Chart
from publishing.explanations import NOT_EXPLAINED, Explained
from publishing.fields import Field
from publishing.figures.place_on_map import Crowd, Dot, place_on_map
from publishing.pages.link_lines import (
    LinkLine,
    assumed_words,
    contradiction_words,
    lines_of,
    with_links_words,
)
from publishing.pages.prediction.rows import CheckableRow, rows_about
from publishing.pages.published import Moment, Published, day_words
from publishing.pages.technology.history import HistoryEntry, history, previous_of
from publishing.pages.technology.links import RelationGroup, grouped, relations_of
from publishing.pages.technology.outlook import TechnologyOutlook, never_words, technology_outlook
from publishing.pages.technology.score_history import score_history
from publishing.pages.technology.scores import ScoreRow, TimingRow, score_rows, timing_row
from publishing.pages.technology.standing import Standing, standing
from publishing.pages.window_record import WindowRecord, window_record
from publishing.predicted import Predicted
from publishing.results import Progress
from record.canonical import digest

STALE_MONTHS = 18


@dataclass(frozen=True)
class SecondOpinion:
    author: str
    as_of: str
    scores: tuple[LevelScore, ...]
    window: Window


@dataclass(frozen=True)
class TechnologyPage:
    """`card` is the published lead card in the contract's shape."""

    state: str
    slug: str
    name: str
    field: Field
    aliases: tuple[str, ...]
    card: dict[str, Any]
    card_id: int
    author: str
    revised: str
    oversight: str
    opened: int | None
    is_stale: bool
    is_yardstick: bool
    thumbnail: SafeString
    scores: tuple[ScoreRow, ...]
    timing: TimingRow
    standing: Standing | None
    relations: tuple[RelationGroup, ...]
    outlook: TechnologyOutlook | None
    never: str
    second_opinions: tuple[SecondOpinion, ...]
    agreed: Agreed | None
    score_history: Chart | None
    history: tuple[HistoryEntry, ...]
    contradictions: tuple[str, ...]
    with_links: str
    link_lines: tuple[LinkLine, ...]
    assumed: str
    window_record: WindowRecord | None
    computing: tuple[Progress, ...]
    foretold: tuple[CheckableRow, ...] = ()
    challenges: tuple[ChallengeRecord, ...] = ()


def technology_page(
    slug: str,
    published: Published,
    publications: Sequence[PublishedCard],
    explained: Explained = NOT_EXPLAINED,
    found: Sequence[Predicted] = (),
    challenges: Sequence[ChallengeRecord] = (),
) -> TechnologyPage | None:
    """The page of a published technology, None for any other. `publications` are all of the
    technology's, newest first; of the predictions `found` it shows its own, of `challenges` all."""
    card = published.lead(slug)
    if card is None:
        return None
    before = previous_of(card, publications)
    relations = relations_of(card, published)
    outlook = published.outlook
    foretold = rows_about(slug, found, published)
    return TechnologyPage(
        state=technology_state(published.moment, foretold, challenges),
        slug=slug,
        name=card.technology["name"],
        field=field_of_card(card, published.fields),
        aliases=tuple(card.technology["aliases"]),
        card=card.card,
        card_id=card.card_id,
        author=card.author,
        revised=day_words(card.at.date()),
        oversight=card.oversight,
        opened=opened_in(card.body),
        is_stale=_months(card, published) >= STALE_MONTHS,
        is_yardstick=card.is_yardstick,
        thumbnail=_thumbnail(card, published),
        scores=score_rows(card, before, published),
        timing=timing_row(card, before, published),
        standing=standing(card, published, explained),
        relations=grouped(relations),
        outlook=technology_outlook(card, relations, published),
        never=never_words(card, outlook.rows.get(slug) if outlook else None),
        second_opinions=_second_opinions(slug, published),
        agreed=agreed_on(slug, published),
        score_history=score_history(card, publications, today=published.today),
        history=history(publications),
        contradictions=contradiction_words(outlook.contradictions, published, slug)
        if outlook
        else (),
        with_links=with_links_words(slug, outlook),
        link_lines=lines_of(slug, published),
        assumed=assumed_words(published.links, published.openings),
        window_record=window_record(publications, today=published.today),
        computing=published.computing,
        foretold=foretold,
        challenges=tuple(challenges),
    )


def technology_state(
    moment: Moment,
    foretold: tuple[CheckableRow, ...],
    challenges: Sequence[ChallengeRecord] = (),
) -> str:
    """What the page shows, in a short text; predictions and challenges move by themselves."""
    told = [digest(repr(one))[:12] for one in (foretold, tuple(challenges)) if one]
    return "-".join([str(moment.of_all), *told])


def _months(card: PublishedCard, published: Published) -> int:
    today, said = published.today, card.as_of
    return (today.year - said.year) * 12 + today.month - said.month - (today.day < said.day)


def _second_opinions(slug: str, published: Published) -> tuple[SecondOpinion, ...]:
    return tuple(
        SecondOpinion(
            author=card.author,
            as_of=day_words(card.as_of),
            scores=level_scores(card.card["scores"]),
            window=window_of(card.card["scores"]),
        )
        for card in published.opinions.get(slug, ())
    )


def dot_of(card: PublishedCard) -> Dot | None:
    scores, opened = card.card["scores"], opened_in(card.body)
    year = opened + 0.5 if opened is not None else window_of(scores).middle
    level = level_score(scores, "impact").printed
    return Dot(level, year, card.technology["name"]) if level and year is not None else None


@lru_cache(maxsize=2)
def crowd_of(published: Published) -> Crowd:
    """All who are judged, for the thumbnail of each."""
    dots = [dot for card in published.judged if (dot := dot_of(card))]
    return Crowd(dots, today=published.today.year + published.today.month / 12)


def _thumbnail(card: PublishedCard, published: Published) -> SafeString:
    """Empty while the technology has no place on the map."""
    this = dot_of(card)
    return place_on_map(crowd_of(published), this) if this else SafeString("")
