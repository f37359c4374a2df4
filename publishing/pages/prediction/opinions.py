"""Who says what: a strip, a table, and how far people and model are apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.safestring import SafeString

from assessments.predictions import ForecastRecord
from publishing.figures.opinions import CHANCE, YEAR, Opinions, Said, log_odds, opinions_drawing
from publishing.pages.prediction.facts import DATE, YES_NO, PredictionFacts
from publishing.pages.prediction.words import at_level, of_100, value_words, with_unit
from publishing.pages.published import day_words
from publishing.wording import share_of_draws
from scoring.predictions import Part, Quantity
from scoring.selectors import HALF_LIFE_SHARE

CLOSE, FAR = 0.5, 1.2


@dataclass(frozen=True)
class OpinionRow:
    """What one person says; `weight` in per cent of the pool, empty where it is not known."""

    name: str
    said: str
    range: str
    since: str
    note: str
    is_stale: bool
    is_demonstration: bool
    weight: str


@dataclass(frozen=True)
class PartRow:
    """The model or the pool as a row of the table."""

    name: str
    said: str
    range: str
    weight: str


@dataclass(frozen=True)
class OpinionsPart:
    """`gap` says how far people and model are apart. Where all is hidden `why_hidden` says so and
    nothing else is known."""

    drawing: SafeString
    sentence: str
    rows: tuple[OpinionRow, ...]
    parts: tuple[PartRow, ...]
    gap: str
    heading: str
    why_hidden: str = ""
    why_none: str = ""


def opinions_part(facts: PredictionFacts) -> OpinionsPart:
    heading = "In 100" if facts.record.kind == YES_NO else "Best guess"
    if facts.is_hidden:
        return OpinionsPart(SafeString(), "", (), (), "", heading, why_hidden=why_hidden(facts))
    opinions = drawn_opinions(facts)
    return OpinionsPart(
        drawing=SafeString() if opinions.is_empty else _drawn(opinions),
        sentence=_sentence(opinions),
        rows=tuple(_rows(facts)),
        parts=tuple(_parts(facts)),
        gap=gap_words(facts),
        heading=heading,
        why_none=facts.result.without if facts.result and not facts.result.model else "",
    )


def why_hidden(facts: PredictionFacts) -> str:
    closes = day_words(facts.record.closes_at.date())
    return (
        "What others and the model say is hidden until you have given your own forecast, so that"
        f" nobody copies. Readers see it once forecasting has closed, on {closes}."
    )


def _drawn(opinions: Opinions) -> SafeString:
    return opinions_drawing(opinions, words=_sentence(opinions))


def drawn_opinions(facts: PredictionFacts) -> Opinions:
    kind = facts.record.kind
    people = [_person(row, kind) for row in facts.standing]
    return Opinions(
        unit=CHANCE if kind == YES_NO else YEAR if kind == DATE else facts.unit or "value",
        people=tuple(sorted(filter(None, people), key=lambda mark: mark.value)),
        model=_model(facts),
        pool=_pool(facts),
        answer=_answer(facts),
    )


def _person(row: ForecastRecord, kind: str) -> Said | None:
    if kind == YES_NO:
        return None if row.p is None else Said(row.forecaster, row.p)
    if row.best is None:
        return None
    return Said(row.forecaster, row.best, row.lowest, row.highest)


def _model(facts: PredictionFacts) -> Said | None:
    result = facts.result
    if result is None:
        return None
    if result.model is not None:
        return Said(f"model: {of_100(result.model.p)}", result.model.p)
    return _quantity(result.model_quantity, "model", facts)


def _pool(facts: PredictionFacts) -> Said | None:
    result = facts.result
    if result is None:
        return None
    if result.pool is not None:
        pool = result.pool
        return Said(f"pooled: {of_100(pool.p)}", pool.p, pool.low, pool.high)
    return _quantity(result.pool_quantity, "pooled", facts)


def _quantity(quantity: Quantity | None, who: str, facts: PredictionFacts) -> Said | None:
    """Its middle, with the range that holds 80 of 100."""
    if quantity is None or not quantity.levels:
        return None
    low, middle, high = (at_level(quantity, level) for level in (0.1, 0.5, 0.9))
    words = value_words(facts.record.kind, middle, facts.unit)
    return Said(f"{who}: {words}", middle, low, high)


def _answer(facts: PredictionFacts) -> Said | None:
    state, kind = facts.state, facts.record.kind
    if not state.is_closed or kind == YES_NO:
        return None
    if kind == DATE and state.happened_on is not None:
        day = state.happened_on
        time = day.year + (day.timetuple().tm_yday - 1) / 365.25
        return Said(f"came out: {day_words(day)}", time)
    if kind != DATE and state.value is not None:
        return Said(f"came out: {with_unit(state.value, facts.unit)}", state.value)
    return None


def _sentence(opinions: Opinions) -> str:
    said = [mark.name for mark, _ in opinions.marks]
    people = f"{len(opinions.people)} people forecast" if opinions.people else "Nobody forecasts"
    return "; ".join([people, *said]) + "."


def _rows(facts: PredictionFacts) -> list[OpinionRow]:
    weights = {part.who: part.weight for part in _people(facts)}
    rows = sorted(facts.standing, key=lambda row: -(_value(row) or 0.0))
    return [
        OpinionRow(
            name=row.forecaster,
            said=said_words(row, facts),
            range=range_words(row, facts),
            since=f"{row.made_at.day} {row.made_at:%b %Y}",
            note=row.note,
            is_stale=is_stale(row, facts),
            is_demonstration=row.is_demonstration,
            weight=_per_cent(weights.get(row.forecaster_id)),
        )
        for row in rows
    ]


def _people(facts: PredictionFacts) -> Sequence[Part]:
    return facts.result.people if facts.result else ()


def _value(row: ForecastRecord) -> float | None:
    return row.p if row.p is not None else row.best


def said_words(row: ForecastRecord, facts: PredictionFacts) -> str:
    if row.p is not None:
        return share_of_draws(row.p)
    return "" if row.best is None else value_words(facts.record.kind, row.best, facts.unit)


def range_words(row: ForecastRecord, facts: PredictionFacts) -> str:
    """From 104 to 111 with 80 of 100; nothing for a chance."""
    if row.lowest is None or row.highest is None or row.confidence is None:
        return ""
    kind, unit = facts.record.kind, facts.unit
    low, high = (value_words(kind, value, unit) for value in (row.lowest, row.highest))
    never = f"; never: {of_100(row.p_never)}" if row.p_never else ""
    return f"{of_100(row.confidence)} from {low} to {high}{never}"


def is_stale(row: ForecastRecord, facts: PredictionFacts) -> bool:
    """Whether it has lost half of its weight since it was said."""
    if facts.state.is_closed:
        return False
    life = facts.record.deadline - facts.record.made_at.date()
    return facts.today - row.made_at.date() > life * HALF_LIFE_SHARE


def _per_cent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _parts(facts: PredictionFacts) -> list[PartRow]:
    result = facts.result
    if result is None:
        return []
    rows = []
    model, pool = _model(facts), _pool(facts)
    shares = [part.model_share for part in (result.pool, result.pool_quantity) if part]
    if model is not None:
        range_ = _range(model, facts) if result.model is None else ""
        rows.append(
            PartRow("The model", _bare(model), range_, _per_cent(shares[0] if shares else 0))
        )
    if pool is not None:
        rows.append(PartRow("Pooled", _bare(pool), _range(pool, facts), "100 %"))
    return rows


def _bare(mark: Said) -> str:
    return mark.name.partition(": ")[2].removesuffix(" of 100")


def _range(mark: Said, facts: PredictionFacts) -> str:
    if mark.low is None or mark.high is None:
        return ""
    kind = facts.record.kind
    if kind == YES_NO:
        low, high = share_of_draws(mark.low), share_of_draws(mark.high)
        return f"{low} to {high} as any one is left out"
    low, high = (value_words(kind, value, facts.unit) for value in (mark.low, mark.high))
    return f"80 of 100 from {low} to {high}"


def gap_words(facts: PredictionFacts) -> str:
    """How far people and the model are apart, and on which side."""
    result = facts.result
    chances = [row.p for row in facts.standing if row.p is not None]
    if result and result.model and chances and not result.model.is_met:
        return _chance_gap(median(chances), result.model.p, len(chances))
    best = [row.best for row in facts.standing if row.best is not None]
    if result and result.model_quantity and best:
        return _quantity_gap(median(best), result.model_quantity, facts)
    return ""


def _chance_gap(people: float, model: float, count: int) -> str:
    apart = log_odds(people) - log_odds(model)
    who = "the analyst" if count == 1 else "the analysts’ middle"
    held = f"{who} says {of_100(people)}, the model {of_100(model)}"
    if abs(apart) < CLOSE:
        return f"People and model are close: {held}."
    side = "more" if apart > 0 else "less"
    much = "much " if abs(apart) > FAR else ""
    times = math.exp(abs(apart))
    return f"People give a yes {much}{side} than the model: {held}, odds {times:.1f} times apart."


def _quantity_gap(people: float, model: Quantity, facts: PredictionFacts) -> str:
    kind, unit = facts.record.kind, facts.unit
    low, middle, high = (at_level(model, level) for level in (0.1, 0.5, 0.9))
    said, expected = value_words(kind, people, unit), value_words(kind, middle, unit)
    held = f"the analysts’ middle is {said}, the model’s {expected}"
    if low <= people <= high:
        return f"People and model are close: {held}, within the model’s 80 of 100."
    if kind == DATE:
        side = "earlier" if people < middle else "later"
    else:
        side = "lower" if people < middle else "higher"
    return f"People are {side} than the model: {held}, outside the model’s 80 of 100."
