import re

import pytest
from django.test import Client

from rest.about import description
from rest.problems import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def docs() -> str:
    answer = Client().get("/api/v1/docs/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_of_problem_and_the_licence_have_a_place(docs: str) -> None:
    anchors = set(re.findall(r'id="([^"]+)"', docs))
    assert {kind.code for kind in KINDS.values()} | {"licence"} <= anchors


def test_every_operation_is_told_with_an_example(docs: str) -> None:
    paths = description()["paths"]
    operations = [row for path in paths.values() for row in path.values()]
    told = [row for row in operations if not row["operationId"].endswith("File")]
    assert len(told) > 15
    for operation in told:
        assert f'id="{operation["operationId"]}"' in docs
        assert operation["summary"]
        assert operation["description"]
    assert docs.count("Answered") >= len(told) - 1


def test_every_operation_says_what_can_go_wrong() -> None:
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            answers = set(operation["responses"])
            assert {"401", "405", "406", "429", "500"} <= answers, path
            if "{" in path:
                assert "404" in answers, path
            if method in {"put", "post"} and "requestBody" in operation:
                assert {"413", "415", "422"} <= answers, path
