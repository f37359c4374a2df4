"""What a reviewer should look at, found in the card itself: its gaps, and what is in order."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from assessments.values.linting import Context
from assessments.values.linting_parts import lint
from assessments.values.scale import Dimension, UnscoredReason, WindowWord, window_word

Content = Mapping[str, Any]

# Proposals: shorter is a remark and not a reason; older is said of another time than today.
LEAST_WORDS = 4
OLD_DAYS = 183
# More items of one kind than this are told as one.
MOST_ALIKE = 2
_YEAR = re.compile(r"[2-9]\d{3}")
_HIGH = re.compile(r"\b(?:high|best|up|bull|optimistic|success)", re.IGNORECASE)
_LOW = re.compile(r"\b(?:low|worst|down|bear|pessimistic|failure)", re.IGNORECASE)
_SURE = (Dimension.IMPACT, Dimension.TIMING)
_TARGET = 2030
_HEADINGS = {"as_of": "Speaks of"}


class Weight(StrEnum):
    """How much of the card is missing with it."""

    GAP = "gap"
    DOUBT = "doubt"
    MET = "met"


@dataclass(frozen=True)
class Item:
    """One thing to look at; `part` is a dimension or another part of the card."""

    part: str
    sentence: str
    weight: Weight = Weight.GAP

    @property
    def is_met(self) -> bool:
        return self.weight is Weight.MET

    @property
    def heading(self) -> str:
        return _HEADINGS.get(self.part, self.part.replace("_", " ").capitalize())


@dataclass(frozen=True)
class Known:
    """What is known beside the content: the day, the technology's names, what readers see now,
    the revision that this one builds on, and whether a prediction for 2030 is made elsewhere."""

    today: date
    technology: str = ""
    aliases: tuple[str, ...] = ()
    published: Content | None = None
    parent: Content | None = None
    is_predicted: bool = False

    @property
    def earlier(self) -> Content | None:
        return self.published or self.parent


@dataclass(frozen=True)
class Checklist:
    items: tuple[Item, ...] = field(default=())

    @property
    def open(self) -> tuple[Item, ...]:
        """Gaps before doubts, each in the order of the card."""
        found = [item for item in self.items if not item.is_met]
        return tuple(sorted(found, key=lambda item: item.weight is Weight.DOUBT))

    @property
    def met(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_met)

    def of(self, part: str) -> tuple[Item, ...]:
        return tuple(item for item in self.open if item.part == part)


def checklist(content: Content, known: Known) -> Checklist:
    """Every part of the card that a reviewer should look at, with those that are in order."""
    rules = _RULES if content["detail"] == "full" else _RULES_OF_SKETCHES
    return Checklist(tuple(item for rule in rules for item in rule(content, known)))


Rule = Callable[[Content, Known], Iterator[Item]]


def _is_scored(score: Content) -> bool:
    return score["unscored_reason"] is None


def _scored(content: Content, known: Known) -> Iterator[Item]:
    left = [
        dimension
        for dimension in Dimension
        if content["scores"][dimension]["unscored_reason"] == UnscoredReason.NOT_YET_ASSESSED
    ]
    for dimension in left:
        yield Item(dimension, "Nobody has assessed it yet. Score it, or say why it cannot be.")
    if not left:
        yield Item(Dimension.VIABILITY, "Every dimension has an answer.", Weight.MET)


def _certain(content: Content, known: Known) -> Iterator[Item]:
    for dimension in _SURE:
        score = content["scores"][dimension]
        if not _is_scored(score):
            continue
        if score["certainty"] is None:
            yield Item(dimension, "It is scored without a certainty: low, medium or high?")
        else:
            yield Item(dimension, f"Its certainty is stated: {score['certainty']}.", Weight.MET)


def _reasoned(content: Content, known: Known) -> Iterator[Item]:
    short = [
        dimension
        for dimension in Dimension
        if len((content["scores"][dimension]["rationale"] or "").split()) < LEAST_WORDS
    ]
    for dimension in short:
        said = content["scores"][dimension]["rationale"]
        words = "Its reason is shorter than a sentence." if said else "It gives no reason."
        yield Item(dimension, words, Weight.DOUBT if said else Weight.GAP)
    if not short:
        yield Item(Dimension.VIABILITY, "Every dimension gives its reason.", Weight.MET)


def _backed(content: Content, known: Known) -> Iterator[Item]:
    cited = {citation["dimension"] for citation in content.get("citations", ())}
    scored = [one for one in Dimension if _is_scored(content["scores"][one])]
    bare = [one for one in scored if one not in cited]
    if scored and not bare:
        yield Item("sources", "Every scored dimension has a citation.", Weight.MET)
    sources = len(content["sources"])
    weight = _DOUBT if sources else Weight.GAP
    why = "the card names no source"
    if sources:
        why = "the one source of the card" if sources == 1 else f"{sources} sources of the card"
        why += " may say why"
    if len(bare) > MOST_ALIKE:
        yield Item("sources", f"Nothing is cited for {_and(bare)}; {why}.", weight)
        return
    for dimension in bare:
        yield Item(dimension, f"Nothing is cited for it; {why}.", weight)


def _window(content: Content, known: Known) -> Iterator[Item]:
    timing = content["scores"][Dimension.TIMING]
    if timing["from"] is None:
        return
    word = window_word(timing["from"], timing["to"], on=known.today)
    if word is WindowWord.PASSED:
        yield Item(Dimension.TIMING, f"Its window ended with {timing['to']}. Did the market open?")
    else:
        yield Item(Dimension.TIMING, "Its window has not passed.", Weight.MET)


def _scenarios(content: Content, known: Known) -> Iterator[Item]:
    found = content["scenarios"]
    if _reaches(content["scores"][Dimension.IMPACT]):
        if any(_is_high(scenario) for scenario in found):
            yield Item("scenarios", "Impact 5+ has its high scenario.", Weight.MET)
        else:
            yield Item("scenarios", "Impact 5+ without a high scenario: what would it look like?")
    if any(_is_low(scenario) for scenario in found):
        yield Item("scenarios", "A low scenario says how it would fail.", Weight.MET)
    else:
        yield Item("scenarios", "No low scenario says how it would fail.")


def _reaches(impact: Content) -> bool:
    return "5+" in {impact["level"], impact["level_to"]}


def _is_high(scenario: Content) -> bool:
    return "5+" in (scenario["impact_level"] or "") or bool(_HIGH.search(scenario["name"]))


def _is_low(scenario: Content) -> bool:
    level = scenario["impact_level"]
    return bool(_LOW.search(scenario["name"])) or (level is not None and level[0] in "12")


def _never(content: Content, known: Known) -> Iterator[Item]:
    if content["p_never"] is None:
        yield Item(Dimension.TIMING, "It does not say how likely its market never opens.", _DOUBT)
    else:
        yield Item(Dimension.TIMING, "It says how likely its market never opens.", Weight.MET)


def _predicted(content: Content, known: Known) -> Iterator[Item]:
    ahead = [row for row in content["predictions"] if _is_for_target(row)]
    if known.is_predicted:
        yield Item("predictions", f"A prediction for {_TARGET} is made and tracked.", Weight.MET)
        return
    if not ahead:
        yield Item("predictions", f"No prediction for {_TARGET} that can turn out wrong.")
    context = Context(known.today, known.technology, known.aliases)
    doubts = [found.wrong for row in ahead for found in lint(row["statement"] or "", context)]
    for words in dict.fromkeys(doubts):
        yield Item("predictions", f"Of the prediction: {_lowered(words)}", _DOUBT)
    if ahead and not doubts:
        yield Item("predictions", f"Its prediction for {_TARGET} can be checked.", Weight.MET)


def _is_for_target(row: Content) -> bool:
    years = [int(row["deadline"][:4])] if row["deadline"] else []
    years += [int(year) for year in _YEAR.findall(row["statement"] or "")]
    return bool(row["statement"]) and _TARGET in years


def _fresh(content: Content, known: Known) -> Iterator[Item]:
    days = (known.today - date.fromisoformat(content["as_of"])).days
    if days > OLD_DAYS:
        months = _counted(days * 12 // 365, "month")
        yield Item("as_of", f"It speaks of a day {months} ago. Does it hold today?", _DOUBT)
    else:
        yield Item("as_of", "It speaks of the last half year.", Weight.MET)


def _disclosed(content: Content, known: Known) -> Iterator[Item]:
    silent = [one["name"] for one in content["companies"] if not one["disclosure"]]
    if silent:
        names = _and(silent)
        yield Item("companies", f"Nobody says what we hold of {names}. Say it, also if nothing.")
    elif content["companies"]:
        yield Item("companies", "Of every company it is said what we hold.", Weight.MET)


def _answered(content: Content, known: Known) -> Iterator[Item]:
    if known.earlier is None:
        return
    before = _open_questions(known.earlier)
    left = [words for words in _open_questions(content) if words in before]
    for words in left:
        yield Item("open_questions", f"Still without an answer: {words}", _DOUBT)
    if before and not left:
        yield Item("open_questions", "No question is left from the card before.", Weight.MET)


def _open_questions(content: Content) -> list[str]:
    return [row["question"] for row in content["open_questions"] if not row["answer"]]


def _moved(content: Content, known: Known) -> Iterator[Item]:
    if known.published is None:
        return
    for dimension in Dimension:
        old, new = known.published["scores"][dimension], content["scores"][dimension]
        if _value(old) == _value(new):
            continue
        if old["rationale"] == new["rationale"]:
            yield Item(dimension, "Its score changed, and its reason is word for word the old one.")
        else:
            yield Item(dimension, "Its score changed, and so did its reason.", Weight.MET)


def _value(score: Content) -> tuple[object, ...]:
    return tuple(score.get(key) for key in ("level", "level_to", "from", "to", "unscored_reason"))


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _and(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


_DOUBT = Weight.DOUBT
_RULES_OF_SKETCHES: tuple[Rule, ...] = (_scored, _certain, _window, _fresh)
_RULES: tuple[Rule, ...] = (
    _scored,
    _certain,
    _reasoned,
    _backed,
    _moved,
    _window,
    _never,
    _scenarios,
    _disclosed,
    _answered,
    _predicted,
    _fresh,
)
