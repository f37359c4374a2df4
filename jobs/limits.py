"""How long and how often the ledger tries; docs/architecture/jobs.md says why these figures."""

from datetime import timedelta

from django.conf import settings

MAX_ATTEMPTS = 5
RINGS_PER_SWEEP = 50


def lease() -> timedelta:
    """A worker that stays silent for this long is taken for dead."""
    return timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", 30))


def patience() -> timedelta:
    """A bell that nobody answered for this long is rung again."""
    return lease() / 2


def backoff(attempts: int) -> timedelta:
    """The pause after the given number of failed attempts: a fifteenth of a lease, doubling."""
    return lease() / 15 * float(2 ** (attempts - 1))
