"""Files of cards from strangers: every refusal is a sentence, an exit code 1 and nothing saved."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from assessments.models import Alias, Card, Domain, Revision, Technology
from tests.assessments.card_files import run_import, write
from tests.assessments.factories import card_json

pytestmark = pytest.mark.django_db

MARK = '"MARK"'
DEEP = 100_000
BAD_NUMBERS = ["NaN", '"NaN"', '"Infinity"', "1e400", str(10**30), "9" * 5_000, str(3 * 10**9)]
# What the file holds in the place of a value, and of what kind that value should have been.
WRONG_VALUES: list[tuple[str, bytes]] = [
    *(("number", spelt.encode()) for spelt in BAD_NUMBERS),
    ("number", "２０３０".encode()),
    ("number", "٢٠٣٠".encode()),
    ("number", '"２０３０"'.encode()),
    ("number", b"-0"),
    ("number", b"2_030"),
    ("number", b"true"),
    ("number", b"[2030]"),
    ("text", b'"NUL \\u0000"'),
    ("text", b'"NUL \x00"'),
    ("text", b'"half \\ud800"'),
    ("text", b'"half \xed\xa0\x80"'),
    ("text", '"bidi \u202e"'.encode()),
    ("text", b'"backspace \\u0008"'),
    ("text", b"[" * DEEP + b"]" * DEEP),
    ("text", b"[" * 900 + b"]" * 900),
    ("text", b'"\xff\xfe"'),
    ("text", b'{"a": 1, "a": 2}'),
    ("text", b'"one", "summary": "two"'),
    ("text", b'["a", "b"]'),
    ("text", b"1e400"),
    ("text", b'"' + b"x" * 100_000 + b'"'),
]
WRONG_FILES = [b"null", b"[null]", b"[[]]", b'"cards"', b"", b"{", b"\xff\xfe{\x00}\x00", b"NaN"]


def counts() -> list[int]:
    models = (Technology, Card, Revision, Domain, Alias)
    return [model.objects.count() for model in models]


def file_with(kind: str, value: bytes) -> bytes:
    """One good card, and one that has the value where a text or a number belongs."""
    wrong = card_json("wrong")
    if kind == "text":
        wrong["summary"] = "MARK"
    else:
        wrong["scores"]["timing"]["from"] = "MARK"
    text = json.dumps({"format": "bellwether.cards/1", "cards": [card_json("good"), wrong]})
    return text.encode().replace(MARK.encode(), value)


def told(path: Path) -> str:
    """What the command says when it refuses."""
    try:
        code, _, err = run_import(path)
    except CommandError as error:
        return str(error)
    assert code == 1
    return err


@pytest.mark.parametrize(("kind", "value"), WRONG_VALUES)
def test_a_wrong_value_is_named_and_nothing_of_its_card_is_kept(
    kind: str, value: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "cards.json"
    path.write_bytes(file_with(kind, value))
    sentence = told(path)
    assert "cards.json" in sentence or "card 2 (wrong" in sentence
    assert sentence.rstrip().endswith((".", "…"))
    assert "Traceback" not in sentence
    assert not Technology.objects.filter(slug="wrong").exists()


@pytest.mark.parametrize("data", WRONG_FILES)
def test_a_file_of_another_shape_is_refused_whole(data: bytes, tmp_path: Path) -> None:
    before = counts()
    path = tmp_path / "cards.json"
    path.write_bytes(data)
    assert told(path).count(".") >= 1
    assert counts() == before


def test_a_file_that_cannot_be_read_makes_no_account(tmp_path: Path) -> None:
    path = tmp_path / "cards.json"
    path.write_bytes(b"{")
    assert "This is not JSON" in told(path)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"aliases": ["On device", "on device"]},
        {"aliases": ["İ", "i̇"]},
        {"domains": ["Robots", "ROBOTS"]},
        {"variant_of": "nowhere"},
        {"slug": "Wrong"},
        {"name": "\u200b"},
    ],
)
def test_wrong_facts_leave_the_card_out(facts: dict[str, object], tmp_path: Path) -> None:
    before = counts()
    wrong = card_json("wrong")
    wrong["technology"].update(facts)
    sentence = told(write(tmp_path / "cards.json", wrong))
    assert "card 1 (" in sentence
    assert f"{next(iter(facts))}" in sentence
    assert counts() == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{nope", "same.json: This is not JSON"),
        (b"[]", "same.json: write an object of addresses"),
        (b'{"a": 1}', "same.json: write an object of addresses"),
        (b"[" * DEEP, "same.json: This nests"),
        (b"\xff", "same.json: This is not UTF-8"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_named(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "same.json").write_bytes(data)
    cards = write(tmp_path / "cards.json", card_json())
    with pytest.raises(CommandError, match=said):
        run_import(cards, "--same", str(tmp_path / "same.json"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    cards = write(tmp_path / "cards.json", card_json())
    with pytest.raises(CommandError, match=r"same\.json cannot be read: No such file"):
        run_import(cards, "--same", str(tmp_path / "same.json"))
    with pytest.raises(CommandError, match=r"cannot be read: Is a directory"):
        call_command("import_cards", str(tmp_path))
