"""What gunicorn serves."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

_site = get_wsgi_application()
# Every view is imported now, before the fork, and not once more in each worker.
get_resolver().url_patterns  # noqa: B018


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    # Only an extended parameter ("charset*=...") has an asterisk here. Django decodes it by the
    # codec it names before any middleware could answer, and no browser or client sends one.
    if "*" in environ.get("CONTENT_TYPE", ""):
        environ["CONTENT_TYPE"] = "application/octet-stream"
    return _site(environ, start_response)
