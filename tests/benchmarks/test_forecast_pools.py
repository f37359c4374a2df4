"""The protocol of the pools: the latest forecast of each person, and nothing of later questions."""

import dataclasses
from pathlib import Path

import numpy as np
from numpy.testing import assert_array_equal

from benchmarks.forecast_pools import BASELINE, SHIPPED, TOWARDS_NO, Question, answers, questions


def made(number: int) -> list[Question]:
    rng = np.random.default_rng(9)
    return [
        Question(
            k,
            400.0,
            bool(rng.uniform() < 0.3),
            tuple((f"u{who}", *rng.uniform([0.05, 0.0], [0.95, 400.0])) for who in range(5)),
        )
        for k in range(number)
    ]


def test_the_latest_forecast_of_each_person_stands(tmp_path: Path) -> None:
    file = tmp_path / "pools.csv"
    file.write_text(
        "question_id,user,probability,day_since_open,question_life_days,outcome\n"
        "9,a,0.2,5,400,1\n3,b,0.4,7,500,0\n9,a,0.6,50,400,1\n9,a,0.5,20,400,1\n9,c,0.1,0,400,1\n"
    )
    first, second = questions(file)
    assert (first.number, first.life, first.happened) == (3, 500.0, False)
    assert second.said == (("a", 0.6, 50.0), ("c", 0.1, 0.0))


def test_no_answer_knows_its_own_or_a_later_outcome() -> None:
    asked = made(60)
    turned = asked[:40] + [
        dataclasses.replace(question, happened=not question.happened) for question in asked[40:]
    ]
    ours, theirs = answers(asked, 20), answers(turned, 20)
    for name in (SHIPPED, TOWARDS_NO, BASELINE):
        assert_array_equal(ours[name][:21], theirs[name][:21])
    assert np.any(ours[SHIPPED][21:] != theirs[SHIPPED][21:])
