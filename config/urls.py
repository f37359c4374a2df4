"""URL patterns, built from the table of routes: one namespace an app, every view guarded."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string

from config.guard import guarded
from config.routes import ROUTES, Route

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"


def pattern_of(route: Route) -> URLPattern:
    view = guarded(import_string(route.view), route.permission)
    return path(route.path, view, name=route.name.partition(":")[2])


def patterns_of(app: str) -> list[URLPattern]:
    """The patterns of one namespace, in the order of the table."""
    return [pattern_of(route) for route in ROUTES if route.name.partition(":")[0] == app]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((patterns_of(app), app)))
    for app in dict.fromkeys(route.name.partition(":")[0] for route in ROUTES)
]
