"""What the environment decides, and what production refuses to start with."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import Settings as DjangoSettings
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.env import PROJECT

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3-5Jx8yQ0b_vW2nLr7TzAe9HcFgUoPiMsDdVqXw1mR4tBjYuEa",
    "ALLOWED_HOSTS": "bellwether.example, www.bellwether.example",
    "DATABASE_URL": "postgres://bellwether@127.0.0.1:5432/bellwether",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}

SAFE = {
    "DEBUG": False,
    "DEMO": False,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "ALLOWED_HOSTS": ["bellwether.example", "www.bellwether.example"],
}
OURS = {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "BELLWETHER_TODAY", "VAR_DIR", "DEMO"}

Read = Callable[[dict[str, str]], DjangoSettings]


def run(program: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def read_under(monkeypatch: pytest.MonkeyPatch) -> Iterator[Read]:
    """The settings of production as a process with this environment would read them."""

    def read(environment: dict[str, str]) -> DjangoSettings:
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        for name in ("base", "production"):
            monkeypatch.delitem(sys.modules, f"config.settings.{name}", raising=False)
        return DjangoSettings("config.settings.production")

    yield read
    sys.modules.pop("config.settings.production", None)


def test_production_starts_safe(read_under: Read) -> None:
    found = read_under(PRODUCTION)
    assert {name: getattr(found, name) for name in SAFE} == SAFE


def test_production_passes_the_checks_of_django() -> None:
    program = "from django.core.management import execute_from_command_line as run\n"
    program += "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    outcome = run(program, PRODUCTION)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"BELLWETHER_TODAY": "2026-01-01"}, "BELLWETHER_TODAY moves the date"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "sqlite:///record.sqlite3"}, "A team needs PostgreSQL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or too weak"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is missing or too weak"),
    ],
)
def test_production_refuses_what_is_unsafe(
    changed: dict[str, str],
    sentence: str,
    read_under: Read,
) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read_under(PRODUCTION | changed)


@pytest.mark.parametrize(
    "key", ["", "short", "a" * 60, "django-insecure-" + PRODUCTION["SECRET_KEY"]]
)
def test_weak_secrets_are_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="at least 50"):
        env.strong_secret()


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"])
def test_what_production_needs_is_asked_for_by_name(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name, raising=False)
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        env.required(name)


def test_the_secret_of_a_folder_is_made_once_for_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = env.kept_secret(tmp_path / "new")
    assert env.kept_secret(tmp_path / "new") == first
    assert len(first) >= env.MINIMUM_SECRET_LENGTH
    assert (tmp_path / "new" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_day_is_moved_by_its_iso_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELLWETHER_TODAY", "2024-02-29")
    assert env.moved_today() == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2026-02-30", "today", "29.02.2024"])
def test_a_day_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELLWETHER_TODAY", text)
    with pytest.raises(ImproperlyConfigured, match="YYYY-MM-DD"):
        env.moved_today()


def test_sqlite_queues_writers_and_sees_replaced_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = env.database("sqlite:////tmp/x.sqlite3")["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "recursive_triggers=ON" in options["init_command"]


def test_postgresql_is_named_by_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", PRODUCTION["DATABASE_URL"])
    described = env.database("sqlite://:memory:")
    assert (described["NAME"], described["USER"]) == ("bellwether", "bellwether")
    assert described["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgres", "redis://127.0.0.1"])
def test_other_databases_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="begin it with postgres://"):
        env.database("sqlite://:memory:")


def test_commands_find_the_broker_of_the_running_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert env.redis_url(tmp_path) == f"unix://{tmp_path}/run/broker.sock"
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "broker.url").write_text("unix:///elsewhere.sock\n")
    assert env.redis_url(tmp_path) == "unix:///elsewhere.sock"
    monkeypatch.setenv("REDIS_URL", "redis://one/1")
    assert env.redis_url(tmp_path) == "redis://one/1"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("unix:///var/broker.sock", "redis+socket:///var/broker.sock"),
        ("redis://h:1/2", "redis://h:1/2"),
    ],
)
def test_celery_reads_the_same_address(url: str, read: str) -> None:
    assert env.celery_url(url) == read
