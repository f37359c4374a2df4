"""Why one technology stands ahead of another in a finished ranking, from its own inputs."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jobs.models import Job
from scoring.engine.contrasts import (
    CommonDraws,
    Contrast,
    contrasts,
    leading_dimensions,
    worth_parts,
)
from scoring.engine.lenses import Lens
from scoring.engine.scores import Technology
from scoring.inputs import RANKING_ENGINE
from scoring.models import RunKind
from scoring.selectors import RANKING_DRAWS
from scoring.services.computations import rules_of, technology_of


@dataclass(frozen=True, eq=False)
class RankedInputs:
    """What a finished ranking was computed from, by technology."""

    common: CommonDraws
    tables: Mapping[str, Sequence[float]]
    technologies: Mapping[str, Technology]


@dataclass(frozen=True)
class PairContrast:
    """One technology against another. `parts` add up to the mean difference of their worths;
    `decides` are shares of draws. `mostly` are the one or two dimensions that make up most of
    what speaks for the one in front, empty where it takes more."""

    other: str
    draws: int
    share_ahead: float
    difference: float
    parts: Mapping[str, float]
    parts_se: Mapping[str, float]
    decides: Mapping[str, float]
    mostly: tuple[str, ...]


def ranked_inputs(*, run_id: int) -> RankedInputs | None:
    """None for what is no finished ranking of this engine: its draws cannot be made again."""
    jobs = Job.objects.filter(runs__pk=run_id, runs__kind=RunKind.RANKING, state=Job.State.DONE)
    job = jobs.filter(engine_version=RANKING_ENGINE).first()
    if job is None:
        return None
    inputs = json.loads(job.inputs)
    rules = rules_of(inputs)
    found = [technology_of(row) for row in inputs["technologies"]]
    return RankedInputs(
        common=_common_draws(
            rules.lens, min(inputs["draws"], RANKING_DRAWS), job.seed, rules.today
        ),
        tables=rules.tables,
        technologies={technology.id: technology for technology in found},
    )


# The same for every run of a lens until the seed moves: two megabytes each.
@lru_cache(maxsize=4)
def _common_draws(lens: Lens, draws: int, seed: int, today: datetime.date | None) -> CommonDraws:
    return CommonDraws(lens, draws=draws, seed=seed, today=today)


def contrasts_of(
    *, inputs: RankedInputs, slug: str, others: Iterable[str]
) -> dict[str, PairContrast]:
    """The technology against each of the others, all of them ranked; by slug.

    Over the ranking's own draws, or over RANKING_DRAWS where it had more.
    """
    rivals = [inputs.technologies[other] for other in others]
    if not rivals:
        return {}
    found = contrasts(inputs.technologies[slug], rivals, inputs.common, inputs.tables)
    return {row.other: _plain(row) for row in found}


def mostly_by(*, inputs: RankedInputs) -> Callable[[str, str], tuple[str, ...]]:
    """For all pairs at once: the dimensions by which the first is mostly ahead of the second."""
    dimensions = inputs.common.view.lens.dimensions
    rows = worth_parts(list(inputs.technologies.values()), inputs.common, inputs.tables)

    def mostly(first: str, second: str) -> tuple[str, ...]:
        return leading_dimensions(rows[first] - rows[second], dimensions)

    return mostly


def _plain(row: Contrast) -> PairContrast:
    return PairContrast(
        other=row.other,
        draws=row.draws,
        share_ahead=row.share_ahead,
        difference=row.difference,
        parts=_by_dimension(row, row.parts.tolist()),
        parts_se=_by_dimension(row, row.parts_se.tolist()),
        decides=_by_dimension(row, row.decides.tolist()),
        mostly=leading_dimensions(
            row.parts if row.share_ahead >= 0.5 else -row.parts, row.dimensions
        ),
    )


def _by_dimension(row: Contrast, values: Sequence[float]) -> dict[str, float]:
    return dict(zip(row.dimensions, values, strict=True))
