from collections.abc import Iterable

from accounts.roles import Role

# The least role that may use a scope. A token never does more than its owner may.
SCOPES: dict[str, Role] = {
    "read:public": Role.READER,
    "read:drafts": Role.ANALYST,
    "write:cards": Role.ANALYST,
    "review": Role.EDITOR,
    "predict": Role.ANALYST,
    "resolve": Role.EDITOR,
    "write:evidence": Role.ANALYST,
    "export": Role.ANALYST,
}


def scopes_of_role(role: str) -> list[str]:
    return [scope for scope, least in SCOPES.items() if Role(role) >= least]


def unknown_scopes(scopes: Iterable[str]) -> list[str]:
    return [scope for scope in scopes if scope not in SCOPES]
