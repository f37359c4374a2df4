"""Questions that nearly every answer begins with: their SQL is written once a process."""

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Rows = list[tuple[Any, ...]]


class Prepared:
    """The rows of a queryset of tuples which asks the same each time."""

    def __init__(self, queryset: Callable[[], QuerySet[Any, Any]]) -> None:
        self._queryset = queryset
        self._compiled: dict[str, tuple[Any, ...]] = {}

    def rows(self) -> Rows:
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        compiler, sql, parameters, converters = self._compiled[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found: Rows = cursor.fetchall()
        if not converters:
            return found
        return [tuple(row) for row in compiler.apply_converters(found, converters)]

    def first(self) -> tuple[Any, ...] | None:
        """For a queryset that is cut after one row."""
        return next(iter(self.rows()), None)

    def _compile(self) -> tuple[Any, ...]:
        query = self._queryset().query
        compiler = query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select or ()]
        return compiler, sql, parameters, compiler.get_converters(columns)


def columns(queryset: QuerySet[Any, Any], *names: str) -> list[list[Any]]:
    """What the rows hold, one list a column in the order of the queryset; of text and whole numbers
    alone.

    Each column comes as one text: of ten thousand rows, Python takes longer to make a tuple for
    each than the database to find them.
    """
    narrow = queryset.values_list(*names)
    try:
        sql, parameters = narrow.query.get_compiler(connection.alias).as_sql()
    except EmptyResultSet:
        return [[] for _ in names]
    gather = "json_agg" if connection.vendor == "postgresql" else "json_group_array"
    quoted = map(connection.ops.quote_name, names)
    gathered = ", ".join(f"CAST({gather}({name}) AS text)" for name in quoted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {gathered} FROM ({sql}) AS narrow", parameters)  # noqa: S608
        return [json.loads(column or "[]") for column in cursor.fetchone()]
