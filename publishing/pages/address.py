"""The address of a list: what it asks for, and how that would be asked for otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Removable:
    """A filter in force, and the address of the list without it."""

    words: str
    url: str


class Address:
    """The list's own address under other values of its parameters."""

    def __init__(self, path: str, values: Mapping[str, Any]) -> None:
        self._path = path
        self._values = dict(values)

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        pairs = []
        for name, value in (self._values | changes).items():
            values = value if isinstance(value, list) else [value]
            pairs += [(name, str(one)) for one in values if one not in (None, "")]
        return pairs

    def url(self, **changes: Any) -> str:
        pairs = self.pairs(**changes)
        # Commas and colons, as in weights, are legible and allowed in a query.
        return f"{self._path}?{urlencode(pairs, safe=':,')}" if pairs else self._path

    def kept(self, *names: str) -> tuple[tuple[str, str], ...]:
        """All but these, for hidden inputs."""
        return tuple(self.pairs(**dict.fromkeys(names)))
