"""JSON Schema by hand: the shape of every record, once, under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JsonSchema = Mapping[str, Any]

TEXT: JsonSchema = {"type": "string"}
NUMBER: JsonSchema = {"type": "number"}
INTEGER: JsonSchema = {"type": "integer"}
BOOLEAN: JsonSchema = {"type": "boolean"}
DAY: JsonSchema = {"type": "string", "format": "date"}
INSTANT: JsonSchema = {"type": "string", "format": "date-time"}
URL: JsonSchema = {"type": "string", "format": "uri"}
CHANCE: JsonSchema = {"type": "number", "minimum": 0, "maximum": 1}
SHA256: JsonSchema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


@dataclass(frozen=True)
class Shape:
    """An object with exactly these fields, all of them there; `example` is true to it."""

    name: str
    fields: Mapping[str, Any]
    description: str = ""
    example: Any = None
    optional: frozenset[str] = field(default_factory=frozenset)

    @property
    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {
            "type": "object",
            "properties": dict(self.fields),
            "required": [name for name in self.fields if name not in self.optional],
            "additionalProperties": False,
        }
        if self.description:
            schema["description"] = self.description
        if self.example is not None:
            schema["examples"] = [self.example]
        return schema


@dataclass(frozen=True)
class Named(Shape):
    """A component that is more than one list of fields."""

    whole: Mapping[str, Any] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, Any]:
        known = {"description": self.description, "examples": self.example and [self.example]}
        return dict(self.whole) | {key: value for key, value in known.items() if value}


def named(
    name: str, schema: Mapping[str, Any], description: str = "", example: Any = None
) -> Named:
    return Named(name, {}, description, example, whole=schema)


def or_null(schema: Any) -> dict[str, Any]:
    if isinstance(schema, Shape) or "type" not in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    nullable = dict(schema)
    nullable["type"] = [schema["type"], "null"]
    if "enum" in schema:
        nullable["enum"] = [*schema["enum"], None]
    return nullable


def list_of(schema: Any, **bounds: int) -> dict[str, Any]:
    return {"type": "array", "items": schema, **bounds}


def one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def text(
    *, pattern: str = "", shortest: int | None = None, longest: int | None = None
) -> dict[str, Any]:
    bounds = {"pattern": pattern or None, "minLength": shortest, "maxLength": longest}
    return {"type": "string"} | {key: value for key, value in bounds.items() if value is not None}


def whole(low: int, high: int | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer", "minimum": low}
    return schema if high is None else schema | {"maximum": high}


FAULT = Shape(
    "Fault",
    {
        "pointer": {
            "type": "string",
            "description": "A JSON pointer into the body, or ? with the name of a parameter.",
        },
        "code": TEXT,
        "detail": TEXT,
    },
)
NEWEST = Shape(
    "Newest",
    {
        "content_hash": SHA256,
        "number": whole(1),
        "author": TEXT,
        "url": {"type": "string", "format": "uri-reference"},
    },
    "The revision that stands in the way of a save, told to callers who may see it.",
)
_SAID = or_null({"type": "string", "description": "What it says, as JSON; null where it is not."})
FIELD_IN_CONFLICT = Shape(
    "FieldInConflict",
    {"field": TEXT, "base": _SAID, "theirs": _SAID, "mine": _SAID},
)
PROBLEM = Shape(
    "Problem",
    {
        "type": {"type": "string", "format": "uri-reference"},
        "title": TEXT,
        "status": whole(400, 599),
        "detail": TEXT,
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string", "description": "Never changes; branch on it."},
        "errors": list_of(FAULT),
        "request_id": TEXT,
        "newest": NEWEST,
    },
    "What went wrong (RFC 9457), in a sentence for people and a code for programs.",
    optional=frozenset({"newest"}),
)


def page_shape(record: Shape, **more: Any) -> Shape:
    """A page of a list of such records."""
    return Shape(
        f"{record.name}Page",
        {
            "count": whole(0) | {"description": "How many there are in all; with count=true."},
            "next": or_null(URL) | {"description": "The page after this one."},
            "previous": or_null(URL) | {"description": "The page before this one."},
        }
        | more
        | {"results": list_of(record)},
        optional=frozenset({"count"}),
    )
