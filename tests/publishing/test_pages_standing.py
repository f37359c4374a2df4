"""What a technology's page says of its rank beyond the rank itself."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import execute_job
from publishing.explanations import Explained, neighbours
from publishing.lens_standings import LensStanding
from publishing.pages.technology.changing import changing
from publishing.pages.technology.drivers import drivers, more_facts
from publishing.pages.technology.lenses import under_lenses
from publishing.pages.technology.standing import standing
from publishing.rank_details import LevelRank, RankDetail, details_of
from publishing.results import Indices
from record.clock import today
from scoring.models import RunKind
from scoring.sensitivities import ScoreFlip, Steadiness
from scoring.services.runs import Question, open_run
from tests.assessments import factories
from tests.publishing.made import card, published, ranked, ranking, score

LEVELS = {
    "impact": (LevelRank("3", 0.2, 9.5), LevelRank("4", 0.6, 5.0), LevelRank("5", 0.2, 2.5)),
    "novelty": (LevelRank("3", 1.0, 5.1),),
}
DETAIL = RankDetail(
    lift={"impact": 2.1, "novelty": -1.25},
    lift_se={"impact": 0.02, "novelty": 0.02},
    levels=LEVELS,
)
MORE = Indices(
    p_first=0.12,
    support=1200.0,
    central_weights={"impact": 0.6, "novelty": 0.4},
    entropy=0.71,
    expected_rank_se=0.012,
    p_top_10_se=0.0004,
)


def detailed(detail: RankDetail | None = DETAIL) -> Any:
    return replace(ranking(ranked("fusion", 1, 4.2)), detail_of=lambda slug: detail)


def test_drivers_are_said_in_ranks() -> None:
    here = detailed()
    found = drivers(here.ranked[0], here)
    assert found is not None
    assert found.sentence == (
        "Most hangs on its own level in impact: where a draw takes 5 its expected rank is 2.5,"
        " where it takes 3 it is 9.5. Where impact weighs much and not little it stands 2.1 ranks"
        " better; where novelty does, 1.2 worse."
    )
    assert [(row.span, row.lift) for row in found.rows] == [("7.0", "+2.1"), ("–", "−1.2")]
    assert found.table.rows[0] == ("impact", 2.1, 0.02, "3", 20.0, 9.5)
    assert len(found.table.rows) == 4


@pytest.mark.parametrize("detail", [None, replace(DETAIL, levels={})])
def test_what_a_ranking_does_not_keep_is_not_said(detail: RankDetail | None) -> None:
    here = detailed(detail)
    assert drivers(here.ranked[0], here) is None


def test_small_moves_are_not_named() -> None:
    flat = {"impact": (LevelRank("3", 0.5, 4.1), LevelRank("4", 0.5, 4.0))}
    here = detailed(replace(DETAIL, lift={"impact": 0.1}, levels=flat))
    found = drivers(here.ranked[0], here)
    assert found is not None
    assert found.sentence == "No single one of its own levels moves it much."


def test_more_says_what_the_receipt_knows() -> None:
    facts = dict(more_facts(MORE))
    assert facts["Mean weights where it is first"] == "impact 60, novelty 40 %, 1,200 draws"
    assert facts["Monte-Carlo error of the expected rank"] == "0.012 ranks"
    few = dict(more_facts(replace(MORE, central_weights=None, support=7.0)))
    assert more_facts(Indices()) == ()
    assert few["Mean weights where it is first"] == "not said of 7 draws alone"


def test_details_are_those_of_the_stored_arrays() -> None:
    shares = np.zeros((1, 5, 6))
    shares[0, 4, 2:4] = [0.985, 0.015]
    headline = {
        "dimensions": ["viability", "drivers", "novelty", "diffusion", "impact"],
        "technologies": [
            {"id": "fusion", "is_ranked": True, "lift": {"impact": None}, "lift_se": {}}
        ],
    }
    arrays = {"ids": np.array(["fusion"]), "level_share": shares, "rank_by_level": shares * 0 + 3}
    found = details_of(headline, arrays)("fusion")
    assert found is not None
    assert found.levels["impact"] == (LevelRank("3", 0.985, 3.0),)
    assert found.lift == {}
    assert details_of(headline, arrays)("lidar") is None


def lens(key: str, rank: float, **changes: Any) -> LensStanding:
    facts = {"run_id": 1, "expected_rank": rank, "rank_low": 1, "rank_high": 9, "band": 2}
    return LensStanding(key, key.capitalize(), **(facts | changes))


def test_lenses_are_named_from_best_to_worst() -> None:
    found = under_lenses([lens("even-handed", 4.2), lens("moonshot", 2.9), lens("adopter", 12.0)])
    assert found is not None
    assert found.sentence == (
        "Its expected rank is 2.9 under the lens Moonshot and 12.0 under Adopter;"
        " the others lie between."
    )
    assert [(row.url, row.is_default) for row in found.rows][:2] == [
        ("/ranking/", True),
        ("/ranking/?lens=moonshot", False),
    ]


def test_under_one_lens_there_is_nothing_to_hold_against_another() -> None:
    unranked = lens("moonshot", 0.0, because="impact is not scored")
    assert under_lenses([lens("even-handed", 4.2), unranked]) is None
    found = under_lenses([lens("even-handed", 4.2), lens("adopter", 4.2), unranked])
    assert found is not None
    assert found.sentence == "Its expected rank is 4.2 under every lens."
    assert found.rows[2].because == "impact is not scored"


def flip(**changes: Any) -> ScoreFlip:
    facts = {"ahead": "fusion", "behind": "lidar", "slug": "lidar", "dimension": "impact"}
    facts |= {"level": "3", "level_then": "4", "steps": 1, "share_ahead": 0.62}
    return ScoreFlip(**(facts | {"share_ahead_then": 0.45, "expected_rank_then": 3.9} | changes))


@pytest.mark.parametrize(
    ("slug", "of", "said"),
    [
        (
            "lidar",
            "lidar",
            (
                "With its impact at 4 and not 3 it would pass Fusion, to an expected rank of 3.9;"
                " behind it in 45 of 100 draws instead of 62."
            ),
        ),
        (
            "fusion",
            "lidar",
            (
                "With impact at 4 and not 3, Lidar would pass it, to an expected rank of 3.9;"
                " behind it in 45 of 100 draws instead of 62."
            ),
        ),
        (
            "fusion",
            "fusion",
            (
                "With its impact at 4 and not 3 it would fall behind Lidar, to an expected rank of"
                " 3.9; ahead of it in 45 of 100 draws instead of 62."
            ),
        ),
        (
            "lidar",
            "fusion",
            (
                "With impact at 4 and not 3, Fusion would fall behind it, to an expected rank of"
                " 3.9; ahead of it in 45 of 100 draws instead of 62."
            ),
        ),
    ],
)
def test_a_flip_is_said_from_the_side_of_the_page(slug: str, of: str, said: str) -> None:
    here = ranking(ranked("fusion", 1, 3.0), ranked("lidar", 1, 4.0))
    found = changing(
        slug, here, Steadiness(4.0, 3.6, 4.4, {"levels ordinal": 4.4}, (flip(slug=of),))
    )
    assert found is not None
    assert found.flips == (said,)
    assert found.sentence == "Under other constants its expected rank lies between 3.6 and 4.4."
    assert found.under == (("levels ordinal", "4.4"),)


def test_a_neighbour_that_was_withdrawn_is_not_named() -> None:
    here = ranking(ranked("lidar", 1, 4.0))
    found = changing("lidar", here, Steadiness(4.0, 4.0, 4.0, {}, (flip(),)))
    assert found is not None
    assert found.flips == ()
    assert found.sentence == "Under other constants its expected rank stays at 4.0."
    assert changing("lidar", here, None) is None


def test_neighbours_stay_within_the_ranking() -> None:
    rows = [ranked(f"t{n}", 1, n + 1.0) for n in range(8)]
    here = ranking(*rows)
    assert [row.slug for row in neighbours(here, "t0")] == ["t0", "t1", "t2", "t3"]
    assert [row.slug for row in neighbours(here, "t4")] == ["t3", "t4", "t5", "t6"]
    assert [row.slug for row in neighbours(here, "t7")] == ["t4", "t5", "t6", "t7"]


def test_the_standing_says_rank_interval_band_and_tops() -> None:
    here = published(card("fusion"), ranking=detailed())
    found = standing(here.leads[0], here, Explained())
    assert found is not None
    assert "".join(found.sentence).startswith(
        "In band 1 of 1; expected rank 4.2, in 90 of 100 draws between 1 and 2;"
        " in the top three in 90 and in the top ten in >99 of 100 draws."
    )


@pytest.mark.django_db
def test_the_page_and_its_file_say_what_drives_a_rank(client: Client) -> None:
    factories.published("fusion", diffusion=score("5"))
    factories.published("lidar", impact=score("2"))
    for key in ("even-handed", "moonshot"):
        open_run(question=Question(RunKind.RANKING, as_of=today(), lens=key), reason="test")
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    text = client.get("/technologies/fusion/").content.decode()
    assert "What drives it, in ranks" in text
    assert "Under other lenses" in text
    rows = client.get("/technologies/fusion/drivers.csv").content.decode().splitlines()
    assert rows[0].startswith("Dimension,Ranks gained where it weighs much")
    assert any(row.startswith("diffusion,") and ",5," in row for row in rows)
    assert client.get("/technologies/nowhere/drivers.csv").status_code == 404
