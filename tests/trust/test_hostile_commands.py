"""Commands that are given what nobody means: a sentence and an exit code, never a traceback."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.assessments.card_files import write
from tests.assessments.factories import card_json, published
from tests.trust.conftest import row_counts

pytestmark = pytest.mark.django_db

FILE, BAD = "FILE", "BAD"
# The last is what the shell hands over for bytes that are no UTF-8.
VALUES = [
    "",
    "x y",
    "NaN",
    "1e400",
    "9" * 5_000,
    "-1",
    "２０３０",
    "2026-02-30",
    "a\u202eb",
    "\udcff",
]
COMMANDS = [
    ("rank", "--as-of", BAD),
    ("rank", "--known-on", BAD),
    ("rank", "--draws", BAD),
    ("rank", "--lens", BAD),
    ("rerun", BAD),
    ("create_user", BAD, "--role", "analyst"),
    ("create_user", "karl", "--role", BAD),
    ("create_token", BAD, "--scope", "read:public"),
    ("create_token", "anna", "--scope", BAD),
    ("create_token", "anna", "--scope", "read:public", "--days", BAD),
    ("sign_in_link", BAD),
    ("forget_person", BAD),
    ("restore", BAD),
    ("import_cards", BAD),
    ("import_cards", FILE, "--author", BAD),
    ("import_cards", FILE, "--publish", "--author", BAD, "--approver", "ben"),
    ("import_cards", FILE, "--publish", "--author", "anna", "--approver", BAD),
]
# Odd, but a name that an account may have; an empty author is none.
ODD_NAMES = {"", "NaN", "1e400", "-1", "2026-02-30"}
NAMING = {"create_user", "import_cards"}


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_hostile_argument_is_refused_in_words(
    command: tuple[str, ...], value: str, tmp_path: Path
) -> None:
    published()
    path = write(tmp_path / "cards.json", card_json("zeta", author=None))
    given = [value if word == BAD else str(path) if word == FILE else word for word in command]
    before = row_counts()
    refusal = refusal_of(given)
    if refusal is None:
        assert command[0] in NAMING
        assert value in ODD_NAMES
        return
    assert len(refusal.split()) > 3
    assert row_counts() == before


def refusal_of(command: list[str]) -> str | None:
    try:
        call_command(*command, stdout=io.StringIO(), stderr=io.StringIO())
    except CommandError as error:
        return str(error)
    return None
