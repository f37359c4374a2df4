import datetime
import json

import pytest

from assessments.importing.cards_file import ImportedCard
from assessments.services.imports import CardImport, Hands
from record.clock import today
from scoring.models import Run, RunKind
from scoring.selectors import latest_finished
from scoring.services import runs as run_services
from scoring.services.rankings import RankingQuestion, finished_ranking, rank_now
from scoring.services.repeats import Verdict, repeat_run
from scoring.services.runs import Question, open_due_runs, open_run
from tests.assessments.factories import document, person, published, score
from tests.scoring.made import finish_all

pytestmark = pytest.mark.django_db


def rankings() -> list[Run]:
    return list(Run.objects.filter(kind=RunKind.RANKING).order_by("seq"))


def after_the_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_services, "QUIET", datetime.timedelta(0))
    open_due_runs()


def test_a_publication_opens_a_run_of_each_kind() -> None:
    published()
    assert {run.kind for run in Run.objects.all()} == {"ranking", "outlook"}


def test_a_burst_opens_at_most_two_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        published(f"technology-{number}")
        finish_all()
        open_due_runs()
    after_the_burst(monkeypatch)
    open_due_runs()
    assert len(rankings()) == 2
    assert len(json.loads(rankings()[-1].job.inputs)["technologies"]) == 6


def test_an_import_opens_one_run_of_all_its_cards() -> None:
    cards = [
        ImportedCard(document=document(f"technology-{n}", author=None), label=f"card {n}")
        for n in range(5)
    ]
    hands = Hands(author=person("anna"), approvers=(person("ben", "editor"),))
    report = CardImport(hands=hands).run(cards)
    assert len(report.published) == 5
    (run,) = rankings()
    assert len(json.loads(run.job.inputs)["technologies"]) == 5


def test_earlier_scores_show_the_earlier_result_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = published()
    finish_all()
    second = published(
        parent=first.revision.content_hash, viability=score("5"), reason="It is sold."
    )
    after_the_burst(monkeypatch)
    finish_all()
    published(parent=second.revision.content_hash, viability=score("3"), reason="It is not.")
    after_the_burst(monkeypatch)
    jobs = [run.job_id for run in rankings()]
    assert jobs[0] == jobs[2] != jobs[1]
    shown = latest_finished(RunKind.RANKING)
    assert shown is not None
    assert shown.run == rankings()[2]


def test_the_last_finished_run_stays_while_a_newer_one_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = published()
    finish_all()
    published(parent=first.revision.content_hash, viability=score("5"), reason="It is sold.")
    after_the_burst(monkeypatch)
    shown = latest_finished(RunKind.RANKING)
    assert shown is not None
    assert shown.run == rankings()[0]


def test_a_rerun_gives_the_same_bytes() -> None:
    published("first")
    finish_all()
    for run in Run.objects.all():
        assert repeat_run(run=run).verdict is Verdict.SAME


def test_a_rerun_tells_a_result_that_was_tampered_with() -> None:
    published("first")
    finish_all()
    run = rankings()[0]
    run.job.result.headline = run.job.result.headline.replace('"expected_rank":1', '"x":1')
    run.job.result.digest = "0" * 64
    assert repeat_run(run=run).verdict is Verdict.DIFFERS


def test_a_run_without_a_result_cannot_be_repeated() -> None:
    published("first")
    assert repeat_run(run=rankings()[0]).verdict is Verdict.NOT_REPEATABLE


def test_a_run_of_another_engine_cannot_be_repeated() -> None:
    published("first")
    finish_all()
    run = rankings()[0]
    run.job.engine_version = "ranking/0"
    assert "the old engine is needed" in repeat_run(run=run).sentence


def test_the_stored_ranking_equals_one_computed_now() -> None:
    published("first", viability=score("5"))
    published("second", viability=score("1"))
    question = Question(kind=RunKind.RANKING, as_of=today())
    open_run(question=question, reason="test")
    finish_all()
    shown = latest_finished(RunKind.RANKING)
    assert shown is not None
    now = rank_now(question=RankingQuestion(today(), None, "even-handed", shown.headline["draws"]))
    assert finished_ranking(finished=shown)["technologies"] == now["technologies"]
    assert now["technologies"][0]["slug"] == "first"


def test_the_ranking_of_an_empty_record_is_empty() -> None:
    question = RankingQuestion(today(), None, "even-handed", 1000)
    assert rank_now(question=question)["technologies"] == []


def test_as_of_ranks_what_the_record_said_then() -> None:
    published("early", as_of="2024-01-01")
    published("late", as_of="2026-01-01")
    question = RankingQuestion(datetime.date(2024, 6, 30), None, "even-handed", 1000)
    assert [row["slug"] for row in rank_now(question=question)["technologies"]] == ["early"]


def test_a_card_of_more_than_three_years_is_listed_and_not_ranked() -> None:
    published("old", as_of="2020-01-01")
    question = RankingQuestion(today(), None, "even-handed", 1000)
    (row,) = rank_now(question=question)["technologies"]
    assert not row["is_ranked"]
    assert row["not_ranked_because"]
