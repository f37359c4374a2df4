"""Scores that rest on a dataset whose figures went on without them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.models import Card, Citation, Publication
from assessments.values.scale import Dimension
from assessments.values.tension import last_looked_at, last_weighed
from evidence.measured import figures_since, series_behind
from evidence.models import Indicator, Item, Observation

Content = Mapping[str, Any]


@dataclass(frozen=True)
class NewFigures:
    """`figures` came into the record after somebody last looked at the score, in their order."""

    slug: str
    dimension: str
    title: str
    indicator: Indicator
    since: datetime
    figures: tuple[Observation, ...]


@dataclass(frozen=True)
class Figures:
    """`followed` are the scores, by slug and dimension, that moved after figures had come in."""

    unseen: Sequence[NewFigures] = ()
    followed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class _Resting:
    """A score of a published card, and the series that one of its citations names; `before` is
    when it was weighed before it was weighed last."""

    slug: str
    citation: Mapping[str, Any]
    indicator: Indicator
    since: datetime
    before: datetime


def published_figures() -> Figures:
    """Of published lead cards: the citations of datasets that have figures which nobody who wrote
    the score could have seen, and the scores that followed such figures."""
    cited = Citation.objects.filter(revision__card__role=Card.Role.LEAD)
    standing = cited.exclude(item__state=Item.State.RETRACTED).exclude(item__url="")
    series = series_behind(dict(standing.values_list("item__key", "item__url").distinct()))
    if not series:
        return Figures()
    on_series = cited.filter(item__key__in=series).values("revision__card__technology")
    rows = Publication.objects.standing().filter(
        card__role=Card.Role.LEAD, technology__in=on_series
    )
    histories: dict[str, list[tuple[Content, datetime]]] = {}
    told = ("technology__slug", "body", "revision__recorded_at")
    for slug, body, at in rows.order_by("seq").values_list(*told):
        histories.setdefault(slug, []).append((json.loads(body)["card"], at))
    resting = [one for slug, states in histories.items() for one in _resting(slug, states, series)]
    return _figures(resting)


def _resting(
    slug: str, states: Sequence[tuple[Content, datetime]], series: Mapping[str, list[Indicator]]
) -> Iterator[_Resting]:
    history, newest = [content for content, _ in states], states[-1][0]
    told = set()
    for citation in newest.get("citations", ()):
        dimension = Dimension(citation["dimension"])
        since = states[last_looked_at(dimension, history)][1]
        weighed = last_weighed(dimension, history)
        before = states[last_weighed(dimension, history[:weighed])][1]
        for indicator in series.get(citation["item"], ()):
            if (dimension, indicator.pk) not in told:
                told.add((dimension, indicator.pk))
                yield _Resting(slug, citation, indicator, since, before)


def _figures(resting: Sequence[_Resting]) -> Figures:
    if not resting:
        return Figures()
    earliest = min(one.before for one in resting)
    known = figures_since({one.indicator.pk for one in resting}, earliest)
    unseen, followed = [], set()
    for one in resting:
        came = [row for row in known.get(one.indicator.pk, ()) if row.recorded_at > one.before]
        later = tuple(row for row in came if row.recorded_at > one.since)
        dimension = one.citation["dimension"]
        if len(came) > len(later):
            followed.add((one.slug, dimension))
        if later:
            title = one.citation["title"]
            new = NewFigures(one.slug, dimension, title, one.indicator, one.since, later)
            unseen.append(new)
    return Figures(unseen, frozenset(followed))
