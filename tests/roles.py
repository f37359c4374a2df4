"""A database on PostgreSQL whose owner and whose site are two roles."""

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from psycopg import sql

PASSWORD = "its password"


@dataclass(frozen=True)
class TwoRoles:
    database: str
    owner: str
    site: str

    def make(self) -> None:
        """What the image of PostgreSQL does on its first start: an owner and its database."""
        self.drop()
        owner, database = sql.Identifier(self.owner), sql.Identifier(self.database)
        _as_superuser(
            sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(owner),
            sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner),
        )

    def drop(self) -> None:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        _as_superuser(drop.format(sql.Identifier(self.database)))
        for role in (self.site, self.owner):
            _as_superuser(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))

    def url(self, role: str) -> str:
        password = PASSWORD.replace(" ", "%20")
        return f"postgres://{role}:{password}@{address()}/{self.database}"


def two_roles(label: str) -> TwoRoles:
    """Names of their own for this process of the suite; for whoever asked for `postgres`."""
    base = urlsplit(os.environ["DATABASE_URL"]).path.strip("/")
    name = f"{base}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{label}"
    return TwoRoles(name, f"{name}_owner", f"{name}_site")


def address() -> str:
    described = connections.settings["default"]
    return f"{described['HOST']}:{described['PORT'] or 5432}"


def _as_superuser(*statements: sql.Composed) -> None:
    described: dict[str, Any] = connections.settings["default"]
    named = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(
        dbname="postgres",
        user=named.username,
        password=named.password or "",
        host=described["HOST"],
        port=described["PORT"] or 5432,
        autocommit=True,
    ) as server:
        for statement in statements:
            server.execute(statement)
