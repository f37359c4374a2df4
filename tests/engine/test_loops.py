"""Compiled loops answer as the plain ones do; where numba is absent there is nothing to compare."""

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine import smaa
from scoring.engine.chances import Constants
from scoring.engine.lenses import EVEN_HANDED, SHIPPED, Lens
from scoring.engine.loops import loops_for
from scoring.engine.sampling import LevelSampler
from scoring.engine.scores import Technology
from tests.engine.made import SURE, made_card, made_technology, random_card, random_technologies

TODAY = datetime.date(2026, 7, 1)


def both(
    technologies: list[Technology], lens: Lens, draws: int, constants: Constants
) -> list[bytes]:
    pytest.importorskip("numba", reason="without numba there are only the plain loops")
    return [
        smaa.arrays(
            smaa.rank(
                technologies,
                lens,
                draws=draws,
                seed=len(technologies),
                constants=constants,
                today=TODAY,
                is_compiled=is_compiled,
            )
        )
        for is_compiled in (False, True)
    ]


def several_cards(count: int, seed: int) -> list[Technology]:
    """Of one to four cards, some of them with both faces; the first two are the same."""
    rng = np.random.default_rng(seed)
    made = [
        Technology(f"t{i}", tuple(random_card(rng) for _ in range(1 + i % 4))) for i in range(count)
    ]
    return [
        *made,
        made_technology("twin a", "4", impact="5+"),
        made_technology("twin b", "4", impact="5+"),
    ]


@settings(max_examples=12, derandomize=True)
@given(
    st.integers(0, 40),
    st.integers(0, 2**16),
    st.sampled_from(sorted(SHIPPED)),
    st.sampled_from([Constants(), SURE, Constants(spacing=np.inf)]),
    st.integers(32, 3000),
)
def test_bytes_are_those_of_the_plain_loops(
    count: int, seed: int, lens: str, constants: Constants, draws: int
) -> None:
    plain, compiled = both(several_cards(count, seed), SHIPPED[lens], draws, constants)
    assert plain == compiled


def test_many_technologies_and_many_ties_have_the_same_bytes() -> None:
    crowd = [made_technology(f"same {i}", "3") for i in range(150)]
    technologies = [*crowd, *random_technologies(200, seed=5)]
    plain, compiled = both(technologies, EVEN_HANDED, 700, SURE)
    assert plain == compiled


def test_few_draws_are_counted_by_plain_loops() -> None:
    sampler = LevelSampler([Technology("a", (made_card(),))], {}, Constants(), 1)
    assert type(loops_for(sampler, 1000)).__name__ == "PlainLoops"
