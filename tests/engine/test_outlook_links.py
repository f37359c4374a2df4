"""What links do in the joint draws of an outlook, and what they leave alone."""

import datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine import outlook
from scoring.engine.openings import LINKS, Link
from scoring.engine.outlook_network import Assumptions
from scoring.engine.results import Floats, OutlookResult
from scoring.engine.scores import Window

TODAY = datetime.date(2026, 7, 2)
STRONG = Assumptions(strength=1.5)


def simulated(
    windows: list[Window],
    links: list[Link],
    draws: int = 4000,
    assumptions: Assumptions = STRONG,
    *,
    is_compiled: bool | None = None,
) -> OutlookResult:
    return outlook.simulate(
        windows,
        links,
        today=TODAY,
        horizon_year=2030,
        draws=draws,
        seed=1,
        assumptions=assumptions,
        is_compiled=is_compiled,
    )


def years(result: OutlookResult, name: str) -> Floats:
    found: Floats = result.drawn_years[result.drawn_ids.index(name)]
    return found


A = Window("a", 2028, 2032, "high", p_never=0.1)
B = Window("b", 2028, 2032, "medium", p_never=0.1)
C = Window("c", 2030, 2036, "low", p_never=0.2)

some_windows = st.builds(
    lambda k, start, more, certainty, never, known: Window(
        f"t{k}",
        start,
        start + more if start + more >= 2026 and more < 9 else None,
        certainty,
        p_never=never,
        open_since=2024 if known else None,
    ),
    st.integers(0, 6),
    st.integers(2022, 2038),
    st.integers(0, 10),
    st.sampled_from(["low", "medium", "high"]),
    st.sampled_from([0.0, 0.05, 0.3]),
    st.sampled_from([False, False, False, True]),
)
window_lists = st.lists(some_windows, max_size=6, unique_by=lambda window: window.id)
link_lists = st.lists(
    st.builds(
        lambda i, j, kind: Link(f"t{i}", f"t{j}", kind),
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(LINKS),
    ).filter(lambda link: link.source != link.target),
    max_size=10,
)


def test_without_links_the_draws_are_the_closed_form() -> None:
    result = simulated([A, B, C], [], draws=40_000)
    assert result.with_links == ()
    for window in result.outlooks:
        drawn = years(result, window.id)
        for share, year in ((0.1, window.year_p10), (0.5, window.year_p50)):
            assert year is not None
            assert abs((drawn < year).mean() - share) < 4 * np.sqrt(0.25 / 40_000)
        assert abs((drawn < 2031).mean() - (window.p_open_by_horizon or 0)) < 0.01
        assert window.p_never is not None
        assert abs(np.isinf(drawn).mean() - window.p_never) < 0.012


@pytest.mark.parametrize("kind", ["accelerates", "competes with"])
def test_stated_medians_and_probabilities_are_kept_under_links(kind: str) -> None:
    links = [Link("a", "c", kind), Link("b", "c", kind), Link("c", "a", kind)]
    result = simulated([A, B, C], links, draws=20_000)
    stated = {window.id: window for window in result.outlooks}
    assert [found.id for found in result.with_links][-1] == "c"
    for found in result.with_links:
        told = stated[found.id]
        assert found.is_kept
        assert found.year_p50 is not None
        assert told.year_p50 is not None
        assert abs(found.year_p50 - told.year_p50) < 0.1
        assert told.p_open_by_horizon is not None
        assert abs(found.p_open_by_horizon - told.p_open_by_horizon) < 0.01


def test_a_requirement_with_an_earlier_window_keeps_the_median() -> None:
    late = Window("late", 2033, 2037, "high", p_never=0.2)
    result = simulated([A, late], [Link("late", "a", "requires")], draws=20_000)
    (found,) = result.with_links
    assert found.is_kept
    assert found.year_p50 is not None
    assert abs(found.year_p50 - (result.outlooks[1].year_p50 or 0)) < 0.1
    assert abs(found.p_never - 0.2) < 0.005


def test_links_move_what_follows_if_another_opens_early() -> None:
    pulled = simulated([A, C], [Link("a", "c", "accelerates")])
    pushed = simulated([A, C], [Link("a", "c", "competes with")])

    def gap(result: OutlookResult) -> float:
        early = years(result, "a") < 2030
        c = years(result, "c") < 2034
        return float(c[early].mean() - c[~early].mean())

    assert gap(pulled) > 0.15 > gap(simulated([A, C], [])) > -0.1 > gap(pushed)


def test_a_contradiction_is_flagged_and_the_draws_give_way() -> None:
    early = Window("early", 2026, 2028, "high", p_never=0.0)
    result = simulated([C, early], [Link("early", "c", "requires")])
    (found,) = result.with_links
    assert not found.is_kept
    assert found.p_never == pytest.approx(0.2, abs=0.02)
    assert found.year_p50 is not None
    assert found.year_p50 > (result.outlooks[0].year_p50 or 0) - 0.1
    assert [told.id for told in result.contradictions] == ["early"]
    assert result.outlooks[1] == simulated([early], []).outlooks[0]


@pytest.mark.parametrize("kind", ["accelerates", "competes with"])
def test_circles_are_legal(kind: str) -> None:
    result = simulated([A, B, C], [Link(one, other, kind) for one, other in pairwise("abca")])
    assert [found.is_kept for found in result.with_links] == [True, True, True]


def test_a_circle_of_requirements_is_flagged_and_keeps_nobody_closed() -> None:
    late = Window("late", 2033, 2037, "high", p_never=0.2)
    links = [Link("a", "b", "requires"), Link("b", "a", "requires"), Link("late", "a", "requires")]
    result = simulated([A, B, late], links)
    assert [(told.id, told.is_circle) for told in result.contradictions] == [
        ("a", True),
        ("b", True),
    ]
    assert [(found.id, found.is_kept) for found in result.with_links] == [("late", True)]


def test_what_is_open_since_a_year_is_moved_by_nothing() -> None:
    known = Window("known", None, unscored="not applicable", open_since=2024)
    links = [Link("known", "c", "requires"), Link("a", "known", "accelerates")]
    result = simulated([known, A, C], links)
    assert result.with_links == ()
    assert set(years(result, "known")) == {2024.0}


def test_a_link_to_what_has_no_outlook_does_nothing() -> None:
    unknown = Window("unknown", None, unscored="not yet assessed")
    links = [Link("a", "unknown", "requires"), Link("a", "gone", "requires")]
    result = simulated([A, unknown], links)
    assert result.with_links == ()
    assert result.drawn_ids == ("a",)


def test_the_draws_of_one_do_not_hang_on_who_else_is_there() -> None:
    alone, among = simulated([A], []), simulated([A, B, C], [Link("a", "c", "accelerates")])
    assert (years(alone, "a") == years(among, "a")).all()


@settings(max_examples=40, derandomize=True)
@given(window_lists, link_lists)
def test_what_requires_another_never_opens_before_it(
    windows: list[Window], links: list[Link]
) -> None:
    result = simulated(windows, links, draws=300)
    excused = {window.id for window in windows if window.open_since is not None}
    circles = {(told.id, told.requires) for told in result.contradictions if told.is_circle}
    for link in links:
        if link.kind != "requires" or (link.source, link.target) in circles:
            continue
        if {link.source, link.target} <= set(result.drawn_ids) - excused:
            assert (years(result, link.source) >= years(result, link.target)).all()


@settings(max_examples=40, derandomize=True)
@given(window_lists, link_lists)
def test_the_same_seed_gives_the_same_bytes_compiled_or_not(
    windows: list[Window], links: list[Link]
) -> None:
    pytest.importorskip("numba", reason="without numba there are only the plain steps")
    plain, compiled = (
        simulated(windows[::order], links[::order], 300, is_compiled=is_compiled)
        for order, is_compiled in ((1, False), (-1, True))
    )
    assert plain.drawn_years.tobytes() == compiled.drawn_years.tobytes()
    assert outlook.headline(plain) == outlook.headline(compiled)


@settings(max_examples=30, derandomize=True)
@given(window_lists, link_lists)
def test_links_never_move_a_figure_of_a_single_technology(
    windows: list[Window], links: list[Link]
) -> None:
    linked, alone = simulated(windows, links, 300), simulated(windows, [], 300)
    assert linked.outlooks == alone.outlooks
    # Opening within the draws is the rest of never, whatever acts.
    assert all(
        found.p_never <= np.isinf(years(linked, found.id)).mean() for found in linked.with_links
    )
