"""`python -m config.probe web|worker|beat`: 0 where the part of this machine is alive, else 1.

What a container is asked every half minute; it needs no tool that a small image lacks.
"""

import os
import sys
import urllib.error
import urllib.request

from config.alive import is_alive
from config.env import env

PARTS = ("web", "worker", "beat")
TIMEOUT_SECONDS = 4


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PARTS:
        sys.stderr.write(f"Name one part: {', '.join(PARTS)}.\n")
        return 2
    part = arguments[0]
    return 0 if (web_answers() if part == "web" else is_alive(part)) else 1


def web_answers() -> bool:
    """The page that asks nothing of database or broker is answered, under a name of the site."""
    address = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}/healthz"
    request = urllib.request.Request(address, headers={"Host": _host()})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            return int(response.status) == 200
    except OSError:
        return False


def _host() -> str:
    named = env.str("ALLOWED_HOSTS", default="").split(",")[0].strip().lstrip(".")
    return named if named not in {"", "*"} else "localhost"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
