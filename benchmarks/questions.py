"""Prints as JSON how often each list asks the database, and a session; or which lists there are."""

import json
import os
import sys

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from django.conf import settings  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from benchmarks.lists import listed  # noqa: E402


def main() -> None:
    if sys.argv[1:] == ["--paths"]:
        print(json.dumps(listed()))
        return
    settings.ALLOWED_HOSTS = ["testserver"]
    User.objects.filter(username="ben").update(role=Role.ADMIN)
    client = Client()
    client.force_login(User.objects.get(username="ben"))
    counts = {path: questions(client, path) for path in sys.argv[1:]}
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"counts": counts, "cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}))


def questions(client: Client, path: str) -> int:
    """Of a second answer, since a process reads each state of the record once."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}.")
        if response.streaming:
            b"".join(response)
    return len(asked)


if __name__ == "__main__":
    main()
