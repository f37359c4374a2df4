"""Which tables a backup holds, and how their rows are spelled in JSON."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

CHUNK = 1000
# Who is signed in, and how often somebody tried: of no use on another machine.
PASSING = {"sessions.Session", "accounts.SignInTries"}

Value = Any
Read = Callable[[Any], Value]


@dataclass(frozen=True)
class Table:
    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> "list[models.Field[Any, Any]]":
        return list(self.model._meta.concrete_fields)

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.fields]

    def rows(self, using: str) -> Iterator[list[Value]]:
        """Every row in the order of its key, as values that JSON has words for."""
        names = [field.attname for field in self.fields]
        rows: Any = models.QuerySet(self.model, using=using).order_by("pk").values_list(*names)
        for row in rows.iterator(chunk_size=CHUNK):
            yield [_written(value) for value in row]

    def readers(self) -> list[Read]:
        """For each column, what turns its JSON back into a value of the field."""
        return [_reader(field) for field in self.fields]


def tables() -> list[Table]:
    """Every table of the installed apps but the passing ones, in one order."""
    found = [
        Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in PASSING and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda table: table.name)


def _written(value: Any) -> Value:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return value


def _reader(field: "models.Field[Any, Any]") -> Read:
    related: Any = field
    target: Any = related.target_field if field.is_relation else field
    if isinstance(target, models.BinaryField):
        return lambda value: None if value is None else base64.b64decode(value)
    if isinstance(target, models.JSONField):
        return lambda value: value
    read: Read = target.to_python
    return read
