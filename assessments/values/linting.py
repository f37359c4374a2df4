"""What keeps a free sentence about the future from being checked, and what to write instead."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assessments.values.findings import Finding, Severity, error, warning
from assessments.values.linting_words import vague_words
from assessments.values.measures import KnownIndicator
from assessments.values.sentence import (
    AMOUNT,
    CAUSE,
    baseline_year,
    causal_claim,
    change_of,
    cleared,
    deadlines,
    relative_words,
)


@dataclass(frozen=True)
class Context:
    """What is known when a prediction is read: the day, the technology and its other names, and
    the indicators that could decide it."""

    today: date
    technology: str = ""
    aliases: tuple[str, ...] = ()
    indicators: tuple[KnownIndicator, ...] = ()

    def indicator(self, slug: str | None) -> KnownIndicator | None:
        return next((each for each in self.indicators if each.slug == slug), None)


Rule = Callable[[str, Context], Iterator[Finding]]

_NUMBER = re.compile(
    r"(?<![\w-])(?:[$€£¥]?\d+(?:[.,]\d+)*(?!\d)|(?:one|two|three|four|five|six|seven|eight|nine|"
    r"ten|twelve|twenty|fifty|hundred|thousand|million|billion|half)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|2[01])\d{2}")
_HAPPENS = re.compile(
    r"\b(?:approv|authori[sz]|certif|licen[cs]|clear(?:ed|s|ance)|launch|land(?:s|ed)|"
    r"complet|commission|open(?:s|ed)|sign(?:s|ed)|publish|ban(?:s|ned)|enact|ratif|standardi[sz]|"
    r"deliver|acquir|list(?:s|ed) on|begin|start|demonstrat|first (?:sold|sale|flight|unit|"
    r"patient)|award|go(?:es)? on sale|on sale|grid|passes|passed|releas|operat|reach)",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:according to|as (?:reported|published|measured|recorded|counted|stated|defined|"
    r"listed|announced) (?:by|in)|(?:reported|published|measured|recorded|certified|approved|"
    r"authori[sz]ed|cleared|licen[cs]ed|counted|ratified|enacted) by|figures? (?:of|from|by)|"
    r"data (?:of|from|by)|statistics (?:of|from|by)|register of|in the (?:report|table|index|"
    r"census|survey|statistics) (?:of|by)|per the)\b|[’']s (?:figures?|data|table|report|survey|"
    r"index|statistics|census)",
    re.IGNORECASE,
)
_OFFICE_ACTS = re.compile(
    r"\b(?:Agency|Administration|Authority|Commission|Office|Bureau|Institute|Ministry|Department|"
    r"Council|Parliament|Congress|Court|FDA|EMA|MHRA|NIST|FAA|EASA|NRC|FCC|WHO)\b[^.;]{0,40}?"
    r"\b(?:approv|authori[sz]|certif|licen[cs]|clear|publish|report|adopt|sign|pass|grant|issu|"
    r"enact|award|list)",
)
_PER_CENT = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:%|percent\b|per cent\b)(?!age| ?points?)", re.IGNORECASE
)
_OF_WHAT = re.compile(
    r"\s*(?:of|more|less|higher|lower|cheaper|faster|above|below|better|efficien|a year|annual|"
    r"per (?:year|annum)|growth|interest|accura|confidence)",
    re.IGNORECASE,
)
_SHARE_NAMED = re.compile(r"\b(?:share|proportion|fraction|percentage|part) of\b", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:and|as well as|while|whereas|plus|but also)\b|;", re.IGNORECASE)
_RANGE = re.compile(
    r"\bbetween\s+\S+(?:\s+\S+)?\s+and\b|\bresearch and development\b|"
    r"\b(?:supply|trial) and (?:demand|error)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:will|would|is|are|has|have|had|be|reach(?:es|ed)?|exceed(?:s|ed)?|fall(?:s|en)?|"
    r"drop(?:s|ped)?|cost(?:s)?|becom(?:e|es)|ris(?:e|es|en)|grow(?:s|n)?|increas(?:e|es|ed)|"
    r"reduc(?:e|es|ed)|rais(?:e|es|ed)|lower(?:s|ed)?|doubl(?:e|es|ed)|halv(?:e|es|ed)|"
    r"replac(?:e|es|ed)|sell(?:s)?|sold|deliver(?:s|ed)?|make(?:s)?|made|cut(?:s)?|win(?:s)?|"
    r"beat(?:s)?|pass(?:es|ed)?|power(?:s)?|treat(?:s|ed)?|approv(?:e|es|ed)|launch(?:es|ed)?|"
    r"land(?:s|ed)?|open(?:s|ed)?|displac(?:e|es|ed)|account(?:s)?)\b",
    re.IGNORECASE,
)


def lint_text(text: str, context: Context) -> tuple[Finding, ...]:
    """Every finding on the sentence, errors first, then in the order of the text."""
    found = [finding for rule in RULES for finding in rule(text, context)]
    return ordered(found)


def ordered(found: list[Finding]) -> tuple[Finding, ...]:
    def place(finding: Finding) -> tuple[bool, bool, int]:
        return (
            finding.severity != Severity.ERROR,
            finding.start is None,
            finding.start or 0,
        )

    return tuple(sorted(found, key=place))


def lint_words(text: str, context: Context, *, field: str) -> list[Finding]:
    """Findings on words that stand in one part of a structure, beside days and numbers."""
    return [replace(finding, field=field) for rule in OF_PARTS for finding in rule(text, context)]


def at(finding: Finding, start: int, words: str) -> Finding:
    return replace(finding, start=start, words=words)


def _day(text: str, context: Context) -> Iterator[Finding]:
    found = deadlines(text, context.today)
    if not found:
        yield error(
            "no-deadline",
            "No day is given by which it is true or not.",
            "Add a day, such as “by 31 December 2030”.",
        )
        return
    last = max(found, key=lambda one: one.day)
    if last.day <= context.today:
        yield at(
            error(
                "past-deadline",
                f"That time is over: it ended on {last.day.isoformat()}.",
                "Give a day that is still to come.",
            ),
            last.start,
            last.words,
        )
    elif not last.is_exact:
        yield at(
            warning(
                "ambiguous-date",
                f"“{last.words}” can end with the first or with the last day of that time.",
                f"Say which day; the form takes {last.day.isoformat()} unless told otherwise.",
            ),
            last.start,
            last.words,
        )


def _metric(text: str, context: Context) -> Iterator[Finding]:
    found = [one.group() for one in _NUMBER.finditer(cleared(text))]
    numbers = [number for number in found if not _YEAR.fullmatch(number)]
    if not numbers and change_of(text) is None and not _HAPPENS.search(text):
        yield warning(
            "no-metric",
            "Nothing in the sentence can be counted or seen to happen.",
            "Name a measure with its unit and the number it must reach, or one event that happens"
            " or does not.",
        )


def _publisher(text: str, context: Context) -> Iterator[Finding]:
    names = [each.publisher for each in context.indicators if each.publisher]
    is_named = any(re.search(rf"\b(?:by|of) (?:the )?{re.escape(name)}\b", text) for name in names)
    if not (is_named or _PUBLISHER.search(text) or _OFFICE_ACTS.search(text)):
        yield warning(
            "no-publisher",
            "Nobody is named who will say whether it came true.",
            "Name who publishes the figure or reports the event: “according to …”.",
        )


def _baseline(text: str, context: Context) -> Iterator[Finding]:
    found = relative_words(text)
    if found is not None and baseline_year(text) is None:
        yield at(
            warning(
                "no-baseline",
                f"“{found.group()}” compares with a time that is not given.",
                "Add the year that it is compared with: “versus 2022”.",
            ),
            found.start(),
            found.group(),
        )


def _undefined(text: str, context: Context) -> Iterator[Finding]:
    for vague in vague_words(text):
        yield at(
            warning(
                "undefined-word",
                f"“{vague.words}” means something else to every reader.",
                vague.instead,
            ),
            vague.start,
            vague.words,
        )


def _share(text: str, context: Context) -> Iterator[Finding]:
    if _SHARE_NAMED.search(text):
        return
    changes = [found.span() for found in AMOUNT.finditer(text)]
    for found in _PER_CENT.finditer(text):
        is_change = any(start <= found.start() < end for start, end in changes)
        if not is_change and not _OF_WHAT.match(text, found.end()):
            yield at(
                warning(
                    "share-of-what",
                    f"“{found.group()}” is a share, and the whole is not named.",
                    "Say of what: “of new cars sold in the EU in that year”.",
                ),
                found.start(),
                found.group(),
            )


def _compound(text: str, context: Context) -> Iterator[Finding]:
    ranges = [found.span() for found in _RANGE.finditer(text)]
    claims = [found.span() for found in _CLAIM.finditer(text)]
    for found in _JOINT.finditer(text) if claims else ():
        if any(start <= found.start() < end for start, end in ranges):
            continue
        if claims[0][1] <= found.start() and found.end() <= claims[-1][0]:
            yield at(
                warning(
                    "compound",
                    "Two claims stand in one sentence: one can come true without the other.",
                    "Make two predictions, one for each.",
                ),
                found.start(),
                found.group(),
            )
            return


def _causal(text: str, context: Context) -> Iterator[Finding]:
    claim, words = causal_claim(text), CAUSE.search(text)
    if claim is not None:
        start, said = claim.start, claim.words
        what = f"that {claim.cause} moved {claim.quantity}"
    elif words is not None:
        start, said, what = words.start(), words.group(), "what brought it about"
    else:
        return
    yield at(
        warning(
            "causal-claim",
            f"The sentence says {what}. No series shows a cause: the figure can get there for other"
            " reasons, or stay away in spite of it.",
            "Ask two questions: what the figure will be, and, as the judgement of a panel against a"
            " counterfactual, how much of it has that cause.",
        ),
        start,
        said,
    )


RULES: tuple[Rule, ...] = (
    _day,
    _metric,
    _publisher,
    _baseline,
    _undefined,
    _share,
    _compound,
    _causal,
)
# Beside a deadline, a threshold and a publisher of their own, only these speak of words.
OF_PARTS: tuple[Rule, ...] = (_undefined, _share, _compound, _causal)
