import datetime
import json
from typing import Any

import pytest

from jobs.models import Job
from jobs.services import execute_job
from record.errors import Conflict
from scoring.models import RunKind
from scoring.selectors import SEED, run_inputs
from scoring.services import attributions
from scoring.services.attributions import (
    ATTRIBUTION,
    RankedFrom,
    attribution_between,
    attribution_inputs,
    changed_scores,
    series_breaks,
)
from scoring.services.computations import compute_ranking
from scoring.services.repeats import unheard
from tests.assessments.factories import published, score

pytestmark = pytest.mark.django_db

DRAWS = 320


def now(engine: str = "ranking/2") -> RankedFrom:
    """The ranking of the record as it stands, with few draws."""
    inputs = run_inputs(
        kind=RunKind.RANKING, as_of=datetime.date(2026, 11, 21), known_on=None, draws=DRAWS
    )
    output = compute_ranking(inputs.values, seed=SEED, report=unheard)
    expected = {
        row["id"]: row["expected_rank"]
        for row in output.headline["technologies"]
        if row["is_ranked"]
    }
    return RankedFrom(inputs.values, engine, SEED, expected)


def revised(first: Any, **changes: Any) -> None:
    published(
        first.technology.slug, parent=first.revision.content_hash, reason="It moved.", **changes
    )


def row_of(headline: Any, slug: str) -> dict[str, Any]:
    return next(dict(row) for row in headline["technologies"] if row["id"] == slug)


def test_a_revised_score_is_named_and_given_its_part() -> None:
    first = published("fusion", viability=score("2"))
    published("lidar")
    before = now()
    revised(first, viability=score("4"))
    published("blimps", impact=score("1"))
    found = attribution_between(before=before, after=now())
    assert found is not None
    fusion, lidar = row_of(found, "fusion"), row_of(found, "lidar")
    assert fusion["own_changes"] == [{"what": "viability", "before": "2", "after": "4"}]
    assert fusion["rank_parts"]["own"] < -0.2
    assert lidar["own_changes"] == []
    assert lidar["rank_parts"]["own"] == 0
    assert lidar["rank_parts"]["others"] > 0.2
    assert (found["added"], found["removed"]) == (["blimps"], [])
    assert found["technologies"][0]["share_parts"]["entries"] == 0


def test_the_ends_are_the_two_rankings_and_the_parts_add_up() -> None:
    first = published("fusion", viability=score("2"))
    published("lidar")
    before = now()
    revised(first, viability=score("4"), impact=score("5+"))
    after = now()
    found = attribution_between(before=before, after=after)
    assert found is not None
    for row in found["technologies"]:
        assert row["expected_rank_before"] == pytest.approx(before.expected[row["id"]], abs=1e-4)
        assert row["expected_rank_after"] == pytest.approx(after.expected[row["id"]], abs=1e-4)
        change = row["expected_rank_after"] - row["expected_rank_before"]
        assert sum(row["rank_parts"].values()) == pytest.approx(change, abs=1e-5)


def test_a_card_of_another_series_is_a_break_and_no_own_change() -> None:
    first = published("fusion", viability=score("2"))
    published("lidar")
    before = now()
    revised(first, viability=score("4"), series="newsletter", origin="imported")
    found = attribution_between(before=before, after=now())
    assert found is not None
    fusion = row_of(found, "fusion")
    assert fusion["is_break"]
    assert fusion["rank_parts"]["own"] == 0
    assert fusion["rank_parts"]["series"] < -0.2
    assert row_of(found, "lidar")["rank_parts"]["series"] > 0.2


def test_what_another_engine_said_is_the_method_s() -> None:
    published("fusion", viability=score("4"))
    published("lidar")
    after = now()
    old = {**after.values, "lens": "even-handed"}
    del old["tables"]
    before = RankedFrom(old, "ranking/1", SEED, {"fusion": 1.9, "lidar": 1.1})
    found = attribution_between(before=before, after=after)
    assert found is not None
    row = row_of(found, "fusion")
    assert row["expected_rank_before"] == 1.9
    change = after.expected["fusion"] - 1.9
    assert row["rank_parts"]["method"] == pytest.approx(change, abs=1e-4)
    assert sum(abs(part) for part in row["rank_parts"].values()) == pytest.approx(abs(change), 1e-3)


def test_a_large_comparison_is_left_to_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    published("fusion")
    published("lidar")
    before = after = now()
    monkeypatch.setattr(attributions, "AT_ONCE", 0)
    assert attribution_between(before=before, after=after) is None
    job = Job.objects.get(kind=ATTRIBUTION)
    execute_job(job_id=job.pk)
    found = attribution_between(before=before, after=after)
    assert found is not None
    assert found == json.loads(Job.objects.get(pk=job.pk).result.headline)
    Job.objects.filter(pk=job.pk).update(state="parked", error="x")
    with pytest.raises(Conflict, match="failed five times"):
        attribution_between(before=before, after=after)


def test_long_lists_are_compared_on_fewer_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    published("fusion")
    published("lidar")
    one = now()
    monkeypatch.setattr(attributions, "FEWEST_DRAWS", 64)
    monkeypatch.setattr(attributions, "MOST_WORK", 200)
    assert attribution_inputs(one, one)["draws"] == 100
    monkeypatch.setattr(attributions, "MOST_WORK", 2)
    assert attribution_inputs(one, one)["draws"] == 64


def side(**scores: dict[str, Any]) -> dict[str, Any]:
    every = {name: score() for name in ("viability", "drivers", "novelty", "diffusion", "impact")}
    return {"technologies": [{"id": "a", "cards": [{"scores": every | scores, "series": "house"}]}]}


def test_changes_are_told_in_the_words_of_the_card() -> None:
    after = side(
        viability=score("3", level_to="4"),
        novelty=score(None),
        impact=score("3", certainty="low"),
    )
    assert changed_scores(side(), after)["a"] == [
        {"what": "viability", "before": "3", "after": "3/4"},
        {"what": "novelty", "before": "3", "after": "not yet assessed"},
        {"what": "certainty of impact", "before": "medium", "after": "low"},
    ]
    assert changed_scores(side(), side()) == {}


def test_inputs_that_name_no_series_break_nothing() -> None:
    old, new = side(), side()
    del old["technologies"][0]["cards"][0]["series"]
    assert series_breaks(old, new) == []
    new["technologies"][0]["cards"][0]["series"] = "newsletter"
    assert series_breaks(side(), new) == ["a"]
