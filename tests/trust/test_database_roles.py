"""Under the role of the site the whole application works, and no SQL touches what was written."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoDbBlocker

from assessments.models import Publication
from config.env import PROJECT
from record.append_only import registered_models
from record.database_roles import excess_rights, grants, known_tables
from record.verification import verify
from tests.databases import connected_to
from tests.roles import PASSWORD, TwoRoles, two_roles
from tests.trust.planting import plant

TABLES = {model._meta.db_table: model._meta.pk.column for model in registered_models()}
ATTACKS = {
    "update": "UPDATE {table} SET {key} = {key}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
    "upsert": "INSERT INTO {table} SELECT * FROM {table}"
    " ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}",
    "merge": "MERGE INTO {table} t USING {table} s ON t.{key} = s.{key} WHEN MATCHED THEN DELETE",
    "disable the trigger": "ALTER TABLE {table} DISABLE TRIGGER append_only_row",
    "drop the table": "DROP TABLE {table} CASCADE",
    "replication role": "SET session_replication_role = replica; DELETE FROM {table}",
}
WAYS_UP = {
    "drop the trigger": "DROP TRIGGER append_only_row ON {table}",
    "replace the function": "CREATE OR REPLACE FUNCTION refuse_append_only_change()"
    " RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    "become the owner": 'SET ROLE "{owner}"',
    "take the table": "ALTER TABLE {table} OWNER TO CURRENT_USER",
    "grant oneself": "GRANT UPDATE ON {table} TO CURRENT_USER; UPDATE {table} SET {key} = {key}",
    "become superuser": "ALTER ROLE CURRENT_USER SUPERUSER",
    "a table of one's own": "CREATE TABLE public.shadow (id int)",
    "forget migrations": "DELETE FROM django_migrations",
}


@pytest.fixture(scope="module")
def roles(postgres: None) -> TwoRoles:
    return two_roles("apart")


@pytest.fixture(scope="module", autouse=True)
def site(roles: TwoRoles, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """As the operations tell it: the owner makes the role of the site and migrates."""
    roles.make()
    try:
        for words in (["database_roles", "--apply"], ["migrate", "--database", "owner"]):
            outcome = manage(roles, *words)
            assert outcome.returncode == 0, outcome.stderr
        user = {"USER": roles.site, "PASSWORD": PASSWORD}
        with django_db_blocker.unblock(), connected_to(roles.database, **user):
            plant()
            yield
    finally:
        roles.drop()


def manage(roles: TwoRoles, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": roles.url(roles.site),
        "OWNER_DATABASE_URL": roles.url(roles.owner),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=PROJECT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def rows_of(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {TABLES[table]}")  # noqa: S608
        return list(cursor.fetchall())


def refusal_of(statement: str) -> str:
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


def test_the_application_worked_through_its_role(roles: TwoRoles) -> None:
    """All that plant does stands: accounts, cards, reviews, publications, runs and results."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == (roles.site, False)
    assert Publication.objects.count() > 4
    assert {finding.kind: finding.broken for finding in verify() if finding.broken} == {}


def test_the_demonstration_is_published_through_its_role(roles: TwoRoles) -> None:
    outcome = manage(roles, "load_demo")
    assert outcome.returncode == 0, outcome.stderr
    assert Publication.objects.filter(technology__is_demonstration=True).count() > 20


@pytest.mark.parametrize("table", sorted(TABLES))
def test_eight_attacks_on_each_table_fail(table: str) -> None:
    before = rows_of(table)
    for name, pattern in ATTACKS.items():
        told = refusal_of(pattern.format(table=table, key=TABLES[table]))
        assert told.startswith(("permission denied", "must be owner")), (name, told)
    assert rows_of(table) == before


@pytest.mark.parametrize("way", WAYS_UP)
def test_the_role_does_not_rise_above_itself(way: str, roles: TwoRoles) -> None:
    table = "assessments_publication"
    before = rows_of(table)
    told = refusal_of(WAYS_UP[way].format(table=table, key="seq", owner=roles.owner))
    assert "permission denied" in told or "must be" in told
    assert rows_of(table) == before


def test_rights_beyond_its_own_would_be_seen(roles: TwoRoles) -> None:
    assert excess_rights(roles.site) == []
    assert sorted(excess_rights(roles.owner)) == sorted(TABLES)


def test_a_role_that_grants_do_not_bind_is_refused(roles: TwoRoles) -> None:
    outcome = manage(replace(roles, site=roles.owner), "database_roles", "--apply")
    assert outcome.returncode == 1
    assert "both name the role" in outcome.stderr


def test_a_new_migration_leaves_the_rights_as_they_should_be(roles: TwoRoles) -> None:
    assert manage(roles, "migrate", "--database", "owner").returncode == 0
    assert excess_rights(roles.site) == []


def test_the_owner_restores_what_the_site_backed_up(roles: TwoRoles, tmp_path: Path) -> None:
    path = str(tmp_path / "backup.zip")
    assert manage(roles, "backup", path).returncode == 0
    refused = manage(roles, "restore", path, "--replace")
    assert refused.returncode == 1
    assert "--database owner" in refused.stderr
    restored = manage(roles, "restore", path, "--replace", "--database", "owner")
    assert restored.returncode == 0, restored.stderr
    assert {finding.kind: finding.broken for finding in verify() if finding.broken} == {}


def test_the_printed_sql_names_every_table(roles: TwoRoles) -> None:
    printed = manage(roles, "database_roles").stdout
    assert all(f"{statement};" in printed for statement in grants(roles.site, known_tables()))
    assert "its password" not in printed
