import numpy as np
import pytest
import scoringrules
from numpy.testing import assert_allclose

from scoring.engine import hindcasts, reference, rolling
from scoring.engine.rolling import FEW, LEVELS, MANY, Cut, History, Judged


def falling(years: list[float], name: str = "a") -> History:
    return History(name, name, np.array(years), np.exp(-0.1 * np.arange(len(years))))


def test_cuts_look_exactly_one_five_and_ten_years_ahead() -> None:
    history = falling([2000, 2001, 2003, 2004, 2005, 2006, 2010])
    found = {cut.seen: (cut.targets, cut.rows) for cut in rolling.horizon_cuts(history)}
    assert found == {
        1: ((1, 4, 6), ((FEW, "1"), (FEW, "5"), (FEW, "10"))),
        2: ((5,), ((FEW, "5"),)),
        3: ((3,), ((FEW, "1"),)),
        4: ((4,), ((FEW, "1"),)),
        5: ((5, 6), ((MANY, "1"), (MANY, "5"))),
    }


def test_shares_are_cut_where_they_reach_a_level_and_followed_for_twenty_years() -> None:
    years = np.array([1990.0, 1995, 2000, 2005, 2010, 2020, 2025, 2031])
    history = History("a", "a", years, np.array([1.0, 2, 5, 12, 20, 50, 70, 80]))
    found = {cut.rows[0][1]: (cut.seen, cut.targets) for cut in rolling.level_cuts(history)}
    assert found == {"10": (4, (4, 5, 6)), "25": (6, (6, 7)), "50": (6, (6, 7))}


def test_too_few_points_before_a_level_are_no_cut() -> None:
    history = History("a", "a", np.arange(2000.0, 2005), np.array([5.0, 12, 30, 60, 80]))
    assert [(cut.seen, cut.rows[0][1]) for cut in rolling.level_cuts(history)] == [(4, "50")]


def test_a_forecast_is_scored_as_published_code_scores_it() -> None:
    history = History("a", "a", np.arange(3.0), np.array([10.0, 8.0, 5.0]))
    quantiles = np.array([[7.0, 6], [6, 5.5], [5, 4], [4, 3], [7.5, 7], [9, 8], [11, 10]])
    cut = Cut(1, (1, 2), (("x", "1"), ("x", "2")))
    for on_logs in (False, True):
        found = rolling.judged(history, cut, quantiles, on_logs=on_logs)
        scale = np.log if on_logs else np.asarray
        said, truth = scale(quantiles), scale(history.values[1:])
        expected = scoringrules.weighted_interval_score(
            truth, said[0], said[1:4].T, said[4:].T, np.array([0.5, 0.2, 0.05])
        )
        assert_allclose([one.score for one in found], expected)
        assert_allclose([one.error for one in found], said[0] - truth)
    assert [one.inside for one in found] == [(False, True, True), (False, True, True)]


def test_series_count_alike_however_many_windows_they_have() -> None:
    row = ("x", "1")
    many = [Judged(row, "long", 1.0, 2.0, (True, True, True))] * 9
    one = [Judged(row, "short", 3.0, 4.0, (False, False, True))]
    found = rolling.accuracies(many + one)[row]
    assert (found.series, found.windows, found.score) == (2, 10, 2.0)
    assert_allclose(found.error, np.sqrt((4 + 16) / 2))
    assert found.coverage == (0.5, 0.5, 1.0)


def test_a_method_is_given_the_past_alone() -> None:
    history = falling(list(range(2000, 2020)))
    poisoned = History("a", "a", history.years, history.values.copy())
    poisoned.values[8:] *= 1000
    cut = Cut(8, (8, 12), ((MANY, "1"), (MANY, "5")))
    for name, method in hindcasts.cost_methods(lambda _: reference.performance()).items():
        assert_allclose(method(history, cut), method(poisoned, cut), err_msg=name)


def test_baselines_stay_silent_where_they_cannot_say() -> None:
    history = falling(list(range(2000, 2004)))
    heard: list[tuple[int, int]] = []
    found = rolling.run(
        [history],
        hindcasts.cost_methods(lambda _: reference.performance()),
        rolling.horizon_cuts,
        on_logs=True,
        report=lambda done, total: heard.append((done, total)),
    )
    assert {name: len(each) for name, each in found.items()} == {
        "reference walk": 3,
        "drift walk": 1,
        "naive walk": 1,
    }
    assert heard == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("kind", ["cost", "share"])
def test_quantiles_come_in_the_order_of_the_levels(kind: str) -> None:
    history = History("a", "a", np.arange(2000.0, 2010), np.linspace(5, 60, 10), "up")
    methods = (
        hindcasts.cost_methods(lambda _: reference.performance())
        if kind == "cost"
        else hindcasts.share_methods(lambda _: reference.adoption())
    )
    order = np.argsort(LEVELS)
    for method in methods.values():
        said = method(history, Cut(6, (6, 9), (("x", "1"), ("x", "4"))))
        assert said is not None
        assert np.all(np.diff(said[order], axis=0) >= 0)
