from collections.abc import Iterable
from typing import NamedTuple

from accounts.roles import Role


class Scope(NamedTuple):
    """What a token may do, and the least role whose token may do it."""

    least: Role
    words: str


# A token never does more than its owner may.
SCOPES: dict[str, Scope] = {
    "read:public": Scope(Role.READER, "Read what is published"),
    "read:drafts": Scope(Role.ANALYST, "Read drafts and internal notes"),
    "write:cards": Scope(Role.ANALYST, "Write and submit cards"),
    "review": Scope(Role.EDITOR, "Approve, return and publish"),
    "predict": Scope(Role.ANALYST, "Record forecasts"),
    "resolve": Scope(Role.EDITOR, "Resolve predictions"),
    "write:evidence": Scope(Role.ANALYST, "Add and cite evidence"),
    "export": Scope(Role.ANALYST, "Export cards"),
}


def scopes_of_role(role: str) -> list[str]:
    return [name for name, scope in SCOPES.items() if Role(role) >= scope.least]


def unknown_scopes(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in SCOPES]
