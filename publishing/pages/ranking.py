"""The ranking: bands, and in each row the interval that holds 90 of 100 draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from publishing.cards import technology_url
from publishing.drivers import driver_words
from publishing.figures.rank_rows import RankRow, common_scale, rank_axis, rank_drawing
from publishing.filters import RankingFilters
from publishing.lens_words import OWN_WEIGHTS_NAME, LensWords, default_lens_words
from publishing.pages.published import Moment, Published
from publishing.pages.ranking_choices import (
    TABLE_HEADS,
    Head,
    Lenses,
    RankingChoices,
    heads,
    lens_asked_for,
    more_heads_of,
    ranking_choices,
    sort_asked_for,
    weight_words,
)
from publishing.pages.ranking_more import MoreView, more_view
from publishing.pairwise import word_between
from publishing.ranking_order import BY_RANK, SORTS, in_order
from publishing.results import Progress, Ranked, Ranking
from publishing.wording import (
    in_words,
    is_plural,
    opening_words,
    share_of_draws,
    verb,
)
from scoring.sensitivities import Steadiness

ROWS_A_PAGE = 200


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
    more: MoreView


@dataclass(frozen=True)
class BandView:
    """Rows of a band, or of a list in an order that breaks the bands."""

    heading: str
    sentence: str
    rows: tuple[RankView, ...]


@dataclass(frozen=True)
class NotRanked:
    name: str
    url: str
    because: str


@dataclass(frozen=True)
class RankingPage:
    """`lede` is in three parts, the middle one set in bold; `ranking` is None before the first of
    its lens, `choices` where nothing can be chosen, as in the export."""

    state: str
    status: int
    headline: str
    lede: tuple[str, str, str]
    ranking: Ranking | None
    lens: LensWords
    axis: SafeString
    bands: tuple[BandView, ...]
    listing: Page[Ranked]
    not_ranked: tuple[NotRanked, ...]
    shown: int
    computing: Progress | None
    run_url: str
    poll_url: str
    largest_error: str
    heads: tuple[Head, ...]
    more_heads: tuple[Head, ...]
    has_confidence: bool
    has_steadiness: bool
    choices: RankingChoices | None = None
    is_weighed: bool = False


def ranking_page(
    published: Published, number: str = "1", *, rows_a_page: int = ROWS_A_PAGE
) -> RankingPage:
    """A page of all of the ranking in force, where nothing can be chosen."""
    ranking = published.ranking
    rows = ranking.ranked if ranking else ()
    listing = Paginator(rows, rows_a_page).get_page(number)
    return _page(published, ranking, _Shown(default_lens_words(), listing))


def ranking_list_page(
    published: Published,
    ranking: Ranking | None,
    lenses: Lenses,
    filters: RankingFilters,
    asked: QueryDict,
    steadiness: Mapping[str, Steadiness],
) -> RankingPage:
    """The ranking under the lens or the weights that are asked for, in the order and out of the
    technologies that are; `ranking` is None where it has not been computed."""
    choices = ranking_choices(filters, published, asked, lenses)
    ranked = ranking.ranked if ranking else ()
    rows = [row for row in ranked if row.slug in choices.slugs]
    sort = sort_asked_for(filters)
    listing = Paginator(in_order(rows, sort), ROWS_A_PAGE).get_page(asked.get("page"))
    shown = _Shown(
        _lens_words(filters, lenses), listing, sort, filters.weighed is not None, choices
    )
    return _page(published, ranking, shown)


@dataclass(frozen=True)
class _Shown:
    lens: LensWords
    listing: Page[Ranked]
    sort: str = BY_RANK
    is_weighed: bool = False
    choices: RankingChoices | None = None
    steadiness: Mapping[str, Steadiness] = field(default_factory=dict)


def _page(published: Published, ranking: Ranking | None, shown: _Shown) -> RankingPage:
    computing = next((row for row in published.computing if row.kind == "ranking"), None)
    headline, lede = _finding(ranking, shown)
    choices, listing = shown.choices, shown.listing
    has_run = ranking is not None and not shown.is_weighed
    ranked = ranking.ranked if ranking else ()
    has_confidence = any(row.more.confidence_factor is not None for row in ranked)
    return RankingPage(
        state=ranking_state(
            published.moment,
            choices.tag if choices else "",
            ranking,
            has_steadiness=bool(shown.steadiness),
        ),
        status=choices.status if choices else 200,
        headline=headline,
        lede=lede,
        ranking=ranking,
        lens=shown.lens,
        axis=rank_axis(ranking.ranks) if ranking and ranking.ranked else SafeString(""),
        bands=_bands(ranking, published, shown) if ranking else (),
        listing=listing,
        not_ranked=_not_ranked(ranking, choices) if ranking else (),
        shown=listing.paginator.count,
        computing=computing,
        run_url=_run_url(ranking) if has_run and ranking else "",
        poll_url=_poll_url(choices, listing),
        largest_error=_largest_error(ranking) if ranking else "",
        heads=heads(TABLE_HEADS, choices),
        more_heads=heads(more_heads_of(has_confidence=has_confidence), choices),
        has_confidence=has_confidence,
        has_steadiness=bool(shown.steadiness),
        choices=choices,
        is_weighed=shown.is_weighed,
    )


def _finding(ranking: Ranking | None, shown: _Shown) -> tuple[str, tuple[str, str, str]]:
    """Beside the default a lens may be waiting for its first run, and sliders for fewer cards."""
    if ranking is None and shown.choices and shown.choices.panel.refusal:
        return finding(None)
    if ranking is None and shown.choices and not shown.choices.is_default_lens:
        return f"The ranking under “{shown.lens.name}” is on its way.", ("", "", "")
    return finding(ranking)


def ranking_state(
    moment: Moment, tag: str, ranking: Ranking | None, *, has_steadiness: bool = False
) -> str:
    """What the page shows under that question, told without building it."""
    run = ranking.run.id if ranking else 0
    steady = "-s" if has_steadiness else ""
    return f"{moment.of_ranking}-{tag}-{run}{steady}" if tag else moment.of_ranking


def _lens_words(filters: RankingFilters, lenses: Lenses) -> LensWords:
    weights = filters.weighed
    if weights is None:
        # One that was retired can still be read.
        key = lens_asked_for(filters)
        return lenses.get(key, LensWords(key, "This lens is no longer offered."))
    return LensWords(
        OWN_WEIGHTS_NAME,
        f"Around {weight_words(weights)}. Each draw takes weights near these: one of 20 % goes"
        " about 8 points either way. Timing is not counted.",
    )


def _run_url(ranking: Ranking) -> str:
    return reverse("scoring:run-detail", args=[ranking.run.id])


def _poll_url(choices: RankingChoices | None, listing: Page[Ranked]) -> str:
    if choices is None:
        return ""
    if listing.number == 1:
        return choices.narrowing.url
    return f"{choices.narrowing.pages}{listing.number}"


def _largest_error(ranking: Ranking) -> str:
    """Of all expected ranks, as two standard errors."""
    errors = [row.more.expected_rank_se for row in ranking.ranked]
    known = [error for error in errors if error is not None]
    return f"{2.13 * max(known):.2f}" if known else ""


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


def _bands(ranking: Ranking, published: Published, shown: _Shown) -> tuple[BandView, ...]:
    """Bands that have rows on show; what is said of a band is true of all of it."""
    cards = {card.slug: card for card in published.leads}
    drawings, usual = drawings_of(ranking), published.ranking

    def view(row: Ranked) -> RankView:
        beside = driver_words(row, cards[row.slug])
        if shown.is_weighed:
            beside = _usual_words(usual.row(row.slug) if usual else None)
        return _view(row, beside, drawings[row.slug], shown.steadiness.get(row.slug))

    if not SORTS[shown.sort].keeps_bands:
        heading = f"Sorted by {SORTS[shown.sort].label}"
        sentence = "This order cuts across the bands, which the table names."
        return (BandView(heading, sentence, tuple(map(view, shown.listing))),)
    whole = {number: list(rows) for number, rows in groupby(ranking.ranked, key=_band_of)}
    bands = []
    for number, group in groupby(shown.listing, key=_band_of):
        rows = tuple(map(view, group))
        sentence = _band_sentence(number, whole[number], ranking)
        if shown.choices and shown.choices.is_narrowed and len(rows) < len(whole[number]):
            sentence += f" Shown here: {in_words(len(rows))}."
        bands.append(BandView(f"Band {number}", sentence, rows))
    return tuple(bands)


def _usual_words(row: Ranked | None) -> str:
    if row is None or not row.is_ranked:
        return ""
    return f"Even-handed: expected rank {row.expected_rank:.1f}, band {row.band}"


def _band_of(row: Ranked) -> int:
    return row.band


@lru_cache(maxsize=2)
def drawings_of(ranking: Ranking) -> Mapping[str, SafeString]:
    """Every row of the ranking on its shared axis, for this page and those of technologies."""
    rows = {row.slug: rank_row(row) for row in ranking.ranked}
    scale, ranks = common_scale(rows.values()), ranking.ranks
    return {slug: rank_drawing(row, ranks=ranks, scale=scale) for slug, row in rows.items()}


def rank_row(row: Ranked) -> RankRow:
    return RankRow(row.shares, row.expected_rank, row.rank_low, row.rank_high, row.wide)


def _view(row: Ranked, moves: str, drawing: SafeString, steadiness: Steadiness | None) -> RankView:
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
        more=more_view(row.more, steadiness),
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
    if all(word_between(ranking, row.slug, slug) == "ahead" for slug in others):
        return "Ahead of every other technology in more than 80 of 100 draws."
    return "Ahead of the next technology in more than 80 of 100 draws."


def _not_ranked(ranking: Ranking, choices: RankingChoices | None) -> tuple[NotRanked, ...]:
    return tuple(
        NotRanked(row.name, technology_url(row.slug), row.not_ranked_because)
        for row in ranking.not_ranked
        if choices is None or row.slug in choices.slugs
    )
