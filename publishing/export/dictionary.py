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
_PREDICTION = {
    "id": "key of the prediction",
    "slug": "key of data/technologies.csv",
    "name": "name of the technology",
    "author": "who made the prediction, or wrote the card that words it",
    "stated_on": "date on which it was stated",
    "content_hash": "SHA-256 of what it says, or of the revision that words it",
    "statement": "the prediction in a sentence",
    "metric": "what is measured",
    "direction": "above or below the threshold",
    "threshold": "the value that decides, as it was typed",
    "population": "of whom or what",
    "baseline": "compared with what",
    "deadline": "date by which it must hold; it ends with that day, UTC",
    "kind": "yes or no, a number, or a date; of a card's wording the kind of the statement",
    "resolution_rule": "by what and when it is read",
    "resolvability": "whether a card's wording can be decided",
    "wording_problem": "what a card's wording leaves open",
    "later_status": "what the card says became of it",
    "is_structured": "true where it is kept in parts; false where a card words it and nobody"
    " forecasts on it or resolves it",
    "is_demonstration": "true for the project's own example: neither chances nor scores of it are"
    " a track record",
    "made_at": "instant at which it was made, UTC",
    "state": "open, due, proposed, resolved, annulled or ambiguous",
    "indicator": "key of data/indicators.csv; empty where no series decides",
    "event": "what has to happen, where no series decides",
    "unit": "unit of the threshold and of the pooled values",
    "comparator": "at least, at most, above or below",
    "threshold_value": "the threshold as a number",
    "threshold_kind": "absolute, or a change in per cent of the value in the baseline period",
    "baseline_period": "period that a change is counted from",
    "window": "at the deadline, any time by it, or the average up to it",
    "window_from": "period in which the window begins",
    "geography": "where it is measured",
    "publisher": "whose figure decides",
    "vintage_rule": "whether the first published figure decides or the latest at resolution",
    "reads_on": "date from which the answer can be read",
    "if_it_stops": "what happens when the series stops",
    "p_pooled": "chance of yes that people and model give together, 0 to 1",
    "p_pooled_low": "the lowest such chance when one of them is left out",
    "p_pooled_high": "the highest such chance when one of them is left out",
    "p_model": "chance of yes that the model gives alone, 0 to 1",
    "pooled_p10": "of numbers and dates: the value that is undercut with a chance of 10 of 100;"
    " dates are calendar years with fractions",
    "pooled_p50": "the same for 50 of 100, the median",
    "pooled_p90": "the same for 90 of 100",
    "p_never": "of dates: chance that it does not happen at all",
    "model_share": "share of the weight that the model has among all who are pooled",
    "people": "how many people are pooled",
    "forecasts_hidden": "true while forecasts are shown to those who forecast alone; chances and"
    " people are empty until it closes",
    "run": "number of the run that computed the chances",
    "computed_at": "when that run ended, UTC",
    "outcome": "what was confirmed: yes, no, number, date, annulled or ambiguous",
    "outcome_value": "the figure that decided",
    "happened_on": "date on which it happened",
    "resolved_at": "instant of the confirmation, UTC",
    "resolution_note": "what was said for the answer",
    "resolution_evidence": "where the evidence is",
    "parent": "id of the prediction under which this is a stepping stone",
    "stones": "ids of the stepping stones under it, parted by semicolons",
    "replaces": "id of the prediction that it took the place of",
    "replaced_by": "ids of those that took its place, parted by semicolons",
}
_INDICATOR = {
    "slug": "key of the indicator",
    "name": "name",
    "unit": "unit of every figure",
    "kind": "cost, performance, share or count",
    "progress": "up or down: the direction in which progress goes",
    "cadence": "year, month or day: how often a figure comes",
    "geography": "where it is measured",
    "publisher": "who publishes it",
    "source_url": "where it is published",
    "licence": "under which licence; empty where nobody has named one, and then no figure is given",
    "licence_url": "the licence in full",
    "comparability": "what makes its figures hard to compare",
    "ceiling_low": "of shares: the lowest ceiling that is thought possible, in per cent",
    "ceiling_high": "of shares: the highest such ceiling",
    "release_lag_days": "days after the end of a period until its figure appears",
    "is_snapshot": "true for figures that are shown and never extrapolated",
    "is_demonstration": "true where the project ships it as an example",
    "observations": "how many figures are in force",
    "latest_period": "period of the last figure",
    "latest_value": "the last figure",
}
_OBSERVATION = {
    "indicator": "key of data/indicators.csv",
    "period": "2022, 2022-05 or 2022-05-17; empty in snapshots alone",
    "time": "the period as a calendar year with a fraction",
    "label": "what was measured, where one period holds several things",
    "value": "the figure",
    "entered": "the figure as it was typed",
    "unit": "its unit",
    "vintage": "date on which this figure was published; of each period the newest is given",
    "source": "where it is from",
    "source_url": "address of the source",
    "note": "what has to be known about it",
    "licence": "under which licence its publisher gives it",
    "is_demonstration": "true where the project ships it as an example",
}
_SCORE = {
    "set": "real, or demonstration: scores of what the project made up, never part of real ones",
    "forecaster": "who forecast: a person, the pool or the model",
    "scored": "events by yes or no, quantities on logs, shares in points, dates in years",
    "by": "all, or what the record is cut by: topic, domain, dimension, certainty",
    "value": "of which topic, domain, dimension or certainty",
    "n": "how many resolved predictions it is over",
    "score": "brier, log, crps or wis, the smaller the better; skill, the larger the better",
    "mean": "mean over the predictions; of skill, 1 less the ratio to the baseline’s mean",
    "low": "lower end of the band that holds 90 of 100 resamplings of the predictions",
    "high": "upper end of that band",
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
    "predictions": _PREDICTION,
    "indicators": _INDICATOR,
    "observations": _OBSERVATION,
    "scores": _SCORE,
}
