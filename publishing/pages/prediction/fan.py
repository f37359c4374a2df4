"""The chart of a prediction: what was measured, where it may go, what is needed."""

import math
from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.charts.chart import Cell, Table
from publishing.figures.fan import Fan, Happened, Marked, fan_drawing
from publishing.figures.fan_plot import axis_words
from publishing.figures.scales import number_words
from publishing.pages.prediction.facts import NUMBER, PredictionFacts
from publishing.pages.prediction.words import of_100, with_unit
from scoring.predictions import FanResult

LEVELS = ("0.025", "0.1", "0.25", "0.5", "0.75", "0.9", "0.975")
NAMES = ("2.5 %", "10 %", "25 %", "50 %", "75 %", "90 %", "97.5 %")
BASELINE_LEVELS = ("0.1", "0.5", "0.9")
NEEDED = {"at least": "{}", "above": "more than {}", "at most": "{} or less", "below": "under {}"}
SHARE_ENDS = {
    ("at", True): "end above the line",
    ("at", False): "end below the line",
    ("any time by", True): "rise over the line by then",
    ("any time by", False): "fall under the line by then",
    ("average over", True): "average above the line",
    ("average over", False): "average below the line",
}


@dataclass(frozen=True)
class FanPart:
    """`dominates` is the sentence of the badge where few points speak, empty otherwise; `why_none`
    says why there is no forecast."""

    heading: str
    sentence: str
    drawing: SafeString
    table: Table
    caption: str
    note: str
    dominates: str
    why_none: str
    run_id: int


def fan_part(facts: PredictionFacts) -> FanPart | None:
    """None where no series decides, or no figure of it is known."""
    series = facts.series
    if series is None or not series.times:
        return None
    fan = drawn_fan(facts)
    forecast = _forecast(facts)
    heading = f"{series.name}, {series.unit}" if series.unit else series.name
    return FanPart(
        heading=heading,
        sentence=_sentence(facts, fan),
        drawing=fan_drawing(fan, words=_sentence(facts, fan)),
        table=fan_table(forecast, _measured(facts), unit=series.unit),
        caption=_caption(facts, forecast),
        note=axis_words(fan),
        dominates=dominates_words(forecast),
        why_none=_why_none(facts),
        run_id=_run_id(facts),
    )


def _forecast(facts: PredictionFacts) -> FanResult | None:
    """That of the prediction's own run, which its chances rest on, else the indicator's."""
    if facts.is_hidden:
        return None
    own = facts.result.fan if facts.result else None
    return next((fan for fan in (own, facts.fan) if fan and fan.years), None)


def _run_id(facts: PredictionFacts) -> int:
    if facts.is_hidden:
        return 0
    if facts.result and facts.result.run_id:
        return facts.result.run_id
    return facts.fan.run_id if facts.fan else 0


def _measured(facts: PredictionFacts) -> tuple[tuple[float, float], ...]:
    series = facts.series
    return tuple(zip(series.times, series.values, strict=True)) if series else ()


def drawn_fan(facts: PredictionFacts) -> Fan:
    forecast, measured = _forecast(facts), _measured(facts)
    history = forecast.history if forecast else measured
    last = history[-1][0] if history else float("-inf")
    threshold = facts.threshold
    return Fan(
        history=history,
        later=tuple(row for row in measured if row[0] > last + 1e-6),
        years=forecast.years if forecast else (),
        quantiles=forecast.quantiles if forecast else {},
        deadline=facts.deadline_time,
        deadline_words="read then" if facts.record.kind == NUMBER else "deadline",
        threshold=threshold,
        threshold_words=threshold_words(facts),
        is_above=facts.is_above,
        simulated=_simulated(facts),
        share=_share(facts),
        people=_people(facts),
        happened=_happened(facts),
        is_share=facts.series is not None and facts.series.kind == "share",
    )


def threshold_words(facts: PredictionFacts) -> str:
    """112 needed: 12 % above 2022."""
    spec, threshold = facts.record.spec, facts.threshold
    if threshold is None or spec.comparator is None:
        return ""
    needed = f"{NEEDED[spec.comparator.value].format(number_words(threshold))} needed"
    if not spec.is_change or spec.threshold is None:
        return needed
    side = "above" if spec.threshold >= 0 else "below"
    change = spec.threshold_text.lstrip("-−+")
    return f"{needed}: {change} % {side} {spec.baseline_period}"


def _simulated(facts: PredictionFacts) -> tuple[float, ...]:
    result = facts.result
    return result.at_deadline if result and not facts.is_hidden else ()


def _share(facts: PredictionFacts) -> tuple[str, str]:
    model = facts.result.model if facts.result else None
    if model is None or facts.is_hidden:
        return "", ""
    if model.is_met:
        return "already met", "by the figures at hand"
    spec = facts.record.spec
    return f"{of_100(model.p)} paths", SHARE_ENDS[spec.window.value, facts.is_above]


def _people(facts: PredictionFacts) -> tuple[Marked, ...]:
    """Of a number, what each person gives; chances and days have no place on this axis."""
    if facts.record.kind != NUMBER:
        return ()
    return tuple(
        Marked(row.forecaster, row.best, row.lowest, row.highest)
        for row in facts.standing
        if row.best is not None
    )


def _happened(facts: PredictionFacts) -> Happened | None:
    state, time = facts.state, facts.deadline_time
    if not state.is_closed or state.value is None or time is None:
        return None
    if state.happened_on is not None:
        day = state.happened_on
        time = min(time, day.year + (day.timetuple().tm_yday - 1) / 365.25)
    said = f"{state.outcome}, " if state.outcome in {"yes", "no"} else ""
    return Happened(time, state.value, f"came out: {said}{with_unit(state.value, facts.unit)}")


def fan_table(
    forecast: FanResult | None, measured: tuple[tuple[float, float], ...], *, unit: str
) -> Table:
    """Measured figures first, then a row for each year ahead with every quantile."""
    baseline = forecast.baseline if forecast else None
    levels = ("10 %", "50 %", "90 %") if baseline else ()
    named = [f"{baseline.method}, {level}" for level in levels if baseline]
    columns = ("Year", f"Measured, {unit}" if unit else "Measured", *NAMES, *named)
    empty: tuple[Cell, ...] = (None,) * (len(columns) - 2)
    rows: list[tuple[Cell, ...]] = [
        (time_cell(time), number_cell(value), *empty) for time, value in measured
    ]
    for place, year in enumerate(forecast.years if forecast else ()):
        if forecast is None:
            continue
        cells: list[Cell] = [number_cell(forecast.quantiles[level][place]) for level in LEVELS]
        if baseline:
            cells += [number_cell(baseline.quantiles[level][place]) for level in BASELINE_LEVELS]
        rows.append((time_cell(year), None, *cells))
    return Table(columns, tuple(rows))


def time_cell(time: float) -> str:
    """2022, or 2022-05 where the figure is that of a month or of a day in it."""
    if abs(time - round(time)) < 1e-6:
        return f"{time:.0f}"
    return f"{math.floor(time)}-{math.floor((time % 1) * 12 + 1e-6) + 1:02d}"


def number_cell(value: float) -> float:
    """Six figures: more would claim to know them."""
    return float(f"{value:.6g}")


def dominates_words(forecast: FanResult | None) -> str:
    if forecast is None or not forecast.reference_dominates:
        return ""
    points = "one figure" if forecast.observations == 1 else f"{forecast.observations} figures"
    return (
        f"With {points} the series says little of itself: here the reference class of other"
        " technologies dominates."
    )


def _caption(facts: PredictionFacts, forecast: FanResult | None) -> str:
    series = facts.series
    if series is None:
        return ""
    told = (series.publisher, series.geography, series.licence)
    source = ", ".join(dict.fromkeys(filter(None, told)))
    parts = [f"Figures: {source}." if source else ""]
    if forecast:
        parts.append(f"Forecast: {forecast.method}, from {forecast.observations} figures.")
        parts.append("The bands hold 95, 80 and 50 of 100 paths.")
    if _simulated(facts):
        year = facts.record.deadline.year
        parts.append(f"The shape at {year} is how often each value comes up then.")
    return " ".join(filter(None, parts))


def _why_none(facts: PredictionFacts) -> str:
    """Why nothing is forecast, in the words of the run."""
    if facts.is_hidden:
        return "The forecast is hidden here until you have given yours."
    if facts.result and facts.result.fan and facts.result.fan.no_forecast_because:
        return facts.result.fan.no_forecast_because
    if _forecast(facts):
        return ""
    if facts.series and facts.series.is_snapshot:
        return "These figures are a snapshot, which is shown and never extrapolated."
    because = facts.fan.no_forecast_because if facts.fan else ""
    return because or "No forecast has been computed yet."


def _sentence(facts: PredictionFacts, fan: Fan) -> str:
    """The drawing in one sentence."""
    time, value = fan.measured[-1]
    parts = [f"Measured to {time_cell(time)}, when it stood at {with_unit(value, facts.unit)}"]
    if fan.years:
        low, middle, high = (
            with_unit(fan.quantiles[level][-1], facts.unit) for level in ("0.1", "0.5", "0.9")
        )
        end = time_cell(fan.years[-1])
        parts.append(f"the middle path is at {middle} in {end}, 80 of 100 from {low} to {high}")
    if fan.threshold_words:
        parts.append(fan.threshold_words)
    if fan.share[0]:
        parts.append(" ".join(fan.share))
    return "; ".join(parts) + "."
