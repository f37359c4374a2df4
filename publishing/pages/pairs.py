"""How often each of the first technologies of the ranking is ahead of each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from django.urls import reverse

from publishing.charts.chart import Cell, Chart, Table
from publishing.charts.pairwise import pairwise_figure
from publishing.pages.published import Published, day_words
from publishing.pairwise import word_between
from publishing.results import Ranked, Ranking
from publishing.wording import counted, in_words, share_of_draws, verb
from scoring.selectors import pairwise_word

MOST = 30


@dataclass(frozen=True)
class PairsPage:
    """`chart` is None while fewer than two technologies are ranked."""

    headline: str
    lede: str
    chart: Chart | None
    run_url: str


def pairs_page(published: Published) -> PairsPage:
    ranking = published.ranking
    chart = pairs_chart(published)
    if ranking is None or chart is None:
        return PairsPage("No two technologies are ranked yet.", "", None, "")
    rows = ranking.ranked[:MOST]
    pairs = [
        (first, second)
        for first, second in combinations(rows, 2)
        if ranking.share_ahead(first.slug, second.slug) is not None
    ]
    words = [word_between(ranking, first.slug, second.slug) for first, second in pairs]
    settled = sum(word in {"ahead", "behind"} for word in words)
    which = "of technologies" if len(rows) == len(ranking.ranked) else f"among the first {MOST}"
    share = share_of_draws(settled / max(len(pairs), 1))
    return PairsPage(
        headline=f"Of 100 pairs {which}, {share} have a settled order.",
        lede=(
            f"Settled means that one is ahead of the other in more than 80 of 100 draws. That is"
            f" so for {settled} of {counted(len(pairs), 'pair')}, as of"
            f" {day_words(ranking.run.as_of)}."
        ),
        chart=chart,
        run_url=reverse("scoring:run-detail", args=[ranking.run.id]),
    )


def pairs_chart(published: Published) -> Chart | None:
    ranking = published.ranking
    if ranking is None or len(ranking.ranked) < 2:
        return None
    return _chart_of(ranking)


@lru_cache(maxsize=2)
def _chart_of(ranking: Ranking) -> Chart:
    """Of a ranking that stays as it is; nine hundred cells are drawn once."""
    rows = ranking.ranked[:MOST]
    shares = _shares(rows, ranking)
    names = [row.name for row in rows]
    cells: list[tuple[Cell, ...]] = [
        (name, *(None if share is None else round(100 * share, 1) for share in line))
        for name, line in zip(names, shares, strict=True)
    ]
    return Chart(
        name="pairs",
        heading="Ahead of each other, in draws of 100",
        sentence=_sentence(rows, shares),
        drawing=pairwise_figure(names, shares),
        table=Table(("Ahead of", *names), tuple(cells)),
        caption=(
            "A cell says in how many of 100 draws the technology of its row is ahead of that of its"
            " column, ties counted half. The tint changes at 20, 40, 60 and 80."
        ),
        csv_url=reverse("publishing:ranking-pairs-csv"),
    )


def _shares(rows: Sequence[Ranked], ranking: Ranking) -> list[list[float | None]]:
    return [
        [
            None if first is second else _rounded(ranking.share_ahead(first.slug, second.slug))
            for second in rows
        ]
        for first in rows
    ]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _sentence(rows: Sequence[Ranked], shares: Sequence[Sequence[float | None]]) -> str:
    """Whom the first leaves behind, and which pair is the most open."""
    leader = rows[0]
    behind = sum(pairwise_word(share) == "ahead" for share in shares[0] if share is not None)
    first, second = min(
        combinations(range(len(rows)), 2),
        key=lambda pair: abs((shares[pair[0]][pair[1]] or 0) - 0.5),
    )
    share = shares[first][second] or 0.0
    if share < 0.5:
        first, second, share = second, first, 1 - share
    name, other = rows[first].name, rows[second].name
    be = verb(leader.name, "is", "are")
    return (
        f"{leader.name} {be} ahead of {in_words(behind)} of the other {in_words(len(rows) - 1)}."
        f" The most open pair is {name} and {other}: {name} {verb(name, 'is', 'are')} ahead in"
        f" {share_of_draws(share)} of 100 draws."
    )
