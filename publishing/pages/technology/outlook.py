"""When the market opens, year by year, and what opens next to it."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from publishing.cards import opened_in, technology_url
from publishing.figures.year_strip import YearStrip, in_100, year_axis, year_strip
from publishing.pages.published import Published
from publishing.pages.technology.links import Relation
from publishing.results import Projected

DEADLINE = 2030
MOST_NEIGHBOURS = 4


@dataclass(frozen=True)
class OutlookRow:
    name: str
    url: str
    beside: str
    drawing: SafeString
    at_deadline: str
    is_this: bool


@dataclass(frozen=True)
class TechnologyOutlook:
    """`sentence` is in three parts, the middle one set in bold."""

    sentence: tuple[str, str, str]
    rows: tuple[OutlookRow, ...]
    axis: SafeString
    run_id: int


def technology_outlook(
    card: PublishedCard, relations: tuple[Relation, ...], published: Published
) -> TechnologyOutlook | None:
    outlook = published.outlook
    projected = outlook.rows.get(card.slug) if outlook else None
    if outlook is None or projected is None:
        return None
    beside = {card.slug: "this page"}
    for relation in relations:
        beside.setdefault(relation.slug, relation.inverse)
    rows, longest = [], YearStrip(0, ())
    for slug, words in list(beside.items())[: MOST_NEIGHBOURS + 1]:
        lead, row = published.lead(slug), outlook.rows.get(slug)
        if lead is None or row is None or not row.chances:
            continue
        strip = YearStrip(row.first_year, row.chances, DEADLINE, opened_in(lead.body))
        longest = max(longest, strip, key=lambda each: len(each.chances))
        rows.append(_row(lead, words, row, strip))
    axis = year_axis(longest) if rows else SafeString("")
    return TechnologyOutlook(_sentence(card, projected), tuple(rows), axis, outlook.run.id)


def _row(lead: PublishedCard, beside: str, row: Projected, strip: YearStrip) -> OutlookRow:
    name = lead.technology["name"]
    chance = row.p_open_by_2030
    printed = "open" if strip.opened else f"{in_100(chance)} of 100" if chance is not None else ""
    said = "open" if strip.opened else f"{printed} by the end of {DEADLINE}"
    return OutlookRow(
        name=name,
        url=technology_url(lead.slug),
        beside=beside,
        drawing=_drawn(strip, words=f"{name}: {said}"),
        at_deadline=printed,
        is_this=beside == "this page",
    )


# A technology stands on the pages of its neighbours too.
_drawn = lru_cache(maxsize=2048)(year_strip)


def _sentence(card: PublishedCard, row: Projected) -> tuple[str, str, str]:
    opened = opened_in(card.body)
    if opened is not None:
        return "The market has been ", f"open since {opened}", ", by the record of openings."
    if row.p_open_by_2030 is None:
        return f"Not projected: {row.because or 'no window is stated'}.", "", ""
    start = f"The chance that the market is open by the end of {DEADLINE} is "
    fact = f"{in_100(row.p_open_by_2030)} of 100"
    if row.year_p50 is None:
        return start, fact, "; it never reaches one half."
    return start, fact, f"; it reaches one half in the course of {int(row.year_p50)}."


def never_words(card: PublishedCard, row: Projected | None) -> str:
    """How often the market never opens, and whose number that is."""
    if row is None or row.p_never is None or opened_in(card.body) is not None:
        return ""
    whose = (
        "a guess from viability, since nobody stated it"
        if row.is_never_guessed
        else "as the analyst states"
    )
    return f"The chance that it never opens is {in_100(row.p_never)} of 100: {whose}."
