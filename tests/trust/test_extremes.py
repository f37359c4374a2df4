"""Cards at the edge of what is taken are computed, printed, exported and read back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assessments.models import Revision
from assessments.values import limits
from assessments.values.card import parse_card, to_json
from jobs.models import Job
from jobs.services import execute_job
from scoring.models import Run
from tests.assessments.card_files import exported, publish, write
from tests.assessments.factories import JUDGED, card_json, score
from tests.databases import OpenDatabase
from tests.trust.conftest import visitor
from tests.trust.crawl import addresses

NAMES = (
    "1e400",
    "NaN",
    "-0",
    "２０３０",
    "٢٠٣٠",
    "שלום עולם",
    "👩‍👩‍👧‍👦",
    "e\u0301" * 60,
    "%00%s{}",
    "x" * 120,
)
UNSCORED = {"from": None, "to": None, "certainty": None, "unscored_reason": "not applicable"}


def window(first: int | None, last: int | None, certainty: str = "high") -> dict[str, Any]:
    years = {"from": first, "to": last, "certainty": certainty, "unscored_reason": None}
    return {"rationale": "Said so."} | (years if first else UNSCORED)


def named(number: int) -> dict[str, Any]:
    """A technology whose every fact is odd, and whose card gives the same name everywhere."""
    name = NAMES[number]
    slug = f"odd-{number}"
    card = card_json(slug, summary=name, text=name, tripwires=[name], reason=name)
    card["technology"] |= {"name": name, "aliases": [f"{name[:100]} 2"], "domains": [name[:80]]}
    return card


def long() -> dict[str, Any]:
    rows = range(limits.ITEMS)
    return card_json(
        "a" * limits.SLUG,
        text="ab " * (limits.TEXT // 3),
        summary="x" * limits.SUMMARY,
        reason="y" * limits.REASON,
        tripwires=[f"{row} {'t' * (limits.NOTE - 4)}" for row in rows],
        companies=[{"name": f"Firm {row}", "note": "", "disclosure": None} for row in rows],
        sources=[{"title": f"Source {row}", "url": None, "accessed_on": None} for row in rows],
    )


def scenarios(*shares: float) -> list[dict[str, Any]]:
    return [
        {"name": f"{place}", "text": "", "impact_level": "5/5+", "probability": share}
        for place, share in enumerate(shares)
    ]


def cards() -> list[dict[str, Any]]:
    nothing = {dimension: score(None) for dimension in JUDGED}
    low = {dimension: score("1", certainty="low") for dimension in JUDGED}
    high = {dimension: score("5", certainty="high") for dimension in JUDGED}
    span = {dimension: score("4", level_to="5", certainty=None) for dimension in JUDGED}
    return [
        *(named(number) for number in range(len(NAMES))),
        long(),
        card_json("unscored", **nothing, timing=window(None, None)),
        card_json("lowest", **low, timing=window(1900, 1900), p_never=1),
        card_json("highest", **high, timing=window(2200, None), p_never=0),
        card_json("spans", **span, timing=window(1900, 2200, "low"), p_never=1e-300),
        card_json("shares", scenarios=scenarios(1e-300, 1 - 1e-12), timing=window(2030, 2030)),
        card_json("oldest", as_of="1900-01-01", timing=window(2026, 2026, "medium")),
    ]


@pytest.fixture(scope="module")
def imported(
    open_database: OpenDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, str, Path]]:
    with open_database("extremes"):
        path = write(tmp_path_factory.mktemp("files") / "cards.json", *cards())
        code, _, err = publish(path)
        for job in Job.objects.filter(state="queued"):
            execute_job(job_id=job.pk)
        yield code, err, path


def test_every_card_at_the_edge_is_taken(imported: tuple[int, str, Path]) -> None:
    code, err, _ = imported
    assert "left out" not in err
    assert code == 0, err
    assert Revision.objects.count() == len(cards())


@pytest.mark.usefixtures("imported")
def test_every_run_on_them_is_done() -> None:
    assert [job.error for job in Job.objects.exclude(error="")] == []
    assert {run.job.state for run in Run.objects.select_related("job")} == {"done"}
    for run in Run.objects.select_related("job__result"):
        json.loads(run.job.result.headline, parse_constant=pytest.fail)


@pytest.mark.parametrize("username", ["", "anna"])
@pytest.mark.usefixtures("imported")
def test_every_page_on_them_answers(username: str) -> None:
    client = visitor(username)
    failed = [address for address in addresses() if client.get(address).status_code == 500]
    assert failed == []


@pytest.mark.usefixtures("imported")
def test_they_come_back_as_they_went_in() -> None:
    sent = {card["technology"]["slug"]: to_json(parse_card(card)) for card in cards()}
    back = {card["technology"]["slug"]: card for card in json.loads(exported())["cards"]}
    different = [slug for slug in sent if back.get(slug) != sent[slug]]
    assert different == []
