"""What every endpoint does before and after its own part."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.views import APIView

from rest.access import Access
from rest.bodies import StrictJSON, json_bytes
from rest.callers import BySession, ByToken, Caller, address_of, caller_of
from rest.compression import compressed
from rest.formats import JSON, Format, chosen_format
from rest.operations import Operation
from rest.parameters import Parameter, read_parameters
from rest.problems import Problem
from rest.refusals import refused
from rest.requests import plain
from rest.schema import Described
from rest.throttling import take_call

PREFLIGHT_SECONDS = 86_400
EXPOSED = "ETag, Link, Location, Retry-After, X-Request-ID"


class Endpoint(APIView):
    """One address of the API: `get`, `post`, `put`, and in `operations` what each of them does."""

    access: Access = Access()
    offered: ClassVar[tuple[Format, ...]] = (JSON,)
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    operations: ClassVar[Mapping[str, Operation]] = {}
    path_parameters: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    authentication_classes = (ByToken, BySession)
    parser_classes = (StrictJSON,)
    permission_classes = ()
    throttle_classes = ()
    schema = Described()

    format: Format
    asked: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whoever may not ask learns only that; what is wrong with the question comes after."""
        method = str(request.method)
        self.access.refuse_method(method)
        self.access.refuse_caller(method, self._caller(request))
        # A caller who only wants to know whether anything moved is counted once it did.
        if "If-None-Match" not in request.headers:
            self.count_call(request)
        extension = str(kwargs.get("extension", ""))
        self.format = chosen_format(plain(request), self.offered, extension)
        declared = self.parameters_of(method, extension)
        self.asked = read_parameters(request.query_params, declared)

    def _caller(self, request: Request) -> Caller:
        try:
            self.perform_authentication(request)
        except Problem:
            # Wrong tokens are counted by the address that sends them.
            take_call(address_of(request))
            raise
        return caller_of(request)

    def count_call(self, request: Request, *, cost: int = 1) -> None:
        take_call(caller_of(request).key, cost=cost)

    def parameters_of(self, method: str, extension: str) -> Iterable[Parameter]:
        """Those that an address takes when it is asked so; writing takes none."""
        return self.parameters if method in {"GET", "HEAD"} else ()

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002
        # Renderers are not used: every answer is made of bytes, in `initial` its format is chosen.
        return None, ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return self._answer_preflight(request)
        return super().dispatch(request, *args, **kwargs)

    def _answer_preflight(self, request: HttpRequest) -> HttpResponse:
        """A browser asks, on behalf of another site, whether that site's script may read this."""
        response = HttpResponse(status=204)
        del response["Content-Type"]
        if self.access.is_open("GET"):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Allow-Methods"] = "GET, HEAD"
            response["Access-Control-Allow-Headers"] = (
                "Accept, Authorization, If-Modified-Since, If-None-Match, X-Request-ID"
            )
            response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        patch_vary_headers(response, ["Access-Control-Request-Method"])
        return response

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        method = str(request.method)
        if self.access.is_open("GET") and method in {"GET", "HEAD"}:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = EXPOSED
        patch_vary_headers(response, ["Accept", "Authorization", "Cookie"])
        if "Cache-Control" not in response.headers:
            is_public = self.access.is_open(method) and caller_of(request).user is None
            scope = "public" if is_public else "private"
            response["Cache-Control"] = f"{scope}, no-cache"
        return compressed(plain(request), response)

    def handle_exception(self, exc: Exception) -> HttpResponseBase:  # type: ignore[override]
        response = refused(exc, plain(self.request))
        if response is None:
            raise exc
        return response

    @staticmethod
    def json(value: object, *, status: int = 200, **headers: str) -> HttpResponse:
        """The value as JSON; headers by their names in Python, as Last_Modified."""
        response = HttpResponse(json_bytes(value), status=status, content_type=JSON.content_type)
        for name, text in headers.items():
            response[name.replace("_", "-")] = text
        return response
