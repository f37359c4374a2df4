"""The API about itself: where it begins, and its description."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse
from drf_spectacular.generators import SchemaGenerator

from record.canonical import digest
from rest.bodies import json_bytes
from rest.formats import JSON
from rest.operations import Answered, Operation
from rest.problems import DOCS
from rest.reading import ReadEndpoint
from rest.requests import plain
from rest.schema import SECURITY
from rest.shapes import URL

DESCRIPTION = (
    "What is published of emerging technologies: scores, rankings with the reasons, outlooks,"
    " predictions and every change. Reading what is public needs no token. Lists come in pages of"
    " JSON, or whole as CSV and JSON Lines. Every answer carries an ETag; errors are"
    " application/problem+json."
)
TAGS = {
    "Technologies": "What is published of each technology.",
    "Cards": "Cards and their revisions, for the team.",
    "Rankings": "Finished rankings, and those of past dates.",
    "Outlooks": "When markets may open.",
    "Predictions": "What cards predict, checkable.",
    "Indicators": "What is measured, with every vintage of every figure.",
    "Evidence": "What stands behind scores, for the team.",
    "Challenges": "Corrections from readers, and what came of them.",
    "Runs": "What was computed, from what.",
    "Changes": "The public part of the change log.",
    "About": "The API itself.",
}


@cache
def description() -> dict[str, Any]:
    """The whole API in OpenAPI 3.1; addresses come from the table of routes."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    schema["info"] |= {"description": DESCRIPTION, "summary": "What Bellwether publishes"}
    used = {
        tag
        for path in schema["paths"].values()
        for operation in path.values()
        for tag in operation["tags"]
    }
    schema["tags"] = [
        {"name": name, "description": text} for name, text in TAGS.items() if name in used
    ]
    schema["components"]["securitySchemes"] = SECURITY
    schema["externalDocs"] = {"url": DOCS, "description": "How to use it, with examples."}
    return schema


@cache
def description_bytes() -> bytes:
    return json_bytes(description())


def plain_addresses() -> dict[str, str]:
    """The names and paths of addresses that are read and have no parts, files left out."""
    _, resolver = get_resolver().namespace_dict["api"]
    patterns = [row for row in resolver.url_patterns if isinstance(row, URLPattern)]
    return {
        str(row.name): reverse(f"api:{row.name}")
        for row in patterns
        if "<" not in str(row.pattern) and _is_read(row)
    }


def _is_read(row: URLPattern) -> bool:
    view = getattr(row.callback, "view_class", None)
    return view is None or "GET" in getattr(view, "operations", {"GET": None})


class Index(ReadEndpoint):
    operations = {
        "GET": Operation(
            id="index",
            tag="About",
            summary="Where to begin",
            description="The addresses that need nothing filled in.",
            answers={
                200: Answered(
                    "Names and addresses.",
                    {"type": "object", "additionalProperties": URL},
                    headers=("ETag", "Link"),
                    example={"technology-list": "https://bellwether.example/api/v1/technologies/"},
                )
            },
        )
    }

    def edition(self) -> str:
        return " ".join(plain_addresses())

    def answer(self) -> HttpResponse:
        request = plain(self.request)
        addresses = plain_addresses().items()
        return self.json({name: request.build_absolute_uri(path) for name, path in addresses})


class SchemaDetail(ReadEndpoint):
    operations = {
        "GET": Operation(
            id="schema",
            tag="About",
            summary="This description",
            description="The API in OpenAPI 3.1.",
            answers={
                200: Answered("An OpenAPI document.", {"type": "object"}, headers=("ETag", "Link"))
            },
        )
    }

    def edition(self) -> str:
        return digest(description_bytes())

    def answer(self) -> HttpResponse:
        return HttpResponse(description_bytes(), content_type=JSON.content_type)
