"""Where texts of the record say a name."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from record.backups.tables import Table, tables


def mentions(names: Iterable[str]) -> Iterator[str]:
    """Each row and column that says one of the names as words of their own, whatever the case."""
    words = "|".join(re.escape(name) for name in names)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for table in tables():
        texts = _texts(table)
        if texts:
            yield from _mentions_in(table, texts, pattern)


def _texts(table: Table) -> list[str]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field.attname for field in table.fields if isinstance(field, kinds)]


def _mentions_in(table: Table, texts: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    rows: Any = models.QuerySet(table.model).order_by("pk").values_list("pk", *texts)
    for key, *values in rows.iterator(chunk_size=500):
        for name, value in zip(texts, values, strict=True):
            if value is not None and pattern.search(str(value)):
                yield f"{table.name} {key}: {name}"
