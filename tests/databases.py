"""A migrated database made once, and copies of it for whoever needs one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

OpenDatabase = Callable[..., AbstractContextManager[str]]


class Template(Protocol):
    def copy(self, label: str, of: str = "") -> str:
        """Makes a copy of the template, or of a copy that nobody is connected to, and returns what
        settings call its NAME."""

    def drop(self, name: str) -> None: ...

    def url(self, name: str) -> str:
        """The DATABASE_URL under which another process finds the copy."""

    def remove(self) -> None:
        """Drops the template and the copies that nobody dropped."""


class SqliteTemplate:
    """A file; a closed SQLite database is all in the one file."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.name = str(directory / "template.sqlite3")
        _migrate(self.name)

    def copy(self, label: str, of: str = "") -> str:
        name = self.directory / f"{label}.sqlite3"
        shutil.copyfile(of or self.name, name)
        return str(name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"

    def remove(self) -> None:
        shutil.rmtree(self.directory)


class PostgresTemplate:
    """A database; PostgreSQL copies it file by file as long as nobody is connected to it."""

    def __init__(self, described: dict[str, Any], worker: str) -> None:
        self.described = described
        self.prefix = f"{described['NAME']}_{worker}"
        self.name = f"{self.prefix}_template"
        self.made: set[str] = set()
        self._create(self.name, "template0")
        _migrate(self.name)

    def copy(self, label: str, of: str = "") -> str:
        name = f"{self.prefix}_{label}"
        self._create(name, of or self.name)
        return name

    def remove(self) -> None:
        for name in sorted(self.made):
            self.drop(name)

    def drop(self, name: str) -> None:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._execute(statement.format(sql.Identifier(name)))

    def url(self, name: str) -> str:
        parts = self.described
        password = f":{parts['PASSWORD']}" if parts["PASSWORD"] else ""
        port = f":{parts['PORT']}" if parts["PORT"] else ""
        return f"postgres://{parts['USER']}{password}@{parts['HOST']}{port}/{name}"

    def _create(self, name: str, template: str) -> None:
        self.drop(name)
        self.made.add(name)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def _execute(self, statement: sql.Composed) -> None:
        parts = self.described
        with psycopg.connect(
            dbname="postgres",
            user=parts["USER"],
            password=parts["PASSWORD"],
            host=parts["HOST"],
            port=parts["PORT"] or 5432,
            autocommit=True,
        ) as connection:
            connection.execute(statement)


@contextmanager
def copied(template: Template, label: str, of: str = "") -> Iterator[str]:
    """A copy under a label of its own, dropped at the end."""
    name = template.copy(label, of)
    try:
        yield name
    finally:
        template.drop(name)


@contextmanager
def connected_to(name: str, **others: str) -> Iterator[None]:
    """Every connection of this process, in any thread, opens the database of this name.

    Other parts of its description, as USER, may be named too.
    """
    wanted = {"NAME": name, **others}
    described = connections.settings["default"]
    before = {part: described[part] for part in wanted}
    _describe(wanted)
    try:
        yield
    finally:
        _describe(before)


def _describe(parts: dict[str, Any]) -> None:
    connections["default"].close()
    connections.settings["default"].update(parts)
    connections["default"].settings_dict.update(parts)


def _migrate(name: str) -> None:
    with connected_to(name):
        call_command("migrate", verbosity=0)
