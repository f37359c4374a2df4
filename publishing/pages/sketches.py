"""Sketches ranked for the team alone, and one of them beside the team's published card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from assessments.pages.scores import ScoreLine, score_lines
from assessments.selectors import PublishedCard, SketchedCard
from assessments.values.scale import Dimension, levels_of
from publishing.figures.rank_rows import common_scale, rank_axis, rank_drawing
from publishing.pages.published import Published
from publishing.pages.ranking import rank_row
from publishing.pages.technology.standing import StandingRow
from publishing.pairwise import word_between
from publishing.results import Ranked, Ranking
from publishing.wording import counted, in_words, opening_words


@dataclass(frozen=True)
class SketchRow:
    """A technology with the sketches of it; `standing` is None where it has no rank."""

    slug: str
    name: str
    url: str
    authors: str
    sentences: tuple[str, ...]
    standing: StandingRow | None
    because: str


@dataclass(frozen=True)
class SketchListPage:
    headline: str
    is_team: bool
    axis: SafeString
    rows: tuple[SketchRow, ...]
    not_ranked: tuple[SketchRow, ...]
    draws: int
    mine: int
    team: int

    @property
    def standings(self) -> tuple[StandingRow, ...]:
        return tuple(row.standing for row in self.rows if row.standing)


@dataclass(frozen=True)
class Comparison:
    """One dimension as the sketch and the team's card say it; `theirs` is None without one."""

    yours: ScoreLine
    theirs: ScoreLine | None
    words: str
    is_same: bool


@dataclass(frozen=True)
class SketchDetailPage:
    sketch: SketchedCard
    is_own: bool
    headline: str
    team_card: PublishedCard | None
    lines: tuple[Comparison, ...]
    sentence: str
    axis: SafeString
    rows: tuple[StandingRow, ...]
    draws: int


def sketch_list_page(
    sketches: Sequence[SketchedCard],
    published: Published,
    ranking: Ranking,
    me: int,
    *,
    is_team: bool,
) -> SketchListPage:
    """`ranking` is the private one, in which the shown sketches count."""
    shown = [one for one in sketches if is_team or one.author_id == me]
    rows = _rows(shown, published, ranking)
    ranked = tuple(row for row in rows if row.standing)
    return SketchListPage(
        headline=_list_headline(ranked, ranking, is_team=is_team),
        is_team=is_team,
        axis=rank_axis(ranking.ranks) if ranked else SafeString(""),
        rows=ranked,
        not_ranked=tuple(row for row in rows if not row.standing),
        draws=ranking.run.draws,
        mine=sum(one.author_id == me for one in sketches),
        team=len(sketches),
    )


def _list_headline(rows: Sequence[SketchRow], ranking: Ranking, *, is_team: bool) -> str:
    whose = "The team has" if is_team else "You have"
    if not rows:
        return f"{whose} no sketch that can be ranked yet."
    first = rows[0]
    what = "One sketched technology" if len(rows) == 1 else f"{opening_words(len(rows))} sketched"
    if len(rows) == 1:
        return f"{what} among {ranking.ranks} that are ranked: {first.name}."
    return f"{what} technologies among {ranking.ranks} that are ranked. {first.name} comes first."


def _rows(shown: Sequence[SketchedCard], published: Published, ranking: Ranking) -> list[SketchRow]:
    found: dict[str, list[SketchedCard]] = {}
    for one in shown:
        found.setdefault(one.slug, []).append(one)
    scale = common_scale(rank_row(row) for row in ranking.ranked)
    order = {row.slug: place for place, row in enumerate(ranking.ranked)}
    slugs = sorted(found, key=lambda slug: (order.get(slug, len(order)), slug))
    return [_row(found[slug], published, ranking, scale) for slug in slugs]


def _row(
    sketches: Sequence[SketchedCard], published: Published, ranking: Ranking, scale: float
) -> SketchRow:
    one = sketches[0]
    url = reverse("publishing:sketch-detail", args=[one.card_id])
    row = ranking.row(one.slug)
    standing = None
    if row and row.is_ranked:
        beside = _beside(row, published, ranking)
        standing = standing_row(row, one.name, beside, ranking, scale, url=url)
    return SketchRow(
        slug=one.slug,
        name=one.name,
        url=url,
        authors=", ".join(dict.fromkeys(each.author for each in sketches)),
        sentences=tuple(each.sentence for each in sketches),
        standing=standing,
        because=row.not_ranked_because if row else "a yardstick",
    )


def standing_row(
    row: Ranked, name: str, beside: str, ranking: Ranking, scale: float, *, url: str = ""
) -> StandingRow:
    return StandingRow(
        name=name,
        url=url,
        beside=beside,
        drawing=rank_drawing(rank_row(row), ranks=ranking.ranks, scale=scale),
        expected=f"{row.expected_rank:.1f}",
        interval=f"{row.rank_low}–{row.rank_high}",
        is_this=not url,
    )


def _beside(row: Ranked, published: Published, ranking: Ranking) -> str:
    """The nearest published technologies on both sides, in the order of the expected rank."""
    others = [one for one in ranking.ranked if one.slug == row.slug or published.lead(one.slug)]
    here = next(place for place, one in enumerate(others) if one.slug == row.slug)
    words = f"band {row.band}"
    if here > 0 and (relation := _relation(others[here - 1], row, ranking)):
        words += f"; {relation}"
    if here + 1 < len(others):
        after = others[here + 1]
        if word := word_between(ranking, row.slug, after.slug):
            words += f"; {word} {'with' if word == 'level' else 'of'} {after.name}"
    return words


def _relation(before: Ranked, row: Ranked, ranking: Ranking) -> str:
    word = word_between(ranking, row.slug, before.slug)
    if not word:
        return ""
    return f"{word} with {before.name}" if word == "level" else f"{word} {before.name}"


def sketch_detail_page(
    sketch: SketchedCard, published: Published, ranking: Ranking, me: int
) -> SketchDetailPage:
    """`ranking` is the private one, in which this sketch counts and no other."""
    team_card = _team_card(sketch, published)
    lines = _comparisons(sketch, team_card)
    before = published.ranking.row(sketch.slug) if published.ranking else None
    after = ranking.row(sketch.slug)
    return SketchDetailPage(
        sketch=sketch,
        is_own=sketch.author_id == me,
        headline=_headline(sketch, team_card, lines, is_own=sketch.author_id == me),
        team_card=team_card,
        lines=lines,
        sentence=_sentence(before, after, ranking),
        axis=rank_axis(ranking.ranks) if after and after.is_ranked else SafeString(""),
        rows=_before_and_after(sketch, before, after, ranking),
        draws=ranking.run.draws,
    )


def _team_card(sketch: SketchedCard, published: Published) -> PublishedCard | None:
    lead = published.lead(sketch.slug)
    return lead if lead and lead.card_id != sketch.card_id else None


def _comparisons(sketch: SketchedCard, team: PublishedCard | None) -> tuple[Comparison, ...]:
    yours = score_lines(sketch.card["scores"])
    theirs: Sequence[ScoreLine | None] = (
        score_lines(team.card["scores"]) if team else [None] * len(yours)
    )
    return tuple(
        _compared(one, other, sketch, team) for one, other in zip(yours, theirs, strict=True)
    )


def _compared(
    yours: ScoreLine,
    theirs: ScoreLine | None,
    sketch: SketchedCard,
    team: PublishedCard | None,
) -> Comparison:
    if theirs is None or team is None:
        return Comparison(yours, None, "", is_same=False)
    if not (yours.is_scored and theirs.is_scored):
        words = "you leave it open" if theirs.is_scored else "the team leaves it open"
        both = not yours.is_scored and not theirs.is_scored
        return Comparison(yours, theirs, "nobody can tell yet" if both else words, is_same=False)
    if yours.printed == theirs.printed:
        return Comparison(yours, theirs, "the same", is_same=True)
    if yours.dimension is Dimension.TIMING:
        words = _years_apart(sketch.card["scores"]["timing"], team.card["scores"]["timing"])
    else:
        words = _levels_apart(yours, theirs)
    return Comparison(yours, theirs, words, is_same=False)


def _levels_apart(yours: ScoreLine, theirs: ScoreLine) -> str:
    twice = _twice(yours) - _twice(theirs)
    side = "higher" if twice > 0 else "lower"
    if abs(twice) == 1:
        return f"half a level {side}"
    whole = counted(abs(twice) // 2, "level")
    return f"{whole}{' and a half' if twice % 2 else ''} {side}"


def _twice(line: ScoreLine) -> int:
    """Twice the place on the scale, whole also for a span."""
    places = levels_of(line.dimension)
    return places.index(line.level) + places.index(line.level_to or line.level)


def _years_apart(yours: dict[str, Any], theirs: dict[str, Any]) -> str:
    years = yours["from"] - theirs["from"]
    if years:
        return f"begins {counted(abs(years), 'year')} {'later' if years > 0 else 'earlier'}"
    return "begins in the same year, ends in another"


def _headline(
    sketch: SketchedCard, team: PublishedCard | None, lines: Sequence[Comparison], *, is_own: bool
) -> str:
    who = "You" if is_own else sketch.author
    if team is None:
        return f"{who} sketched {sketch.name}. The team has published no card on it."
    both = sum(
        line.yours.is_scored and bool(line.theirs and line.theirs.is_scored) for line in lines
    )
    same = sum(line.is_same for line in lines)
    if not both:
        return f"{who} and the team score no dimension of {sketch.name} alike: one side is open."
    if same == both:
        return f"{who} and the team agree on {sketch.name} wherever both score."
    count = in_words(same) if same else "none"
    return f"{who} and the team agree on {count} of {in_words(both)} dimensions of {sketch.name}."


def _sentence(before: Ranked | None, after: Ranked | None, ranking: Ranking) -> str:
    if after is None or not after.is_ranked:
        because = after.not_ranked_because if after else "a yardstick: its opening is known"
        return f"It has no rank: {because}."
    if before is None or not before.is_ranked:
        return (
            f"If this counted, its expected rank would be {after.expected_rank:.1f} among"
            f" {ranking.ranks}, in band {after.band}; 90 of 100 draws put it between"
            f" {after.rank_low} and {after.rank_high}."
        )
    old, new = f"{before.expected_rank:.1f}", f"{after.expected_rank:.1f}"
    if old == new:
        return f"If this counted, its expected rank would stay at {old}, in band {after.band}."
    bands = f"in band {after.band}"
    if before.band != after.band:
        bands = f"from band {before.band} to band {after.band}"
    return f"If this counted, its expected rank would go from {old} to {new}, {bands}."


def _before_and_after(
    sketch: SketchedCard, before: Ranked | None, after: Ranked | None, ranking: Ranking
) -> tuple[StandingRow, ...]:
    if after is None or not after.is_ranked:
        return ()
    pairs = [(after, "if this counted", "")]
    if before and before.is_ranked:
        url = reverse("publishing:technology-detail", args=[sketch.slug])
        pairs.insert(0, (before, "as published", url))
    scale = max(share for row, _, _ in pairs for share in row.shares)
    return tuple(
        standing_row(row, sketch.name, words, ranking, scale, url=url) for row, words, url in pairs
    )
