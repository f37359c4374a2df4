"""Looking at the record of another date: the dates that there are, and which one is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from publishing.pages.address import Address
from publishing.pages.published import Past, Published, day_words

MOST_STOPS = 60


@dataclass(frozen=True)
class Stop:
    """A date that can be chosen; an empty value is now."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class DateChoice:
    """`place` is that of the chosen stop, counted from the oldest, which a slider shows left."""

    name: str
    label: str
    stops: tuple[Stop, ...]
    place: int

    @property
    def last(self) -> int:
        return len(self.stops) - 1

    @property
    def words(self) -> str:
        return self.stops[self.place].words


@dataclass(frozen=True)
class PastView:
    """`sentence` says which date is shown, and nothing where it is now."""

    spoken: DateChoice
    known: DateChoice
    sentence: str
    url_of_now: str


def past_view(published: Published, address: Address) -> PastView:
    dates, past = published.dates, published.past or Past()
    today = dates.today or published.today
    return PastView(
        spoken=_choice("as_of", "What the record says about", dates.spoken, past.as_of, today),
        known=_choice("known_on", "As it was known on", dates.known, past.known_on, today),
        sentence=_sentence(past, today) if published.past else "",
        url_of_now=address.url(as_of=None, known_on=None),
    )


def _choice(
    name: str, label: str, days: Sequence[date], chosen: date | None, today: date
) -> DateChoice:
    past = thinned([day for day in days if day < today])
    if chosen is not None and chosen not in past:
        past = sorted([*past, chosen])
    stops = [Stop(day.isoformat(), day_words(day), day == chosen) for day in past]
    stops.append(Stop("", f"today, {day_words(today)}", chosen is None))
    place = next(i for i, stop in enumerate(stops) if stop.is_chosen)
    return DateChoice(name, label, tuple(stops), place)


def thinned(days: Iterable[date]) -> list[date]:
    """All of a few dates; of many the last one of each month, or of each year."""
    kept = list(days)
    for begins in ("%Y-%m", "%Y"):
        if len(kept) > MOST_STOPS:
            last_of = {day.strftime(begins): day for day in kept}
            kept = list(last_of.values())
    return kept


def _sentence(past: Past, today: date) -> str:
    spoken, known = past.as_of, past.known_on
    if spoken and known:
        return (
            f"This is what the record, as it was known on {day_words(known)}, says about"
            f" {day_words(spoken)}."
        )
    if known:
        return f"This is the record as it was known on {day_words(known)}."
    return f"This is what the record says about {day_words(spoken or today)}, known today."
