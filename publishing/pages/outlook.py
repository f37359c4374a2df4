"""When each market opens, by chance: one strip of years a technology, and the same in a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from publishing.cards import field_of_card, opened_in, technology_url
from publishing.fields import Field
from publishing.figures.year_strip import YearStrip, in_100, year_axis, year_strip
from publishing.pages.published import Published
from publishing.results import Projected
from publishing.wording import counted, in_words, opening_words, verb

DEADLINE = 2030
NEVER = "not reached"


@dataclass(frozen=True)
class OutlookLine:
    """A technology in the outlook. `at_deadline` and `never` are printed of 100, `reached` are
    the years in which the chance reaches 10, 50 and 90 of 100."""

    slug: str
    name: str
    url: str
    field: Field
    opened: int | None
    at_deadline: str
    reached: tuple[str, str, str]
    never: str
    whose_never: str
    because: str
    chance: float | None
    strip: YearStrip | None

    @property
    def half(self) -> str:
        """What the strip amounts to, in words beside the name."""
        if self.opened is not None:
            return f"open since {self.opened}"
        if self.because:
            return self.because
        if self.reached[1] == NEVER:
            return "never reaches one half"
        return f"one half in {self.reached[1]}"

    @property
    def drawing(self) -> SafeString:
        return year_strip(self.strip, words=self._words) if self.strip else SafeString("")

    @property
    def _words(self) -> str:
        if self.opened is not None:
            return f"{self.name}: open since {self.opened}, recorded"
        low, middle, high = self.reached
        return (
            f"{self.name}: {self.at_deadline} of 100 by the end of {DEADLINE};"
            f" 10 of 100 in {low}, 50 in {middle}, 90 in {high}"
        )


def outlook_lines(published: Published) -> tuple[OutlookLine, ...]:
    """Every published technology: by chance, then what is open by the record, then the rest."""
    return tuple(sorted(_lines(published), key=_order))


def outlook_axis(lines: Sequence[OutlookLine]) -> SafeString:
    """The years below the strips, which all begin in the same one."""
    strips = [line.strip for line in lines if line.strip]
    return year_axis(max(strips, key=lambda strip: len(strip.chances))) if strips else SafeString()


def outlook_finding(lines: Sequence[OutlookLine]) -> tuple[str, str, str]:
    """What the outlook amounts to, in three parts, the middle one set in bold."""
    projected = [line for line in lines if line.chance is not None and line.opened is None]
    if not projected:
        return "", "", ""
    passing = [line for line in projected if line.chance and line.chance > 0.5]
    of = counted(len(projected), "technology", "technologies")
    start = f"Of {of} whose market is not open yet, "
    has = "have" if len(passing) > 1 else "has"
    which = in_words(len(passing)) if passing else "none"
    fact = f"{which} {has} a chance above one half to open by the end of {DEADLINE}"
    first = projected[0]
    leads = verb(first.name, "comes", "come")
    return start, fact, f"; {first.name} {leads} first, with {first.at_deadline} of 100."


def opened_words(lines: Sequence[OutlookLine]) -> str:
    opened = sum(line.opened is not None for line in lines)
    if not opened:
        return ""
    return (
        f"{opening_words(opened)} {'is' if opened == 1 else 'are'} open by the record of openings."
    )


def _lines(published: Published) -> Iterator[OutlookLine]:
    if published.outlook is None:
        return
    for card in published.leads:
        row = published.outlook.rows.get(card.slug)
        if row is not None:
            yield _line(card, row, published)


def _line(card: PublishedCard, row: Projected, published: Published) -> OutlookLine:
    opened = opened_in(card.body)
    is_projected = opened is None and row.p_open_by_2030 is not None
    interval = (row.year_p10, row.year_p50, row.year_p90)
    return OutlookLine(
        slug=card.slug,
        name=card.technology["name"],
        url=technology_url(card.slug),
        field=field_of_card(card, published.fields),
        opened=opened,
        at_deadline=_printed(row.p_open_by_2030) if is_projected else "",
        reached=_reached(interval) if is_projected else ("", "", ""),
        never=_printed(row.p_never) if is_projected else "",
        whose_never="guessed from viability" if row.is_never_guessed else "stated by the analyst",
        because="" if is_projected or opened else row.because or "no window is stated",
        chance=row.p_open_by_2030,
        strip=YearStrip(row.first_year, row.chances, DEADLINE, opened, interval)
        if row.chances
        else None,
    )


def _printed(chance: float | None) -> str:
    return "" if chance is None else in_100(chance)


def _reached(years: tuple[float | None, ...]) -> tuple[str, str, str]:
    low, middle, high = (NEVER if year is None else str(int(year)) for year in years)
    return low, middle, high


def _order(line: OutlookLine) -> tuple[int, float, str]:
    if line.opened is not None:
        return 1, float(line.opened), line.name.casefold()
    if line.chance is None:
        return 2, 0.0, line.name.casefold()
    return 0, -line.chance, line.name.casefold()


def run_url(published: Published) -> str:
    outlook = published.outlook
    return reverse("scoring:run-detail", args=[outlook.run.id]) if outlook else ""
