"""The API for people: every address with its parameters and an example, made from its own
description."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.scopes import SCOPES
from rest.problems import KINDS

NEWSLETTER = """\
import json, urllib.request
SITE, SINCE = "http://127.0.0.1:8000", 0
with urllib.request.urlopen(f"{SITE}/api/v1/changes/?since={SINCE}&limit=1000") as answer:
    page = json.load(answer)
for change in page["results"]:
    scores = [f"{row['dimension']} {row['from'] or 'new:'} to {row['to']}" for row in change["scores"]]
    print(f"{change['at'][:10]}  {change['technology']['name']}: {'; '.join(scores)}")
    print(f"    {change['reason'] or change['kind']}")
print(f"Next time say SINCE = {page['next_since']}")
"""  # noqa: E501 - ten lines are ten lines


@dataclass(frozen=True)
class Argument:
    name: str
    description: str
    allowed: str
    is_required: bool


@dataclass(frozen=True)
class OperationView:
    """`scope` is empty where nothing is asked for."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    needs_token: bool
    arguments: tuple[Argument, ...]
    answers: tuple[tuple[str, str], ...]
    sent: str
    example: str
    has_files: bool


@dataclass(frozen=True)
class Subject:
    name: str
    description: str
    operations: tuple[OperationView, ...]


@dataclass(frozen=True)
class ApiPage:
    site: str
    subjects: tuple[Subject, ...]
    problems: tuple[tuple[str, int, str, str], ...]
    scopes: tuple[tuple[str, str, str], ...]
    newsletter: str
    calls_a_minute: str


def api_page(description: Mapping[str, Any], *, site: str) -> ApiPage:
    return ApiPage(
        site=site,
        subjects=tuple(_subjects(description)),
        problems=tuple(
            (kind.code, status, kind.title, kind.detail) for status, kind in KINDS.items()
        ),
        scopes=tuple((name, scope.words, scope.least.label) for name, scope in SCOPES.items()),
        newsletter=NEWSLETTER,
        calls_a_minute=f"{settings.API_CALLS_A_MINUTE:,}" if settings.API_CALLS_A_MINUTE else "",
    )


def _subjects(description: Mapping[str, Any]) -> Iterator[Subject]:
    paths, shapes = description["paths"], description["components"]["schemas"]
    for tag in description["tags"]:
        found = [
            _operation(path, method, operation, shapes, has_files=_file_path(path) in paths)
            for path, methods in paths.items()
            for method, operation in methods.items()
            if tag["name"] in operation["tags"] and "{extension}" not in path
        ]
        yield Subject(tag["name"], tag["description"], tuple(found))


def _file_path(path: str) -> str:
    return f"{path.rstrip('/')}.{{extension}}"


def _operation(
    path: str,
    method: str,
    operation: Mapping[str, Any],
    shapes: Mapping[str, Any],
    *,
    has_files: bool,
) -> OperationView:
    body = operation.get("requestBody", {}).get("content", {})
    answers = operation["responses"]
    good = next(answer for status, answer in answers.items() if status.startswith("2"))
    return OperationView(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        needs_token={} not in operation["security"],
        arguments=tuple(_argument(row) for row in operation.get("parameters", ())),
        answers=tuple((status, row["description"]) for status, row in answers.items()),
        sent=_example(body.get("application/json", {}), shapes),
        example=_example(good.get("content", {}).get("application/json", {}), shapes),
        has_files=has_files,
    )


def _argument(row: Mapping[str, Any]) -> Argument:
    schema = row["schema"]
    return Argument(
        row["name"],
        row.get("description", ""),
        _allowed(schema.get("items", schema)),
        bool(row.get("required")),
    )


def _allowed(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "minimum" in schema and "maximum" in schema:
        default = f", {schema['default']} unless given" if "default" in schema else ""
        return f"{schema['minimum']:,} to {schema['maximum']:,}{default}"
    words = {"date": "a date", "boolean": "true or false", "integer": "a whole number"}
    return words.get(schema.get("format", "")) or words.get(str(schema.get("type")), "text")


def _example(content: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """The example of the body, or one put together from the shapes that it names."""
    if "example" in content:
        return _printed(content["example"])
    found = _example_of(content.get("schema", {}), shapes)
    return "" if found is None else _printed(found)


def _example_of(schema: Mapping[str, Any], shapes: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        schema = shapes[schema["$ref"].rpartition("/")[2]]
    if schema.get("examples"):
        return schema["examples"][0]
    results = schema.get("properties", {}).get("results")
    if results is None:
        return None
    record = _example_of(results["items"], shapes)
    page = {"next": None, "previous": None}
    if "next_since" in schema["properties"]:
        page |= {"next_since": record["seq"]}
    return page | {"results": [record]} if record is not None else None


def _printed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
