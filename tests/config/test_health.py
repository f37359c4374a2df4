import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from jobs.models import Job
from tests.stack import PrivateBroker


@pytest.fixture
def with_broker(settings: Settings, broker: PrivateBroker) -> PrivateBroker:
    settings.REDIS_URL = broker.url
    return broker


def test_a_process_is_alive_without_database_and_broker(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_whole_site_is_ready(client: Client, with_broker: PrivateBroker) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "broker": "ok"},
        "jobs": {"oldest_waiting_seconds": 0.0, "is_late": False},
    }


@pytest.mark.django_db
def test_without_a_broker_the_site_is_not_ready(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///no/such/broker.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "no answer"


@pytest.mark.django_db
def test_a_frozen_broker_is_waited_for_half_a_second(
    client: Client, with_broker: PrivateBroker
) -> None:
    with_broker.freeze()
    try:
        started = time.monotonic()
        answer = client.get("/readyz")
        seconds = time.monotonic() - started
    finally:
        with_broker.thaw()
    assert answer.status_code == 503
    assert seconds < 1


@pytest.mark.django_db
def test_a_missing_migration_is_counted(client: Client, with_broker: PrivateBroker) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'record'")
        deleted = cursor.rowcount
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == f"{deleted} to apply"


@pytest.mark.django_db
def test_a_late_job_is_told_and_the_site_stays_ready(
    client: Client, with_broker: PrivateBroker
) -> None:
    waiting_since = datetime.now(UTC) - timedelta(seconds=90)
    Job.objects.create(
        kind="test", inputs_digest="d", engine_version="1", seed=1, due_at=waiting_since
    )
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["jobs"]["is_late"]
    assert 90 <= answer.json()["jobs"]["oldest_waiting_seconds"] < 100


@pytest.mark.django_db
def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
