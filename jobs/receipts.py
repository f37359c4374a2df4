"""What a result depends on besides its inputs."""

import platform
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from jobs.models import Job
from record.canonical import digest


def make_receipt(*, job: Job, seconds: float) -> dict[str, Any]:
    return {
        "kind": job.kind,
        "inputs_digest": job.inputs_digest,
        "engine_version": job.engine_version,
        "seed": job.seed,
        "seconds": round(seconds, 3),
        **computing_environment(),
    }


@cache
def computing_environment() -> dict[str, str]:
    """Equal here and elsewhere means that the same inputs give the same bytes."""
    lock = Path(settings.BASE_DIR) / "requirements.lock"
    return {
        "lock": digest(lock.read_bytes()),
        "numpy": np.__version__,
        "simd": _simd_level(),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def _simd_level() -> str:
    """The widest instruction set that numpy found on this processor."""
    extensions = np.show_config(mode="dicts")["SIMD Extensions"]
    found = extensions.get("found") or extensions.get("baseline") or ["none"]
    return str(found[-1])
