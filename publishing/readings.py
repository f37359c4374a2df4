"""A stored ranking as pages need it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from publishing.indices import indices_of
from publishing.pairwise import rank_shares_of, share_ahead_of
from publishing.rank_details import details_of
from publishing.results import Ranked, Ranking, RunFacts
from scoring.selectors import recheck_moves


def ranking_from(
    facts: RunFacts,
    headline: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    names: Mapping[str, str],
) -> Ranking:
    """Technologies that were withdrawn since the run are left out."""
    moves = recheck_moves(headline, arrays)
    places = {str(slug): place for place, slug in enumerate(arrays["ids"])}
    rows = []
    for row in headline["technologies"]:
        slug = row["id"]
        if slug in names:
            place = places.get(slug)
            ranked = replace(ranked_row(row, names[slug]), moves=moves.get(slug, {}))
            if place is not None:
                shares, wide = rank_shares_of(arrays, place)
                ranked = replace(ranked, shares=shares, wide=wide)
                more = indices_of(row, arrays, place, headline["dimensions"])
                ranked = replace(ranked, more=more)
            rows.append(ranked)
    return Ranking(
        run=facts,
        rows=tuple(rows),
        share_ahead=share_ahead_of(arrays),
        detail_of=details_of(headline, arrays),
        field_size=len(arrays["ids"]),
    )


def ranked_row(row: Mapping[str, Any], name: str) -> Ranked:
    """A row of a headline, without what the arrays know."""
    if not row["is_ranked"]:
        return Ranked(
            slug=row["id"],
            name=name,
            is_ranked=False,
            not_ranked_because=row["not_ranked_because"],
            coverage=row["coverage"] or "",
        )
    return Ranked(
        slug=row["id"],
        name=name,
        is_ranked=True,
        not_ranked_because="",
        coverage=row["coverage"],
        expected_rank=row["expected_rank"],
        rank_low=row["rank_low"],
        rank_high=row["rank_high"],
        band=row["band"],
        p_top_3=row["p_top_3"],
        p_top_10=row["p_top_10"],
        lift={key: value for key, value in row["lift"].items() if value is not None},
    )
