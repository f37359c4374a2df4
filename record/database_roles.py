"""Two roles of PostgreSQL: one owns the tables and migrates, the other serves the site.

The second is not let near an UPDATE, DELETE or TRUNCATE of the append-only tables, and as it owns
nothing it cannot lift their triggers either.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from record.append_only import registered_models
from record.errors import DomainError

OWNER_ALIAS = "owner"
_READ_ONLY = {"django_migrations"}


def site_role() -> str:
    """The role under which DATABASE_URL opens the database."""
    return str(connections[DEFAULT_DB_ALIAS].settings_dict["USER"])


def known_tables() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._meta.managed} | _READ_ONLY


def grants(role: str, tables: Iterable[str]) -> list[str]:
    """The statements after which the role may do what the site does, and nothing else."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    to, kept = quote(role), {model._meta.db_table for model in registered_models()}
    given = {
        table: "SELECT"
        if table in _READ_ONLY
        else "SELECT, INSERT"
        if table in kept
        else "SELECT, INSERT, UPDATE, DELETE"
        for table in sorted(tables)
    }
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}",
        f"GRANT USAGE ON SCHEMA public TO {to}",
        *(f"GRANT {rights} ON {quote(table)} TO {to}" for table, rights in given.items()),
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}",
    ]


def creation(role: str) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    return (
        f"CREATE ROLE {quote(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
        " NOBYPASSRLS"
    )


def apply_roles() -> list[str]:
    """The role of the site exists and holds its rights; the tables on which it holds them."""
    _refuse_one_database_role()
    role, connection = site_role(), connections[OWNER_ALIAS]
    with transaction.atomic(using=OWNER_ALIAS), connection.cursor() as cursor:
        if not _exists(cursor, role):
            # A utility statement takes no parameters, so the driver writes the password into it.
            password = connections[DEFAULT_DB_ALIAS].settings_dict["PASSWORD"]
            cursor.execute(f"{creation(role)} PASSWORD {_literal(cursor, password)}")
        _refuse_a_role_above(cursor, role)
        return _grant(cursor, role)


def grant_after_migrate(*, using: str, **_: object) -> None:
    """Receiver of post_migrate: a new table is open to the site, as far as it should be."""
    if using != OWNER_ALIAS or connections[using].vendor != "postgresql":
        return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if _exists(cursor, site_role()) and site_role() != _owner():
            _grant(cursor, site_role())


def excess_rights(role: str, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The append-only tables on which the role could change or remove rows."""
    with connections[using].cursor() as cursor:
        return [
            model._meta.db_table
            for model in registered_models()
            if _may_change(cursor, role, model._meta.db_table)
        ]


def _grant(cursor: Any, role: str) -> list[str]:
    present = known_tables() & set(connections[OWNER_ALIAS].introspection.table_names(cursor))
    for statement in grants(role, present):
        cursor.execute(statement)
    return sorted(present)


def _may_change(cursor: Any, role: str, table: str) -> bool:
    cursor.execute(
        "SELECT has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE')"
        " OR has_any_column_privilege(%s, %s, 'UPDATE')",
        [role, table, role, table],
    )
    return bool(cursor.fetchone()[0])


def _refuse_one_database_role() -> None:
    if OWNER_ALIAS not in connections or connections[OWNER_ALIAS].vendor != "postgresql":
        raise DomainError(
            "Roles are a matter of PostgreSQL. Set DATABASE_URL to the role of the site and"
            " OWNER_DATABASE_URL to the owner of the tables, both postgres://."
        )
    if not site_role() or site_role() == _owner():
        raise DomainError(
            f"DATABASE_URL and OWNER_DATABASE_URL both name the role {_owner()!r}. Name another"
            " one in DATABASE_URL; it is made if it does not exist."
        )


def _refuse_a_role_above(cursor: Any, role: str) -> None:
    cursor.execute(
        "SELECT rolsuper OR pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles"
        " WHERE rolname = %s",
        [role],
    )
    if cursor.fetchone()[0]:
        raise DomainError(
            f"{role!r} is a superuser or a member of the owner's role, so grants do not bind it."
            " Name another role in DATABASE_URL."
        )


def _owner() -> str:
    return str(connections[OWNER_ALIAS].settings_dict["USER"])


def _exists(cursor: Any, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _literal(cursor: Any, password: str) -> str:
    cursor.execute("SELECT quote_nullable(NULLIF(%s, ''))", [password])
    return str(cursor.fetchone()[0])
