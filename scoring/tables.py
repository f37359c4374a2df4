"""Results of single indicators and predictions as rows, for files."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scoring.models import RunKind

Row = dict[str, Any]


def rows_of(kind: RunKind, headline: Mapping[str, Any]) -> list[Row]:
    """The rows that a result of that kind is told in."""
    return list(_ROWS.get(kind, _flat)(headline))


def fan_rows(headline: Mapping[str, Any]) -> Iterator[Row]:
    """A row for each year and method; without a forecast one that says why."""
    indicator = headline["indicator"]
    if "no_forecast_because" in headline:
        yield {"indicator": indicator, "no_forecast_because": headline["no_forecast_because"]}
        return
    methods = [(headline["method"], headline["quantiles"])]
    if headline["baseline"]:
        methods.append((headline["baseline"]["method"], headline["baseline"]["quantiles"]))
    for method, quantiles in methods:
        for place, year in enumerate(headline["years"]):
            at = {f"quantile_{level}": values[place] for level, values in quantiles.items()}
            yield {"indicator": indicator, "method": method, "year": year} | at


def part_rows(headline: Mapping[str, Any]) -> Iterator[Row]:
    """The pool, the model and each person, with what they say and how much they count."""
    key = headline["prediction"]
    pool, model = headline["pool"], headline["model"]
    if pool:
        yield {"prediction": key, "member": "pool", "p": pool["p"], "weight": 1.0}
    if model:
        yield {"prediction": key, "member": "model", "p": model["p"], "weight": model["weight"]}
    for one in headline["people"]:
        said = {"prediction": key, "member": one["who"], "p": one.get("p")}
        yield said | {"weight": one["weight"], "age_days": one["age_days"]}
    for member, quantity in (headline["quantities"] or {}).items():
        pairs = zip(quantity["levels"], quantity["values"], strict=True) if quantity else ()
        for level, value in pairs:
            yield {"prediction": key, "member": member, "level": level, "value": value}


def tally_rows(headline: Mapping[str, Any]) -> Iterator[Row]:
    """Every record that is long enough, the demonstration's marked as such."""
    for name in ("real", "demonstration"):
        for row in headline[name]["tallies"]:
            told = {"set": name} | {part: row[part] for part in ("who", "scored", "by", "value")}
            for score, figure in row["figures"].items():
                yield told | {"n": row["n"], "score": score} | figure


def link_rows(headline: Mapping[str, Any]) -> Iterator[Row]:
    """A row for each way in which a link acts; suppositions become columns of their own."""
    for row in headline["links"]:
        yield dict(_spread(row))


def _spread(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _spread(value, f"{before}{key}_")
        else:
            yield before + key, value


def _flat(headline: Mapping[str, Any]) -> Iterator[Row]:
    yield {key: value for key, value in headline.items() if not isinstance(value, dict | list)}


_ROWS: dict[RunKind, Callable[[Mapping[str, Any]], Iterator[Row]]] = {
    RunKind.FORECAST: fan_rows,
    RunKind.PREDICTION: part_rows,
    RunKind.SCORES: tally_rows,
    RunKind.LINKS: link_rows,
}
