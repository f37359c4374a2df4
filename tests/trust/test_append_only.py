"""What was written stays as it was written, in every table that the registry names."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, models, transaction

from evidence.searching import INDEX_TABLES
from record.append_only import missing_triggers, registered_models
from tests.databases import OpenDatabase
from tests.trust.planting import plant

# Mutable tables are named too, so that a new table takes somebody's decision.
MUTABLE = {
    "accounts_apitoken",
    "accounts_invitation",
    "accounts_signintries",
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "assessments_alias",
    "assessments_buffer",
    "assessments_card",
    "assessments_challengesender",  # erased when they ask
    "assessments_domain",
    "assessments_internalnote",
    "assessments_link",
    "assessments_technology",
    "assessments_technology_domains",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "evidence_indicator",
    "evidence_item",
    "evidence_itemmark",
    "evidence_itemtag",
    "evidence_itemwords",
    "evidence_passage",
    "evidence_tag",
    "evidence_tagname",
    "jobs_intermediate",  # deleted once the result is there
    "jobs_job",  # its result is kept
}
TABLES = {model._meta.db_table: model for model in registered_models()}
ATTACKS = ("UPDATE TABLE SET KEY = KEY", "DELETE FROM TABLE", "DELETE FROM TABLE WHERE KEY > 0")
ON_SQLITE = ("INSERT OR REPLACE INTO TABLE SELECT * FROM TABLE",)
ON_POSTGRESQL = (
    "INSERT INTO TABLE SELECT * FROM TABLE ON CONFLICT (KEY) DO UPDATE SET KEY = EXCLUDED.KEY",
    "TRUNCATE TABLE CASCADE",
    "MERGE INTO TABLE t USING TABLE s ON t.KEY = s.KEY WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM TABLE RETURNING *) SELECT COUNT(*) FROM gone",
)
each_table = pytest.mark.parametrize("table", sorted(TABLES))


@pytest.fixture(scope="module", autouse=True)
def _record(open_database: OpenDatabase) -> Iterator[None]:
    with open_database("appended"):
        plant()
        yield


def key_of(table: str) -> str:
    field: models.Field[object, object] = TABLES[table]._meta.pk
    return str(field.column)


def attacks(table: str) -> list[str]:
    patterns = ATTACKS + (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)
    return [pattern.replace("TABLE", table).replace("KEY", key_of(table)) for pattern in patterns]


def rows_of(table: str) -> list[tuple[object, ...]]:
    rows = TABLES[table]._default_manager.order_by("pk").values_list()
    return [
        tuple(bytes(part) if isinstance(part, memoryview) else part for part in row) for row in rows
    ]


def test_every_table_is_either_kept_or_known_to_change() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    if connection.vendor == "sqlite":
        # The index of words, which its triggers keep.
        assert tables >= set(INDEX_TABLES)
        tables -= set(INDEX_TABLES)
    assert tables == MUTABLE | set(TABLES)
    assert not MUTABLE & set(TABLES)


def test_no_trigger_is_missing_after_all_migrations() -> None:
    assert missing_triggers() == []


@each_table
def test_no_statement_changes_a_row(table: str) -> None:
    before = rows_of(table)
    assert before
    for statement in attacks(table):
        with (
            pytest.raises(DatabaseError) as caught,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert "rows cannot be changed or deleted, only added" in str(caught.value), statement
    assert rows_of(table) == before


@each_table
def test_no_object_changes_a_row(table: str) -> None:
    model, before = TABLES[table], rows_of(table)
    rows = model._default_manager
    row, field = rows.order_by("pk").first(), field_of(model)
    assert row is not None
    attempts = [
        row.save,
        row.delete,
        rows.all().delete,
        lambda: rows.update(**{field: models.F(field)}),
        lambda: rows.bulk_update([row], [field]),
    ]
    for attempt in attempts:
        with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
            attempt()
    assert rows_of(table) == before


def field_of(model: type[models.Model]) -> str:
    """A field that is not the key."""
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return next(field.name for field in fields)
