"""What needs models: the database brought up to date, the demonstration, who may sign in."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from accounts.links import sign_in_path
from accounts.models import User
from accounts.selectors import demo_accounts
from config.env import PROJECT
from config.up.failures import DemoFailed
from record.schema import missing_migrations

FIRST_ADMINISTRATOR = (
    "nobody can sign in yet: .venv/bin/python manage.py create_user NAME --role admin"
)


def migrate() -> None:
    if missing_migrations():
        call_command("migrate", verbosity=0)


def wants_demo() -> bool:
    """True on the first start, unless DEMO=0 asks for an empty record."""
    return bool(settings.DEMO) and not User.objects.exists()


def load_demo(accounts: Path) -> None:
    # A process of its own: loading rings the bell from a thread, and the supervisor keeps to one.
    command = [sys.executable, "manage.py", "load_demo", "--accounts", str(accounts)]
    outcome = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    if outcome.returncode:
        raise DemoFailed(f"The demonstration was not loaded.\n{outcome.stderr.strip()[-4000:]}")


def passwords(accounts: Path) -> list[dict[str, Any]]:
    """Username, password and role of each account, as written down when they were made."""
    try:
        written: list[dict[str, Any]] = json.loads(accounts.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return written


def sign_in_links(url: str) -> list[str]:
    """A line for each demonstration account, with the address that signs in at one click;
    or, in an empty house, how the first person gets in."""
    if not User.objects.exists():
        connections.close_all()
        return [f"  {FIRST_ADMINISTRATOR}"]
    if not settings.DEMO:
        return []
    lines = [
        f"  sign in as {user.username} ({user.role}): {url}{sign_in_path(user)}"
        for user in demo_accounts()
    ]
    connections.close_all()
    return lines
