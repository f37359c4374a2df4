"""What every column of the tables in data/ means, in the order of the columns."""

_RANKING = {
    "is_ranked": "true where the technology has a rank",
    "not_ranked_because": "why it has none",
    "coverage": "dimensions scored of those that the ranking counts",
    "expected_rank": "mean rank over the draws, 1 is best",
    "rank_low": "lower end of the interval that holds 90 of 100 draws",
    "rank_high": "upper end of that interval",
    "band": "band of technologies whose order is open; compare bands, not ranks within one",
    "p_top_3": "share of draws in which it is among the first three, 0 to 1",
    "p_top_10": "share of draws in which it is among the first ten, 0 to 1",
}


def _level(dimension: str, whole: str) -> dict[str, str]:
    return {
        dimension: f"level of {dimension}, 1 to 5: {whole}; empty where unscored",
        f"{dimension}_to": "the upper level where the score spans two neighbouring ones",
        f"{dimension}_display": "the score as it is printed everywhere, such as 3/4",
        f"{dimension}_certainty": "low, medium or high: would the analyst give it again in a year",
        f"{dimension}_unscored_reason": "why there is no level",
    }


_IMPACT = _level("impact", "value a year about 2040 if it succeeds")
_TECHNOLOGY = {
    "slug": "address of the technology, the key of all tables",
    "name": "name",
    "aliases": "other names, parted by semicolons",
    "domains": "fields that it belongs to, parted by semicolons; the first places it on the map",
    "variant_of": "slug of the technology that it is a variant of",
    "as_of": "date that the lead card speaks of",
    "published_at": "instant of publication, UTC",
    "author": "who wrote the lead card",
    "is_yardstick": "true for a technology kept for comparison: on no map and without a rank",
    "is_demonstration": "true for the project's own example, not an assessment to rely on",
    "summary": "the lead card in a sentence or two",
}
_TIMING = {
    "timing_from": "first year in which the market is expected to open",
    "timing_to": "last such year; empty where the end is open",
    "timing_certainty": "low, medium or high",
    "timing_unscored_reason": "why there is no window",
    "timing_display": "the window as it is printed everywhere",
    "rating": "underrated, fairly rated, overrated or too early to say",
    "rating_perspective": "from whose point of view it is rated",
    "open_since": "year in which the market is recorded to have opened",
}
_OUTLOOK = {
    "p_open_by_2030": "chance that the market is open by the end of 2030, 0 to 1",
    "year_p10": "year by which 10 of 100 draws are open; empty where never opening keeps it below",
    "year_p50": "year by which 50 of 100 draws are open",
    "year_p90": "year by which 90 of 100 draws are open",
    "p_never": "chance that the market never opens, 0 to 1",
}
COLUMNS: dict[str, dict[str, str]] = {
    "technologies": _TECHNOLOGY
    | _level("viability", "how near it is to working at scale")
    | _level("drivers", "how strongly demand and supply push it")
    | _level("novelty", "how much better it is than what it replaces")
    | _level("diffusion", "how easily it spreads")
    | {"impact": _IMPACT["impact"]}
    | {"impact_plus": "true for 5+, a level of its own above 5 and no larger number"}
    | _IMPACT
    | _TIMING
    | _RANKING
    | _OUTLOOK,
    "ranking": {"slug": "key of data/technologies.csv", "name": "name"} | _RANKING,
    "predictions": {
        "id": "key of the prediction",
        "slug": "key of data/technologies.csv",
        "name": "name of the technology",
        "author": "who wrote the card",
        "stated_on": "date on which it was stated",
        "content_hash": "SHA-256 of the revision that states it",
        "statement": "the prediction",
        "metric": "what is measured",
        "direction": "above or below the threshold",
        "threshold": "the value that decides",
        "population": "of whom or what",
        "baseline": "compared with what",
        "deadline": "date by which it must hold",
        "kind": "kind of the statement",
        "resolution_rule": "by what and when it is read",
        "resolvability": "whether it can be decided",
        "wording_problem": "what its wording leaves open",
        "later_status": "what became of it",
    },
}
