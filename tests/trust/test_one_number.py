"""Every level, every rank and every chance is the same number on every face of the record."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jobs.models import Job
from jobs.services import execute_job
from publishing.export.build import export_map
from publishing.pages.published import Published
from publishing.predicted import read_predicted
from publishing.selectors import published
from publishing.wording import share_of_draws
from scoring.models import RunKind
from scoring.services import runs
from tests.assessments import factories, predicted
from tests.assessments.factories import score
from tests.databases import OpenDatabase
from tests.scoring.test_predictions import finished
from tests.scoring.test_predictions import prediction as headline
from tests.trust import faces
from tests.trust.faces import Said

CARDS = {
    "plain": {"viability": score("4"), "impact": score("2")},
    "beyond-markets": {"impact": score("5+"), "novelty": score("5")},
    "between": {"impact": score("5", level_to="5+"), "drivers": score("3", level_to="4")},
    "not-all-known": {"novelty": score(None), "diffusion": score("1")},
    "hardly-known": {
        "viability": score(None),
        "drivers": score(None),
        "novelty": score(None),
        "diffusion": score(None),
        "impact": score("1"),
    },
}

CHANCES = (0.2375, 0.99, None)
EVENTS = ("A first one is sold", "A second one is sold", "A third one is sold")


@dataclass(frozen=True)
class House:
    """The record, and its public map on the disk."""

    record: Published
    folder: Path

    def file(self, path: str) -> str:
        return faces.read(self.folder / path)

    def answer(self, address: str) -> str:
        response = Client().get(address)
        assert response.status_code == 200, address
        return b"".join(response).decode()


@pytest.fixture(scope="module")
def house(open_database: OpenDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("one-number") / "map"
    with open_database("one-number"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "QUIET", timedelta(0))
        for slug, scores in CARDS.items():
            factories.published(slug, **scores)
        for _ in range(2):
            for job in Job.objects.filter(state=Job.State.QUEUED):
                execute_job(job_id=job.pk)
            runs.open_due_runs()
        for p, event in zip(CHANCES, EVENTS, strict=True):
            key = predicted.published(predicted.spec_json(event=event), slug="plain").key
            finished(RunKind.PREDICTION, key, headline(p) | {"prediction": key})
        export_map(folder, publisher="The house", base_url="")
        yield House(published(), folder)


@pytest.fixture(scope="module")
def truth(house: House) -> Said:
    """What the publications and the run hold."""
    said = Said()
    for card in house.record.leads:
        name, scores = card.technology["name"], card.card["scores"]
        said.levels[name] = {
            key: "/".join(filter(None, (scores[key]["level"], scores[key]["level_to"])))
            for key in faces.DIMENSIONS
        }
    assert house.record.ranking
    for row in house.record.ranking.rows:
        said.ranks[row.name] = (
            (f"{row.expected_rank:.1f}", row.rank_low, row.rank_high) if row.is_ranked else None
        )
    return said


def test_the_record_holds_what_is_hard_to_print(truth: Said) -> None:
    assert {"5+", "5/5+", "3/4", ""} <= {v for row in truth.levels.values() for v in row.values()}
    assert None in truth.ranks.values()


@pytest.mark.parametrize(
    ("address", "reader"),
    [
        ("/api/v1/technologies.csv", faces.of_table),
        ("/api/v1/technologies.jsonl", faces.of_lines),
        ("/api/v1/technologies/", lambda text: faces.of_records(json.loads(text)["results"])),
    ],
)
def test_lists_of_the_api(house: House, truth: Said, address: str, reader: faces.Reader) -> None:
    assert reader(house.answer(address)) == truth


def test_a_technology_and_the_ranking_of_the_api(house: House, truth: Said) -> None:
    for slug in CARDS:
        record = json.loads(house.answer(f"/api/v1/technologies/{slug}/"))
        said = faces.of_records([record])
        assert said.levels[record["name"]] == truth.levels[record["name"]]
        assert said.ranks[record["name"]] == truth.ranks[record["name"]]
    ranking = json.loads(house.answer("/api/v1/rankings/latest/"))
    assert faces.of_ranking(ranking["technologies"]).ranks == truth.ranks


def test_the_files_of_the_export(house: House, truth: Said) -> None:
    assert faces.of_table(house.file("data/technologies.csv")) == truth
    document = json.loads(house.file("data/technologies.json"))
    assert faces.of_records(document["technologies"]) == truth
    ranking = json.loads(house.file("data/ranking.json"))
    assert faces.of_ranking(ranking["technologies"]).ranks == truth.ranks
    rows = csv.DictReader(house.file("data/ranking.csv").splitlines())
    assert faces.of_ranking(rows).ranks == truth.ranks


@pytest.mark.parametrize("face", ["site", "export"])
def test_pages(house: House, truth: Said, face: str) -> None:
    for slug in CARDS:
        name = house.record.lead(slug).technology["name"]  # type: ignore[union-attr]
        said = faces.of_technology_page(name, page(house, face, f"technologies/{slug}/"))
        assert said.levels[name] == truth.levels[name]
    impacts = {name: row["impact"] for name, row in truth.levels.items()}
    ranks = {name: rank for name, rank in truth.ranks.items() if rank}
    front, ranking = page(house, face, ""), page(house, face, "ranking/")
    for said in (faces.of_map_page(front), faces.marks_of(front)):
        assert {name: row["impact"] for name, row in said.levels.items()} == impacts
    assert faces.of_ranking_page(ranking).ranks == ranks
    assert faces.drawings_of(ranking).ranks == ranks


def page(house: House, face: str, path: str) -> str:
    if face == "site":
        return house.answer(f"/{path}")
    return house.file(path.replace("technologies/", "t/") + "index.html")


def test_what_search_engines_read(house: House, truth: Said) -> None:
    for slug in CARDS:
        said = faces.of_json_ld(house.file(f"t/{slug}/index.html"))
        ((name, levels),) = said.levels.items()
        assert levels == truth.levels[name]
        assert said.ranks[name] == truth.ranks[name]


@pytest.fixture(scope="module")
def chances(house: House) -> dict[str, float | None]:
    """By key, what the runs hold."""
    found = read_predicted(house.record.today)
    pools = {one.record.key: one.result and one.result.pool for one in found}
    return {key: pool.p if pool else None for key, pool in pools.items()}


def pooled(rows: Iterable[Mapping[str, Any]]) -> dict[str, float | None]:
    return {
        row["id"]: float(row["p_pooled"]) if row["p_pooled"] not in {None, ""} else None
        for row in rows
    }


def test_the_pooled_chance_in_the_api_and_in_the_files(
    house: House, chances: dict[str, float | None]
) -> None:
    assert sorted(chances.values(), key=str) == sorted(CHANCES, key=str)
    listed = json.loads(house.answer("/api/v1/predictions/"))["results"]
    assert pooled(listed) == chances
    assert pooled(csv.DictReader(house.answer("/api/v1/predictions.csv").splitlines())) == chances
    whole = [json.loads(house.answer(f"/api/v1/predictions/{key}/")) for key in chances]
    assert pooled(whole) == chances
    assert pooled(csv.DictReader(house.file("data/predictions.csv").splitlines())) == chances
    assert pooled(json.loads(house.file("data/predictions.json"))["predictions"]) == chances


@pytest.mark.parametrize("face", ["site", "export"])
def test_the_pooled_chance_on_pages(
    house: House, chances: dict[str, float | None], face: str
) -> None:
    """As pages print chances, in whole hundredths."""
    printed = {key: None if p is None else share_of_draws(p) for key, p in chances.items()}
    assert None in printed.values()
    own = {
        key: faces.of_prediction_page(page(house, face, f"predictions/{key}/")) for key in chances
    }
    assert own == printed
    assert faces.of_prediction_list(page(house, face, "predictions/")) == printed
