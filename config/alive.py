"""Signs of life of the processes that answer no requests: a file each, touched while they work."""

import time
from pathlib import Path

from config.env import var_dir

EVERY_SECONDS = 5.0
SILENT_SECONDS = 45.0


def show_life(part: str) -> None:
    path = _sign(part)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch()


def is_alive(part: str) -> bool:
    """The part showed life within the last three quarters of a minute."""
    try:
        return time.time() - _sign(part).stat().st_mtime < SILENT_SECONDS
    except FileNotFoundError:
        return False


def _sign(part: str) -> Path:
    return var_dir() / "run" / f"{part}.alive"
