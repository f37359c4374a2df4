"""What is not yet assessed is drawn from tables that no publication of the year moves."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest

from record.clock import today
from scoring import selectors
from scoring.inputs import EDITION_CARDS, edition_day, edition_tables, even_tables
from scoring.models import RunKind
from scoring.selectors import edition_of, run_inputs
from scoring.services.rankings import RankingQuestion, rank_now
from tests.assessments.factories import JUDGED, published, score


@dataclass(frozen=True)
class Stated:
    card: dict[str, Any]
    slug: str = "a"
    role: str = "lead"
    as_of: datetime.date = field(default=datetime.date(2025, 6, 1))
    is_yardstick: bool = False


def stated(level: str | None, level_to: str | None = None, **facts: Any) -> Stated:
    scores = {name: {"level": level, "level_to": level_to} for name in JUDGED}
    return Stated({"scores": scores}, **facts)


def test_an_edition_ends_with_the_year_before() -> None:
    assert edition_day(datetime.date(2026, 11, 21)) == datetime.date(2025, 12, 31)
    assert edition_day(datetime.date(2026, 1, 1)) == datetime.date(2025, 12, 31)


def test_levels_are_counted_once_more_than_they_stand_there() -> None:
    cards = [stated("3")] * 20 + [stated("5+")] * 5 + [stated("1", "2")] * 10
    table = edition_tables(cards)["novelty"]
    assert table == pytest.approx([6 / 40, 6 / 40, 21 / 40, 1 / 40, 6 / 40])


def test_few_cards_leave_the_tables_even() -> None:
    few = [stated("3")] * (EDITION_CARDS - 1)
    others = [stated("3", role="second opinion"), stated("3", is_yardstick=True), stated(None)]
    assert edition_tables([*few, *others]) == even_tables()
    assert even_tables()["impact"] == [0.2] * 5


@pytest.mark.django_db
def test_publications_of_the_year_do_not_move_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.inputs.EDITION_CARDS", 2)
    monkeypatch.setattr(selectors, "EDITION_CARDS", 2)
    for number in range(3):
        published(f"technology-{number}", novelty=score("5"))
    assert edition_of(as_of=today(), known_on=None) == even_tables()
    next_year = datetime.date(today().year + 1, 1, 1)
    assert edition_of(as_of=next_year, known_on=None)["novelty"] == [0.125] * 4 + [0.5]
    assert edition_of(as_of=next_year, known_on=datetime.date(2020, 1, 1)) == even_tables()


@pytest.mark.django_db
def test_the_tables_stand_in_the_inputs() -> None:
    values = run_inputs(kind=RunKind.RANKING, as_of=today(), known_on=None).values
    assert values["tables"] == even_tables()


@pytest.mark.django_db
def test_adding_a_technology_moves_no_pair_with_an_unassessed_score() -> None:
    published("first", novelty=score(None, unscored_reason="not yet assessed"))
    published("second")
    question = RankingQuestion(today(), None, "even-handed", 640)
    before = [row["slug"] for row in rank_now(question=question)["technologies"]]
    tables = run_inputs(kind=RunKind.RANKING, as_of=today(), known_on=None).values["tables"]
    published("third", **{name: score("1") for name in JUDGED})
    after = [row["slug"] for row in rank_now(question=question)["technologies"]]
    assert [slug for slug in after if slug != "third"] == before
    assert run_inputs(kind=RunKind.RANKING, as_of=today(), known_on=None).values["tables"] == tables
