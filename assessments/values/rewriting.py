"""From a free sentence to questions that can be checked, with their parts filled in."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assessments.values.linting import Context
from assessments.values.linting_parts import released_on
from assessments.values.measures import KnownIndicator
from assessments.values.prediction import Kind
from assessments.values.sentence import (
    BASELINE,
    DEADLINE,
    baseline_year,
    causal_claim,
    change_of,
    cleared,
    deadlines,
)
from assessments.values.wording import day_in_words

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = {"of", "the", "a", "an", "in", "per", "and", "by", "for", "total", "to", "from", "its"}
# Different names for one measure, in the words of the statisticians.
_SYNONYMS = (
    (
        re.compile(r"\b(?:labou?r )?productivity\b|\boutput per hour\b", re.IGNORECASE),
        "gdp hour worked",
    ),
    (re.compile(r"\bsolar\b", re.IGNORECASE), "pv"),
    (re.compile(r"\bcosts?\b", re.IGNORECASE), "price"),
)
_PLACE = re.compile(r"\s+(?:in|across|within|throughout)\s+(?P<place>[^,]*[A-Z][^,]*)$")
_LAST_DAYS = 180


@dataclass(frozen=True)
class Question:
    """A prediction as the form takes it; `label` names it in a sentence."""

    label: str
    kind: Kind
    parts: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """What the sentence is about, as far as it says so."""

    quantity: str
    place: str
    percent: float
    base: str
    deadline: date
    cause: str
    indicator: KnownIndicator | None

    @property
    def where(self) -> str:
        return f" ({self.place})" if self.place else ""


def questions(text: str, context: Context) -> tuple[Question, ...]:
    """What to ask in place of the sentence: of a claim that something moved a figure by so much,
    the figure, and beside it the cause. Empty where the sentence is not of that anatomy."""
    found = _found(text, context)
    if found is None:
        return ()
    plain = _figure(found)
    return (plain, _judgement(found)) if found.cause else (plain,)


def _found(text: str, context: Context) -> Found | None:
    change = change_of(text)
    base = baseline_year(text)
    due = [one.day for one in deadlines(text, context.today) if one.day > context.today]
    if change is None or base is None or not due:
        return None
    claim = causal_claim(text)
    quantity = claim.quantity if claim else _subject(text)
    quantity, place = _split(quantity)
    if not quantity:
        return None
    place = place or _split(f"x {cleared(text)}")[1]
    return Found(
        quantity=quantity,
        place=place,
        percent=change.percent,
        base=base,
        deadline=max(due),
        cause=_cause(claim.cause, context) if claim else "",
        indicator=matching(f"{quantity} {place}", context.indicators),
    )


def _cause(words: str, context: Context) -> str:
    """A technology that began the sentence goes on in small letters inside one."""
    name = context.technology
    is_it = words.casefold() == name.casefold() and name[1:] == name[1:].lower()
    return words.lower() if is_it else words


def _subject(text: str) -> str:
    """The figure of a sentence without a cause: what stands before its verb."""
    bare = DEADLINE.sub(" ", BASELINE.sub(" ", text)).strip(" ,.")
    found = re.match(
        r"(?P<what>.+?)\s+(?:will|would|shall|may|could|is going to)\b", bare, re.IGNORECASE
    )
    return re.sub(r"\s+", " ", found["what"]).strip(" ,") if found else ""


def _split(quantity: str) -> tuple[str, str]:
    """What is measured, and where: “output per hour in Japan”."""
    found = _PLACE.search(quantity)
    what = quantity[: found.start()] if found else quantity
    what = re.sub(r"^(?:the|overall|average)\s+", "", what, flags=re.IGNORECASE)
    return what.strip(), found["place"].strip() if found else ""


def matching(words: str, indicators: tuple[KnownIndicator, ...]) -> KnownIndicator | None:
    """The indicator that measures what the words name, where one does so clearly."""
    asked = _tokens(words)
    best, best_share = None, 0.0
    for indicator in indicators:
        name = _tokens(indicator.name) - _tokens(indicator.geography)
        place = _tokens(indicator.geography)
        share = len(name & asked) / len(name) if name else 0.0
        is_elsewhere = bool(place) and not place & asked and bool(asked - name)
        if share > best_share and not (is_elsewhere and share < 1):
            best, best_share = indicator, share
    return best if best_share >= 0.6 else None


def _tokens(words: str) -> set[str]:
    for pattern, instead in _SYNONYMS:
        words = pattern.sub(instead, words)
    found = (token.rstrip("s") or token for token in _WORD.findall(words.lower()))
    return {token for token in found if token not in _EMPTY}


def _figure(found: Found) -> Question:
    index = 100 + found.percent
    name = found.indicator.name if found.indicator else found.quantity
    label = (
        f"The index of {name}{'' if found.indicator else found.where}"
        f" {'reaches' if found.percent > 0 else 'falls to'} {index:.6g} ({found.base} = 100)"
        f" by {day_in_words(found.deadline)}"
    )
    parts = _shared(found) | {
        "comparator": "at least" if found.percent > 0 else "at most",
        "window": "at",
    }
    if _is_index(found.indicator, found.base) or found.indicator is None:
        parts |= {"threshold": f"{index:.6g}", "threshold_kind": "absolute"}
    else:
        parts |= {
            "threshold": f"{found.percent:.6g}",
            "threshold_kind": "change",
            "baseline_period": _base_period(found),
        }
    if found.indicator is None:
        parts |= {
            "metric": _capital(found.quantity),
            "unit": f"index, {found.base} = 100",
            "resolution_rule": (
                f"The publisher's figures of {found.quantity}{found.where} for {found.base} and for"
                f" the last period that ended by {day_in_words(found.deadline)}; their ratio times"
                " 100 is the index."
            ),
        }
    return Question(label, Kind.YES_NO, parts)


def _base_period(found: Found) -> str:
    """The baseline year in the cadence of the indicator: the last period of that year."""
    values = found.indicator.values if found.indicator else {}
    return max((period for period in values if period.startswith(found.base)), default=found.base)


def _is_index(indicator: KnownIndicator | None, base: str) -> bool:
    return indicator is not None and bool(re.search(rf"\b{base}\s*=\s*100\b", indicator.unit))


def _shared(found: Found) -> dict[str, Any]:
    indicator = found.indicator
    reads_on = released_on(found.deadline, indicator)
    if indicator is None:
        reads_on = found.deadline + timedelta(days=_LAST_DAYS)
    return {
        "deadline": found.deadline.isoformat(),
        "reads_on": reads_on.isoformat(),
        "indicator": indicator.slug if indicator else None,
        "unit": indicator.unit if indicator else "",
        "geography": indicator.geography if indicator else found.place,
        "publisher": indicator.publisher if indicator else "",
    }


def _judgement(found: Found) -> Question:
    more = "above" if found.percent > 0 else "below"
    quantity = f"{found.quantity}{found.where}"
    size = f"at least {abs(found.percent):.6g} % {more}"
    day = day_in_words(found.deadline)
    event = (
        f"A panel finds that on {day} {quantity} is {size} what it would have been without"
        f" {found.cause}"
    )
    parts = {
        "deadline": found.deadline.isoformat(),
        "reads_on": (found.deadline + timedelta(days=365)).isoformat(),
        "event": event,
        "publisher": "A panel of three",
        "cause": f"{_capital(found.cause)} moved {quantity}",
        "definitions": (
            f"Counterfactual: the path that {quantity} would have taken from {found.base} without"
            f" {found.cause}. The panel writes it down with its sources before the figures for"
            f" {found.deadline.year} appear, and does not change it afterwards."
        ),
        "resolution_rule": (
            "Three people who made no forecast on it and are named in advance decide by majority,"
            " from published studies, and say which. Fewer than three answers annul it."
        ),
    }
    return Question(f"{_capital(event)}: the judgement of a panel", Kind.YES_NO, parts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def first_draft(text: str, context: Context) -> Question:
    """The form filled in from the sentence as far as it goes: at least its words and its day."""
    offered = questions(text, context)
    if offered:
        return offered[0]
    due = [one.day for one in deadlines(text, context.today) if one.day > context.today]
    parts: dict[str, Any] = {"event": _event(text)}
    if due:
        parts |= {"deadline": max(due).isoformat(), "reads_on": max(due).isoformat()}
    return Question(text, Kind.YES_NO, parts)


def _event(text: str) -> str:
    """The sentence without the time by which it is to happen."""
    bare = DEADLINE.sub(" ", text)
    return _capital(re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", bare)).strip(" ,."))
