"""URL patterns, built from the table of routes: one namespace an app."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string

from config.routes import ROUTES

apps = sorted({route.name.split(":")[0] for route in ROUTES})


def patterns_of(app: str) -> list[URLPattern]:
    """The patterns of one namespace, in the order of the table."""
    return [
        path(route.path, import_string(route.view), name=route.name.split(":")[1])
        for route in ROUTES
        if route.name.split(":")[0] == app
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((patterns_of(app), app))) for app in apps
]
