"""Migrations as the owner of the tables runs them."""

from pathlib import Path

import pytest

from config.env import PROJECT
from record.schema import applied_migrations, missing_migrations, shipped_migrations

WITH_DATA = sorted(
    path for path in PROJECT.glob("*/migrations/0*.py") if "RunPython(" in path.read_text("utf-8")
)


@pytest.mark.parametrize("path", WITH_DATA, ids=lambda path: f"{path.parent.parent.name}")
def test_a_migration_of_data_writes_where_it_was_sent(path: Path) -> None:
    """`migrate --database owner` opens another connection than the site's."""
    assert "schema_editor.connection.alias" in path.read_text("utf-8")


@pytest.mark.django_db
def test_a_migrated_database_lacks_nothing() -> None:
    assert missing_migrations() == frozenset()
    assert ("record", "0001_initial") in shipped_migrations() & applied_migrations()
