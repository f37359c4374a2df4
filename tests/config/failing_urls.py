"""A site every page of which goes wrong in its own way."""

from collections.abc import Callable

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import include, path

from config import urls

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500

ERRORS: dict[str, Exception] = {
    "too-big": RequestDataTooBig("settings.DATA_UPLOAD_MAX_MEMORY_SIZE"),
    "too-many-fields": TooManyFieldsSent("settings.DATA_UPLOAD_MAX_NUMBER_FIELDS"),
    "suspicious": SuspiciousOperation("internal words"),
    "malformed": MultiPartParserError("internal words"),
    "forbidden": PermissionDenied("This page is for editors."),
    "absent": Http404("internal words"),
    "broken": ZeroDivisionError("internal words"),
}


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


def read_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("", include("config.urls")),
    path("form/", read_form),
    *[path(f"{name}/", raising(error)) for name, error in ERRORS.items()],
]
