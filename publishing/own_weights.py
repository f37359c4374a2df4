"""The ranking under weights of one's own: computed while somebody waits, kept for a while."""

from array import array
from collections.abc import Mapping
from typing import Any

from publishing.filters import RankingFilters
from publishing.indices import entropy, share_beaten
from publishing.lens_words import LensWords, lens_words
from publishing.memory import Remembered
from publishing.pages.published import Published
from publishing.results import Indices, Ranked, Ranking, RunFacts
from publishing.selectors import ranking_under
from publishing.weights import Weights
from scoring.selectors import DEFAULT_LENS, lens_definitions
from scoring.services.weighed_rankings import (
    OWN_WEIGHTS,
    SLIDER_ENGINE,
    SLIDER_SEED,
    Drawn,
    WeighedRanking,
    draw_for_sliders,
    rank_by_weights,
)

MOST_TECHNOLOGIES = 1_000
SHARES_AHEAD_KEPT = 8

# The value holds the cards, by whose identity it is found, so that no other can take their place.
_drawn: Remembered[tuple[Published, Drawn]] = Remembered(most=2)
_weighed: Remembered[tuple[Published, Ranking]] = Remembered(most=SHARES_AHEAD_KEPT)


def lenses_to_choose() -> dict[str, LensWords]:
    """Those that can be chosen."""
    return {key: lens_words(values) for key, values in lens_definitions().items()}


def can_be_weighed(published: Published) -> bool:
    """Whether there is something to rank, and not more than one process does while one waits."""
    return 0 < len(published.judged) <= MOST_TECHNOLOGIES


def ranking_asked_for(published: Published, filters: RankingFilters) -> Ranking | None:
    """Under the weights or the lens that the address names; None before the first of that."""
    if filters.weighed:
        return ranking_by_weights(published, filters.weighed) if can_be_weighed(published) else None
    lens = str(filters.values.get("lens", DEFAULT_LENS))
    return published.ranking if lens == DEFAULT_LENS else ranking_under(lens)


def ranking_by_weights(published: Published, weights: Weights) -> Ranking:
    """Of the record of now. The levels are drawn once for each state of the record."""
    state = id(published.cards), published.today
    drawn = _drawn.get(
        state, lambda: (published, draw_for_sliders(published.cards, as_of=published.today))
    )[1]
    key = (*state, weights.centre)
    return _weighed.get(key, lambda: (published, _ranking(published, drawn, weights)))[1]


def _ranking(published: Published, drawn: Drawn, weights: Weights) -> Ranking:
    ranked = rank_by_weights(drawn, weights.centre)
    facts = RunFacts(
        id=0,
        as_of=published.today,
        finished_at=None,
        draws=ranked.result.draws,
        lens=OWN_WEIGHTS,
        inputs_digest=ranked.inputs_digest,
        seed=SLIDER_SEED,
        engine=SLIDER_ENGINE,
    )
    names = {card.slug: card.technology["name"] for card in published.leads}
    rows = tuple(_row(row, names, ranked) for row in ranked.rows if row["id"] in names)
    places = {slug: place for place, slug in enumerate(ranked.result.ids)}

    def share_ahead(first: str, second: str) -> float:
        return ranked.result.share_ahead(places[first], places[second])

    return Ranking(run=facts, rows=rows, share_ahead=share_ahead)


def _row(row: Mapping[str, Any], names: Mapping[str, str], ranked: WeighedRanking) -> Ranked:
    slug, place = row["id"], row.get("place")
    if place is None:
        return Ranked(
            slug=slug,
            name=names[slug],
            is_ranked=False,
            not_ranked_because=row["not_ranked_because"],
            coverage=row["coverage"] or "",
        )
    result = ranked.result
    shares, expected = result.rank_acceptability[place], float(result.expected_rank[place])
    return Ranked(
        slug=slug,
        name=names[slug],
        is_ranked=True,
        not_ranked_because="",
        coverage=row["coverage"],
        expected_rank=expected,
        rank_low=int(result.rank_low[place]),
        rank_high=int(result.rank_high[place]),
        band=int(result.band[place]),
        p_top_3=float(result.p_top_3[place]),
        p_top_10=float(result.p_top_10[place]),
        # A million numbers as objects would be many times as large.
        shares=array("d", shares),
        more=Indices(
            p_first=float(result.p_first[place]),
            share_beaten=share_beaten(expected, len(shares)),
            entropy=entropy(shares),
            expected_rank_se=float(result.expected_rank_se[place]),
            p_first_se=float(result.p_first_se[place]),
            p_top_3_se=float(result.p_top_3_se[place]),
            p_top_10_se=float(result.p_top_10_se[place]),
        ),
    )
