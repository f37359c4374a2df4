"""Tables that keep every row as written: the database itself refuses to change them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from record.errors import DomainError

ModelClass = TypeVar("ModelClass", bound=type[models.Model])

_registry: list[type[models.Model]] = []

_REFUSAL = "{table} keeps every row as written: rows cannot be changed or deleted, only added."

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_append_only_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps every row as written: rows cannot be changed or deleted, only added.',
        TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def register(model: ModelClass) -> ModelClass:
    """Class decorator: after the next migrate the table of the model only takes new rows."""
    _registry.append(model)
    return model


def registered_models() -> tuple[type[models.Model], ...]:
    return tuple(_registry)


def install_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Every registered table that exists refuses UPDATE, DELETE and, on PostgreSQL, TRUNCATE."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for model in _registry:
            if _table(model) in tables:
                for statement in _statements(connection, _table(model)):
                    cursor.execute(statement)


def lift_triggers(using: str) -> None:
    """Rows can be taken away until install_triggers is called: for a restore, by the owner.

    Call it in the transaction that installs them again.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in _registry:
            on = connection.ops.quote_name(_table(model))
            for trigger in _trigger_names(connection, _table(model)):
                name = connection.ops.quote_name(trigger)
                if connection.vendor == "postgresql":
                    cursor.execute(f"ALTER TABLE {on} DISABLE TRIGGER {name}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def lifted(kept: Iterable[type[models.Model]], *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Inside, and nowhere else, rows of these tables may be deleted.

    All of it is one transaction, the lifting too: other sessions never see a table without its
    triggers, and an error inside leaves rows and triggers as they were.
    """
    connection = connections[using]
    tables = [_table(model) for model in kept if model in _registry]
    with transaction.atomic(using=using):
        # PostgreSQL does not alter a table while foreign keys wait to be checked.
        connection.check_constraints()
        _lift(connection, tables)
        yield
        connection.check_constraints()
        _restore(connection, tables)


def _lift(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            try:
                cursor.execute(_lifting(connection, table))
            except ProgrammingError as error:
                raise DomainError(
                    "The database gives this installation's role the right to add rows and not to"
                    " remove any. Run the command with the role that owns the tables."
                ) from error


def _lifting(connection: BaseDatabaseWrapper, table: str) -> str:
    names = [connection.ops.quote_name(name) for name in _trigger_names(connection, table)]
    if connection.vendor == "postgresql":
        return f"ALTER TABLE {connection.ops.quote_name(table)} DISABLE TRIGGER {names[0]}"
    return f"DROP TRIGGER {names[1]}"


def _restore(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            for statement in _statements(connection, table):
                cursor.execute(statement)


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What the registry promises and the database does not hold, as "table: trigger"."""
    connection = connections[using]
    present = _present_triggers(connection)
    wanted = [
        (_table(model), trigger)
        for model in _registry
        for trigger in _trigger_names(connection, _table(model))
    ]
    return [f"{table}: {trigger}" for table, trigger in wanted if (table, trigger) not in present]


def reinstall_triggers(*, using: str, **_: object) -> None:
    """Receiver of post_migrate: SQLite drops triggers whenever a migration remakes a table."""
    install_triggers(using)


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _trigger_names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return ["append_only_row", "append_only_truncate"]
    # SQLite keeps one namespace of triggers for the whole database.
    return [f"append_only_update_{table}", f"append_only_delete_{table}"]


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    first, second = (connection.ops.quote_name(name) for name in _trigger_names(connection, table))
    on = connection.ops.quote_name(table)
    if connection.vendor == "postgresql":
        do = "EXECUTE FUNCTION refuse_append_only_change()"
        return [
            f"CREATE OR REPLACE TRIGGER {first} BEFORE UPDATE OR DELETE ON {on} FOR EACH ROW {do}",
            f"CREATE OR REPLACE TRIGGER {second} BEFORE TRUNCATE ON {on} FOR EACH STATEMENT {do}",
            f"ALTER TABLE {on} ENABLE TRIGGER {first}",
            f"ALTER TABLE {on} ENABLE TRIGGER {second}",
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL.format(table=table)}'); END"
    return [
        f"DROP TRIGGER IF EXISTS {first}",
        f"DROP TRIGGER IF EXISTS {second}",
        f"CREATE TRIGGER {first} BEFORE UPDATE ON {on} {refuse}",
        f"CREATE TRIGGER {second} BEFORE DELETE ON {on} {refuse}",
    ]


def _present_triggers(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
                " AND pg_table_is_visible(c.oid)"
            )
        else:
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        return {(table, trigger) for table, trigger in cursor.fetchall()}
