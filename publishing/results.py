"""Finished runs as pages need them: plain values under the contract's names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class RunFacts:
    id: int
    as_of: date
    finished_at: datetime
    draws: int
    lens: str = ""


@dataclass(frozen=True)
class Ranked:
    """A technology's row of a ranking; `shares[r]` is how often rank r + 1 came up."""

    slug: str
    name: str
    is_ranked: bool
    not_ranked_because: str
    coverage: str
    expected_rank: float = 0.0
    rank_low: int = 0
    rank_high: int = 0
    band: int = 0
    p_top_3: float = 0.0
    p_top_10: float = 0.0
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """`ahead[(a, b)]` is the share of draws in which a is ahead of b, ties half."""

    run: RunFacts
    rows: tuple[Ranked, ...]
    ahead: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        rows = [row for row in self.rows if row.is_ranked]
        return tuple(sorted(rows, key=lambda row: (row.expected_rank, row.slug)))

    @property
    def not_ranked(self) -> tuple[Ranked, ...]:
        rows = [row for row in self.rows if not row.is_ranked]
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    def row(self, slug: str) -> Ranked | None:
        return next((row for row in self.rows if row.slug == slug), None)


@dataclass(frozen=True)
class Projected:
    """A technology's row of an outlook; `chances[i]` is the chance of being open at the end
    of `first_year` + i."""

    slug: str
    p_open_by_2030: float | None
    year_p10: float | None
    year_p50: float | None
    year_p90: float | None
    p_never: float | None
    first_year: int = 0
    chances: tuple[float, ...] = ()


@dataclass(frozen=True)
class Outlook:
    run: RunFacts
    rows: Mapping[str, Projected]


@dataclass(frozen=True)
class Progress:
    """A run that is being computed; done and total are draws."""

    kind: str
    done: int
    total: int
    is_waiting: bool

    @property
    def words(self) -> str:
        if self.is_waiting or not self.total:
            return "It waits for a worker."
        return f"{self.done:,} of {self.total:,} draws done."
