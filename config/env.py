"""What the environment says, read once and named."""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def var_dir() -> Path:
    """The folder that holds everything a running installation writes."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
