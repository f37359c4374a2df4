"""The OpenAPI description of an endpoint, made from what the endpoint itself declares."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from rest.access import ANYONE, Access
from rest.formats import JSON, JSON_LINES, Format
from rest.operations import Answered, Operation
from rest.parameters import Parameter
from rest.problems import KINDS, MEDIA_TYPE
from rest.shapes import PROBLEM, Shape

HEADERS: Mapping[str, Mapping[str, Any]] = {
    "ETag": {"description": "Names these very bytes.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "When they last changed.", "schema": {"type": "string"}},
    "Link": {
        "description": "Neighbouring pages, description and licence (RFC 8288).",
        "schema": {"type": "string"},
    },
    "Location": {"description": "Where the result is.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "Allow": {"description": "The methods that there are.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "What is asked for.", "schema": {"type": "string"}},
}
REFUSAL_HEADERS = {401: "WWW-Authenticate", 405: "Allow", 429: "Retry-After"}
SECURITY = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made under Your tokens. It does what its scopes and its owner's"
        " role both allow.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "A person signed in on the site; writing needs X-CSRFToken too.",
    },
}


class Documented(Protocol):
    """The part of an endpoint that its description is made from."""

    access: Access
    offered: tuple[Format, ...]
    operations: Mapping[str, Operation]
    path_parameters: Mapping[str, Mapping[str, Any]]

    def parameters_of(self, method: str, extension: str) -> Iterable[Parameter]: ...


class Described(AutoSchema):
    """The description of one endpoint; the framework finds the addresses."""

    registry: ComponentRegistry

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> dict[str, Any] | None:
        self.registry = registry
        endpoint: Documented = self.view  # type: ignore[assignment]
        operation = endpoint.operations[method]
        is_file = "{extension}" in path
        parts = {
            "operationId": operation.id + ("File" if is_file else ""),
            "summary": operation.summary + (", as a file" if is_file else ""),
            "description": operation.description,
            "tags": [operation.tag],
            "parameters": self._parameters(endpoint, operation, path, method),
            "requestBody": self._body(operation),
            "security": _security(endpoint.access.scopes[method]),
            "responses": self._responses(endpoint, operation, path, method),
        }
        return {key: value for key, value in parts.items() if value} | dict(operation.extra)

    def _parameters(
        self, endpoint: Documented, operation: Operation, path: str, method: str
    ) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = [
            {"name": name, "in": "path", "required": True} | dict(described)
            for name, described in endpoint.path_parameters.items()
            if f"{{{name}}}" in path
        ]
        extension = "file" if "{extension}" in path else ""
        listed += [_query(row) for row in endpoint.parameters_of(method, extension)]
        if operation.needs_match or operation.takes_match:
            listed.append(_IF_MATCH | {"required": operation.needs_match})
        return listed

    def _body(self, operation: Operation) -> dict[str, Any] | None:
        if operation.body is None:
            return None
        media = {"schema": self._resolved(operation.body)}
        if operation.body_example is not None:
            media["example"] = operation.body_example
        is_required = not operation.is_body_optional
        return {"required": is_required, "content": {JSON.media_type: media}}

    def _responses(
        self, endpoint: Documented, operation: Operation, path: str, method: str
    ) -> dict[str, Any]:
        is_file = "{extension}" in path
        answers = {
            str(status): self._answer(answer, is_file=is_file)
            for status, answer in operation.answers.items()
        }
        if method == "GET":
            answers["304"] = {"description": "What If-None-Match names is still so."}
        for status in sorted(_refusals(endpoint, operation, path, method)):
            answers[str(status)] = self._refusal(status, operation.problems.get(status, PROBLEM))
        return answers

    def _answer(self, answer: Answered, *, is_file: bool) -> dict[str, Any]:
        described: dict[str, Any] = {"description": answer.description}
        if answer.headers:
            described["headers"] = {name: dict(HEADERS[name]) for name in answer.headers}
        if answer.shape is not None:
            described["content"] = {
                kind.media_type: self._content(kind, answer)
                for kind in answer.formats
                if not (is_file and kind is JSON)
            }
        if answer.links and not is_file:
            described["links"] = dict(answer.links)
        return described

    def _content(self, kind: Format, answer: Answered) -> dict[str, Any]:
        if kind is not JSON:
            what = "One record a line." if kind is JSON_LINES else "RFC 4180, with a header row."
            return {"schema": {"type": "string", "description": what}}
        content: dict[str, Any] = {"schema": self._resolved(answer.shape)}
        if answer.example is not None:
            content["example"] = answer.example
        return content

    def _refusal(self, status: int, problem: Shape) -> dict[str, Any]:
        described: dict[str, Any] = {
            "description": f"{KINDS[status].title}: {KINDS[status].detail}",
            "content": {MEDIA_TYPE: {"schema": self._resolved(problem)}},
        }
        if status in REFUSAL_HEADERS:
            name = REFUSAL_HEADERS[status]
            described["headers"] = {name: dict(HEADERS[name])}
        return described

    def _resolved(self, value: Any) -> Any:
        """The schema with every named shape put among the components and referred to."""
        if isinstance(value, Shape):
            return self._component(value).ref
        if isinstance(value, Mapping):
            return {key: self._resolved(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._resolved(item) for item in value]
        return value

    def _component(self, shape: Shape) -> ResolvedComponent:
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            name=shape.name, type=ResolvedComponent.SCHEMA, object=shape.name
        )
        if component not in self.registry:
            self.registry.register(component)
            component.schema = self._resolved(shape.schema)
        elif self.registry[component].schema != self._resolved(shape.schema):
            raise ValueError(
                f"Two shapes of the API are called {shape.name}, and the description could hold one"
                " of them alone. Give one another name."
            )
        return component


_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version that was changed.",
    "schema": {"type": "string"},
}


def _query(parameter: Parameter) -> dict[str, Any]:
    schema, example = dict(parameter.schema), parameter.example
    described: dict[str, Any] = {"name": parameter.name, "in": "query"}
    described["description"] = parameter.description
    if parameter.is_required:
        described["required"] = True
    if parameter.is_repeatable:
        described |= {"style": "form", "explode": True}
        schema, example = {"type": "array", "items": schema}, example and [example]
    return described | {"schema": schema} | ({} if example is None else {"example": example})


def _security(scope: str) -> list[dict[str, list[str]]]:
    ways: list[dict[str, list[str]]] = [{name: []} for name in SECURITY]
    return [*ways, {}] if scope == ANYONE else ways


def _refusals(endpoint: Documented, operation: Operation, path: str, method: str) -> Iterable[int]:
    # A wrong token is refused even where none is needed.
    found = {400, 401, 405, 406, 414, 429, 431, 500, *operation.refusals}
    if endpoint.access.scopes[method] != ANYONE:
        found.add(403)
    if "{" in path:
        found.add(404)
    if operation.body is not None:
        found |= {413, 415, 422}
    if operation.needs_match or operation.takes_match:
        found.add(412)
    if operation.needs_match:
        found.add(428)
    return found
