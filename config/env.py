"""What the environment says, read in one place and given names."""

import os
import secrets
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PROJECT = Path(__file__).resolve().parent.parent
MINIMUM_SECRET_LENGTH = 50

env = environ.Env()


def var_dir() -> Path:
    """The folder that holds everything a running installation writes."""
    return Path(os.environ.get("VAR_DIR") or PROJECT / "var").resolve()


def databases(default: str) -> dict[str, dict[str, Any]]:
    """The database as the site opens it and, where roles are apart, as its owner does."""
    owner = env.str("OWNER_DATABASE_URL", default="")
    described = {"default": database(default)}
    return described | {"owner": _described("OWNER_DATABASE_URL", owner)} if owner else described


def database(default: str) -> dict[str, Any]:
    """Django's description of the database that DATABASE_URL names."""
    return _described("DATABASE_URL", env.str("DATABASE_URL", default="") or default)


def _described(variable: str, url: str) -> dict[str, Any]:
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            f"{variable} names a database that is not known here; begin it with postgres:// or"
            " sqlite:///."
        )
    described: dict[str, Any] = env.db_url_config(url)
    described["CONN_HEALTH_CHECKS"] = True
    described["CONN_MAX_AGE"] = 60
    options = described.setdefault("OPTIONS", {})
    if described["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock first, so that two writers queue instead of failing;
        # recursive_triggers lets the append-only triggers see INSERT OR REPLACE.
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON",
        }
    else:
        options |= {"connect_timeout": 3}
    return described


def redis_url(folder: Path) -> str:
    """REDIS_URL, else what the running supervisor wrote down, else the private socket."""
    named = env.str("REDIS_URL", default="")
    note = folder / "run" / "broker.url"
    if named:
        return str(named)
    if note.is_file():
        return note.read_text("utf-8").strip()
    return f"unix://{folder}/run/broker.sock"


def celery_url(url: str) -> str:
    """The same address in the spelling that Celery reads."""
    return "redis+socket://" + url.removeprefix("unix://") if url.startswith("unix://") else url


def moved_today() -> date | None:
    """The day that BELLWETHER_TODAY names, or nothing."""
    text = env.str("BELLWETHER_TODAY", default="")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"BELLWETHER_TODAY is {text!r}, which is not a date; write it as YYYY-MM-DD."
        ) from None


def kept_secret(folder: Path) -> str:
    """SECRET_KEY, else the key of this folder, made once and readable by its owner only."""
    named = env.str("SECRET_KEY", default="")
    if named:
        return str(named)
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"secret.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        # Of processes that start at once, one gives the key and the others read it whole.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text("ascii")


def strong_secret() -> str:
    """SECRET_KEY, refused when it is missing, short, repetitive or a placeholder."""
    key = str(env.str("SECRET_KEY", default=""))
    if len(key) < MINIMUM_SECRET_LENGTH or len(set(key)) < 10 or key.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"SECRET_KEY is missing or too weak; set it to at least {MINIMUM_SECRET_LENGTH}"
            " random characters and keep it between restarts."
        )
    return key


def required(name: str) -> str:
    """The value of a variable that production cannot do without."""
    value = str(env.str(name, default=""))
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; production needs it.")
    return value
