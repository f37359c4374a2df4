"""Sentences on a prediction that follow fixed patterns."""

import itertools
from datetime import date, timedelta

from publishing.figures.scales import number_words
from publishing.pages.published import day_words, month_words
from publishing.wording import counted, opening_words, share_of_draws
from scoring.predictions import Quantity
from scoring.resolution_states import Standing, State

LONGEST_UNIT = 14
NOBODY = "Nobody has forecast on it yet"
SIGNS = {"at least": "≥", "above": ">", "at most": "≤", "below": "<"}


def of_100(chance: float) -> str:
    return f"{share_of_draws(chance)} of 100"


def standing_words(state: State) -> str:
    """Where it stands, as the line above the headline says it."""
    if state.standing == Standing.RESOLVED:
        return f"resolved: {state.outcome or 'answered'}"
    if state.standing == Standing.PROPOSED:
        return f"answer proposed: {state.outcome}"
    return state.standing.value


def with_unit(value: float, unit: str) -> str:
    """A share with its sign, a short unit behind the number; a long one stands in the heading."""
    if unit in {"%", "per cent", "percent"}:
        return f"{number_words(value)} %"
    is_short = 0 < len(unit) <= LONGEST_UNIT and not any(
        letter in "=,0123456789" for letter in unit
    )
    return f"{number_words(value)} {unit}" if is_short else number_words(value)


def year_words(time: float) -> str:
    """A year with a fraction, as the month that it falls in."""
    year = int(time)
    day = date(year, 1, 1) + timedelta(days=min(int((time - year) * 365.25), 364))
    return month_words(day)


def value_words(kind: str, value: float, unit: str) -> str:
    return year_words(value) if kind == "date" else with_unit(value, unit)


def at_level(quantity: Quantity, level: float) -> float:
    """Between two levels that are known, the value goes straight from one to the other."""
    pairs = list(zip(quantity.levels, quantity.values, strict=True))
    for (below, low), (above, high) in itertools.pairwise(pairs):
        if below <= level <= above:
            return low + (high - low) * (level - below) / (above - below)
    return pairs[0][1] if level < pairs[0][0] else pairs[-1][1]


def rate_words(rate: float) -> str:
    """1.9 % a year, with as many figures as tell it from nothing."""
    per_cent = abs(rate) * 100
    written = f"{per_cent:.1f}" if per_cent >= 0.1 else f"{per_cent:.2g}"
    return f"{written} %"


def pace_sentence(needed: float, seen: float, since: str) -> str:
    """What it would take from here, held against what has been seen."""
    would = "grow" if needed >= 0 else "fall"
    needs = f"The series would have to {would} {rate_words(needed)} a year from here"
    if (needed >= 0) == (seen >= 0):
        verb = "grown" if seen >= 0 else "fallen"
        return f"{needs}; since {since} it has {verb} {rate_words(seen)} a year."
    verb = "grown" if seen >= 0 else "fallen"
    return f"{needs}; since {since} it has {verb} instead, by {rate_words(seen)} a year."


def range_sentence(said: list[float], kind: str, unit: str) -> str:
    """How many forecast, and between which ends."""
    if not said:
        return ""
    who = "analyst says" if len(said) == 1 else "analysts say"
    start = f"{opening_words(len(said))} {who}"
    if kind == "yes or no":
        ends = [share_of_draws(value) for value in (min(said), max(said))]
        return (
            f"{start} {ends[0]} of 100"
            if ends[0] == ends[1]
            else f"{start} between {ends[0]} and {ends[1]} of 100"
        )
    ends = [value_words(kind, value, unit) for value in (min(said), max(said))]
    return f"{start} {ends[0]}" if ends[0] == ends[1] else f"{start} from {ends[0]} to {ends[1]}"


def waits_sentence(state: State) -> str:
    """Since when it waits for an answer."""
    if state.standing == Standing.PROPOSED:
        missing = counted(state.missing, "person", "people")
        return f"An answer is proposed, {state.outcome}, and waits for {missing} to confirm it."
    if state.standing != Standing.DUE:
        return ""
    if not state.days_overdue:
        return "Its answer can be read from today on."
    days = counted(state.days_overdue, "day")
    return f"Its answer could be read from {day_words(state.reads_on)} on, {days} ago."
