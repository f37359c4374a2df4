from jobs.services.execution import execute_job
from jobs.services.leasing import finish_job, lease_job, park_exhausted, release_job
from jobs.services.opening import open_job, reopen_job
from jobs.services.sweeping import sweep

__all__ = [
    "execute_job",
    "finish_job",
    "lease_job",
    "open_job",
    "park_exhausted",
    "release_job",
    "reopen_job",
    "sweep",
]
