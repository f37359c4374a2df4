"""What every test may ask for: databases, a broker, workers, the running site, a browser."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as drawn
from pytest_django import DjangoDbBlocker

from assessments.services.demonstration import load_demonstration
from config.env import celery_url
from config.up.places import Places
from jobs import bell
from publishing import selectors
from tests.assessments.factories import person
from tests.databases import (
    OpenDatabase,
    PostgresTemplate,
    SqliteTemplate,
    Template,
    connected_to,
    copied,
)
from tests.site import Site, start_site
from tests.stack import PrivateBroker, SharedBroker, Stack

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# How long a case takes says how busy the machine is, and nothing of the code.
drawn.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawn.load_profile("unhurried")


# Whatever is asked for besides these goes the same way on every database.
DATABASES = {"db", "template_database", "postgres"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what reads or writes the database that DATABASE_URL names."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & DATABASES or item.get_closest_marker("django_db"):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What was loaded by now stays to the end, so the collector of garbage need not look at it
    with every few hundred new things."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def missing(what: str) -> NoReturn:
    """Skips the test, or fails it where everything has to be there."""
    if os.environ.get("REQUIRE_ALL") == "1" or os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and here a skip counts as a failure")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def template_database(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Iterator[Template]:
    """A database after all migrations, of the kind that DATABASE_URL asks for."""
    described = connections.settings["default"]
    with django_db_blocker.unblock():
        if described["ENGINE"] == "django.db.backends.sqlite3":
            template: Template = SqliteTemplate(tmp_path_factory.mktemp("databases"))
        else:
            template = PostgresTemplate(described, worker_id)
        yield template
        template.remove()


@pytest.fixture(scope="session")
def postgres() -> None:
    """Skips where DATABASE_URL names no PostgreSQL."""
    if connections.settings["default"]["ENGINE"] != "django.db.backends.postgresql":
        pytest.skip("SQLite has no roles; make test-pg runs this")


@pytest.fixture(scope="session")
def django_db_setup(
    template_database: Template, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database of ordinary tests, each of which rolls back what it wrote."""
    with (
        django_db_blocker.unblock(),
        copied(template_database, "main") as name,
        connected_to(name),
    ):
        yield


@pytest.fixture(scope="session")
def open_database(
    template_database: Template, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> OpenDatabase:
    """Opens a migrated database of a label's own, in which commits are real.

    A fixture of a module fills it once for all tests of the module, each of which then rolls back
    what it wrote itself.
    """

    @contextmanager
    def opened(label: str, *, of: str = "") -> Iterator[str]:
        with (
            django_db_blocker.unblock(),
            copied(template_database, label, of) as name,
            connected_to(name),
        ):
            yield name

    return opened


@pytest.fixture(scope="session")
def demonstration_database(
    template_database: Template, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A database that holds the demonstration, published by an editor called ed; to be copied."""
    with django_db_blocker.unblock(), copied(template_database, "demonstration") as name:
        with connected_to(name):
            load_demonstration(editor=person("ed", "editor"))
        yield name


@pytest.fixture(scope="module")
def demonstration(demonstration_database: str, open_database: OpenDatabase) -> Iterator[None]:
    """The record of the tests of a module begins with the demonstration."""
    with open_database("demonstrated", of=demonstration_database):
        yield


@pytest.fixture(autouse=True)
def _forget_snapshots() -> None:
    """A test rolls back what it wrote, and the next one's record has the same numbers."""
    selectors._snapshots.forget()
    selectors._private.forget()
    selectors._past_snapshots.forget()


@pytest.fixture
def committed_db(template_database: Template, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of the test's own, for tests that commit; its DATABASE_URL is the value.

    The append-only tables cannot be emptied, so pytest-django's transactional tests are no way.
    """
    with (
        django_db_blocker.unblock(),
        copied(template_database, "committed") as name,
        connected_to(name),
    ):
        yield template_database.url(name)


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateBroker]:
    """A running server of the suite's own."""
    server = PrivateBroker(Places(tmp_path_factory.mktemp("broker")))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def worker_stack(committed_db: str, tmp_path: Path) -> Iterator[Stack]:
    """An installation with a running worker; this process writes to the same database."""
    named = os.environ.get("REDIS_URL")
    server = SharedBroker(named) if named else PrivateBroker(Places(tmp_path / "var"))
    yield from _running(Stack(tmp_path / "var", committed_db, server))


@pytest.fixture
def fault_stack(committed_db: str, tmp_path: Path) -> Iterator[Stack]:
    """The same with a broker that may be killed, whatever REDIS_URL says."""
    server = PrivateBroker(Places(tmp_path / "var"))
    yield from _running(Stack(tmp_path / "var", committed_db, server))


def _running(stack: Stack) -> Iterator[Stack]:
    stack.broker.start()
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": stack.broker.prefix}
    try:
        stack.start_worker()
        with override_settings(
            REDIS_URL=stack.broker.url,
            CELERY_BROKER_URL=celery_url(stack.broker.url),
            CELERY_BROKER_TRANSPORT_OPTIONS=options,
        ):
            bell._bell = bell.Bell()
            yield stack
            bell.flush()
    finally:
        bell._bell = bell.Bell()
        stack.stop()


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site with its demonstration, as `make run` starts it."""
    site = start_site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium: a test never downloads a browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("chromium")
    return {"executable_path": path, "args": list(CHROMIUM_FLAGS)}
