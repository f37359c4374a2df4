"""What a result depends on besides its inputs."""

import platform
from collections.abc import Mapping, Sequence
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


def receipt_of_whole(
    *, job: Job, seconds: float, parts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Seconds are those of all parts and of their merge; an environment of a part is told where
    it is not that of the merge, because then the same bytes may need both."""
    own = computing_environment()
    others: list[dict[str, str]] = []
    for facts in parts:
        other = {name: facts[name] for name in own}
        if other != own and other not in others:
            others.append(other)
    total = seconds + sum(facts["seconds"] for facts in parts)
    receipt = make_receipt(job=job, seconds=total) | {"parts": len(parts)}
    return receipt | {"parts_elsewhere": others} if others else receipt


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
