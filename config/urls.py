"""URL patterns, built from the table of routes: one namespace an app, every view guarded."""

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.module_loading import import_string

from config.guard import Route, View, guarded
from config.routes import ROUTES
from rest.access import Access
from rest.formats import FileExtension

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"


register_converter(FileExtension, "extension")


def pattern_of(route: Route) -> URLPattern:
    view = import_string(route.view)
    name = route.name.partition(":")[2]
    if isinstance(route.permission, Access):
        endpoint: View = view.as_view(access=route.permission)
        return path(route.path, endpoint, name=name)
    return path(route.path, guarded(view, route.permission), name=name)


def patterns_of(app: str) -> list[URLPattern]:
    """The patterns of one namespace, in the order of the table."""
    return [pattern_of(route) for route in ROUTES if route.name.partition(":")[0] == app]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((patterns_of(app), app)))
    for app in dict.fromkeys(route.name.partition(":")[0] for route in ROUTES)
]
