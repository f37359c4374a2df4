import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.models import QuerySet

from record.append_only import (
    install_triggers,
    lift_triggers,
    missing_triggers,
    registered_models,
)
from record.backups.archive import Manifest, Member, opened, rows_of
from record.backups.tables import CHUNK, Read, Table, tables
from record.errors import DomainError
from record.schema import Migration, applied_migrations


def restore_backup(*, path: Path, using: str, is_replacing: bool = False) -> Manifest:
    """The database holds what the file holds and nothing else, or is as it was before."""
    with opened(path) as (archive, manifest):
        _refuse_another_schema(manifest, using)
        try:
            with transaction.atomic(using=using, durable=True):
                _replace(archive, manifest, using, is_replacing=is_replacing)
        except DatabaseError as error:
            raise DomainError(
                f"The database refused the backup and is as it was: {error}. A role that does not"
                " own the tables cannot restore; use --database owner."
            ) from error
    return manifest


def _replace(
    archive: zipfile.ZipFile, manifest: Manifest, using: str, *, is_replacing: bool
) -> None:
    if not is_replacing:
        _refuse_a_full_house(using)
    _empty(using)
    known = {table.name: table for table in tables()}
    for member in manifest.tables:
        _fill(known[member.name], member, archive, using)
    _count_on(using)
    connections[using].check_constraints()
    missing = missing_triggers(using)
    if missing:
        raise DomainError(f"After the restore these triggers are missing: {', '.join(missing)}.")


def _refuse_another_schema(manifest: Manifest, using: str) -> None:
    inside = {(app, name) for app, name in manifest.schema}
    present = applied_migrations(using)
    if inside != present:
        raise DomainError(
            f"This backup is of another schema. {_difference(inside, present)} Restore it with"
            " the code that made it, then upgrade."
        )
    known = {table.name: table.columns for table in tables()}
    found = {member.name: member.columns for member in manifest.tables}
    if found != known:
        raise DomainError("This backup holds other tables or columns than this code knows.")


def _difference(inside: set[Migration], present: frozenset[Migration]) -> str:
    if inside - present:
        return f"It has {_named(inside - present)}, which this database lacks."
    return f"It lacks {_named(present - inside)}, which this database has."


def _named(migrations: set[Migration] | frozenset[Migration]) -> str:
    app, name = min(migrations)
    more = f" and {len(migrations) - 1} more" if len(migrations) > 1 else ""
    return f"the migration {app} {name}{more}"


def _refuse_a_full_house(using: str) -> None:
    for model in (*registered_models(), get_user_model()):
        if QuerySet(model, using=using).exists():
            raise DomainError(
                f"This database holds a record already ({model._meta.verbose_name_plural}). Restore"
                " into an empty one, or give --replace to lose what is here."
            )


def _empty(using: str) -> None:
    """No row is left, sessions included; the triggers stand again before the first new row."""
    connection = connections[using]
    models = apps.get_models(include_auto_created=True)
    names = [connection.ops.quote_name(m._meta.db_table) for m in models if m._meta.managed]
    lift_triggers(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 names of our own tables
    install_triggers(using)


def _fill(table: Table, member: Member, archive: zipfile.ZipFile, using: str) -> None:
    connection = connections[using]
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, table.columns))
    marks = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608
    rows = _values(table, rows_of(archive, member), using)
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(statement, chunk)


def _values(table: Table, rows: Iterator[list[Any]], using: str) -> Iterator[list[Any]]:
    connection, fields = connections[using], table.fields
    readers: list[Read] = table.readers()
    for row in rows:
        yield [
            field.get_db_prep_save(read(value), connection)
            for field, read, value in zip(fields, readers, row, strict=True)
        ]


def _count_on(using: str) -> None:
    """The next row that anybody adds gets a number after the last one restored."""
    connection = connections[using]
    models = [table.model for table in tables()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
