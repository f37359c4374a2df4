"""What the engine answers: frozen dataclasses of arrays and plain values."""

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SmaaResult:
    """Acceptability indices of m alternatives on n criteria; `<name>_se` are standard errors."""

    rank_acceptability: Floats
    """(m, m) share of draws in which alternative i has rank r + 1, ties split equally."""
    rank_acceptability_se: Floats
    pairwise_winning: Floats
    """(m, m) share of draws in which i is ahead of j, ties half; 0.5 on the diagonal."""
    pairwise_winning_se: Floats
    expected_rank: Floats
    """(m,) mean rank, 1 being first, tied alternatives sharing the mean of their ranks."""
    expected_rank_se: Floats
    central_weights: Floats
    """(m, n) mean weights of the draws in which i is first; NaN where it never is."""
    central_weights_se: Floats
    """(m, n) NaN where fewer than two draws put i first."""
    support: Floats
    """(m,) number of draws in which i is first, shared where several are."""
    support_se: Floats


@dataclass(frozen=True)
class Unranked:
    """A technology that is listed without a rank."""

    id: str
    not_ranked_because: str
    coverage: str


@dataclass(frozen=True, eq=False)
class RankingFigures:
    """What every ranking says of its m technologies. Arrays follow `ids`, which are sorted; ranks
    start at 1.

    `<name>_se` are Monte-Carlo standard errors from the spread of independent scramblings.
    """

    lens: str
    dimensions: tuple[str, ...]
    draws: int
    seed: int
    scramblings: int
    ids: tuple[str, ...]
    coverage: tuple[str, ...]
    unranked: tuple[Unranked, ...]
    expected_rank: Floats
    expected_rank_se: Floats
    rank_low: Integers
    """(m,) 5th percentile of the rank: in under 5 % of draws it is better."""
    rank_high: Integers
    """(m,) 95th percentile of the rank: in at most 5 % of draws it is worse."""
    band: Integers
    p_first: Floats
    p_first_se: Floats
    p_top_3: Floats
    p_top_3_se: Floats
    p_top_10: Floats
    p_top_10_se: Floats
    support: Floats
    """(m,) number of draws in which i is first, shared where several are."""
    central_weights: Floats
    """(m, n) mean weights of the draws in which i is first; NaN where it never is."""
    lift: Floats
    """(m, n) expected rank in the third of draws where the dimension weighs least, less that in
    the third where it weighs most: positive where the dimension lifts, NaN where its weight
    never varies."""
    lift_se: Floats
    level_share: Floats
    """(m, n, 6) share of draws in which its own level in that dimension was drawn; for timing,
    in which its opening was worth this fifth, the last being full worth."""
    rank_by_level: Floats
    """(m, n, 6) expected rank in those draws; NaN where there are none."""


@dataclass(frozen=True, eq=False)
class RankingResult(RankingFigures):
    """A ranking that knows every rank and every pair."""

    rank_acceptability: Floats
    """(m, m) share of draws in which i has rank r + 1, ties split equally."""
    rank_acceptability_se: Floats
    pairwise_winning: Floats
    """(m, m) share of draws in which i is ahead of j, ties half; 0.5 on the diagonal."""
    pairwise_winning_se: Floats


@dataclass(frozen=True, eq=False)
class LargeRankingResult(RankingFigures):
    """A ranking of so many technologies that only some pairs are counted.

    rank_low and rank_high may be off by less than `rank_step`; equals have the mean of their
    ranks, rounded up, in them and in `rank_bars`.
    """

    rank_step: Integers
    """(2, m) ranks that were counted together around the 5th and the 95th percentile."""
    rank_bars: Floats
    """(m, bars) share of draws in which i has one of `bar_width` ranks, the first of which is
    bar * bar_width + 1."""
    bar_width: int
    pair: Integers
    """(pairs, 2) indices i < j of the technologies that were compared, sorted."""
    pair_winning: Floats
    """(pairs,) share of draws in which i is ahead of j, ties half."""
    pair_winning_se: Floats


@dataclass(frozen=True)
class Outlook:
    """When the market of one technology opens. Years are floats, 2030.0 the start of 2030."""

    id: str
    status: str
    """projected; open, which is a fact and not a probability; or none."""
    p_open_by_horizon: float | None = None
    """By the end of the horizon year; exact, so without a Monte-Carlo error."""
    year_p10: float | None = None
    """None, like the other two, where never opening takes the quantile."""
    year_p50: float | None = None
    year_p90: float | None = None
    p_never: float | None = None
    is_never_guessed: bool = False
    p_open_by_year: tuple[float, ...] = ()
    """By the end of each of the result's years; empty without an outlook."""
    open_since: int | None = None
    no_outlook_because: str | None = None


@dataclass(frozen=True)
class Contradiction:
    """A market whose window, or opening, comes before the window of one that it requires."""

    id: str
    requires: str
    ends: int | None
    """Last year of its window; None where its market is recorded as open."""
    required_ends: int | None
    """Last year of the other's window; None where that is open-ended."""
    is_circle: bool = False
    """Each requires the other, directly or through more: none could open first."""


@dataclass(frozen=True)
class NumberOpen:
    """How many of the technologies with an outlook are open by the end of each year."""

    of: int
    expected: tuple[float, ...]
    """Exact."""
    low: tuple[int, ...]
    """5th percentile over joint draws; then the median and the 95th."""
    middle: tuple[int, ...]
    high: tuple[int, ...]


@dataclass(frozen=True)
class WithLinks:
    """The same market in the joint draws, where links act on it."""

    id: str
    p_open_by_horizon: float
    year_p10: float | None
    """None, like the other two, where it opens too seldom before the draws end."""
    year_p50: float | None
    year_p90: float | None
    p_never: float
    """Share of draws in which it can never open: at least that of whatever it requires."""
    is_kept: bool
    """Its stated median and probability are kept; else what it requires forbids them."""


@dataclass(frozen=True, eq=False)
class OutlookResult:
    """An outlook of all technologies, by id, for each of `years`."""

    today: datetime.date
    horizon_year: int
    draws: int
    seed: int
    years: tuple[int, ...]
    outlooks: tuple[Outlook, ...]
    contradictions: tuple[Contradiction, ...]
    number_open: NumberOpen
    with_links: tuple[WithLinks, ...]
    """Of those that links act on, by id."""
    drawn_ids: tuple[str, ...]
    drawn_years: Floats
    """(drawn, draws) joint years of opening; infinite where never, or after the draws end."""
