"""What a text says of the future, as predictions that can be tracked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from evidence.importing.reading import ReadGuess
from evidence.values.item import clean_partial_day
from evidence.values.periods import last_day
from intake.errors import IntakeError

_SENTENCE, _DEFINITIONS = 500, 1_500
_LATEST = 9000


@dataclass(frozen=True)
class Foreseen:
    """`window` is the time as understood; `query` fills in the form of a new prediction."""

    text: str
    when: str
    why: str
    window: str
    query: str


def base_of(published: str) -> date | None:
    """The day from which "in two years" counts: the last day of what is known of its date."""
    try:
        known = clean_partial_day(published)
        return last_day(known) if known else None
    except (IntakeError, ValueError):
        return None


def origin_of(title: str, authors: str, published: str, url: str) -> str:
    """Where a statement comes from, in a line: “Its title”, who, when, where."""
    whose = " and ".join(part.strip() for part in authors.split(";") if part.strip())
    named = f"“{title.strip()}”" if title.strip() else ""
    return ", ".join(part for part in (named, whose, published.strip(), url.strip()) if part)


def said_in(origin: str, words: str) -> str:
    """For the definitions of a prediction: whose words it tracks."""
    source = f"Said in {origin}" if origin else "Said"
    return f"{source}: “{words}”"[:_DEFINITIONS]


def foreseen(guesses: Sequence[ReadGuess], base: date | None, origin: str = "") -> list[Foreseen]:
    """Those with a time first, in the order of the text; `origin` names what they stand in."""
    rows = [_foreseen(guess, base, origin) for guess in guesses]
    return [row for row in rows if row.when] + [row for row in rows if not row.when]


def _foreseen(guess: ReadGuess, base: date | None, origin: str) -> Foreseen:
    first, last = _days(guess, base)
    sentence = guess.text
    if last is not None and str(last.year) not in sentence:
        sentence = f"By the end of {last.year}: {sentence}"
    return Foreseen(
        text=guess.text,
        when=guess.when,
        why=guess.why,
        window=_window(guess, base, first, last),
        query=urlencode(
            {"sentence": sentence[:_SENTENCE], "definitions": said_in(origin, guess.text)}
        ),
    )


def _days(guess: ReadGuess, base: date | None) -> tuple[date | None, date | None]:
    if guess.years is None:
        return None, None
    low, high = guess.years
    if guess.is_calendar:
        return date(int(low), 1, 1), date(int(high), 12, 31)
    if base is None or base.year + high > _LATEST:
        return None, None
    return _after(base, low), _after(base, high)


def _after(base: date, years: float) -> date:
    months = base.year * 12 + base.month - 1 + round(years * 12)
    return date(months // 12, months % 12 + 1, min(base.day, 28))


def _window(guess: ReadGuess, base: date | None, first: date | None, last: date | None) -> str:
    if guess.years is None:
        return ""
    if first is None or last is None:
        low, high = guess.years
        span = f"{high:g}" if low in {0, high} else f"{low:g} to {high:g}"
        return f"{span} years after its date, which is not given above"
    span = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    return span if guess.is_calendar else f"{span}, counted from {base}"
