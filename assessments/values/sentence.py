"""The parts of a free sentence about the future: dates, amounts, baselines, claims, causes."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEAR = r"(?:1[89]|2[01])\d{2}"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})"
_DAY = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? {YEAR})"
_DAY_US = rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR}"
_END = r"(?:the )?(?:end|close) of "
DEADLINE = re.compile(
    rf"\b(?:by|before|until|till|in|on|at|during|no later than|not later than|come)\s+"
    rf"(?P<end>{_END})?(?P<when>{_DAY}|{_DAY_US}|{_MONTH},? {YEAR}|(?:Q[1-4] )?{YEAR})\b"
    rf"|\b(?P<range>from {YEAR} (?:to|until) (?P<last>{YEAR}))\b"
    rf"|\bwithin (?:the next )?(?P<count>\d{{1,2}}|two|three|five|ten) (?P<span>years|months)\b",
    re.IGNORECASE,
)
_WRITTEN = {"two": 2, "three": 3, "five": 5, "ten": 10}
BASELINE = re.compile(
    r"[,(]?\s*\b(?:versus|vs\.?|against|compared (?:with|to)|relative to|over|above|below|on|"
    r"than(?: it was)?(?: in)?|since|from|starting from|as of)\s+"
    rf"(?:(?:the|its|their|a)\s+)?(?:(?:levels?|values?|figures?|prices?|benchmark|baseline)\s+"
    rf"(?:of|in)\s+)?(?P<year>{YEAR})\b"
    r"(?:(?:'s|s')?\s+(?:benchmark|baseline|reference|price|average|value)?\s*"
    r"(?:levels?|values?|figures?|prices?|benchmark|baseline)?)?\)?",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    r"\bby (?:at least |more than |over |up to |about |around )?"
    r"(?:(?P<number>\d+(?:[.,]\d+)?)\s?(?P<unit>%|percent(?:age points?)?|per cent|-?fold|x|times)"
    r"|(?:a |one )?(?P<part>quarter|third|half|fifth|tenth))",
    re.IGNORECASE,
)
_PARTS = {"quarter": 25.0, "third": 100 / 3, "half": 50.0, "fifth": 20.0, "tenth": 10.0}
_RAISE = (
    r"increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|"
    r"improv(?:e|es|ed|ing)|expand(?:s|ed|ing)?|push(?:es|ed|ing)? up|driv(?:e|es|ing) up|"
    r"driven up|drove up|bring(?:s|ing)? up|brought up|grow(?:s|n|ing)?|grew|add(?:s|ed|ing)? to"
)
_CUT = (
    r"reduc(?:e|es|ed|ing)|cut(?:s|ting)?|lower(?:s|ed|ing)?|shrink(?:s|ing)?|shrunk|shrank|"
    r"decreas(?:e|es|ed|ing)|push(?:es|ed|ing)? down|driv(?:e|es|ing) down|driven down|drove down|"
    r"bring(?:s|ing)? down|brought down|slash(?:es|ed|ing)?|depress(?:es|ed|ing)?|"
    r"displac(?:e|es|ed|ing)|eliminat(?:e|es|ed|ing)|sav(?:e|es|ed|ing)"
)
_DOUBLE = r"doubl(?:e|es|ed|ing)"
_TRIPLE = r"tripl(?:e|es|ed|ing)"
_HALVE = r"halv(?:e|es|ed|ing)"
CHANGE = re.compile(
    rf"\b(?:(?P<up>{_RAISE})|(?P<down>{_CUT})|(?P<double>{_DOUBLE})|(?P<triple>{_TRIPLE})|"
    rf"(?P<half>{_HALVE}))\b",
    re.IGNORECASE,
)
_FALL = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|"
    r"ris(?:e|es|en|ing)|rose|climb(?:s|ed|ing)?|double|halve|cheaper|faster|slower|higher|lower|"
    r"better|more efficient|fewer|larger|smaller)\b",
    re.IGNORECASE,
)
MODAL = r"(?:will|would|shall|should|could|may|might|can|is going to|are going to)"
_TRANSITIVE = re.compile(
    rf"(?P<subject>.+?)\s+(?:{MODAL}\s+)(?:(?:have|be|also|directly)\s+)*{CHANGE.pattern}\s+"
    r"(?!by\b|to\b|from\b|at\b|in\b|over\b|above\b|below\b|since\b|and\b|or\b|its\b|their\b|\d)"
    r"(?P<object>\S.*)",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?P<verb>increases?|raises?|lifts?|boosts?|improves?|expands?|reduces?|cuts?|lowers?|"
    r"shrinks?|slash(?:es)?|displaces?|(?P<alone>doubles?|triples?|halves?))\s+"
    r"(?!(?:by|to|from|at|in|on|of|over|above|below|since|until|before|within|during|every|again|"
    r"because|due|thanks|owing|as|if|when|while|and|or|is|are|will|its|their)\b|\d)(?=\S)",
    re.IGNORECASE,
)
"""Said as if it were so: “robots cut accidents by half”. Without an amount it may be a noun."""
CAUSE = re.compile(
    r"\b(?:due to|thanks to|because of|owing to|as a result of|as a consequence of|caused by|"
    r"driven by|attributable to|on account of|on the back of|because|"
    r"lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|enabl(?:e|es|ed|ing)|"
    r"driv(?:e|es|ing)|driven|drove|force(?:s|d)?|forcing|trigger(?:s|ed|ing)?|spur(?:s|red)?|"
    r"responsible for|contribut(?:e|es|ed|ing) to|allow(?:s|ed|ing)?|mak(?:e|es|ing) possible|"
    r"replac(?:e|es|ed|ing)|put(?:s|ting)? out of)\b",
    re.IGNORECASE,
)
_BEFORE_CAUSE = re.compile(
    r"\b(?:due to|thanks to|because of|owing to|as a result of|driven by|caused by)\s+"
    r"(?P<cause>[^,.;]+?)(?=,|\.|;|\s+(?:by|in|versus|vs|compared)\b|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deadline:
    """A day read from words; `is_exact` is false where only a year or a month was said."""

    day: date
    words: str
    start: int
    is_exact: bool


def deadlines(text: str, today: date) -> list[Deadline]:
    """Every time by which something is said to be so, in the order of the text."""
    baselines = [found.span() for found in BASELINE.finditer(text)]
    found = []
    for match in DEADLINE.finditer(text):
        inside = any(start <= match.start() < end for start, end in baselines)
        day = None if inside else _day_of(match, today)
        if day is not None:
            is_exact = match["end"] is not None or _is_day(match["when"])
            found.append(Deadline(day, match.group(), match.start(), is_exact))
    return found


def _is_day(text: str | None) -> bool:
    return bool(text and re.fullmatch(f"{_DAY}|{_DAY_US}", text, re.IGNORECASE))


def _day_of(match: "re.Match[str]", today: date) -> date | None:
    if match["count"]:
        count = _WRITTEN.get(match["count"].lower()) or int(match["count"])
        return today + timedelta(days=round(count * (365.25 if match["span"] == "years" else 30.4)))
    text = match["last"] or match["when"]
    year = int(re.findall(YEAR, text)[-1]) if re.search(YEAR, text) else int(text[:4])
    try:
        return _end_of(text, year)
    except ValueError:
        return None


def _end_of(text: str, year: int) -> date:
    """The last day of what the words name."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    quarter = re.match(r"Q([1-4])", text, re.IGNORECASE)
    if quarter:
        return _month_end(year, int(quarter[1]) * 3)
    month = re.search(_MONTH, text, re.IGNORECASE)
    if month is None:
        return date(year, 12, 31)
    number = _MONTHS.index(month.group().lower()) + 1
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)", text.replace(str(year), ""))
    return date(year, number, int(day[1])) if day else _month_end(year, number)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """A change in per cent, up or down."""

    percent: float
    start: int
    words: str


def relative_words(text: str) -> "re.Match[str] | None":
    """The first word that only means something beside another time."""
    return _first(text, CHANGE, _FALL, AMOUNT)


def _first(text: str, *patterns: "re.Pattern[str]") -> "re.Match[str] | None":
    found = [match for pattern in patterns if (match := pattern.search(text))]
    return min(found, key=lambda match: match.start(), default=None)


def baseline_year(text: str) -> str | None:
    found = BASELINE.search(text)
    return found["year"] if found else None


@dataclass(frozen=True)
class Causal:
    """Somebody or something is said to have moved a quantity."""

    cause: str
    quantity: str
    verb: str
    start: int
    words: str


def causal_claim(text: str) -> Causal | None:
    """Who is said to have moved what, where the sentence says so."""
    for sentence in re.finditer(r"[^.;!?]+(?:\.\d+[^.;!?]*)*", text):
        found = _transitive(sentence.group(), sentence.start()) or _with_cause(
            sentence.group(), sentence.start()
        )
        if found is not None:
            return found
    return None


def _transitive(sentence: str, offset: int) -> Causal | None:
    # What moves is looked for first: who moves it may be any words before.
    found = _TRANSITIVE.search(sentence) if CHANGE.search(sentence) else None
    if found is None:
        return _in_the_present(sentence, offset)
    verb = next(found[name] for name in ("up", "down", "double", "triple", "half") if found[name])
    place = found.start(
        next(name for name in ("up", "down", "double", "triple", "half") if found[name])
    )
    return Causal(
        cause=cleared(found["subject"]),
        quantity=cleared(found["object"]),
        verb=verb,
        start=offset + place,
        words=verb,
    )


def _in_the_present(sentence: str, offset: int) -> Causal | None:
    found = _PRESENT.search(sentence)
    if found is None:
        return None
    subject, quantity = cleared(sentence[: found.start()]), sentence[found.end() :]
    if not subject or not (found["alone"] or AMOUNT.search(quantity)):
        return None
    return Causal(
        cause=subject,
        quantity=cleared(quantity),
        verb=found["verb"],
        start=offset + found.start(),
        words=found["verb"],
    )


def _with_cause(sentence: str, offset: int) -> Causal | None:
    """“Thanks to robots, output rises by 10 %.”"""
    found = _BEFORE_CAUSE.search(sentence)
    if found is None:
        return None
    rest = (sentence[: found.start()] + sentence[found.end() :]).strip(" ,")
    moved = re.match(
        rf"(?P<quantity>.+?)\s+(?:{MODAL}\s+)?(?:have\s+)?(?:{_MOVES})\b", rest, re.IGNORECASE
    )
    if moved is None:
        return None
    verb = re.search(_MOVES, moved.group(), re.IGNORECASE)
    return Causal(
        cause=cleared(found["cause"]),
        quantity=cleared(moved["quantity"]),
        verb=verb.group() if verb else "",
        start=offset + found.start(),
        words=found.group(),
    )


_MOVES = (
    rf"{_RAISE}|{_CUT}|{_DOUBLE}|{_TRIPLE}|{_HALVE}|fall(?:s|en)?|fell|drop(?:s|ped)?|"
    r"declin(?:e|es|ed)|ris(?:e|es|en)|rose|climb(?:s|ed)?|be"
)


def cleared(words: str) -> str:
    """Without times, baselines and amounts, and without the marks that they leave."""
    for pattern in (BASELINE, AMOUNT, DEADLINE):
        words = pattern.sub(" ", words)
    return re.sub(r"\s+", " ", words).strip(" ,.:")


def change_of(text: str) -> Change | None:
    """By how many per cent something is said to move: below zero when it falls."""
    verb = CHANGE.search(text)
    amount = AMOUNT.search(text)
    falls = bool(verb and verb["down"]) or bool(
        re.search(r"\b(?:fall|drop|declin|cheaper|lower|fewer|smaller|fell)", text, re.IGNORECASE)
    )
    if amount is None:
        return _from_verb(verb)
    size = _size(amount)
    if size is None:
        return None
    return Change(-size if falls else size, amount.start(), amount.group())


def _from_verb(verb: "re.Match[str] | None") -> Change | None:
    for name, percent in (("double", 100.0), ("triple", 200.0), ("half", -50.0)):
        if verb and verb[name]:
            return Change(percent, verb.start(), verb.group())
    return None


def _size(amount: "re.Match[str]") -> float | None:
    if amount["part"]:
        return _PARTS[amount["part"].lower()]
    number, unit = float(amount["number"].replace(",", ".")), amount["unit"].lower()
    if "point" in unit:
        return None
    return number if unit in {"%", "percent", "per cent"} else (number - 1) * 100
