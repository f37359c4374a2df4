"""Rankings under other lenses: opened after the default one, and no more than needed."""

import datetime
import json

import pytest

from publishing.selectors import moment, ranking_under, settled
from publishing.selectors import published as what_readers_see
from record.clock import today
from record.errors import DomainError
from scoring.engine.lenses import SHIPPED, lens_values
from scoring.models import Run, RunKind
from scoring.selectors import latest_finished, lens_keys, lens_of, run_inputs
from scoring.services import runs
from scoring.services.rankings import RankingQuestion, rank_now
from tests.assessments.factories import published, score
from tests.scoring.made import finish_all

pytestmark = pytest.mark.django_db
OTHERS = len(SHIPPED) - 1


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "QUIET", datetime.timedelta(0))
    monkeypatch.setattr(runs, "QUIET_FOR_LENSES", datetime.timedelta(0))


def lenses_ranked() -> list[str]:
    rankings = Run.objects.filter(kind=RunKind.RANKING).order_by("seq")
    return list(rankings.values_list("lens", flat=True))


def settle() -> None:
    for _ in range(2 * len(SHIPPED)):
        runs.open_due_runs()
        finish_all()


def test_while_the_record_moves_no_other_lens_is_computed() -> None:
    published()
    settle()
    assert lenses_ranked() == ["even-handed"]


@pytest.mark.usefixtures("quiet")
def test_the_other_lenses_follow_the_default_one_at_a_time() -> None:
    published()
    runs.open_due_runs()
    assert lenses_ranked() == ["even-handed"]
    finish_all()
    settle()
    assert lenses_ranked() == list(SHIPPED)
    settle()
    assert lenses_ranked() == list(SHIPPED)


@pytest.mark.usefixtures("quiet")
def test_the_next_publication_goes_before_the_other_lenses() -> None:
    published("first")
    finish_all()
    published("second")
    finish_all()
    settle()
    runs_of = Run.objects.filter(kind=RunKind.RANKING, lens="moonshot")
    inputs = json.loads(runs_of.order_by("-seq")[0].job.inputs)
    assert [row["id"] for row in inputs["technologies"]] == ["first", "second"]
    assert inputs["lens"] == lens_values(SHIPPED["moonshot"])


@pytest.mark.usefixtures("quiet")
def test_pages_of_the_default_lens_do_not_move_with_another() -> None:
    published()
    finish_all()
    runs.open_due_runs()
    finish_all()
    Run.objects.filter(kind=RunKind.RANKING).count()
    before = moment(), settled(), latest_finished(RunKind.RANKING)
    settle()
    after = moment(), settled(), latest_finished(RunKind.RANKING)
    assert lenses_ranked() == list(SHIPPED)
    assert before[:2] == after[:2]
    assert before[2] is not None
    assert after[2] is not None
    assert before[2].run == after[2].run


@pytest.mark.usefixtures("quiet")
def test_a_ranking_under_another_lens_is_read_like_the_default() -> None:
    published("first", viability=score("5"))
    published("second", viability=score("1"))
    assert ranking_under("adopter") is None
    settle()
    found = ranking_under("adopter")
    assert found is not None
    assert found.run.lens == "adopter"
    assert [row.slug for row in found.rows] == ["first", "second"]
    assert found.rows[0].coverage == "6/6"
    assert "timing" in found.rows[0].moves
    assert ranking_under("adopter") is found
    assert ranking_under("no-such-lens") is None
    assert ranking_under("even-handed") is what_readers_see().ranking


@pytest.mark.parametrize("key", list(SHIPPED))
def test_every_lens_can_be_asked_for_at_once(key: str) -> None:
    published("first", viability=score("5"))
    asked = RankingQuestion(as_of=today(), known_on=None, lens=key, draws=320)
    answer = rank_now(question=asked)
    assert answer["run"]["lens"] == key
    assert answer["technologies"][0]["expected_rank"] == 1


def test_a_lens_that_is_not_known_is_refused_with_those_there_are() -> None:
    asked = RankingQuestion(as_of=today(), known_on=None, lens="mine", draws=320)
    with pytest.raises(DomainError, match='There is no lens "mine"; there is even-handed'):
        rank_now(question=asked)
    assert lens_of("mine") is None
    assert lens_keys() == tuple(SHIPPED)


def test_only_a_horizon_makes_the_day_and_the_windows_part_of_the_inputs() -> None:
    published("first")
    asked = {"kind": RunKind.RANKING, "as_of": today(), "known_on": None}
    plain = run_inputs(**asked, lens="moonshot").values
    timed = run_inputs(**asked, lens="adopter").values
    assert set(timed) - set(plain) == {"today"}
    assert set(timed["technologies"][0]) - set(plain["technologies"][0]) == {"window"}


def test_inputs_tell_series_apart_and_hold_no_word_of_a_card() -> None:
    published("first", series="Survey of the coast")
    inputs = run_inputs(kind=RunKind.RANKING, as_of=today(), known_on=None).values
    assert "coast" not in json.dumps(inputs)
    assert len(inputs["technologies"][0]["cards"][0]["series"]) == 16
