"""What drives a technology's rank: its own levels, and how much each dimension weighs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from publishing.charts.chart import Cell, Table
from publishing.charts.parts import signed
from publishing.figures.level_ranks import level_ranks
from publishing.rank_details import LevelRank, RankDetail
from publishing.results import Indices, Ranked, Ranking
from publishing.wording import share_of_draws

COLUMNS = (
    *("Dimension", "Ranks gained where it weighs much", "Standard error", "Own level"),
    *("% of draws", "Expected rank then"),
)
NOTABLE_RANKS = 0.3


@dataclass(frozen=True)
class DriverRow:
    """`lift` is printed with its sign; `reach` names the best and the worst of its own levels."""

    dimension: str
    reach: str
    drawing: SafeString
    lift: str
    span: str


@dataclass(frozen=True)
class Drivers:
    sentence: str
    rows: tuple[DriverRow, ...]
    table: Table
    csv_url: str


def drivers(row: Ranked, ranking: Ranking) -> Drivers | None:
    """None where the ranking keeps no ranks by level."""
    detail = ranking.detail_of(row.slug)
    if detail is None or not detail.levels:
        return None
    return Drivers(
        sentence=" ".join(filter(None, (_level_sentence(detail), _weight_sentence(detail)))),
        rows=tuple(
            _row(name, levels, row, detail, ranking.ranks) for name, levels in detail.levels.items()
        ),
        table=drivers_table(detail),
        csv_url=reverse("publishing:technology-drivers-csv", args=[row.slug]),
    )


def drivers_table(detail: RankDetail) -> Table:
    lines: list[tuple[Cell, ...]] = []
    for name, levels in detail.levels.items():
        lift, error = detail.lift.get(name), detail.lift_se.get(name)
        lines += [
            (name, lift, error, one.level, round(100 * one.share, 1), round(one.rank, 2))
            for one in levels
        ]
    return Table(COLUMNS, tuple(lines))


def _ends(levels: Sequence[LevelRank]) -> tuple[LevelRank, LevelRank]:
    ordered = sorted(levels, key=lambda one: one.rank)
    return ordered[0], ordered[-1]


def _row(
    name: str, levels: Sequence[LevelRank], row: Ranked, detail: RankDetail, ranks: int
) -> DriverRow:
    points = [(one.level, one.rank) for one in levels]
    reach = "the same level in nearly all draws"
    span = "–"
    if len(levels) > 1:
        best, worst = _ends(levels)
        reach = f"level {best.level}: rank {best.rank:.1f}; level {worst.level}: {worst.rank:.1f}"
        span = f"{worst.rank - best.rank:.1f}"
    lift = detail.lift.get(name)
    return DriverRow(
        dimension=name.capitalize(),
        reach=reach,
        drawing=level_ranks(
            points, expected=row.expected_rank, ranks=ranks, words=f"{name}: {reach}"
        ),
        lift="–" if lift is None else signed(lift),
        span=span,
    )


def _level_sentence(detail: RankDetail) -> str:
    """The own level on which most hangs."""
    reach = {
        name: worst.rank - best.rank
        for name, levels in detail.levels.items()
        if len(levels) > 1
        for best, worst in [_ends(levels)]
    }
    name = max(reach, key=lambda key: reach[key], default="")
    if not name or reach[name] < NOTABLE_RANKS:
        return "No single one of its own levels moves it much."
    best, worst = _ends(detail.levels[name])
    return (
        f"Most hangs on its own level in {name}: where a draw takes {best.level} its expected rank"
        f" is {best.rank:.1f}, where it takes {worst.level} it is {worst.rank:.1f}."
    )


def _weight_sentence(detail: RankDetail) -> str:
    """The dimension that lifts it most by weighing much, and the one that holds it back most."""
    lift = detail.lift
    best = max(lift, key=lambda key: lift[key], default="")
    worst = min(lift, key=lambda key: lift[key], default="")
    rises = bool(best) and lift[best] >= NOTABLE_RANKS
    falls = bool(worst) and lift[worst] <= -NOTABLE_RANKS
    if rises and falls:
        return (
            f"Where {best} weighs much and not little it stands {lift[best]:.1f} ranks better;"
            f" where {worst} does, {-lift[worst]:.1f} worse."
        )
    if not rises and not falls:
        return ""
    name, word = (best, "better") if rises else (worst, "worse")
    stands = f"it stands {abs(lift[name]):.1f} ranks {word}"
    return f"Where {name} weighs much and not little {stands}."


def more_facts(more: Indices) -> tuple[tuple[str, str], ...]:
    """What the receipt knows beside: names and words; of what is not known, nothing."""
    facts = []
    if more.p_first is not None:
        facts.append(("First", f"{share_of_draws(more.p_first)} of 100 draws"))
    if more.central_weights:
        weights = ", ".join(
            f"{name} {100 * weight:.0f}" for name, weight in more.central_weights.items()
        )
        facts.append(("Mean weights where it is first", f"{weights} %, {_draws(more)}"))
    elif more.support:
        facts.append(("Mean weights where it is first", f"not said of {_draws(more)} alone"))
    if more.confidence_factor is not None:
        share = share_of_draws(more.confidence_factor)
        facts.append(("First under those weights", f"{share} of 100 draws"))
    if more.confidence_factor_top_10 is not None:
        share = share_of_draws(more.confidence_factor_top_10)
        facts.append(("In the first ten under them", f"{share} of 100 draws"))
    if more.entropy is not None:
        facts.append(
            ("How unsettled the rank is", f"{more.entropy:.2f}, where 0 is one rank and 1 any")
        )
    if more.expected_rank_se is not None:
        facts.append(
            ("Monte-Carlo error of the expected rank", f"{more.expected_rank_se:.3f} ranks")
        )
    if more.p_top_10_se is not None:
        error = f"{100 * more.p_top_10_se:.2f} of 100 draws"
        facts.append(("Monte-Carlo error of the top ten", error))
    return tuple(facts)


def _draws(more: Indices) -> str:
    return f"{more.support or 0:,.0f} draws"
