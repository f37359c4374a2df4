"""Reads on runs and their results."""

import datetime
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
from django.db.models import Count, Max, QuerySet, Sum
from numpy.typing import NDArray

from assessments.selectors import (
    count_publications_by,
    newest_publication_seq,
    published_cards,
)
from intake.showing import shown
from jobs.models import Job, JobResult
from record.clock import today
from record.errors import DomainError
from record.prepared import Prepared
from scoring.engine import smaa
from scoring.engine.agreement import FEWEST_UNITS, WIDE, Agreement, agreement
from scoring.engine.bands import pairwise_word
from scoring.engine.chances import level_range
from scoring.engine.confidence import FEWEST_SUPPORTING
from scoring.engine.lenses import SHIPPED, Lens, lens_from, lens_values
from scoring.engine.pooling import HALF_LIFE_SHARE
from scoring.inputs import (
    EDITION_CARDS,
    OUTLOOK_ENGINE,
    RANKING_ENGINE,
    Inputs,
    Tables,
    edition_day,
    edition_tables,
    even_tables,
    lead_windows,
    outlook_values,
    ranking_values,
)
from scoring.models import LensVersion, Run, RunKind

SEED = 20300101
RANKING_DRAWS = 10_000
OUTLOOK_DRAWS = 20_000
MOST_OUTLOOK_WORK = 4_000_000
"""Cards times draws: what the joint draws of an outlook hold in memory at once."""
HORIZON_YEAR = 2030
DEFAULT_LENS = "even-handed"
_LENS_KEY = re.compile(r"[a-z0-9_-]{1,40}")

__all__ = [
    "FEWEST_SUPPORTING",
    "FEWEST_UNITS",
    "HALF_LIFE_SHARE",
    "WIDE",
    "Agreement",
    "agreement",
    "level_range",
    "newest_publication_seq",
    "pairwise_word",
]


Moves = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Finished:
    """A run with the headline of its result."""

    run: Run
    headline: dict[str, Any]
    arrays: bytes


def lens_versions() -> dict[str, LensVersion]:
    """The version in force of each lens that editors made, by key, retired ones too."""
    newest = LensVersion.objects.values("key").annotate(newest=Max("seq")).values("newest")
    rows = LensVersion.objects.filter(seq__in=newest).select_related("by")
    return {row.key: row for row in rows.order_by("seq")}


@dataclass(frozen=True)
class LensRecord:
    """A lens as everybody may read it; `version` is 0 and `made_at` None for those that ship."""

    key: str
    name: str
    note: str
    values: dict[str, Any]
    version: int = 0
    made_by: str = ""
    made_at: datetime.datetime | None = None
    is_retired: bool = False


def lens_records() -> tuple[LensRecord, ...]:
    """Those that ship in their order, then those of the editors by key, retired ones too."""
    shipped = [LensRecord(key, lens.name, "", lens_values(lens)) for key, lens in SHIPPED.items()]
    made = sorted(lens_versions().values(), key=lambda row: row.key)
    return (*shipped, *(_lens_record(row) for row in made))


def _lens_record(row: LensVersion) -> LensRecord:
    return LensRecord(
        key=row.key,
        name=row.name,
        note=row.note,
        values=json.loads(row.definition),
        version=row.seq,
        made_by=row.by.get_username(),
        made_at=row.at,
        is_retired=row.is_retired,
    )


def newest_lens_version() -> tuple[int, datetime.datetime | None]:
    """The number of the last version of any lens and when it came; 0 before the first."""
    newest = LensVersion.objects.order_by("-seq").values_list("seq", "at").first()
    return newest or (0, None)


def lens_keys() -> tuple[str, ...]:
    """Every lens that rankings are computed under: those that ship, then those of the editors."""
    made = lens_versions().values()
    return (*SHIPPED, *(row.key for row in made if not row.is_retired))


def lens_of(key: str) -> Lens | None:
    """A lens that ships, or the version in force of one that editors made, retired or not."""
    if key in SHIPPED:
        return SHIPPED[key]
    if not _LENS_KEY.fullmatch(key):
        return None
    row = LensVersion.objects.filter(key=key).order_by("-seq").first()
    return lens_from(json.loads(row.definition)) if row else None


def lens_definitions() -> dict[str, dict[str, Any]]:
    """Every lens that can be chosen, as a receipt would hold it, by key."""
    made = {
        key: json.loads(row.definition)
        for key, row in lens_versions().items()
        if not row.is_retired
    }
    return {key: lens_values(lens) for key, lens in SHIPPED.items()} | made


def definition_of(key: str) -> dict[str, Any]:
    """The same of one lens, retired or not."""
    return lens_values(known_lens(key))


def known_lens(key: str) -> Lens:
    """The same, or a refusal that names those there are."""
    lens = lens_of(key)
    if lens is None:
        raise DomainError(
            f"There is no lens {shown(key)}; there is {', '.join(lens_keys())}.", field="lens"
        )
    return lens


def edition_of(*, as_of: datetime.date, known_on: datetime.date | None) -> Tables:
    """The tables of what is not yet assessed, frozen with the edition that the date lies in."""
    edition = edition_day(as_of)
    known = edition if known_on is None else min(edition, known_on)
    if count_publications_by(day=known) < EDITION_CARDS:
        return even_tables()
    return edition_tables(published_cards(as_of=edition, known_on=known))


def run_inputs(
    *,
    kind: RunKind,
    as_of: datetime.date,
    known_on: datetime.date | None,
    draws: int | None = None,
    lens: str = DEFAULT_LENS,
) -> Inputs:
    """What a run of that kind would be computed from; the lens counts for rankings alone."""
    past = as_of if as_of < today() else None
    if kind == RunKind.OUTLOOK:
        cards = published_cards(as_of=past, known_on=known_on)
        values = outlook_values(
            cards,
            today=as_of,
            horizon_year=HORIZON_YEAR,
            draws=draws or min(OUTLOOK_DRAWS, MOST_OUTLOOK_WORK // max(len(cards), 1)),
        )
        return Inputs(values=values, engine_version=OUTLOOK_ENGINE, seed=SEED)
    seen = known_lens(lens)
    cards = published_cards(as_of=past, known_on=known_on)
    values = ranking_values(
        cards,
        as_of=as_of,
        lens=lens_values(seen),
        draws=draws or RANKING_DRAWS,
        tables=edition_of(as_of=as_of, known_on=known_on),
        windows=lead_windows(cards, today=as_of) if seen.horizon else None,
    )
    return Inputs(values=values, engine_version=RANKING_ENGINE, seed=SEED, lens=lens)


def _runs(kind: RunKind, lens: str) -> QuerySet[Run]:
    """Those computed in their time; outlooks know no lens."""
    lens = lens if kind == RunKind.RANKING else ""
    return Run.objects.filter(kind=kind, lens=lens, known_on=None)


def newest_run(kind: RunKind, lens: str = DEFAULT_LENS) -> Run | None:
    # The inputs of a thousand technologies are long, and nobody asks for them here.
    return _runs(kind, lens).select_related("job").defer("job__inputs").first()


def newest_lens_runs() -> dict[str, Run]:
    """The newest ranking of each lens, by its key."""
    rankings = Run.objects.filter(kind=RunKind.RANKING, known_on=None).order_by()
    newest = rankings.values("lens").annotate(newest=Max("seq")).values("newest")
    runs = Run.objects.filter(seq__in=newest).select_related("job").defer("job__inputs")
    return {run.lens: run for run in runs}


@dataclass(frozen=True)
class LensRun:
    """The last finished ranking under a lens."""

    key: str
    name: str
    seq: int
    job_id: int
    inputs_digest: str


def finished_lens_runs() -> list[LensRun]:
    """Of each lens that rankings are computed under, those that ship first; a few short questions
    however many there are."""
    made = {row.key: row for row in lens_versions().values() if not row.is_retired}
    names = {key: lens.name for key, lens in SHIPPED.items()}
    names |= {key: lens_from(json.loads(row.definition)).name for key, row in made.items()}
    done = Run.objects.filter(kind=RunKind.RANKING, known_on=None, job__state=Job.State.DONE)
    newest = done.order_by().values("lens").annotate(newest=Max("seq")).values("newest")
    facts = ("lens", "seq", "job_id", "job__inputs_digest")
    runs = {row[0]: row for row in Run.objects.filter(seq__in=newest).values_list(*facts)}
    return [LensRun(key, names[key], *runs[key][1:]) for key in names if key in runs]


def latest_finished(kind: RunKind, lens: str = DEFAULT_LENS) -> Finished | None:
    """The last run whose job is done: what pages show while a newer one computes."""
    done = _runs(kind, lens).filter(job__state=Job.State.DONE)
    run = done.select_related("job__result").first()
    return finished(run) if run else None


def _finished_ends(kind: RunKind, lens: str) -> QuerySet[Run, tuple[int, datetime.datetime | None]]:
    done = _runs(kind, lens).filter(job__state=Job.State.DONE)
    return done.values_list("seq", "job__ended_at")[:1]


@cache
def _latest_finished(kind: RunKind, lens: str) -> Prepared:
    return Prepared(partial(_finished_ends, kind, lens))


def latest_finished_seq(
    kind: RunKind, lens: str = DEFAULT_LENS
) -> tuple[int, datetime.datetime | None]:
    """Which run that is and when its job ended, without reading its result; 0 before the first.

    For the keys of known lenses: the question is kept for each.
    """
    seq, ended_at = _latest_finished(kind, lens).first() or (0, None)
    return seq, ended_at


def finished(run: Run) -> Finished:
    result = run.job.result
    return Finished(run=run, headline=json.loads(result.headline), arrays=bytes(result.arrays))


@dataclass(frozen=True)
class DayRanking:
    """The last finished ranking that speaks of a day."""

    day: datetime.date
    seq: int
    lens: str
    engine: str
    job_id: int
    digest: str
    known_on: datetime.date | None
    """None for one computed in its time."""


def day_rankings(*, most: int) -> list[DayRanking]:
    """Of the last `most` days that have a ranking, oldest first: each as known on its own day, and
    before the first of those as the record said later about the end of a quarter."""
    done = Run.objects.filter(
        kind=RunKind.RANKING, lens=DEFAULT_LENS, job__state=Job.State.DONE
    ).order_by("seq")
    facts = ("as_of", "seq", "lens", "job__engine_version", "job_id", "job__result__digest")
    rows = [DayRanking(*row) for row in done.values_list(*facts, "known_on")]
    in_time = {row.day: row for row in rows if row.known_on is None}
    first = min(in_time, default=datetime.date.min)
    looked_back = {row.day: row for row in rows if row.known_on is not None and row.day < first}
    last = looked_back | in_time
    return [last[day] for day in sorted(last)[-most:]]


def results_so_far() -> tuple[int, datetime.datetime | None]:
    """How many computations of any kind have ended well, and when the last of them did."""
    done = Job.objects.filter(state=Job.State.DONE).order_by()
    found = done.aggregate(number=Count("pk"), newest=Max("ended_at"))
    return int(found["number"]), found["newest"]


def headlines_of(job_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The headlines of finished jobs, by job."""
    rows = JobResult.objects.filter(pk__in=job_ids).values_list("pk", "headline")
    return {job_id: json.loads(headline) for job_id, headline in rows}


def pairwise_of(job_ids: Collection[int]) -> Iterator[tuple[int, list[str], NDArray[Any] | None]]:
    """Job, ids and shares of draws in which one is ahead of another, one job after the other;
    None where not all pairs were compared."""
    rows = JobResult.objects.filter(pk__in=job_ids).values_list("pk", "arrays")
    for job_id, packed in rows.iterator(chunk_size=4):
        arrays = read_arrays(bytes(packed))
        yield job_id, [str(slug) for slug in arrays["ids"]], arrays.get("pairwise_winning")


def arrays_of(ranking: Finished) -> dict[str, NDArray[np.generic]]:
    """The indices that a ranking's headline leaves out, rows following `ids`."""
    return read_arrays(ranking.arrays)


def read_arrays(packed: bytes) -> dict[str, NDArray[np.generic]]:
    return smaa.read_arrays(packed)


def recheck_moves(headline: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Moves:
    """By id and dimension: by how many ranks a second look at that score moves it, as a root
    mean square over the levels that its draws take."""
    ids = [str(slug) for slug in arrays["ids"]]
    ranked = [row for row in headline["technologies"] if row["is_ranked"]]
    expected = {row["id"]: row["expected_rank"] for row in ranked}
    ranks = np.array([expected[slug] for slug in ids], dtype=np.float64)
    moves = smaa.recheck_moves(arrays["level_share"], arrays["rank_by_level"], ranks)
    names = headline["dimensions"]
    return {
        slug: dict(zip(names, row, strict=True))
        for slug, row in zip(ids, moves.tolist(), strict=True)
    }


def run_in_progress(kind: RunKind, lens: str = DEFAULT_LENS) -> Run | None:
    """The newest run, when it is still waited for."""
    run = newest_run(kind, lens)
    return run if run is not None and run.job.is_waited_for else None


def runs_moment() -> str:
    """Short text that changes whenever a run is opened or one of them moves on."""
    jobs = Job.objects.filter(whole=None).order_by("state")
    states = jobs.values_list("state").annotate(Count("pk"), Sum("token"))
    counted = "-".join(f"{state}{number}.{tokens}" for state, number, tokens in states)
    newest = Run.objects.values_list("seq", flat=True).first() or 0
    return f"{newest}-{counted}"
