"""One moment of a database, read while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction


@contextmanager
def one_moment(using: str) -> Iterator[None]:
    """All that is read inside is of one instant, and no writer waits for it."""
    connection: Any = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using, durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    usual = connection.transaction_mode
    # IMMEDIATE would take the lock of writers; a deferred transaction that only reads takes none.
    connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(using=using, durable=True):
            yield
    finally:
        connection.transaction_mode = usual
