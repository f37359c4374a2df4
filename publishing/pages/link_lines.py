"""What each link does, in a sentence and in figures, and where links contradict windows."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.openings import ENOUGH_OPENINGS
from publishing.cards import technology_url
from publishing.charts.chart import Cell, Table
from publishing.figures.year_strip import in_100
from publishing.pages.published import Published
from publishing.results import Contradicted, LinkEffect, LinkEffects, Outlook, Supposed
from publishing.wording import counted

LEAST_YEARS = 0.05
"""A median that moves by less is printed as the same."""
PULLS = {
    "accelerates": "without the pull of",
    "competes with": "without the competition of",
    "requires": "if it did not have to wait for",
}
COLUMNS = (
    "source", "kind", "target", "moved", "by", "is_kept", "median", "p_open_by_2030",
    "median_without_the_link", "median_without_the_link_se", "p_open_by_2030_without_the_link",
    "median_if_the_other_slips", "p_open_by_2030_if_the_other_slips",
    "given_year", "given_share", "median_if_the_other_is_open", "median_if_it_is_not",
)  # fmt: skip


@dataclass(frozen=True)
class LinkLine:
    """One way in which one link acts. Medians are printed with one decimal, chances of 100."""

    moved: str
    moved_url: str
    by: str
    words: str
    sentence: str
    given: str
    base: tuple[str, str]
    cut: tuple[str, str]
    slip: tuple[str, str]
    gap: float


def link_lines(effects: LinkEffects, published: Published) -> tuple[LinkLine, ...]:
    """What moves a median furthest comes first."""
    lines = [_line(row, effects, published) for row in effects.rows]
    return tuple(sorted(lines, key=lambda line: (-line.gap, line.moved, line.by)))


def lines_of(slug: str, published: Published) -> tuple[LinkLine, ...]:
    """Those that move the technology, then those by which it moves others."""
    if published.links is None:
        return ()
    rows = [row for row in published.links.rows if slug in (row.moved, row.by)]
    rows.sort(key=lambda row: (row.moved != slug, row.by, row.moved))
    return tuple(_line(row, published.links, published) for row in rows)


def links_table(effects: LinkEffects) -> Table:
    return Table(COLUMNS, tuple(_cells(row) for row in effects.rows))


def assumed_words(effects: LinkEffects | None, openings: int) -> str:
    """What every page says beside these figures until enough openings are on record."""
    said = ""
    if effects is not None:
        said = (
            f" A link multiplies or divides the chance of opening soon by exp({effects.strength:g})"
            f" from {effects.lag_years:g} year after the other market opened, and what is required"
            " is waited for: proposals of ours."
        )
    if openings >= ENOUGH_OPENINGS:
        return f"{counted(openings, 'opening')} are on record.{said}"
    return (
        f"Model assumptions, not calibrated: {openings} of the {ENOUGH_OPENINGS} openings that it"
        f" takes are on record.{said}"
    )


def contradiction_words(
    found: Iterable[Contradicted], published: Published, slug: str = ""
) -> tuple[str, ...]:
    """As sentences; of one technology, where one is named."""
    return tuple(
        _contradiction(row, published)
        for row in found
        if not slug or slug in (row.slug, row.requires)
    )


def with_links_words(slug: str, outlook: Outlook | None) -> str:
    """What the links leave of the stated figures, where they cannot be kept."""
    found = outlook.with_links.get(slug) if outlook else None
    if found is None or found.is_kept:
        return ""
    half = "never reaches one half" if found.year_p50 is None else f"{found.year_p50:.1f}"
    is_dated = found.year_p50 is not None
    return (
        f"With what it requires, its chance by the end of 2030 is"
        f" {in_100(found.p_open_by_2030)} of 100, and its median"
        f"{f' is {half}' if is_dated else f' {half}'}; the outlook shows what its own card states."
    )


def _contradiction(row: Contradicted, published: Published) -> str:
    name, other = name_of(row.slug, published), name_of(row.requires, published)
    if row.is_circle:
        return (
            f"{name} and {other} require one another, directly or through others, so neither could"
            " open first. The link is left out of the draws until one of them is taken back."
        )
    theirs = f"that ends in {row.required_ends}" if row.required_ends else "without an end"
    if row.ends is None:
        return f"{name} is recorded as open and requires {other}, whose window {theirs} is ahead."
    return (
        f"The window of {name} ends in {row.ends}, before the window {theirs} of {other}, which it"
        " requires. Where both cannot hold, the draws let it wait."
    )


def name_of(slug: str, published: Published) -> str:
    card = published.lead(slug)
    return str(card.technology["name"]) if card else slug


def _line(row: LinkEffect, effects: LinkEffects, published: Published) -> LinkLine:
    moved, by = name_of(row.moved, published), name_of(row.by, published)
    source, target = name_of(row.source, published), name_of(row.target, published)
    return LinkLine(
        moved=moved,
        moved_url=technology_url(row.moved),
        by=by,
        words=f"{source} {row.kind} {target}",
        sentence=_sentence(row, moved, by, effects.slip_years),
        given=_given(row, moved, by),
        base=_printed(row.base),
        cut=_printed(row.cut),
        slip=_printed(row.slip) if row.slip else ("", ""),
        gap=_gap(row.base, row.cut),
    )


def _sentence(row: LinkEffect, moved: str, by: str, slip_years: int) -> str:
    is_dated = row.base.year_p50 is not None and row.cut.year_p50 is not None
    what = f"The median of {moved}" if is_dated else f"The chance of {moved} by the end of 2030"
    start = f"{what} {_moves(row.base, row.cut, is_dated=is_dated)} {PULLS[row.kind]} {by}"
    if row.slip is None:
        return f"{start}, which is open already."
    if is_dated and row.slip.year_p50 is None:
        return f"{start}; if {by} opens {slip_years} years later, it never reaches one half."
    then = _value(row.slip, is_dated=is_dated)
    if then == _value(row.base, is_dated=is_dated):
        return f"{start}; if {by} opens {slip_years} years later, it stays."
    return f"{start}, and to {then} if {by} opens {slip_years} years later."


def _moves(base: Supposed, then: Supposed, *, is_dated: bool) -> str:
    before, after = _value(base, is_dated=is_dated), _value(then, is_dated=is_dated)
    return f"stays at {before}" if before == after else f"moves from {before} to {after}"


def _value(row: Supposed, *, is_dated: bool) -> str:
    if is_dated and row.year_p50 is not None:
        return f"{row.year_p50:.1f}"
    return f"{in_100(row.p_open_by_2030)} of 100"


def _given(row: LinkEffect, moved: str, by: str) -> str:
    if row.if_open is None or row.if_not is None or row.given_share is None:
        return ""
    return (
        f"{by} is open by the end of {row.given_year} in {in_100(row.given_share)} of 100 draws."
        f" Given that, {moved} has {in_100(row.if_open.p_open_by_2030)} of 100 by the end of 2030;"
        f" given that not, {in_100(row.if_not.p_open_by_2030)}."
    )


def _printed(row: Supposed) -> tuple[str, str]:
    half = "not reached" if row.year_p50 is None else f"{row.year_p50:.1f}"
    return half, in_100(row.p_open_by_2030)


def _gap(base: Supposed, cut: Supposed) -> float:
    """In years; where one of them never reaches one half, in tenths of the chance."""
    if base.year_p50 is not None and cut.year_p50 is not None:
        return abs(cut.year_p50 - base.year_p50)
    return 10 * abs(cut.p_open_by_2030 - base.p_open_by_2030)


def _cells(row: LinkEffect) -> tuple[Cell, ...]:
    slip, if_open, if_not = row.slip, row.if_open, row.if_not
    return (
        row.source, row.kind, row.target, row.moved, row.by, str(row.is_kept).lower(),
        row.base.year_p50, row.base.p_open_by_2030,
        row.cut.year_p50, row.cut.year_p50_se, row.cut.p_open_by_2030,
        slip.year_p50 if slip else None, slip.p_open_by_2030 if slip else None,
        row.given_year, row.given_share,
        if_open.year_p50 if if_open else None, if_not.year_p50 if if_not else None,
    )  # fmt: skip
