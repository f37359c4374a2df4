"""The demonstration that a first start loads, and who may sign in to it."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings

from accounts.links import sign_in_path
from accounts.models import User
from accounts.selectors import demo_accounts
from config.env import PROJECT
from config.up.places import Places


class DemoFailed(Exception):
    """The demonstration could not be loaded."""


def is_wanted() -> bool:
    """True on the first start, unless DEMO=0 asks for an empty record."""
    return bool(settings.DEMO) and not User.objects.exists()


def load(places: Places) -> None:
    # A process of its own: loading rings the bell from a thread, and the supervisor keeps to one.
    command = [sys.executable, "manage.py", "load_demo", "--accounts", str(places.demo_accounts)]
    outcome = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    if outcome.returncode:
        raise DemoFailed(f"The demonstration was not loaded.\n{outcome.stderr.strip()[-4000:]}")


def passwords(places: Places) -> list[dict[str, Any]]:
    """Username, password and role of each account, as written down when they were made."""
    try:
        accounts: list[dict[str, Any]] = json.loads(places.demo_accounts.read_text("utf-8"))
    except FileNotFoundError:
        return []
    return accounts


def sign_in_links(url: str) -> list[str]:
    """A line for each demonstration account, with the address that signs in at one click."""
    if not settings.DEMO:
        return []
    return [
        f"  sign in as {user.username} ({user.role}): {url}{sign_in_path(user)}"
        for user in demo_accounts()
    ]
