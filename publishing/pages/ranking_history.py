"""Which share of the field up to ten technologies beat from ranking to ranking, day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from publishing.cards import technology_url
from publishing.charts.chart import Cell, Chart, Table
from publishing.charts.ranking_history import RankedOnDays, ranking_history_figure
from publishing.field_beaten import breaks_of, is_break
from publishing.pages.compare.choice import Choice, NameField, query_of
from publishing.pages.published import Published, day_words
from publishing.results import RankingOfDay, RankThen
from publishing.wording import counted, in_words, opening_words, share_of_draws, verb

MOST = 10
COLUMNS = (
    "Day",
    "Technology",
    "Beats of 100",
    "Beats from",
    "Beats to",
    "Expected rank",
    "Rank from",
    "Rank to",
    "Band",
    "Series",
    "Run",
)


@dataclass(frozen=True)
class HistoryName:
    """A technology on the chart; `url` draws the chart with this one in front."""

    name: str
    url: str
    technology_url: str
    without_url: str
    is_subject: bool


@dataclass(frozen=True)
class RankingHistoryPage:
    """`chart` is None where no chosen technology has been ranked on two days."""

    headline: str
    lede: str
    choice: Choice
    fields: tuple[NameField, ...]
    names: tuple[str, ...]
    shown: tuple[HistoryName, ...]
    chart: Chart | None
    why_none: str


def ranking_history_page(
    published: Published, choice: Choice, days: Sequence[RankingOfDay]
) -> RankingHistoryPage:
    """`choice` may be empty: then it is the top ten."""
    slugs = chosen_slugs(published, choice)
    chart = None if choice.trouble else history_chart(published, slugs, days)
    spare = max(min(MOST, len(choice.fields) + 3) - len(choice.fields), 0)
    return RankingHistoryPage(
        headline=_headline(published, slugs, days) if chart else _no_headline(days),
        lede=_span_words(days) if chart else "",
        choice=choice,
        fields=(*choice.fields, *[NameField()] * spare),
        names=tuple(
            sorted((card.technology["name"] for card in published.leads), key=str.casefold)
        ),
        shown=_shown(published, slugs),
        chart=chart,
        why_none="" if chart else _why_none(days),
    )


def chosen_slugs(published: Published, choice: Choice) -> tuple[str, ...]:
    if choice.fields:
        return tuple(card.slug for card in choice.cards)
    ranked = published.ranking.ranked if published.ranking else ()
    return tuple(row.slug for row in ranked[:MOST])


def history_url(slugs: Iterable[str]) -> str:
    return f"{reverse('publishing:ranking-history')}?{query_of(slugs)}"


def history_chart(
    published: Published, slugs: Sequence[str], days: Sequence[RankingOfDay]
) -> Chart | None:
    rows = _rows(published, slugs, days)
    if len(days) < 2 or not rows:
        return None
    return Chart(
        name="ranking-history",
        heading="Share of the field beaten, by day; the band holds 90 of 100 draws",
        sentence=_moves(rows[0].slug, rows, days),
        drawing=ranking_history_figure(rows, breaks=[day.day for day in breaks_of(days)]),
        table=_table(published, slugs, days),
        caption=_caption(days),
        csv_url=f"{reverse('publishing:ranking-history-csv')}?{query_of(slugs)}",
    )


def _caption(days: Sequence[RankingOfDay]) -> str:
    words = (
        "The last ranking of each day, as the record stood then; before the first of those the ends"
        " of quarters, as the record described them later. "
    )
    if days[-1].common:
        words += (
            "The line is the mean share of the others that a technology is ahead of, among the"
            f" {counted(days[-1].common, 'technology', 'technologies')} ranked on all days up to a"
            " break, so that new entries do not move it. The band is that of its rank in all of"
            " the day’s field."
        )
    else:
        words += "The field is that of each day, so new entries move the line."
    return words + " The intervals of the others are in the table."


def _rows(
    published: Published, slugs: Sequence[str], days: Sequence[RankingOfDay]
) -> list[RankedOnDays]:
    found = [RankedOnDays(slug, _name(published, slug), _stretches(slug, days)) for slug in slugs]
    return [row for row in found if row.stretches]


def _stretches(
    slug: str, days: Sequence[RankingOfDay]
) -> tuple[tuple[tuple[date, RankThen], ...], ...]:
    stretches: list[list[tuple[date, RankThen]]] = [[]]
    before: RankingOfDay | None = None
    for day in days:
        if before is not None and _is_parted(slug, before, day):
            stretches.append([])
        rank = day.rows.get(slug)
        if rank is None:
            stretches.append([])
        else:
            stretches[-1].append((day.day, rank))
        before = day
    return tuple(tuple(stretch) for stretch in stretches if stretch)


def _is_parted(slug: str, before: RankingOfDay, after: RankingOfDay) -> bool:
    """Another method, or a card of another series, is no move of the technology."""
    return is_break(before, after) or before.series.get(slug) != after.series.get(slug)


def _name(published: Published, slug: str) -> str:
    card = published.lead(slug)
    return str(card.technology["name"]) if card else slug


def _table(published: Published, slugs: Sequence[str], days: Sequence[RankingOfDay]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for day in reversed(days):
        for slug in slugs:
            rank = day.rows.get(slug)
            if rank is not None:
                shares = (rank.beaten, rank.beaten_low, rank.beaten_high)
                beaten = [round(100 * share, 1) for share in shares]
                facts = (round(rank.expected_rank, 1), rank.rank_low, rank.rank_high, rank.band)
                ends = (day.series.get(slug, ""), day.run_id)
                rows.append((day.day.isoformat(), _name(published, slug), *beaten, *facts, *ends))
    return Table(COLUMNS, tuple(rows))


def _headline(published: Published, slugs: Sequence[str], days: Sequence[RankingOfDay]) -> str:
    """How many moved clear of where they stood, first day to last."""
    rows = _rows(published, slugs, days)
    clear = [row.name for row in rows if _is_clear(row)]
    which = f"the {in_words(len(rows))}" if len(rows) > 1 else rows[0].name
    if not clear:
        if len(rows) == 1:
            stays = verb(which, "has", "have")
            return f"{which} {stays} not moved clear of where it stood."
        none = "Neither" if len(rows) == 2 else "None"
        return f"{none} of {which} moved clear of where it stood."
    if len(clear) == 1:
        has = verb(clear[0], "has", "have")
        return f"{clear[0]} {has} moved clear of where it stood."
    return f"{opening_words(len(clear))} of {which} moved clear of where they stood."


def _is_clear(row: RankedOnDays) -> bool:
    """Whether the intervals of the first and the last day of the last stretch are apart."""
    (_, first), (_, last) = row.stretches[-1][0], row.stretches[-1][-1]
    return first.rank_high < last.rank_low or last.rank_high < first.rank_low


def _moves(slug: str, rows: Sequence[RankedOnDays], days: Sequence[RankingOfDay]) -> str:
    """What became of the first of them, and who moved most."""
    subject = rows[0]
    (_, first), (_, last) = subject.stretches[-1][0], subject.stretches[-1][-1]
    begin, end = share_of_draws(first.beaten), share_of_draws(last.beaten)
    beat = verb(subject.name, "beats", "beat")
    words = f"{subject.name} {beat} {end} of 100 others in the field"
    words += f", after {begin}" if begin != end else ", as before"
    words += f"; 90 of 100 draws give {verb(subject.name, 'it', 'them')} a rank from"
    words += f" {last.rank_low} to {last.rank_high}."
    if breaks_of(days):
        words += " The line is broken where the method or the lens changed."
    if len({day.series.get(slug) for day in days if slug in day.rows}) > 1:
        words += " It is broken, too, where another series of cards begins."
    return words


def _span_words(days: Sequence[RankingOfDay]) -> str:
    first, last = day_words(days[0].day), day_words(days[-1].day)
    return f"{counted(len(days), 'day').capitalize()} with a ranking, from {first} to {last}."


def _no_headline(days: Sequence[RankingOfDay]) -> str:
    if not days:
        return "No ranking has been computed yet."
    if len(days) < 2:
        return "The ranking has no history yet."
    return "Which technologies do you follow?"


def _why_none(days: Sequence[RankingOfDay]) -> str:
    if not days:
        return "A ranking is computed as soon as a card is published."
    if len(days) < 2:
        return f"All rankings so far speak of {day_words(days[0].day)}; a second day makes a line."
    return "None of those chosen has been ranked on these days."


def _shown(published: Published, slugs: Sequence[str]) -> tuple[HistoryName, ...]:
    found = []
    for place, slug in enumerate(slugs):
        others = [other for other in slugs if other != slug]
        found.append(
            HistoryName(
                name=_name(published, slug),
                url=history_url([slug, *others]),
                technology_url=technology_url(slug),
                without_url=history_url(others) if others else "",
                is_subject=place == 0,
            )
        )
    return tuple(found)
