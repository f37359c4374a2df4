from django.http import HttpRequest
from rest_framework.request import Request


def plain(request: Request) -> HttpRequest:
    """Django's own request, which the framework wraps."""
    inner: HttpRequest = request._request  # noqa: SLF001 - it has no other name
    return inner
