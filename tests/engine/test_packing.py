import numpy as np
import pytest

from scoring.engine.packing import pack, unpack


def test_arrays_come_back_as_they_were() -> None:
    arrays = {
        "floats": np.array([[1.5, np.nan], [np.inf, 0.1]]),
        "whole": np.arange(3),
        "names": np.array(["a", "größer"]),
        "empty": np.zeros((0, 4)),
    }
    read = unpack(pack(arrays))
    assert sorted(read) == sorted(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(read[name], array)
        assert read[name].dtype.kind == array.dtype.kind


def test_the_order_of_names_and_memory_changes_no_byte() -> None:
    square = np.arange(6.0).reshape(2, 3)
    one = pack({"a": square, "b": np.ones(2)})
    assert one == pack({"b": np.ones(2), "a": np.asfortranarray(square)})


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="no packed arrays"):
        unpack(b"PK\x03\x04")
