import pytest

from record.canonical import canonical_json, digest


def test_equal_values_have_one_spelling() -> None:
    assert canonical_json({"b": [1, 2.5], "a": "é"}) == '{"a":"é","b":[1,2.5]}'
    assert canonical_json({"a": "é", "b": (1, 2.5)}) == '{"a":"é","b":[1,2.5]}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [-float("inf")]}])
def test_a_number_that_is_not_finite_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(value)


@pytest.mark.parametrize("value", [{1: "a"}, [{"a": {None: 1}}], {True: 1}])
def test_a_key_that_is_not_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="A JSON key must be text"):
        canonical_json(value)


def test_digest_is_sha256_of_the_bytes() -> None:
    # The test vector of FIPS 180-4 for the message "abc".
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("abc") == known
    assert digest(b"abc") == known
