"""What a method of an endpoint asks of its caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rest.callers import Caller
from rest.problems import Problem

ANYONE = ""


@dataclass(frozen=True)
class Access:
    """The scope that each method asks for; ANYONE asks for none. Other methods do not exist."""

    scopes: Mapping[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> tuple[str, ...]:
        """As the header Allow has it."""
        return tuple(name for method in self.scopes for name in _with_head(method))

    def is_open(self, method: str) -> bool:
        return self.scopes.get(_asked(method)) == ANYONE

    def refuse_method(self, method: str) -> None:
        if _asked(method) not in self.scopes:
            raise Problem(405, headers={"Allow": ", ".join(self.allowed)})

    def refuse_caller(self, method: str, caller: Caller) -> None:
        scope = self.scopes[_asked(method)]
        if scope == ANYONE or scope in caller.scopes:
            return
        if caller.user is None:
            raise Problem(401, headers={"WWW-Authenticate": f'Bearer scope="{scope}"'})
        raise Problem(
            403,
            f"This needs the scope {scope}. Your token or your role does not carry it.",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )


def _asked(method: str) -> str:
    return "GET" if method == "HEAD" else method


def _with_head(method: str) -> tuple[str, ...]:
    return ("GET", "HEAD") if method == "GET" else (method,)


PUBLIC_READ = Access({"GET": ANYONE})
