"""Questions that nearly every answer begins with: their SQL is written once a process."""

from collections.abc import Callable
from typing import Any

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
            found = cursor.fetchall()
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
