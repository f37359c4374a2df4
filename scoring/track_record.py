"""How good the forecasts were, read from the headline of a finished run of kind "scores"."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

POOL, MODEL, BASELINE = "pool", "model", "baseline"


@dataclass(frozen=True)
class Figure:
    """A mean over predictions with its 90 % band."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Tally:
    """The record of one forecaster under one cut. `who` is "pool", "model" or the id of a person as
    text. `by` is "all", "topic" (the broad domain), "domain", "dimension" or "certainty", `value`
    which one of these. `scored` is "events" with the figures brier, log and skill, or "quantities"
    (on logs), "shares" (in points) or "dates" (in years) with crps, wis and skill. `n` counts
    resolved predictions; under `needed` of them the figures are left out."""

    who: str
    by: str
    value: str
    scored: str
    n: int
    needed: int
    figures: Mapping[str, Figure]

    @property
    def is_shown(self) -> bool:
        return self.n >= self.needed

    @property
    def person_id(self) -> int | None:
        return int(self.who) if self.who.isdecimal() else None


@dataclass(frozen=True)
class CalibrationBin:
    """Forecasts of about `p` came true in `share` of `n` cases, with a 90 % band."""

    p: float
    share: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Calibration:
    """None of its bins before `needed` predictions have resolved. The Brier score is split in
    reliability (smaller is better) minus resolution plus uncertainty."""

    who: str
    n: int
    needed: int
    bins: tuple[CalibrationBin, ...]
    reliability: float | None = None
    resolution: float | None = None
    uncertainty: float | None = None


@dataclass(frozen=True)
class ScoredPrediction:
    """One resolved prediction: the days on which the standing forecasts were scored, and the mean
    score over them of each forecaster (see `Tally.who`), by the name of the score."""

    prediction: str
    kind: str
    outcome: str
    value: float | None
    resolved_on: datetime.date
    checkpoints: tuple[datetime.date, ...]
    scores: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Record:
    """Of real predictions alone or of the demonstration's alone, never of both."""

    counts: Mapping[str, int]
    tallies: tuple[Tally, ...]
    calibrations: tuple[Calibration, ...]
    predictions: tuple[ScoredPrediction, ...]
    base_rate: float | None

    def tally(self, who: str, scored: str, by: str = "all", value: str = "") -> Tally | None:
        wanted = (who, scored, by, value)
        found = (row for row in self.tallies if (row.who, row.scored, row.by, row.value) == wanted)
        return next(found, None)

    def calibration(self, who: str) -> Calibration | None:
        return next((row for row in self.calibrations if row.who == who), None)


@dataclass(frozen=True)
class TrackRecord:
    real: Record
    demonstration: Record
    as_of: datetime.date
    run_id: int = 0
    finished_at: datetime.datetime | None = None

    @classmethod
    def from_headline(
        cls,
        values: Mapping[str, Any],
        *,
        as_of: datetime.date,
        run_id: int = 0,
        finished_at: datetime.datetime | None = None,
    ) -> "TrackRecord":
        return cls(
            real=_record(values["real"]),
            demonstration=_record(values["demonstration"]),
            as_of=as_of,
            run_id=run_id,
            finished_at=finished_at,
        )


def _record(values: Mapping[str, Any]) -> Record:
    return Record(
        counts=values["counts"],
        tallies=tuple(_tally(row) for row in values["tallies"]),
        calibrations=tuple(_calibration(row) for row in values["calibrations"]),
        predictions=tuple(_scored(row) for row in values["predictions"]),
        base_rate=values["base_rate"],
    )


def _tally(row: Mapping[str, Any]) -> Tally:
    figures = {name: Figure(**figure) for name, figure in row["figures"].items()}
    return Tally(**{**row, "figures": figures})


def _calibration(row: Mapping[str, Any]) -> Calibration:
    bins = tuple(CalibrationBin(**one) for one in row["bins"])
    return Calibration(**{**row, "bins": bins})


def _scored(row: Mapping[str, Any]) -> ScoredPrediction:
    days = tuple(datetime.date.fromisoformat(day) for day in row["checkpoints"])
    resolved_on = datetime.date.fromisoformat(row["resolved_on"])
    return ScoredPrediction(**{**row, "checkpoints": days, "resolved_on": resolved_on})


NOTHING_LEARNT: dict[str, Any] = {
    "recalibration": {"shift": -0.2, "slope": 1.2, "questions": 0},
    "records": {},
}
"""Before anything has resolved: the centre of the prior of `scoring/engine/recalibration.py`."""


def learnt_from(headline: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What pools of real predictions, and those of the demonstration, take from the record."""
    if headline is None:
        return {"real": NOTHING_LEARNT, "demonstration": NOTHING_LEARNT}
    found: Mapping[str, Any] = headline["learnt"]
    return found
