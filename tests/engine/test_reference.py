import re
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from scoring.engine import reference


def test_the_shipped_classes_hold_what_their_origins_held() -> None:
    costs, adoptions = reference.performance(), reference.adoption()
    assert (len(costs.names), len(set(costs.families))) == (81, 52)
    assert len(adoptions.names) == 22
    for name, drift, noise in (("DRAM", -0.45, 0.38), ("Transistor", -0.50, 0.24)):
        assert_allclose(costs.values[costs.names.index(name)], [drift, noise], atol=0.005)
    assert np.median(costs.values[:, 0]) < -0.03


def test_families_count_alike_however_many_names_they_have() -> None:
    found = reference.performance()
    shares = dict.fromkeys(found.families, 0.0)
    for family, weight in zip(found.families, found.weights, strict=True):
        shares[family] += weight
    assert_allclose(list(shares.values()), 1 / 52)


def test_families_and_series_can_be_left_out() -> None:
    without = reference.performance(exclude_groups=("pv", "never heard of"))
    assert "pv" not in without.families
    assert_allclose(without.weights.sum(), 1)
    assert "Internet" not in reference.adoption(exclude_series=("Internet",)).names
    assert len(reference.performance().names) == 81


def test_comparable_technologies_weigh_three_times_as_much_and_never_all() -> None:
    plain = reference.performance()
    named = plain.with_comparable(["wind", "DRAM"])
    ratio = named.weights / plain.weights
    is_named = np.array(
        [f == "wind" or n == "DRAM" for f, n in zip(plain.families, plain.names, strict=True)]
    )
    assert_allclose(ratio[is_named] / ratio[~is_named][0], 3)
    assert_allclose(named.weights.sum(), 1)
    with pytest.raises(ValueError, match="'flying cars' is not in the reference class"):
        plain.with_comparable(["flying cars"])
    with pytest.raises(ValueError, match="the weight 0 cannot be used"):
        plain.with_comparable(["wind"], weight=0)


def test_rows_of_text_are_read_like_the_shipped_table() -> None:
    read = reference.from_rows(reference.shipped_rows("adoption"))
    assert_array_equal(read.values, reference.adoption().values)


def test_the_engine_opens_no_file() -> None:
    """Neither to begin with nor later: tables are modules, and nothing else is read."""
    folder = Path(reference.__file__).parent
    sources = {path.name: path.read_text("utf-8") for path in folder.rglob("*.py")}
    calls = re.compile(r"\bopen\(|\.open\(|read_text|read_bytes|pathlib|importlib\.resources")
    assert [name for name, text in sources.items() if calls.search(text)] == []
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept if path.parent.name != "__pycache__"} == {".py", ".md"}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "the reference class has no rows"),
        ([{"mu": 0.1}], "row 1 of the reference class has no K"),
        ([{"mu": 0.1, "K": 1}, {"mu": 0.1, "K": 0}], "row 2 of the reference class has 0 as K"),
        ([{"mu": "fast", "K": 1}], "row 1 of the reference class has fast as mu"),
        ([{"ceiling_pct": 90}], "row 1 of the reference class has no b_logistic"),
    ],
)
def test_rows_that_cannot_be_read_are_named(rows: list[dict[str, object]], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        reference.from_rows(rows)


def test_a_class_of_which_nothing_is_left_is_refused() -> None:
    one = reference.from_rows([{"mu": 0, "K": 1, "group": "only"}])
    with pytest.raises(ValueError, match="nothing is left of the reference class"):
        one.without(families=["only"])
