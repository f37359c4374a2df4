"""One prediction: what it says, how likely it is, who says so, what decides it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from publishing.cards import technology_url
from publishing.charts.chart import Table
from publishing.figures.hundred import hundred_circles
from publishing.pages.prediction.chances import ChancesPart, chances_part
from publishing.pages.prediction.facts import YES_NO, PredictionFacts, Stone
from publishing.pages.prediction.fan import FanPart, fan_part, time_cell
from publishing.pages.prediction.opinions import OpinionsPart, opinions_part, said_words
from publishing.pages.prediction.pace import Pace, pace_of
from publishing.pages.prediction.statement import (
    Fact,
    StepRow,
    Wording,
    facts_that_decide,
    heading_of,
    step_rows,
    wording_of,
)
from publishing.pages.prediction.words import (
    NOBODY,
    at_level,
    of_100,
    pace_sentence,
    range_sentence,
    standing_words,
    value_words,
    waits_sentence,
    with_unit,
    year_words,
)
from publishing.pages.published import day_words
from publishing.wording import share_of_draws
from scoring.resolution_states import Standing


@dataclass(frozen=True)
class Pooled:
    """The number that the page opens with. Of a chance `circles` show it; of a number or a day
    `number` is its middle. `range` says how far it would move."""

    number: str
    words: str
    range: str
    circles: SafeString


@dataclass(frozen=True)
class StoneRow:
    statement: str
    url: str
    due: str
    chance: str
    standing: str


@dataclass(frozen=True)
class PredictionPage:
    """`computing` tells that a run is under way; `outcome` is empty until it is resolved."""

    state: str
    key: str
    path: str
    technology: str
    technology_url: str
    standing: str
    is_waiting: bool
    is_resolved: bool
    deadline: str
    headline: str
    lede: str
    outcome: str
    pooled: Pooled | None
    fan: FanPart | None
    opinions: OpinionsPart
    decides: tuple[Fact, ...]
    decides_heading: str
    stones: tuple[StoneRow, ...]
    parent: StoneRow | None
    wording: Wording | None
    pace: Pace | None
    chances: ChancesPart | None
    steps: tuple[StepRow, ...]
    is_demonstration: bool
    is_draft: bool
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    author: str
    made: str
    computing: bool
    run_id: int
    content_hash: str
    own: str = ""
    is_team: bool = False

    @property
    def csv_url(self) -> str:
        return f"{self.path}figures.csv" if self.fan else ""

    @property
    def chances_url(self) -> str:
        return f"{self.path}chances.csv" if self.chances else ""

    @property
    def files(self) -> tuple[tuple[str, Table], ...]:
        """The tables of its charts by the addresses of their files."""
        parts = ((self.csv_url, self.fan), (self.chances_url, self.chances))
        return tuple((url, part.table) for url, part in parts if part)

    @property
    def description(self) -> str:
        return f"{self.headline} {self.lede}"


def prediction_page(facts: PredictionFacts, *, state: str = "") -> PredictionPage:
    record, fan = facts.record, fan_part(facts)
    return PredictionPage(
        state=state,
        key=record.key,
        path=prediction_url(record.key),
        technology=record.technology_name,
        technology_url=technology_url(record.technology_slug) if facts.is_technology_public else "",
        standing=standing_words(facts.state),
        is_waiting=facts.state.standing in {Standing.DUE, Standing.PROPOSED},
        is_resolved=facts.state.is_closed,
        deadline=day_words(record.deadline),
        headline=record.statement,
        lede=lede(facts),
        outcome=outcome_words(facts),
        pooled=pooled_of(facts),
        fan=fan,
        opinions=opinions_part(facts),
        decides=facts_that_decide(facts, _indicator_url(facts)),
        decides_heading=heading_of(record.kind),
        stones=tuple(_stone_row(stone) for stone in facts.stones),
        parent=_stone_row(facts.parent) if facts.parent else None,
        wording=wording_of(facts),
        pace=pace_of(facts),
        chances=chances_part(facts),
        steps=step_rows(facts),
        is_demonstration=facts.is_demonstration,
        is_draft=record.state == "draft",
        replaces=(record.replaces_key,) if record.replaces_key else (),
        replaced_by=record.replaced_by,
        author=record.author,
        made=day_words(record.made_at.date()),
        computing=facts.is_computing,
        run_id=fan.run_id if fan else _own_run(facts),
        content_hash=record.content_hash,
        own=_own(facts),
        is_team=facts.is_team,
    )


def _indicator_url(facts: PredictionFacts) -> str:
    """Empty where an event decides, or an indicator that the person may not see."""
    slug = facts.series.slug if facts.series else ""
    return reverse("publishing:indicator-detail", args=[slug]) if slug else ""


def _own(facts: PredictionFacts) -> str:
    """What whoever asks says now."""
    rows = [row for row in facts.standing if row.forecaster_id == facts.actor_id]
    if not rows:
        return ""
    said = said_words(rows[0], facts)
    unit = " in 100" if facts.record.kind == YES_NO else ""
    return f"{said}{unit}, on {day_words(rows[0].made_at.date())}"


def prediction_url(key: str) -> str:
    return reverse("publishing:prediction-detail", args=[key])


def _own_run(facts: PredictionFacts) -> int:
    return facts.result.run_id if facts.result and not facts.is_hidden else 0


def lede(facts: PredictionFacts) -> str:
    """What it would take, what is said, and what waits; the fact of an answer comes first."""
    parts = [waits_sentence(facts.state), _pace(facts), _said(facts)]
    return " ".join(part for part in parts if part)


def _pace(facts: PredictionFacts) -> str:
    model = facts.result.model if facts.result else None
    if model is None or facts.is_hidden:
        return _stands_at(facts)
    if model.is_met:
        return f"The threshold has been met already: {model.proof}." if model.proof else ""
    if model.needed_rate is None or model.seen_rate is None:
        return _stands_at(facts)
    history = facts.result.fan.history if facts.result and facts.result.fan else ()
    since = time_cell(history[0][0])[:4] if history else "the first figure"
    return pace_sentence(model.needed_rate, model.seen_rate, since)


def _stands_at(facts: PredictionFacts) -> str:
    if facts.series is None or not facts.series.times:
        return ""
    value = with_unit(facts.series.values[-1], facts.unit)
    time = facts.series.times[-1]
    when = time_cell(time) if time.is_integer() else year_words(time)
    return f"The series stood at {value} in {when}."


def _said(facts: PredictionFacts) -> str:
    if facts.is_hidden:
        return "Who forecasts what is hidden until one has given a forecast of one’s own."
    kind = facts.record.kind
    values = [row.p if kind == YES_NO else row.best for row in facts.standing]
    people = range_sentence([value for value in values if value is not None], kind, facts.unit)
    model = _model_words(facts)
    if people and model:
        return f"{people}, {model}."
    if not people and not model:
        return "" if facts.state.is_closed else f"{NOBODY}."
    said = people or f"{model[:1].upper()}{model[1:]}; {NOBODY[:1].lower()}{NOBODY[1:]}"
    return f"{said}."


def _model_words(facts: PredictionFacts) -> str:
    result = facts.result
    if result is None:
        return ""
    if result.model is not None:
        return "" if result.model.is_met else f"the model says {share_of_draws(result.model.p)}"
    if result.model_quantity is None or not result.model_quantity.levels:
        return ""
    middle = at_level(result.model_quantity, 0.5)
    return f"the model says {value_words(facts.record.kind, middle, facts.unit)}"


def outcome_words(facts: PredictionFacts) -> str:
    """What came out, in one sentence; nothing before it is confirmed."""
    state = facts.state
    if not state.is_closed:
        return ""
    when = f" on {day_words(state.ended_at.date())}" if state.ended_at else ""
    if state.standing == Standing.ANNULLED:
        return f"Annulled{when}: it can no longer be answered, and it is not scored."
    if state.standing == Standing.AMBIGUOUS:
        return f"Marked ambiguous{when}: both answers can be argued for, and it is not scored."
    return f"{_answer(facts)}, confirmed{when}."


def _answer(facts: PredictionFacts) -> str:
    state = facts.state
    value = with_unit(state.value, facts.unit) if state.value is not None else ""
    day = day_words(state.happened_on) if state.happened_on else ""
    if state.outcome in {"yes", "no"}:
        detail = ", ".join(filter(None, (value, day)))
        return f"It came out {state.outcome}" + (f" ({detail})" if detail else "")
    return f"It came out at {value}" if state.outcome == "number" else f"It happened on {day}"


def pooled_of(facts: PredictionFacts) -> Pooled | None:
    result = facts.result
    if result is None or facts.is_hidden:
        return None
    if result.pool is not None:
        pool = result.pool
        low, high = share_of_draws(pool.low), share_of_draws(pool.high)
        words = "pooled" if pool.members > 1 else "the one member of the pool"
        stays = "the same whoever is left out"
        moves = stays if low == high else f"{low} to {high} as any one is left out"
        circles = hundred_circles(pool.p, words=f"{of_100(pool.p)}, {words}")
        return Pooled(share_of_draws(pool.p), words, moves if pool.members > 1 else "", circles)
    quantity = result.pool_quantity
    if quantity is None or not quantity.levels:
        return None
    low, middle, high = (
        value_words(facts.record.kind, at_level(quantity, level), facts.unit)
        for level in (0.1, 0.5, 0.9)
    )
    never = f"; never: {of_100(quantity.p_never)}" if quantity.p_never else ""
    return Pooled(
        middle, "the pooled middle", f"80 of 100 from {low} to {high}{never}", SafeString()
    )


def _stone_row(stone: Stone) -> StoneRow:
    return StoneRow(
        statement=stone.statement,
        url=prediction_url(stone.key),
        due=_due(stone.deadline),
        chance=of_100(stone.chance) if stone.chance is not None else "",
        standing=stone.standing,
    )


def _due(day: date) -> str:
    return f"due {day:%b} {day.year}"
