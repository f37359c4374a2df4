"""The shape of the code: sizes, the table of routes, and an engine that stands alone."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from config.env import PROJECT
from config.guard import Permission
from config.routes import ROUTES

APPS = (
    "accounts",
    "assessments",
    "config",
    "evidence",
    "intake",
    "jobs",
    "publishing",
    "record",
    "rest",
    "scoring",
)
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "misc"}

ADDRESSES = ("http://", "https://", "file:", "/home/", "/root/", "/tmp/")


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


def shown(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno
    return function.end_lineno - function.lineno + 1


def too_long(files: list[Path], limit: int) -> list[str]:
    return [
        f"{shown(path)}:{function.lineno} {function.name}: {length(function)} lines"
        for path in files
        for function in functions(path)
        if length(function) > limit
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    files = [path for path in python_files(*APPS, "tests") if "migrations" not in path.parts]
    long = [shown(path) for path in files if len(path.read_text("utf-8").splitlines()) > 400]
    assert files
    assert long == []


def test_no_template_is_longer_than_120_lines() -> None:
    files = sorted((PROJECT / "templates").rglob("*.html"))
    long = [shown(path) for path in files if len(path.read_text("utf-8").splitlines()) > 120]
    assert files
    assert long == []


def test_no_view_is_longer_than_20_lines() -> None:
    files = [path for path in python_files(*APPS) if "views" in path.parts or path.stem == "views"]
    assert files
    assert too_long(files, 20) == []


def test_no_task_is_longer_than_10_lines() -> None:
    files = [path for path in python_files(*APPS) if path.stem == "tasks"]
    assert files
    assert too_long(files, 10) == []


def test_every_module_is_named_after_its_subject() -> None:
    assert [shown(path) for path in python_files(*APPS, "tests") if path.stem in VAGUE] == []


def test_every_signature_is_annotated() -> None:
    bare = [
        f"{shown(path)}:{function.lineno} {function.name}"
        for path in python_files(*APPS)
        if "migrations" not in path.parts
        for function in functions(path)
        if function.returns is None
    ]
    assert bare == []


def test_tests_that_commit_ask_for_a_database_of_their_own() -> None:
    """A flush cannot empty append-only tables, so `committed_db` copies a template instead."""
    forbidden = ("transaction=" + "True", "transactional" + "_db")
    files = python_files("tests")
    assert [
        shown(path) for path in files if any(word in path.read_text("utf-8") for word in forbidden)
    ] == []


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str, object]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.pattern), f"{namespace}:{entry.name}", entry.callback
        else:
            yield from patterns(entry, entry.namespace or namespace)


def test_the_site_answers_at_the_routes_of_the_table_and_nowhere_else() -> None:
    answered = {(path, name) for path, name, _ in patterns(get_resolver())}
    assert answered == {(route.path, route.name) for route in ROUTES}


def test_every_route_has_one_name_and_one_path() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert len({route.path for route in ROUTES}) == len(ROUTES)


def test_every_route_of_a_role_is_guarded() -> None:
    views: dict[str, Callable[..., object]] = {
        name: callback for _, name, callback in patterns(get_resolver()) if callable(callback)
    }
    unguarded = [
        route.name
        for route in ROUTES
        if route.permission is not Permission.ANYONE
        and views[route.name] is import_string(route.view)
    ]
    assert unguarded == []


def test_the_engine_needs_neither_django_nor_celery_nor_numba() -> None:
    modules = [
        shown(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in python_files("scoring/engine")
    ]
    # May be absent with numba, whose loops they are.
    modules.remove("scoring.engine.kernels")
    modules.remove("scoring.engine.large_kernels")
    modules.remove("scoring.engine.outlook_kernels")
    program = f"""
import importlib, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {{"django", "celery", "redis", "psycopg", "numba"}}:
            raise ImportError(f"the engine must not need {{name}}")
sys.meta_path.insert(0, Refuse())
for module in {modules!r}:
    importlib.import_module(module)
"""
    outcome = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert modules
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_name_hashes_and_no_addresses(name: str) -> None:
    text = (PROJECT / name).read_text("utf-8")
    assert text.count("--hash=sha256:") > 50
    assert [address for address in ADDRESSES if address in text] == []
    assert "index-url" not in text


def test_both_lock_files_agree_on_what_runs() -> None:
    def pins(name: str) -> set[str]:
        lines = (PROJECT / name).read_text("utf-8").splitlines()
        return {line.rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_test_file_holds_a_test() -> None:
    empty = [
        shown(path)
        for path in python_files("tests")
        if path.stem.startswith("test_")
        and not any(function.name.startswith("test_") for function in functions(path))
    ]
    assert empty == []
