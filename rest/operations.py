"""What a method of an endpoint does, as the documentation tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rest.formats import JSON, Format
from rest.shapes import Shape


@dataclass(frozen=True)
class Answered:
    """One way an operation ends well. `shape` is None where there is no body."""

    description: str
    shape: Shape | Mapping[str, Any] | None = None
    formats: tuple[Format, ...] = (JSON,)
    headers: tuple[str, ...] = ()
    example: Any = None
    links: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """`refusals` adds to those that any operation has by its nature, and `problems` says which
    of them tell more than others do.

    Where If-Match is taken and not needed, it narrows what the caller means to one version.
    """

    id: str
    tag: str
    summary: str
    answers: Mapping[int, Answered]
    description: str = ""
    body: Shape | Mapping[str, Any] | None = None
    body_example: Any = None
    refusals: tuple[int, ...] = ()
    problems: Mapping[int, Shape] = field(default_factory=dict)
    needs_match: bool = False
    takes_match: bool = False
    is_body_optional: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
