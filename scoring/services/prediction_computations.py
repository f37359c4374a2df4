"""The chance that a prediction comes true: the model, the people, and the pool of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from jobs.kinds import JobOutput, Report
from scoring.engine import thresholds
from scoring.engine.pooling import ModelOpinion, Opinion, TrackRecord, pool
from scoring.engine.quantities import QuantityPool
from scoring.engine.recalibration import Recalibration
from scoring.engine.results import Floats
from scoring.readings import SAME_TIME, Reading, height_of, status_quo
from scoring.services.forecast_computations import (
    METHODS,
    Course,
    NoForecast,
    fan,
    fan_years,
    rounded,
    rounded_all,
    sentence,
    simulate,
)
from scoring.services.quantities import (
    DATE,
    YES_NO,
    at_levels,
    date_quantity,
    number_quantity,
    observed_of,
    passages_of,
    pool_quantity,
    pooled_dates,
    pooled_numbers,
    samples_at_deadline,
    scale_of,
    statement_of,
)

PREDICTION_ENGINE = f"prediction/1 of {METHODS}"
NO_SERIES = "No indicator is read for it, so the model has nothing to go by."
ANSWERED = "The figures that decide it are in, and the answer is no. It waits to be confirmed."
READ = "The figure that decides it is in. It waits to be confirmed."
STEPS_A_YEAR = {"year": 0, "month": 12, "day": 12}
POOL_FIGURES = ("p", "low", "high", "model_share")


@dataclass(frozen=True, eq=False)
class Asked:
    """The inputs of one prediction, and the paths that answer it where there are any."""

    values: Mapping[str, Any]
    reading: Reading
    seed: int
    course: Course | None = None
    baseline: float | Floats | None = None
    without: str = ""

    @property
    def observed(self) -> tuple[Sequence[float], Sequence[float]]:
        return observed_of(self.values["series"])

    @property
    def answer(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.values["answer"]
        return found


def compute_prediction(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    asked = _asked(inputs, seed)
    series = inputs["series"]
    report(1, 2)
    headline: dict[str, Any] = {
        "prediction": inputs["prediction"],
        "kind": inputs["kind"],
        "as_of": inputs["as_of"],
        "fan": fan(series, seed=seed) if series else None,
        "at_deadline": None,
        "model": None,
        "people": [],
        "pool": None,
        "quantities": None,
        "without": asked.without,
    }
    if asked.course is not None:
        samples = samples_at_deadline(asked.course, asked.reading, asked.observed)
        headline["at_deadline"] = {"quantiles": at_levels(samples)}
    headline |= _chances(asked) if inputs["kind"] == YES_NO else _quantities(asked)
    report(2, 2)
    return JobOutput(headline=headline)


def _asked(values: Mapping[str, Any], seed: int) -> Asked:
    """With paths through the deadline, or the sentence that says why there are none."""
    reading, series = Reading(**values["question"]), values["series"]
    asked = Asked(values, reading, seed)
    if series is None:
        return Asked(values, reading, seed, without=NO_SERIES)
    if asked.answer is not None and asked.answer["outcome"] not in {"yes", "date"}:
        is_no = asked.answer["outcome"] == "no"
        return Asked(values, reading, seed, without=ANSWERED if is_no else READ)
    try:
        course = simulate(series, _years(series, reading), seed=seed)
        baseline = _baseline(course, reading, series)
        samples_at_deadline(course, reading, observed_of(series))
    except NoForecast as reason:
        return Asked(values, reading, seed, without=str(reason))
    except ValueError as error:
        return Asked(values, reading, seed, without=sentence(str(error)))
    return Asked(values, reading, seed, course, baseline)


def _years(series: Mapping[str, Any], reading: Reading) -> list[float]:
    """The years of the fan, the times that the question names, and the months up to the deadline
    where figures come more often than once a year."""
    if not series["times"]:
        return []
    last = series["times"][-1]
    wanted = [*fan_years(series), reading.deadline]
    wanted += [time for time in (reading.baseline_time, reading.window_from) if time is not None]
    steps = STEPS_A_YEAR[series["cadence"]]
    months = range(int(last * steps) + 1, int(reading.deadline * steps) + 1) if steps else ()
    wanted += [month / steps for month in months]
    later = sorted(time for time in wanted if time > last + SAME_TIME)
    return [
        time
        for place, time in enumerate(later)
        if place == 0 or time - later[place - 1] > SAME_TIME
    ]


def _baseline(course: Course, reading: Reading, series: Mapping[str, Any]) -> float | Floats | None:
    """The figure that a change is counted from; on each path its own where it is still ahead."""
    time = reading.baseline_time
    if time is None:
        return None
    if time > series["times"][-1] + SAME_TIME:
        return thresholds.values_at(
            course.paths.samples, course.years, time, observed=observed_of(series)
        )
    for at, value in zip(series["times"], series["values"], strict=True):
        if abs(at - time) <= SAME_TIME:
            return float(value)
    raise NoForecast(f"The series has no figure of {time:g}, from which the change is counted.")


def _chances(asked: Asked) -> dict[str, Any]:
    model = _model(asked)
    people = [one for one in asked.values["people"] if "p" in one]
    if model is not None and model["is_met"]:
        fact = {"p": 1.0, "low": 1.0, "high": 1.0, "members": 1, "model_share": 1.0}
        return {"model": model, "people": _parts(people, []), "pool": fact}
    if model is None and not people:
        return {}
    pooled = pool(
        _opinions(asked, people),
        question_life=asked.values["life_days"],
        model=ModelOpinion(model["p"], model["observations"]) if model else None,
        status_quo=_status_quo(asked),
        recalibration=Recalibration(**asked.values["recalibration"]),
    )
    if model is not None:
        model = model | {"weight": rounded(pooled.model_share)}
    return {
        "model": model,
        "people": _parts(people, [part.weight for part in pooled.parts]),
        "pool": {name: rounded(getattr(pooled, name)) for name in POOL_FIGURES}
        | {"members": len(pooled.parts)},
    }


def _parts(people: Sequence[Mapping[str, Any]], weights: Sequence[float]) -> list[dict[str, Any]]:
    """Each person with a share of the pool, 0 where the answer is a fact and nothing is pooled."""
    given = [*weights, *[0.0] * len(people)]
    return [
        {"who": one["who"], "p": one["p"], "weight": rounded(given[k]), "age_days": one["age_days"]}
        for k, one in enumerate(people)
    ]


def _opinions(asked: Asked, people: Sequence[Mapping[str, Any]]) -> list[Opinion]:
    return [Opinion(one["who"], one["p"], one["age_days"], _record(asked, one)) for one in people]


def _record(asked: Asked, one: Mapping[str, Any]) -> TrackRecord | None:
    found = asked.values["records"].get(str(one["who"]))
    return TrackRecord(**found) if found else None


def _model(asked: Asked) -> dict[str, Any] | None:
    course = asked.course
    if course is None or asked.reading.comparator is None:
        return None
    chance = _probability(asked, course.paths.samples, course.paths.effective_sample_size)
    is_met = asked.answer is not None
    # By the rule on vintages the figures at hand decide nothing, even where a revision would.
    p = 1.0 if is_met else min(chance.p, thresholds.MOST_P)
    return {
        "p": rounded(p),
        "se": 0.0 if is_met else rounded(chance.se),
        "is_met": is_met,
        "weight": 1.0,
        "observations": course.paths.observations,
        "reference_dominates": bool(course.paths.reference_dominates),
        "baseline_p": _baseline_p(asked, course),
        "needed_rate": _needed_rate(asked),
        "seen_rate": _seen_rate(asked),
        "proof": _proof(asked) if is_met else "",
    }


def _probability(asked: Asked, samples: Floats, effective: float | None) -> thresholds.Probability:
    reading = asked.reading
    return thresholds.probability(
        samples,
        asked.course.years if asked.course else [],
        comparator=str(reading.comparator),
        threshold=float(reading.threshold or 0.0),
        window=reading.window,
        deadline=reading.deadline,
        baseline=asked.baseline,
        observed=asked.observed,
        window_from=reading.window_from,
        effective_sample_size=effective,
    )


def _baseline_p(asked: Asked, course: Course) -> float | None:
    if course.baseline is None:
        return None
    paths = course.baseline.paths(seed=asked.seed, draws=len(course.paths.samples))
    return rounded(_probability(asked, paths.samples, None).p)


def _proof(asked: Asked) -> str:
    answer = asked.answer or {}
    value = answer["value"]
    return (
        f"The figure of {answer['period']}, {value:.6g} {asked.values['series']['unit']}, meets it."
    )


def _needed_rate(asked: Asked) -> float | None:
    """The change a year that leads from the last figure to the threshold at the deadline."""
    times, values = asked.observed
    height, years = height_of(asked.reading, times, values), asked.reading.deadline - times[-1]
    if height is None or min(height, values[-1]) <= 0 or years <= SAME_TIME:
        return None
    return rounded((height / values[-1]) ** (1 / years) - 1)


def _seen_rate(asked: Asked) -> float | None:
    times, values = asked.observed
    if len(times) < 2 or min(values[0], values[-1]) <= 0:
        return None
    return rounded((values[-1] / values[0]) ** (1 / (times[-1] - times[0])) - 1)


def _status_quo(asked: Asked) -> str | None:
    """By the last figure; of an event as its author said."""
    if asked.values["series"] is None:
        return asked.reading.status_quo
    return status_quo(asked.reading, *asked.observed)


def _quantities(asked: Asked) -> dict[str, Any]:
    people = [one for one in asked.values["people"] if "points" in one]
    is_date = asked.values["kind"] == DATE
    pooled, model, baseline = (_dates if is_date else _numbers)(asked, people)
    parts = pooled.parts if pooled else ()
    return {
        "people": [
            {
                "who": one["who"],
                "quantiles": rounded_all(v for v in part.quantiles.tolist() if isfinite(v)),
                "p_never": one["p_never"],
                "weight": rounded(part.weight),
                "age_days": one["age_days"],
            }
            for one, part in zip(people, parts, strict=False)
        ],
        "quantities": {
            "model": model,
            "pool": pool_quantity(pooled, is_date=is_date) if pooled else None,
            "baseline": baseline,
        },
    }


Told = tuple[QuantityPool | None, dict[str, Any] | None, dict[str, Any] | None]


def _numbers(asked: Asked, people: Sequence[Mapping[str, Any]]) -> Told:
    found = [samples_at_deadline(one, asked.reading, asked.observed) for one in _courses(asked)]
    series = asked.values["series"]
    samples = found[0] if found else None
    scale = scale_of(people, samples, is_share=series is not None and series["kind"] == "share")
    statements = [statement_of(one, _record(asked, one), scale) for one in people]
    pooled = pooled_numbers(
        statements, samples, _observations(asked), scale=scale, life=asked.values["life_days"]
    )
    told = [number_quantity(one) for one in found]
    return pooled, *_two(told)


def _dates(asked: Asked, people: Sequence[Mapping[str, Any]]) -> Told:
    courses = _courses(asked) if asked.reading.comparator is not None else []
    horizon = float(courses[0].years[-1]) if courses else None
    found = [passages_of(one, asked.reading, asked.observed, asked.baseline) for one in courses]
    statements = [statement_of(one, _record(asked, one), "plain") for one in people]
    pooled = pooled_dates(
        statements,
        found[0] if found else None,
        _observations(asked),
        horizon=horizon,
        life=asked.values["life_days"],
    )
    told = [date_quantity(one, horizon or 0.0) for one in found]
    return pooled, *_two(told)


def _two(told: Sequence[dict[str, Any]]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Of the model and of its baseline, as far as there are any."""
    return (told[0] if told else None), (told[1] if len(told) > 1 else None)


def _observations(asked: Asked) -> int:
    return asked.course.paths.observations if asked.course else 0


def _courses(asked: Asked) -> list[Course]:
    """That of the model and, where the series is long enough, that of its baseline."""
    course = asked.course
    if course is None:
        return []
    if course.baseline is None:
        return [course]
    paths = course.baseline.paths(seed=asked.seed, draws=len(course.paths.samples))
    return [course, Course(course.years, course.baseline.method, paths, None)]
