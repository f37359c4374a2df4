"""What one link does, on the same draws with it cut, delayed or given."""

import datetime

import numpy as np
import pytest

from scoring.engine.openings import Link
from scoring.engine.outlook_draws import Question, draw
from scoring.engine.outlook_network import Assumptions, without
from scoring.engine.outlook_walk import steps_for
from scoring.engine.outlook_what_if import LinkEffect, headline, link_effects
from scoring.engine.scores import Window

TODAY = datetime.date(2026, 7, 2)
QUESTION = Question(TODAY, 2045, 4000, 1, Assumptions(strength=1.0))
LLM = Window("llm", 2026, 2030, "high", p_never=0.03)
PHOTONIC = Window("photonic", 2028, 2034, "medium", p_never=0.1)
FUSION = Window("fusion", 2034, 2040, "medium", p_never=0.2)
KNOWN = Window("known", None, unscored="not applicable", open_since=2024)


def effects(*links: Link, question: Question = QUESTION) -> tuple[LinkEffect, ...]:
    windows = [LLM, PHOTONIC, FUSION, KNOWN]
    return link_effects(windows, links, question, horizon_year=2030, report=lambda *_: None)


def test_what_accelerates_is_missed_when_cut_and_when_late() -> None:
    (found,) = effects(Link("llm", "photonic", "accelerates"))
    assert (found.by, found.moved, found.is_kept) == ("llm", "photonic", True)
    assert found.base.year_p50
    assert found.cut.year_p50
    assert found.slip
    assert found.slip.year_p50
    assert found.base.year_p50 + 0.2 < found.slip.year_p50 < found.cut.year_p50
    assert found.cut.p_open_by_horizon < found.slip.p_open_by_horizon
    assert found.slip.p_open_by_horizon < found.base.p_open_by_horizon
    assert found.cut.year_p50_se is not None
    assert 0 < found.cut.year_p50_se < 0.2


def test_the_base_is_what_the_window_states() -> None:
    found = effects(Link("llm", "photonic", "accelerates"))[0]
    alone = effects(Link("llm", "photonic", "competes with"))[0]
    assert found.base.year_p50 == pytest.approx(alone.base.year_p50)
    assert found.base.p_open_by_horizon == pytest.approx(alone.base.p_open_by_horizon)
    assert found.base.year_p50_se == 0


def test_competition_acts_both_ways_and_holds_back() -> None:
    there, back = effects(Link("llm", "photonic", "competes with"))
    assert [(there.by, there.moved), (back.by, back.moved)] == [
        ("llm", "photonic"),
        ("photonic", "llm"),
    ]
    assert there.cut.year_p50
    assert there.base.year_p50
    assert there.cut.year_p50 < there.base.year_p50 - 0.2


def test_a_requirement_that_slips_takes_along_what_requires_it() -> None:
    (found,) = effects(Link("fusion", "photonic", "requires"))
    assert (found.by, found.moved) == ("photonic", "fusion")
    assert found.slip
    assert found.slip.year_p50
    assert found.base.year_p50
    assert found.cut.year_p50
    assert found.base.year_p50 < found.slip.year_p50 < found.base.year_p50 + 2.1
    assert found.cut.year_p50 < found.base.year_p50
    assert found.given
    assert found.given.if_not.p_open_by_horizon <= found.given.if_open.p_open_by_horizon


def test_without_a_requirement_that_forbids_it_the_stated_window_comes_back() -> None:
    early = Window("early", 2026, 2028, "high", p_never=0.0)
    (found,) = link_effects(
        [FUSION, early],
        [Link("early", "fusion", "requires")],
        QUESTION,
        horizon_year=2030,
        report=lambda *_: None,
    )
    assert not found.is_kept
    assert found.base.year_p50
    assert found.cut.year_p50
    assert found.base.year_p50 > 2036
    assert abs(found.cut.year_p50 - 2027.6) < 0.3


def test_what_is_open_neither_slips_nor_is_supposed() -> None:
    (found,) = effects(Link("known", "photonic", "accelerates"))
    assert (found.slip, found.given) == (None, None)
    assert found.cut.year_p50
    assert found.base.year_p50
    assert found.cut.year_p50 > found.base.year_p50 + 0.5


def test_links_that_act_on_nobody_have_no_effect() -> None:
    circle = (Link("llm", "photonic", "requires"), Link("photonic", "llm", "requires"))
    others = (
        Link("llm", "known", "accelerates"),
        Link("llm", "gone", "requires"),
        Link("llm", "fusion", "variant of"),
    )
    assert effects(*circle, *others) == ()


def test_given_that_another_opens_early_what_it_accelerates_does_too() -> None:
    (found,) = effects(Link("llm", "photonic", "accelerates"))
    assert found.given
    assert 0.4 < found.given.share < 0.7
    assert found.given.year == 2028
    assert found.given.if_open.p_open_by_horizon > found.given.if_not.p_open_by_horizon + 0.1


def test_draws_in_which_a_cut_link_never_acted_stay_as_they_were() -> None:
    windows = [FUSION, LLM, PHOTONIC]
    link = Link("photonic", "llm", "accelerates")
    joint = draw(windows, [link, Link("llm", "fusion", "accelerates")], QUESTION)
    walk = joint.walk.along(without(joint.walk.network, link))
    again = steps_for(0, is_compiled=False).walked(walk, joint.hazards)
    untouched = joint.row("photonic") + 1 >= joint.row("llm")
    assert 0 < untouched.sum() < 4000
    assert (again[:, untouched] == joint.years[:, untouched]).all()
    assert (again[1, ~untouched] >= joint.row("llm")[~untouched]).all()


def test_compiled_and_plain_steps_say_the_same_of_every_link() -> None:
    pytest.importorskip("numba", reason="without numba there are only the plain steps")
    rng = np.random.default_rng(5)
    windows = [
        Window(f"t{k}", int(start), int(start) + 4, p_never=float(never))
        for k, (start, never) in enumerate(
            zip(rng.integers(2025, 2034, 8), rng.choice([0, 0.1, 0.3], 8), strict=True)
        )
    ]
    kinds = ("accelerates", "competes with", "requires")
    links = [
        Link(f"t{i}", f"t{(i + step) % 8}", kinds[(i + step) % 3])
        for i in range(8)
        for step in (1, 3)
    ]
    told = [
        headline(
            link_effects(windows, links, question, horizon_year=2030, report=lambda *_: None),
            question,
            horizon_year=2030,
        )
        for question in (
            Question(TODAY, 2045, 500, 1, is_compiled=False),
            Question(TODAY, 2045, 500, 1, is_compiled=True),
        )
    ]
    assert told[0] == told[1]
    assert len(told[0]["links"]) >= 16


def test_progress_is_reported_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    link_effects(
        [LLM, PHOTONIC],
        [Link("llm", "photonic", "accelerates")],
        QUESTION,
        horizon_year=2030,
        report=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]
