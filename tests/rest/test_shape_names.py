"""One name of the API's description stands for one shape."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.utils.module_loading import import_string
from drf_spectacular.plumbing import ComponentRegistry

from config.routes import ROUTES
from rest.access import Access
from rest.operations import Operation
from rest.schema import Described
from rest.shapes import INTEGER, TEXT, Shape


def operations() -> Iterator[Operation]:
    for route in ROUTES:
        if isinstance(route.permission, Access):
            yield from import_string(route.view).operations.values()


def shapes_in(value: Any) -> Iterator[Shape]:
    """Every named shape within, those within shapes too."""
    if isinstance(value, Shape):
        yield value
        yield from shapes_in(value.schema)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from shapes_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from shapes_in(item)


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    found: dict[str, Shape] = {}
    shared = set()
    for operation in operations():
        spelled = [operation.body, *(answer.shape for answer in operation.answers.values())]
        for shape in shapes_in(spelled):
            if found.setdefault(shape.name, shape).schema != shape.schema:
                shared.add(shape.name)
    assert len(found) > 50
    assert shared == set()


def described(*shapes: Shape) -> ComponentRegistry:
    endpoint = Described()
    endpoint.registry = ComponentRegistry()
    for shape in shapes:
        endpoint._resolved(shape)
    return endpoint.registry


def test_the_same_shape_twice_is_one_component() -> None:
    registry = described(Shape("Kelp", {"depth": INTEGER}), Shape("Kelp", {"depth": INTEGER}))
    assert len(registry._components) == 1


def test_another_shape_under_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(ValueError, match="Two shapes of the API are called Kelp"):
        described(Shape("Kelp", {"depth": INTEGER}), Shape("Kelp", {"name": TEXT}))
