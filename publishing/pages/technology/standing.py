"""Where a technology stands in the ranking, beside its neighbours there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.selectors import PublishedCard
from publishing.cards import technology_url
from publishing.drivers import driver_words
from publishing.explanations import NOT_EXPLAINED, Explained, Reasons, neighbours, share_between
from publishing.figures.rank_rows import rank_axis
from publishing.pages.compare.choice import compare_url
from publishing.pages.published import Published
from publishing.pages.ranking import drawings_of
from publishing.pages.technology.changing import Changing, changing
from publishing.pages.technology.drivers import Drivers, drivers, more_facts
from publishing.pages.technology.lenses import UnderLenses, under_lenses
from publishing.results import Ranked, Ranking
from publishing.wording import is_plural, share_of_draws
from scoring.selectors import pairwise_word

NOT_COMPARED = "near it, and not compared draw by draw: there are too many"
THIS = "this page"


@dataclass(frozen=True)
class StandingRow:
    name: str
    url: str
    beside: str
    drawing: SafeString
    expected: str
    interval: str
    is_this: bool


@dataclass(frozen=True)
class Standing:
    """`sentence` is in three parts, the middle one set in bold; without rows it says why."""

    sentence: tuple[str, str, str]
    axis: SafeString
    rows: tuple[StandingRow, ...]
    band: int
    run_id: int
    compare_url: str = ""
    drivers: Drivers | None = None
    changing: Changing | None = None
    lenses: UnderLenses | None = None
    more: tuple[tuple[str, str], ...] = ()


def standing(
    card: PublishedCard, published: Published, explained: Explained = NOT_EXPLAINED
) -> Standing | None:
    ranking = published.ranking
    row = ranking.row(card.slug) if ranking else None
    if ranking is None or row is None:
        return None
    if not row.is_ranked:
        words = (f"Listed, not ranked: {row.not_ranked_because}.", "", "")
        return Standing(words, SafeString(""), (), 0, ranking.run.id)
    drawings, beside = drawings_of(ranking), neighbours(ranking, row.slug)
    said = {other.slug: _beside(other, row, ranking, explained.reasons) for other in beside}
    rows = tuple(_row(other, said[other.slug], drawings[other.slug]) for other in beside)
    return Standing(
        sentence=_sentence(row, card, ranking),
        axis=rank_axis(ranking.ranks),
        rows=rows,
        band=row.band,
        run_id=ranking.run.id,
        compare_url=_compare_url(row, beside),
        drivers=drivers(row, ranking),
        changing=changing(row.slug, ranking, explained.steadiness),
        lenses=under_lenses(explained.lenses),
        more=more_facts(row.more),
    )


def _compare_url(row: Ranked, beside: Sequence[Ranked]) -> str:
    """The technology first, then its neighbours; empty where it has none."""
    others = [other.slug for other in beside if other.slug != row.slug]
    return compare_url([row.slug, *others]) if others else ""


def _row(other: Ranked, beside: str, drawing: SafeString) -> StandingRow:
    return StandingRow(
        name=other.name,
        url=technology_url(other.slug),
        beside=beside,
        drawing=drawing,
        expected=f"{other.expected_rank:.1f}",
        interval=f"{other.rank_low}–{other.rank_high}",
        is_this=beside == THIS,
    )


def _beside(other: Ranked, this: Ranked, ranking: Ranking, reasons: Reasons) -> str:
    """How this page's technology stands to the one of the row, and by what."""
    if other.slug == this.slug:
        return THIS
    share = share_between(ranking, reasons, this.slug, other.slug)
    if share is None:
        return NOT_COMPARED
    word = pairwise_word(share)
    if word == "level":
        return f"level with it: ahead in {share_of_draws(share)} of 100 draws"
    is_behind = word.endswith("behind")
    first, second = (other, this) if is_behind else (this, other)
    by = reasons.mostly(first.slug, second.slug)
    be = "are" if is_plural(this.name) else "is"
    words = f"{this.name} {be} {word if is_behind else f'{word} of'} it"
    words += f" in {share_of_draws(max(share, 1 - share))} of 100 draws"
    return f"{words}, mostly by {by}" if by else words


def _sentence(row: Ranked, card: PublishedCard, ranking: Ranking) -> tuple[str, str, str]:
    bands = max(other.band for other in ranking.ranked)
    start = f"In band {row.band} of {bands}; expected rank {row.expected_rank:.1f}, in 90 of 100"
    start += f" draws between {row.rank_low} and {row.rank_high}; in the top three in"
    start += f" {share_of_draws(row.p_top_3)} and in the top ten in "
    fact = f"{share_of_draws(row.p_top_10)} of 100 draws"
    return start, fact, f". {driver_words(row, card)}."
