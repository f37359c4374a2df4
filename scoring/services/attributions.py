"""Why two rankings differ: out of the ledger, computed at once when small, else by a worker."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jobs.kinds import JobOutput, Kind, Report, register_kind
from jobs.models import Job
from jobs.services import open_job
from record.canonical import canonical_json, digest
from record.errors import Conflict
from scoring.engine.attribution import CAUSES, Attribution, Side, attribute
from scoring.engine.correlation import rank_agreement
from scoring.engine.lenses import SHIPPED, lens_values
from scoring.engine.results import Floats
from scoring.engine.scores import DIMENSIONS
from scoring.inputs import RANKING_ENGINE, even_tables
from scoring.services.computations import rules_of, technology_of
from scoring.services.dated import AT_ONCE
from scoring.services.repeats import unheard

ATTRIBUTION = "attribution"
ATTRIBUTION_ENGINE = f"attribution/1 of {RANKING_ENGINE}"
MOST_WORK = 5_000_000
"""Technologies times draws: about five seconds of one processor."""
FEWEST_DRAWS = 1_024
DIGITS = 6


@dataclass(frozen=True)
class RankedFrom:
    """What a ranking was computed from, and by which engine; `expected` are its ranks by slug."""

    values: Mapping[str, Any]
    engine: str
    seed: int
    expected: Mapping[str, float]


def attribution_between(*, before: RankedFrom, after: RankedFrom) -> Mapping[str, Any] | None:
    """Every change of expected rank by cause; None once a worker was asked for it."""
    inputs = attribution_inputs(before, after)
    job = _job_of(inputs, after.seed)
    if job is not None and job.state == Job.State.DONE:
        found: Mapping[str, Any] = json.loads(job.result.headline)
        return found
    if _work(inputs) <= AT_ONCE:
        return compute_attribution(inputs, seed=after.seed, report=unheard).headline
    if job is not None and job.state == Job.State.PARKED:
        raise Conflict(
            f"Job {job.pk} failed five times over this comparison. An editor can open it again."
        )
    open_job(kind=ATTRIBUTION, inputs=inputs, engine_version=ATTRIBUTION_ENGINE, seed=after.seed)
    return None


def _job_of(inputs: dict[str, Any], seed: int) -> Job | None:
    same = Job.objects.filter(
        kind=ATTRIBUTION,
        inputs_digest=digest(canonical_json(inputs)),
        engine_version=ATTRIBUTION_ENGINE,
        seed=seed,
    )
    return same.select_related("result").defer("inputs", "result__arrays").first()


def _work(inputs: Mapping[str, Any]) -> int:
    most = max(len(inputs[side]["technologies"]) for side in ("before", "after"))
    return most * int(inputs["draws"])


def attribution_inputs(before: RankedFrom, after: RankedFrom) -> dict[str, Any]:
    """What the attribution follows from; the ranks of another engine are part of it."""
    sides = {"before": _ranking_part(before), "after": _ranking_part(after)}
    most = max(len(side["technologies"]) for side in sides.values())
    draws = min(before.values["draws"], after.values["draws"])
    return sides | {
        "computation": ATTRIBUTION,
        "draws": min(draws, max(MOST_WORK // max(most, 1), FEWEST_DRAWS)),
        "breaks": series_breaks(before.values, after.values),
        "stated": {
            name: dict(side.expected) if side.engine != RANKING_ENGINE else None
            for name, side in (("before", before), ("after", after))
        },
    }


def _ranking_part(ranked: RankedFrom) -> dict[str, Any]:
    """The inputs as the engine of now takes them; those of ranking/1 named their lens alone."""
    values = ranked.values
    lens = values["lens"]
    return {
        "lens": lens_values(SHIPPED[lens]) if isinstance(lens, str) else lens,
        "tables": values.get("tables") or even_tables(),
        "technologies": values["technologies"],
        "today": values.get("today"),
    }


def series_breaks(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Slugs whose lead card is of another series after than before."""
    series = _lead_series(before)
    return sorted(
        slug
        for slug, name in _lead_series(after).items()
        if slug in series and name != series[slug]
    )


def _lead_series(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        row["id"]: row["cards"][0]["series"]
        for row in values["technologies"]
        if row["cards"] and "series" in row["cards"][0]
    }


def compute_attribution(inputs: dict[str, Any], *, seed: int, report: Report) -> JobOutput:
    result = attribute(
        _side(inputs["before"]),
        _side(inputs["after"]),
        draws=inputs["draws"],
        seed=seed,
        breaks=inputs["breaks"],
    )
    report(1, 1)
    changes = changed_scores(inputs["before"], inputs["after"])
    return JobOutput(headline=_headline(result, inputs, changes, seed))


def changed_scores(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, list[dict[str, str]]]:
    """By slug, what the lead card says otherwise after than before, in the words of the card."""
    old, new = _lead_scores(before), _lead_scores(after)
    return {
        slug: found
        for slug in sorted(old.keys() & new.keys())
        if (found := list(_said_otherwise(old[slug], new[slug])))
    }


def _lead_scores(values: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row["cards"][0]["scores"] for row in values["technologies"] if row["cards"]}


def _said_otherwise(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for dimension in DIMENSIONS:
        levels = _level_words(old[dimension]), _level_words(new[dimension])
        certainties = old[dimension]["certainty"], new[dimension]["certainty"]
        if levels[0] != levels[1]:
            yield {"what": dimension, "before": levels[0], "after": levels[1]}
        elif certainties[0] != certainties[1]:
            before, after = (word or "not given" for word in certainties)
            yield {"what": f"certainty of {dimension}", "before": before, "after": after}


def _level_words(score: Mapping[str, Any]) -> str:
    stated = [level for level in (score["level"], score["level_to"]) if level]
    return "/".join(stated) or str(score["unscored_reason"])


def _side(part: Mapping[str, Any]) -> Side:
    return Side([technology_of(row) for row in part["technologies"]], rules_of(part))


def _headline(
    result: Attribution,
    inputs: Mapping[str, Any],
    changes: Mapping[str, list[dict[str, str]]],
    seed: int,
) -> dict[str, Any]:
    """What another engine said in place of this one is the method's."""
    stated = inputs["stated"]
    before = _as_stated(result, result.expected_before, stated["before"])
    after = _as_stated(result, result.expected_after, stated["after"])
    parts = result.expected_parts.copy()
    parts[:, CAUSES.index("method")] += (after - before) - (
        result.expected_after - result.expected_before
    )
    return {
        "draws": result.draws,
        "seed": seed,
        "causes": list(CAUSES),
        "added": list(result.added),
        "removed": list(result.removed),
        "agreement": _agreement(before, after),
        "technologies": [
            {
                "id": slug,
                "is_break": slug in inputs["breaks"],
                "own_changes": changes.get(slug, []),
                "expected_rank_before": _plain(before[i]),
                "expected_rank_after": _plain(after[i]),
                "rank_parts": _by_cause(parts[i]),
                "share_before": _plain(result.share_before[i]),
                "share_after": _plain(result.share_after[i]),
                "share_parts": _by_cause(result.share_parts[i]),
            }
            for i, slug in enumerate(result.ids)
        ],
    }


def _agreement(before: Floats, after: Floats) -> dict[str, float | None]:
    found = rank_agreement(before.tolist(), after.tolist())
    return {
        "tau_b": None if found.tau_b is None else _plain(found.tau_b),
        "spearman": None if found.spearman is None else _plain(found.spearman),
    }


def _as_stated(result: Attribution, counted: Floats, stated: Mapping[str, float] | None) -> Floats:
    known = stated or {}
    return np.array([known.get(slug, counted[i]) for i, slug in enumerate(result.ids)])


def _by_cause(parts: Floats) -> dict[str, float | None]:
    return {cause: _plain(part) for cause, part in zip(CAUSES, parts, strict=True)}


def _plain(value: float) -> float | None:
    # Adding nought makes of a negative nought a plain one.
    return round(float(value), DIGITS) + 0.0 if np.isfinite(value) else None


def register_attributions() -> None:
    register_kind(Kind(name=ATTRIBUTION, queue="compute", compute=compute_attribution))
