"""The reviewed table of who gets what where: permissions.csv beside this file."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.trust.objects import ROLES

TABLE = Path(__file__).with_name("permissions.csv")
SIGN_IN = "/accounts/sign-in/"
ANSWERS = {"open", "sign in", "no token", "forbidden", "absent", "no method"}


@dataclass(frozen=True)
class Line:
    """What each role is answered at one route, by one method, about one thing."""

    route: str
    method: str
    thing: str
    answers: dict[str, str]


def lines() -> list[Line]:
    with TABLE.open(newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return [_line({key: value.strip() for key, value in row.items()}) for row in rows]


def _line(row: dict[str, str]) -> Line:
    answers = {role: row[role] for role in ROLES}
    return Line(row["route"], row["method"], row["thing"], answers)


def answer_of(response: Any) -> str:
    """The word of the table for a response; "open" whenever the view itself answered."""
    if response.status_code in {302, 303} and response["Location"].startswith(SIGN_IN):
        return "sign in"
    words = {401: "no token", 403: "forbidden", 404: "absent", 405: "no method"}
    if response.status_code in words:
        return words[response.status_code]
    return "open" if response.status_code < 500 else f"failure {response.status_code}"
