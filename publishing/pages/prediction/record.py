"""How good the forecasts were: scores of what has resolved, and calibration, always with n."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publishing.charts.calibration import Curve, calibration_figure, calibration_table
from publishing.charts.chart import Chart, Table
from publishing.pages.prediction.page import prediction_url
from publishing.pages.published import day_words
from publishing.wording import counted, opening_words, share_of_draws
from scoring.track_record import (
    BASELINE,
    MODEL,
    POOL,
    Figure,
    Record,
    ScoredPrediction,
    Tally,
    TrackRecord,
)

SCORED = {
    "events": "Yes or no",
    "quantities": "Numbers, on the scale of ratios",
    "shares": "Shares, in points",
    "dates": "Days, in years",
}
COLUMNS = {
    "events": (("brier", "Brier"), ("log", "Log score"), ("skill", "Skill")),
    "quantities": (("crps", "CRPS"), ("wis", "WIS"), ("skill", "Skill")),
    "shares": (("crps", "CRPS"), ("wis", "WIS"), ("skill", "Skill")),
    "dates": (("crps", "CRPS"), ("wis", "WIS"), ("skill", "Skill")),
}
CUTS = {
    "topic": "By topic",
    "domain": "By domain",
    "dimension": "By dimension",
    "certainty": "By certainty word",
}
FORGOTTEN = "somebody who left"
NOBODY_YET = (
    "No prediction has resolved yet, so nobody’s forecasts have been scored. Until then nothing"
    " can be said of how good they are."
)


@dataclass(frozen=True)
class ScoreRow:
    """`cells` are the scores with their bands; `missing` says how many predictions are still
    needed before they are shown."""

    name: str
    n: int
    cells: tuple[str, ...]
    missing: str


@dataclass(frozen=True)
class ScoreTable:
    heading: str
    columns: tuple[str, ...]
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True)
class ResolvedRow:
    """One resolved prediction, with the mean score of each who forecast on it."""

    statement: str
    url: str
    outcome: str
    on: str
    checkpoints: int
    measure: str
    scores: tuple[str, ...]


@dataclass(frozen=True)
class RecordPart:
    """Real predictions alone, or those of the demonstration alone."""

    heading: str
    is_demonstration: bool
    sentence: str
    tables: tuple[ScoreTable, ...]
    cuts: tuple[ScoreTable, ...]
    calibration: Chart | None
    why_no_calibration: str
    split: str
    resolved: tuple[ResolvedRow, ...]


@dataclass(frozen=True)
class RecordPage:
    headline: str
    lede: str
    parts: tuple[RecordPart, ...]
    run_id: int
    as_of: str

    @property
    def has_chart(self) -> bool:
        return any(part.calibration for part in self.parts)


def record_page(
    found: TrackRecord | None,
    *,
    names: Mapping[int, str],
    statements: Mapping[str, str],
    csv_url: str,
) -> RecordPage:
    """`names` are those of the forecasters by their number, `statements` those of the published
    predictions by key: what is not published is counted and not listed."""
    if found is None:
        return RecordPage(NOBODY_YET.partition(",")[0] + ".", NOBODY_YET, (), 0, "")
    parts = []
    if found.real.predictions or any(found.real.counts.values()):
        parts.append(_part(found.real, "Real predictions", names, statements, csv_url))
    if found.demonstration.predictions:
        heading = "Demonstration"
        parts.append(_part(found.demonstration, heading, names, statements, csv_url, is_demo=True))
    return RecordPage(
        headline=_headline(found.real),
        lede=_lede(found.real),
        parts=tuple(parts),
        run_id=found.run_id,
        as_of=day_words(found.as_of),
    )


def _headline(record: Record) -> str:
    count = len(record.predictions)
    if not count:
        return "No real prediction has resolved yet."
    verb = "has resolved and is scored" if count == 1 else "have resolved and are scored"
    return f"{opening_words(count)} prediction{'' if count == 1 else 's'} {verb}."


def _lede(record: Record) -> str:
    if not record.predictions:
        return NOBODY_YET
    tally = record.tally(POOL, "events")
    if tally is None or not tally.is_shown or "brier" not in tally.figures:
        return "Too few have resolved to say how good anybody’s forecasts are."
    brier = tally.figures["brier"]
    skill = tally.figures.get("skill")
    told = f"The pool’s Brier score is {_cell(brier)} over {tally.n}"
    if skill is None:
        return f"{told}."
    side = "better" if skill.value > 0 else "worse"
    per_cent = abs(round(100 * skill.value))
    return f"{told}: {per_cent} % {side} than the base rate."


def _part(
    record: Record,
    heading: str,
    names: Mapping[int, str],
    statements: Mapping[str, str],
    csv_url: str,
    *,
    is_demo: bool = False,
) -> RecordPart:
    curves = _curves(record, names)
    name = "calibration-demonstration" if is_demo else "calibration"
    url = f"{csv_url}?of=demonstration" if is_demo else csv_url
    return RecordPart(
        heading=heading,
        is_demonstration=is_demo,
        sentence=_counts(record),
        tables=tuple(_tables(record, names)),
        cuts=tuple(_cuts(record, names)),
        calibration=calibration_chart(curves, name, url),
        why_no_calibration=_why_no_curve(record, curves),
        split=_split(record),
        resolved=tuple(
            _resolved(row, statements, names)
            for row in record.predictions
            if row.prediction in statements
        ),
    )


def _counts(record: Record) -> str:
    if not record.predictions:
        return NOBODY_YET
    told = [f"{counted(len(record.predictions), 'prediction')} scored"]
    for state, words in (("annulled", "annulled"), ("ambiguous", "ambiguous")):
        if record.counts.get(state):
            told.append(f"{record.counts[state]} {words}, which are counted and never scored")
    rate = record.base_rate
    if rate is not None:
        told.append(f"{share_of_draws(rate)} of 100 of the questions of yes or no came out yes")
    sentence = "; ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _tables(record: Record, names: Mapping[int, str]) -> list[ScoreTable]:
    found = []
    for scored, heading in SCORED.items():
        rows = [row for row in record.tallies if row.scored == scored and row.by == "all"]
        if rows:
            rows.sort(key=lambda row: _place(row, names))
            found.append(_table(heading, scored, [(name_of(row.who, names), row) for row in rows]))
    return found


def _cuts(record: Record, names: Mapping[int, str]) -> list[ScoreTable]:
    found = []
    for by, heading in CUTS.items():
        for scored, kind in SCORED.items():
            rows = [
                row
                for row in record.tallies
                if (row.by, row.scored) == (by, scored) and row.is_shown
            ]
            if rows:
                rows.sort(key=lambda row: (row.value, _place(row, names)))
                named = [(f"{row.value}: {name_of(row.who, names)}", row) for row in rows]
                found.append(_table(f"{heading}, {kind[:1].lower()}{kind[1:]}", scored, named))
    return found


def _place(row: Tally, names: Mapping[int, str]) -> tuple[int, str]:
    return _order(row.who, names)


def _order(who: str, names: Mapping[int, str]) -> tuple[int, str]:
    """The pool, the model, the baseline, then people by name: never by their scores, which are
    too few."""
    order = {POOL: 0, MODEL: 1, BASELINE: 2}
    return order.get(who, 3), name_of(who, names).casefold()


def name_of(who: str, names: Mapping[int, str]) -> str:
    if who in {POOL, MODEL, BASELINE}:
        return {POOL: "The pool", MODEL: "The model", BASELINE: "The baseline"}[who]
    return names.get(int(who), FORGOTTEN) if who.isdecimal() else who


def _table(heading: str, scored: str, rows: Sequence[tuple[str, Tally]]) -> ScoreTable:
    columns = COLUMNS[scored]
    return ScoreTable(
        heading=heading,
        columns=tuple(words for _, words in columns),
        rows=tuple(_row(name, row, [key for key, _ in columns]) for name, row in rows),
    )


def _row(name: str, row: Tally, keys: Sequence[str]) -> ScoreRow:
    if not row.is_shown:
        short = counted(row.needed - row.n, "more resolved prediction")
        return ScoreRow(name, row.n, (), f"{short} needed before scores are shown")
    cells = tuple(_cell(row.figures[key]) if key in row.figures else "" for key in keys)
    return ScoreRow(name, row.n, cells, "")


def _cell(figure: Figure) -> str:
    """The mean with the band that holds 90 of 100."""
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


def _curves(record: Record, names: Mapping[int, str]) -> list[Curve]:
    order = {POOL: 0, MODEL: 1}
    found = [row for row in record.calibrations if row.bins and row.who != BASELINE]
    found.sort(key=lambda row: (order.get(row.who, 2), name_of(row.who, names).casefold()))
    return [Curve(name_of(row.who, names), row) for row in found]


def calibration_chart(curves: Sequence[Curve], name: str, csv_url: str) -> Chart | None:
    if not curves:
        return None
    first = curves[0]
    return Chart(
        name=name,
        heading="Calibration: how often forecasts of one chance came true",
        sentence=_calibration_sentence(first),
        drawing=calibration_figure(curves),
        table=calibration_table(curves),
        caption="Each mark is a fifth of the forecasts; bars hold 90 of 100 resamplings of the"
        " questions. On the dotted line forecasts come true as often as they say.",
        csv_url=csv_url,
    )


def _calibration_sentence(curve: Curve) -> str:
    outside = [one for one in curve.found.bins if not one.low <= one.p <= one.high]
    start = f"{curve.name}, on {counted(curve.found.n, 'question')}:"
    if not outside:
        return f"{start} every band holds the chance that was given."
    which = counted(len(outside), "band")
    does = "does" if len(outside) == 1 else "do"
    return f"{start} {which} of {len(curve.found.bins)} {does} not hold the chance that was given."


def calibration_of(
    found: TrackRecord | None, names: Mapping[int, str], *, is_demonstration: bool
) -> Table | None:
    """The table of one of the two curves; None before there is one."""
    if found is None:
        return None
    curves = _curves(found.demonstration if is_demonstration else found.real, names)
    return calibration_table(curves) if curves else None


def _why_no_curve(record: Record, curves: Sequence[Curve]) -> str:
    if curves or not record.predictions:
        return ""
    most = max((row for row in record.calibrations), key=lambda row: row.n, default=None)
    if most is None:
        return "No question of yes or no has resolved, so there is no calibration."
    return (
        f"Calibration is shown from {most.needed} resolved questions on;"
        f" {most.needed - most.n} are missing."
    )


def _split(record: Record) -> str:
    """The parts of the pool's Brier score."""
    found = record.calibration(POOL)
    if found is None or found.reliability is None:
        return ""
    parts = (found.reliability, found.resolution or 0.0, found.uncertainty or 0.0)
    return (
        f"The pool’s Brier score is {parts[0]:.3f} of miscalibration, less {parts[1]:.3f} for"
        f" telling questions apart, plus {parts[2]:.3f} that no forecast can take away."
    )


def _resolved(
    row: ScoredPrediction, statements: Mapping[str, str], names: Mapping[int, str]
) -> ResolvedRow:
    main = next((key for key in ("brier", "wis", "crps") if _has(row, key)), "")
    said = [
        f"{name_of(who, names)} {scores[main]:.3f}"
        for who, scores in sorted(row.scores.items(), key=lambda item: _order(item[0], names))
        if main in scores
    ]
    value = f" ({row.value:g})" if row.value is not None else ""
    return ResolvedRow(
        statement=statements[row.prediction],
        url=prediction_url(row.prediction),
        outcome=f"{row.outcome}{value}",
        on=day_words(row.resolved_on),
        checkpoints=len(row.checkpoints),
        measure=(main.upper() if main != "brier" else "Brier") if said else "",
        scores=tuple(said),
    )


def _has(row: ScoredPrediction, key: str) -> bool:
    return any(key in scores for scores in row.scores.values())
