"""How good forecasts of costs and shares were, beside baselines and peers, and how wanted."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.field_series import costs, indicators, internet, shares
from benchmarks.forecast_bands import families_of, ratio
from benchmarks.forecast_peers import peers
from benchmarks.verdicts import Verdict
from scoring.engine import hindcasts, reference
from scoring.engine.paths import PathForecast
from scoring.engine.rolling import (
    FEW,
    FEWEST_OF_MANY,
    MANY,
    Accuracy,
    Cut,
    History,
    Judged,
    Row,
    accuracies,
    horizon_cuts,
    level_cuts,
    run,
)

Tables = Mapping[str, Mapping[Row, Accuracy]]


@dataclass(frozen=True)
class Bar:
    """Highest score wanted, and lowest and highest share inside the 80 % intervals."""

    score: float
    inside: tuple[float, float]


COST_BARS = {
    (MANY, "1"): Bar(0.052, (0.72, 0.92)),
    (MANY, "5"): Bar(0.145, (0.72, 0.92)),
    (MANY, "10"): Bar(0.26, (0.72, 0.92)),
    (FEW, "1"): Bar(0.066, (0.70, 1.0)),
    (FEW, "5"): Bar(0.21, (0.70, 1.0)),
    (FEW, "10"): Bar(0.39, (0.70, 1.0)),
}
SHARE_BARS = {
    ("cut at", "10"): Bar(8.5, (0.70, 0.97)),
    ("cut at", "25"): Bar(5.8, (0.70, 0.97)),
    ("cut at", "50"): Bar(4.8, (0.70, 0.97)),
}
PEERS = ("AutoARIMA", "AutoETS", "Theta")
BEATEN = ("drift walk", *PEERS)


class Heard:
    """What the forecasts themselves said, beyond their quantiles."""

    def __init__(self) -> None:
        self.lowest, self.highest = float("inf"), float("-inf")
        self.effective: list[float] = []

    def hear(self, forecast: PathForecast) -> None:
        self.lowest = min(self.lowest, float(forecast.samples.min()))
        self.highest = max(self.highest, float(forecast.samples.max()))
        self.effective.append(forecast.effective_sample_size)

    def line(self) -> str:
        ordered = sorted(self.effective)
        places = [ordered[int(share * (len(ordered) - 1))] for share in (0, 0.05, 0.5)]
        return "effective sample size: least {:.0f}, 5 % below {:.0f}, median {:.0f}".format(
            *places
        )


def cost_rows() -> list[Verdict]:
    """The reference walk on every cost series, its family left out, from one point on."""
    histories, heard = costs(indicators()), Heard()
    methods = hindcasts.cost_methods(
        lambda history: reference.performance(exclude_groups=(history.family,)), heard.hear
    )
    found = run(histories, methods, horizon_cuts, on_logs=True, report=_told)
    many = _planned(histories, FEWEST_OF_MANY)
    found |= peers(many, on_logs=True)
    tables = {name: accuracies(each) for name, each in found.items()}
    families = len({history.family for history in histories})
    print(f"\nCosts and performance: {len(histories)} series in {families} families, log scale")
    _print(tables, COST_BARS, "{:8.4f} {:7.3f}", _Ratios(found, families_of(histories)))
    print(heard.line())
    ours = tables[hindcasts.OURS["cost"]]
    verdicts = [_verdict(ours[row], bar, "{:.4f}") for row, bar in COST_BARS.items()]
    return verdicts + [_ahead(tables, row) for row in COST_BARS if row[0] == MANY]


def _planned(histories: Sequence[History], fewest: int) -> list[tuple[History, Cut]]:
    return [
        (history, cut)
        for history in histories
        for cut in horizon_cuts(history)
        if cut.seen >= fewest
    ]


def share_rows() -> list[Verdict]:
    """The reference curve on every adoption, its family left out, cut at three levels."""
    histories, heard = shares(indicators()), Heard()
    found = _shares(histories, heard)
    planned = [(history, cut) for history in histories for cut in level_cuts(history)]
    found |= peers(planned, on_logs=False)
    print("\nShares of US households, cut at 10, 25 and 50 %, judged for twenty years, points")
    tables = _share_tables(found, families_of(histories), heard)
    ours = tables[hindcasts.OURS["share"]]
    verdicts = [_verdict(ours[row], bar, "{:.2f}") for row, bar in SHARE_BARS.items()]
    return [*verdicts, _within(heard)]


def country_rows() -> list[Verdict]:
    """The same on internet users of all countries, the class left without the internet."""
    histories, heard = internet(indicators()), Heard()
    found = _shares(histories, heard)
    print("\nInternet users of countries, judged in the same way; nothing was asked of them")
    _share_tables(found, {history.name: history.name for history in histories}, heard)
    return [_within(heard)]


def _shares(histories: Sequence[History], heard: Heard) -> dict[str, list[Judged]]:
    full = reference.adoption()
    methods = hindcasts.share_methods(
        lambda history: full.without(families=(history.family,)), heard.hear
    )
    return run(histories, methods, level_cuts, on_logs=False, report=_told)


def _share_tables(
    found: Mapping[str, Sequence[Judged]], families: Mapping[str, str], heard: Heard
) -> Tables:
    tables = {name: accuracies(each) for name, each in found.items()}
    _print(tables, SHARE_BARS, "{:8.2f} {:7.1f}", _Ratios(found, families))
    print(heard.line())
    return tables


def _within(heard: Heard) -> Verdict:
    return Verdict(
        heard.lowest >= 0 and heard.highest <= 100,
        f"no share outside 0..100: from {heard.lowest:.3g} to {heard.highest:.6g}",
    )


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,} cuts" + ("\n" if done == total else ""))


class _Ratios:
    """What the first method's score is of another's, where both were asked the same."""

    def __init__(self, found: Mapping[str, Sequence[Judged]], families: Mapping[str, str]) -> None:
        """families: what is drawn anew together, by series."""
        self.found, self.ours, self.families = found, next(iter(found)), families

    def words(self, name: str, row: Row) -> str:
        ours, theirs = (
            [one for one in self.found[method] if one.row == row] for method in (self.ours, name)
        )
        if name == self.ours or len(ours) != len(theirs):
            return ""
        middle, low, high = ratio(ours, theirs, self.families, row)
        return f"{middle:.2f} [{low:.2f}, {high:.2f}]"


def _print(tables: Tables, rows: Mapping[Row, Bar], numbers: str, ratios: _Ratios) -> None:
    title = f"series windows     WIS    RMSE  {'50/80/95 % held':<17}ours to it, 95 % band"
    for row in rows:
        print(f"\n{' '.join(row):<28} {title}")
        for name, table in tables.items():
            if row in table:
                found = table[row]
                held = "/".join(f"{100 * share:.0f}" for share in found.coverage)
                seen = f"{found.series:6} {found.windows:7}"
                seen += numbers.format(found.score, found.error)
                print(f"{name:<28} {seen}  {held:<17}{ratios.words(name, row)}")


def _verdict(found: Accuracy, bar: Bar, number: str) -> Verdict:
    low, high = bar.inside
    inside = found.coverage[1]
    return Verdict(
        found.score <= bar.score and low <= inside <= high,
        f"{' '.join(found.row)}: score at most {bar.score:g}, 80 % intervals hold {100 * low:.0f}"
        f" to {100 * high:.0f} %: {number.format(found.score)}, {100 * inside:.0f} %",
    )


def _ahead(tables: Tables, row: Row) -> Verdict:
    ours = tables[hindcasts.OURS["cost"]][row].score
    theirs = {name: tables[name][row].score for name in BEATEN}
    listed = ", ".join(f"{name} {score:.4f}" for name, score in theirs.items())
    return Verdict(
        ours < min(theirs.values()), f"{' '.join(row)}: below each of the others: {listed}"
    )
