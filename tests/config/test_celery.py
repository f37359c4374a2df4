from celery import current_app

from config import celery_app
from config.beat import ENTRIES, schedule


def test_the_application_is_the_current_one() -> None:
    assert current_app.main == celery_app.main == "bellwether"


def test_messages_carry_json_and_are_forgotten_early() -> None:
    settings = celery_app.conf
    assert settings.accept_content == ["json"]
    assert settings.task_ignore_result
    assert not settings.task_acks_late
    assert not settings.task_publish_retry
    assert settings.worker_prefetch_multiplier == 1


def test_every_scheduled_task_exists() -> None:
    celery_app.loader.import_default_modules()
    assert {entry.task for entry in ENTRIES} <= set(celery_app.tasks)


def test_a_scheduled_message_is_dropped_within_a_minute() -> None:
    for entry in schedule().values():
        assert entry["schedule"] <= entry["options"]["expires"] <= 60


def test_the_ledger_is_swept_every_five_seconds() -> None:
    assert schedule()["jobs.sweep"]["schedule"] == 5
