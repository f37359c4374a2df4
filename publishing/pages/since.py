"""What changed in the ranking since a day, with the reasons."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from publishing.pages.movements import MovementsView, moved_notably, movements_view
from publishing.pages.published import Published, day_words
from publishing.results import Movement, Movements
from publishing.wording import counted, opening_words

USUAL = timedelta(days=30)
STEPS = ((7, "a week"), (30, "30 days"), (91, "a quarter"), (365, "a year"))


@dataclass(frozen=True)
class Asked:
    """The day that is asked about; `trouble` says what is wrong with the question."""

    day: date | None
    text: str
    trouble: str = ""


@dataclass(frozen=True)
class SincePage:
    """`view` is None where there is nothing to compare; `why_none` then says why."""

    state: str
    headline: str
    lede: str
    asked: Asked
    choices: tuple[tuple[str, str, bool], ...]
    latest: str
    basis: str
    view: MovementsView | None
    is_waiting: bool
    why_none: str
    downloads: tuple[tuple[str, str], ...]

    @property
    def status(self) -> int:
        return 400 if self.asked.trouble else 200


def asked_day(text: str, published: Published) -> Asked:
    """A day before today, from the address; without one 30 days ago, or the first of the record."""
    today, first = published.today, first_day(published)
    if not text.strip():
        usual = today - USUAL
        day = usual if first is None or first <= usual else min(first, today - timedelta(days=1))
        return Asked(day, day.isoformat())
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return Asked(None, text[:20], "Write the day as year, month and day, such as 2026-05-04.")
    if day >= today:
        return Asked(None, day.isoformat(), f"Choose a day before today, {day_words(today)}.")
    return Asked(day, day.isoformat())


def first_day(published: Published) -> date | None:
    return min(published.dates.spoken, default=None)


def since_page(published: Published, asked: Asked, movements: Movements | None) -> SincePage:
    """`movements` are None where nothing could be compared, or not yet."""
    why_none = _why_none(published, asked)
    found = None if asked.trouble or why_none else movements
    is_waiting = not asked.trouble and not why_none and movements is None
    headline, lede = _finding(found, asked, is_waiting=is_waiting)
    return SincePage(
        state=f"{published.moment.of_ranking}-{asked.text}-{'waits' if is_waiting else 'done'}",
        headline=headline,
        lede=lede,
        asked=asked,
        choices=_choices(published, asked),
        latest=(published.today - timedelta(days=1)).isoformat(),
        basis=_basis(found) if found else "",
        view=movements_view(found) if found else None,
        is_waiting=is_waiting,
        why_none=why_none,
        downloads=_downloads(found, asked) if found else (),
    )


def has_ranking_of(published: Published, day: date) -> bool:
    """Whether the record says anything about that day."""
    first = first_day(published)
    return published.ranking is not None and first is not None and first <= day


def _why_none(published: Published, asked: Asked) -> str:
    if published.ranking is None:
        return "No ranking has been computed yet, so nothing can have moved."
    if asked.day is None or has_ranking_of(published, asked.day):
        return ""
    first = first_day(published)
    begins = f"The record begins on {day_words(first)}" if first else "The record is empty"
    return f"{begins}: it says nothing about {day_words(asked.day)}."


def _finding(movements: Movements | None, asked: Asked, *, is_waiting: bool) -> tuple[str, str]:
    if asked.day is None or (movements is None and not is_waiting):
        return "What changed in the ranking?", ""
    since = day_words(asked.day)
    if movements is None:
        return f"What changed since {since} is being computed.", ""
    moved = moved_notably(movements)
    if not moved:
        return f"Nobody moved against the others since {since}.", ""
    of = counted(len(movements.rows), "technology", "technologies")
    headline = f"{opening_words(len(moved))} of {of} moved since {since}."
    rises = min(moved, key=lambda row: row.against_field)
    falls = max(moved, key=lambda row: row.against_field)
    told = [_most(rises, "gained")] if rises.against_field < 0 else []
    told += [_most(falls, "lost")] if falls.against_field > 0 else []
    return headline, " ".join(told)


def _most(row: Movement, what: str) -> str:
    if row.share_before is None or row.share_after is None:
        return f"{row.name} {what} most."
    then, now = (f"{100 * share:.0f}" for share in (row.share_before, row.share_after))
    return f"{row.name} {what} most: {then} % of the common field beaten then, {now} % now."


def _basis(movements: Movements) -> str:
    """What is held against what."""
    before, after = movements.before, movements.after
    then = (
        f"the ranking of {day_words(before.as_of)}"
        if before.run_id
        else f"what the record, known today, says about {day_words(before.as_of)}: no ranking"
        " is that old"
    )
    return (
        f"Compared are {then}, and the ranking of {day_words(after.as_of)}, on"
        f" {movements.draws:,} common draws."
    )


def _choices(published: Published, asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    """Days that are usually asked about, with the words of their links."""
    days = [(published.today - timedelta(days=back), words) for back, words in STEPS]
    return tuple(
        (f"{reverse('publishing:ranking-since')}?date={day.isoformat()}", words, day == asked.day)
        for day, words in days
    )


def _downloads(movements: Movements, asked: Asked) -> tuple[tuple[str, str], ...]:
    csv = (f"{reverse('publishing:ranking-since-csv')}?date={asked.text}", "CSV")
    before, after = movements.before.run_id, movements.after.run_id
    if before is None or after is None or before == after:
        return (csv,)
    runs = f"{reverse('publishing:run-compare')}?a={before}&b={after}"
    return csv, (changes_url(before, after), "JSON"), (runs, f"Runs {before} and {after} compared")


def changes_url(before: int, after: int) -> str:
    return f"{reverse('api:ranking-changes', args=[after])}?since={before}"
