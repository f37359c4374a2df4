"""Finished runs as pages need them: plain values under the contract's names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from publishing.rank_details import Detailed, RankDetail


def _nothing(_: str) -> RankDetail | None:
    return None


@dataclass(frozen=True)
class RunFacts:
    """`id` 0 and no `finished_at` where no run was stored."""

    id: int
    as_of: date
    finished_at: datetime | None
    draws: int
    lens: str = ""
    inputs_digest: str = ""
    seed: int = 0
    engine: str = ""
    known_on: date | None = None


@dataclass(frozen=True)
class Indices:
    """What pages show behind "more"; None where the ranking does not hold it. `support` counts
    the draws in which it is first, and with too few of them there are no central weights;
    `<name>_se` are Monte-Carlo errors; `entropy` is 0 where one rank is certain, 1 where all
    came up alike; `share_beaten` is of the others in the field."""

    p_first: float | None = None
    share_beaten: float | None = None
    entropy: float | None = None
    support: float | None = None
    central_weights: Mapping[str, float] | None = None
    confidence_factor: float | None = None
    confidence_factor_top_10: float | None = None
    expected_rank_se: float | None = None
    p_first_se: float | None = None
    p_top_3_se: float | None = None
    p_top_10_se: float | None = None


@dataclass(frozen=True)
class Ranked:
    """A technology's row of a ranking; `shares[r]` is how often rank r + 1 came up or, of very
    many technologies, one of the `wide` ranks from r * wide + 1 on; `lift` by
    dimension how many ranks it gains where that dimension weighs most, `moves` by dimension how
    many ranks a second look at that score moves it."""

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
    shares: Sequence[float] = ()
    wide: int = 1
    lift: Mapping[str, float] = field(default_factory=dict)
    moves: Mapping[str, float] = field(default_factory=dict)
    more: Indices = Indices()


@dataclass(frozen=True, eq=False)
class Ranking:
    """`share_ahead(a, b)` is the share of draws in which a is ahead of b, ties half; None where
    the run has not compared them, as one of very many technologies does not compare all.
    `detail_of` is what is stored of a technology beyond its row."""

    run: RunFacts
    rows: tuple[Ranked, ...]
    share_ahead: Callable[[str, str], float | None]
    detail_of: Detailed = _nothing
    field_size: int = 0

    @cached_property
    def ranked(self) -> tuple[Ranked, ...]:
        """In the order of the expected rank, as the run has them."""
        return tuple(row for row in self.rows if row.is_ranked)

    @property
    def not_ranked(self) -> tuple[Ranked, ...]:
        rows = [row for row in self.rows if not row.is_ranked]
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    @cached_property
    def ranks(self) -> int:
        """How many ranks there are: technologies withdrawn since the run still held one."""
        return self.field_size or max((len(row.shares) for row in self.ranked), default=0)

    @cached_property
    def _by_slug(self) -> Mapping[str, Ranked]:
        return {row.slug: row for row in self.rows}

    def row(self, slug: str) -> Ranked | None:
        return self._by_slug.get(slug)


@dataclass(frozen=True)
class RankThen:
    """Where a technology stood on a day; `beaten` is the share of the common field that it beat,
    the other two are the ends of its interval as shares of that day's own field."""

    expected_rank: float
    rank_low: int
    rank_high: int
    band: int
    beaten: float = 0.0
    beaten_low: float = 0.0
    beaten_high: float = 0.0


@dataclass(frozen=True)
class RankingOfDay:
    """The last ranking of a day; rows by the slugs that were ranked then, and the series of their
    lead cards. `common` counts the common field, 0 where each day is held to its own."""

    day: date
    run_id: int
    lens: str
    engine: str
    rows: Mapping[str, RankThen]
    series: Mapping[str, str] = field(default_factory=dict)
    common: int = 0


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
    is_never_guessed: bool = False
    because: str = ""
    first_year: int = 0
    chances: tuple[float, ...] = ()


@dataclass(frozen=True)
class Contradicted:
    """A market that would be open before one that it requires; `ends` is None where it is open,
    `required_ends` where the other's window has no end."""

    slug: str
    requires: str
    ends: int | None
    required_ends: int | None
    is_circle: bool


@dataclass(frozen=True)
class WithLinks:
    """The same market in the joint draws; `is_kept` where they agree with what is stated."""

    p_open_by_2030: float
    year_p50: float | None
    p_never: float
    is_kept: bool


@dataclass(frozen=True)
class Outlook:
    run: RunFacts
    rows: Mapping[str, Projected]
    contradictions: tuple[Contradicted, ...] = ()
    with_links: Mapping[str, WithLinks] = field(default_factory=dict)


@dataclass(frozen=True)
class Supposed:
    """One market under one supposition; `year_p50_se` is that of its distance from the base."""

    p_open_by_2030: float
    year_p50: float | None
    year_p50_se: float | None = None


@dataclass(frozen=True)
class LinkEffect:
    """What the link from `source` to `target` does to `moved` through `by`. `slip` and the three
    of `given` are None where the other market is open, or its opening too rare to suppose."""

    source: str
    kind: str
    target: str
    moved: str
    by: str
    is_kept: bool
    base: Supposed
    cut: Supposed
    slip: Supposed | None
    given_year: int | None = None
    given_share: float | None = None
    if_open: Supposed | None = None
    if_not: Supposed | None = None


@dataclass(frozen=True)
class LinkEffects:
    """`strength` and `lag_years` are what the links were assumed to do."""

    run: RunFacts
    rows: tuple[LinkEffect, ...]
    slip_years: int
    strength: float
    lag_years: float


@dataclass(frozen=True)
class Progress:
    """A run that is being computed; done and total are parts of its draws."""

    kind: str
    run_id: int
    done: int
    total: int
    draws: int

    @property
    def words(self) -> str:
        if not self.total:
            return "It waits for a worker."
        return f"{self.draws * self.done // self.total:,} of {self.draws:,} draws done."


@dataclass(frozen=True)
class RankingSide:
    """One of two rankings that are held against each other; `run_id` is None for one that was
    computed for a date and never stored."""

    run_id: int | None
    as_of: date
    known_on: date | None
    engine: str
    lens: str
    draws: int
    technologies: int
    inputs_digest: str = ""


@dataclass(frozen=True)
class SaidOtherwise:
    """What a card says after in place of what it said before, in its own words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Movement:
    """How a technology moved from one ranking to another. `parts` add up, by cause, to the change
    of the expected rank, `share_parts` to that of the share of the common field that it beats."""

    slug: str
    name: str
    before: float
    after: float
    parts: Mapping[str, float]
    share_before: float | None
    share_after: float | None
    share_parts: Mapping[str, float | None]
    is_break: bool = False
    own_changes: tuple[SaidOtherwise, ...] = ()

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def against_field(self) -> float:
        """The change without what entries made of it: that moves everybody."""
        return self.change - self.parts["entries"]


@dataclass(frozen=True)
class Movements:
    """`added` and `removed` are slug and name of those that readers see; the counts are of all, and
    so is the agreement of the two on the `common` field."""

    before: RankingSide
    after: RankingSide
    draws: int
    rows: tuple[Movement, ...]
    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    added_count: int = 0
    removed_count: int = 0
    common: int = 0
    tau_b: float | None = None
    spearman: float | None = None

    @cached_property
    def by_size(self) -> tuple[Movement, ...]:
        """The largest change against the common field first."""
        return tuple(
            sorted(self.rows, key=lambda row: (-abs(row.against_field), row.name.casefold()))
        )
