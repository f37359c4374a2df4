"""The ranking: bands, and in each row the interval that holds 90 of 100 draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from publishing.cards import technology_url
from publishing.drivers import driver_words
from publishing.figures.rank_rows import RankRow, common_scale, rank_axis, rank_drawing
from publishing.pages.published import Published
from publishing.results import Progress, Ranked, Ranking
from publishing.wording import (
    in_words,
    is_plural,
    opening_words,
    share_of_draws,
    verb,
)
from scoring.selectors import pairwise_word

ROWS_A_PAGE = 200
LENSES = {
    "even-handed": (
        "Even-handed",
        (
            "Every mix of the five weights counts the same. Readiness (viability, drivers and"
            " diffusion) so carries 60 % of the weight on average."
        ),
    ),
}


@dataclass(frozen=True)
class RankView:
    """One technology as the page shows it; shares are printed of 100 draws."""

    slug: str
    name: str
    url: str
    moves: str
    drawing: SafeString
    expected: str
    interval: str
    band: int
    coverage: str
    top_3: str
    top_10: str
    is_top_3: bool
    is_top_10: bool


@dataclass(frozen=True)
class BandView:
    number: int
    sentence: str
    rows: tuple[RankView, ...]


@dataclass(frozen=True)
class NotRanked:
    name: str
    url: str
    because: str


@dataclass(frozen=True)
class RankingPage:
    """`lede` is in three parts, the middle one set in bold; `run` is None before the first."""

    state: str
    headline: str
    lede: tuple[str, str, str]
    ranking: Ranking | None
    lens: tuple[str, str]
    axis: SafeString
    bands: tuple[BandView, ...]
    listing: Page[Ranked]
    not_ranked: tuple[NotRanked, ...]
    computing: Progress | None
    run_url: str


def ranking_page(
    published: Published, asked: QueryDict | None = None, *, rows_a_page: int = ROWS_A_PAGE
) -> RankingPage:
    """The page that is asked for; without a question all of the ranking on one."""
    ranking = published.ranking
    computing = next((row for row in published.computing if row.kind == "ranking"), None)
    headline, lede = finding(ranking)
    listing = _listing(ranking, asked, rows_a_page)
    return RankingPage(
        state=published.moment.of_ranking,
        headline=headline,
        lede=lede,
        ranking=ranking,
        lens=LENSES[ranking.run.lens] if ranking else ("", ""),
        axis=rank_axis(ranking.ranks) if ranking and ranking.ranked else SafeString(""),
        bands=_bands(ranking, published, list(listing)) if ranking else (),
        listing=listing,
        not_ranked=_not_ranked(ranking) if ranking else (),
        computing=computing,
        run_url=reverse("scoring:run-detail", args=[ranking.run.id]) if ranking else "",
    )


def _listing(ranking: Ranking | None, asked: QueryDict | None, rows_a_page: int) -> Page[Ranked]:
    rows = ranking.ranked if ranking else ()
    if asked is None:
        return Paginator(rows, max(len(rows), 1)).get_page(1)
    return Paginator(rows, rows_a_page).get_page(asked.get("page"))


def finding(ranking: Ranking | None) -> tuple[str, tuple[str, str, str]]:
    """The headline and the lede that the ranking amounts to."""
    if ranking is None:
        return "No ranking has been computed yet.", ("", "", "")
    if not ranking.ranked:
        return "No published card can be ranked yet.", ("", "", "")
    bands = [list(rows) for _, rows in groupby(ranking.ranked, key=lambda row: row.band)]
    first = bands[0]
    if len(first) > 1:
        return _shared_lead(first)
    return _sole_lead(first[0], bands[1] if len(bands) > 1 else [])


def _shared_lead(first: Sequence[Ranked]) -> tuple[str, tuple[str, str, str]]:
    leader = first[0]
    headline = (
        f"{opening_words(len(first))} technologies share the first band."
        " They cannot be put in order."
    )
    start = f"{leader.name} {verb(leader.name, 'has', 'have')} the best expected rank and"
    start += f" {verb(leader.name, 'is', 'are')} in the top three in "
    fact = f"{share_of_draws(leader.p_top_3)} of 100 draws"
    others = "the other" if len(first) == 2 else "any of the others in the band"
    end = f", but ahead of {others} in at most 80: a modest change of weights or scores"
    return headline, (start, fact, end + " reverses their order.")


def _sole_lead(leader: Ranked, second: Sequence[Ranked]) -> tuple[str, tuple[str, str, str]]:
    name = leader.name
    headline = f"{name} {verb(name, 'leads', 'lead')}."
    start = f"{name} {verb(name, 'is', 'are')} in the top three in "
    fact = f"{share_of_draws(leader.p_top_3)} of 100 draws"
    if not second:
        return headline, (start, fact, ".")
    follower, behind = second[0].name, "them" if is_plural(name) else "it"
    if len(second) == 1:
        follows = verb(follower, "follows", "follow")
        return f"{headline} {follower} {follows}.", (start, fact, ".")
    headline += f" The next {in_words(len(second))} cannot be put in order."
    leads = verb(follower, "leads", "lead")
    end = (
        f". Behind {behind}, {follower} {leads} a band whose order is not settled:"
        " a modest change of weights or scores reverses it."
    )
    return headline, (start, fact, end)


def _bands(ranking: Ranking, published: Published, shown: Sequence[Ranked]) -> tuple[BandView, ...]:
    """Bands that have rows on show; what is said of a band is true of all of it."""
    whole = {number: list(rows) for number, rows in groupby(ranking.ranked, key=_band_of)}
    cards = {card.slug: card for card in published.leads}
    drawings = drawings_of(ranking)
    bands = []
    for number, group in groupby(shown, key=_band_of):
        views = [
            _view(row, driver_words(row, cards[row.slug]), drawings[row.slug]) for row in group
        ]
        sentence = _band_sentence(number, whole[number], ranking)
        bands.append(BandView(number, sentence, tuple(views)))
    return tuple(bands)


def _band_of(row: Ranked) -> int:
    return row.band


@lru_cache(maxsize=2)
def drawings_of(ranking: Ranking) -> Mapping[str, SafeString]:
    """Every row of the ranking on its shared axis, for this page and those of technologies."""
    rows = {row.slug: rank_row(row) for row in ranking.ranked}
    scale, ranks = common_scale(rows.values()), ranking.ranks
    return {slug: rank_drawing(row, ranks=ranks, scale=scale) for slug, row in rows.items()}


def rank_row(row: Ranked) -> RankRow:
    return RankRow(row.shares, row.expected_rank, row.rank_low, row.rank_high)


def _view(row: Ranked, moves: str, drawing: SafeString) -> RankView:
    return RankView(
        slug=row.slug,
        name=row.name,
        url=technology_url(row.slug),
        moves=moves,
        drawing=drawing,
        expected=f"{row.expected_rank:.1f}",
        interval=f"{row.rank_low}–{row.rank_high}",
        band=row.band,
        coverage=row.coverage,
        top_3=share_of_draws(row.p_top_3),
        top_10=share_of_draws(row.p_top_10),
        is_top_3=row.p_top_3 >= 0.5,
        is_top_10=row.p_top_10 >= 0.5,
    )


def _band_sentence(number: int, rows: Sequence[Ranked], ranking: Ranking) -> str:
    if len(rows) == 1:
        return _lone_sentence(rows[0], ranking) if number == 1 else "One technology."
    count = f"{opening_words(len(rows))} technologies"
    if number > 2:
        return f"{count}, order open."
    return (
        f"{count}. The first is ahead of each of the others in at most 80 of 100 draws,"
        " so their order is open."
    )


def _lone_sentence(row: Ranked, ranking: Ranking) -> str:
    others = [other.slug for other in ranking.ranked if other.slug != row.slug]
    if not others:
        return "The only technology that can be ranked."
    if all(pairwise_word(ranking.share_ahead(row.slug, slug)) == "ahead" for slug in others):
        return "Ahead of every other technology in more than 80 of 100 draws."
    return "Ahead of the next technology in more than 80 of 100 draws."


def _not_ranked(ranking: Ranking) -> tuple[NotRanked, ...]:
    return tuple(
        NotRanked(row.name, technology_url(row.slug), row.not_ranked_because)
        for row in ranking.not_ranked
    )
