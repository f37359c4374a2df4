import time

from django.db import connection
from django.db.models import F, Value

from accounts.models import SignInTries
from record.canonical import digest
from record.errors import DomainError

LIMIT_SECONDS = 60
_WINDOW_MS = LIMIT_SECONDS * 1000
_SWEPT_AT_ONCE = 20

# One statement tests and takes, so that no number of parallel requests gets a sixth through:
# the row is written, and answered, only where its oldest try has left the window.
_TAKE = """
INSERT INTO accounts_signintries (key, try_1, try_2, try_3, try_4, try_5)
VALUES (%(key)s, 0, 0, 0, 0, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    try_1 = accounts_signintries.try_2,
    try_2 = accounts_signintries.try_3,
    try_3 = accounts_signintries.try_4,
    try_4 = accounts_signintries.try_5,
    try_5 = excluded.try_5
WHERE accounts_signintries.try_1 <= %(window_start)s
RETURNING key
"""


class TooManyTriesError(DomainError):
    """Five tries of this account or from this address stand in the last minute."""

    wait_seconds = LIMIT_SECONDS


def take_try(subject: str) -> None:
    """One of the five tries a minute of this subject is taken, or TooManyTriesError is raised."""
    now = _now_ms()
    _sweep(now)
    values: dict[str, str | int] = {
        "key": digest(subject),
        "now": now,
        "window_start": now - _WINDOW_MS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone() is None:
            raise TooManyTriesError(
                "Five tries a minute are the limit. Wait a minute, then try again."
            )


def give_back_try(subject: str) -> None:
    """The newest try no longer counts: only wrong passwords use up the limit."""
    SignInTries.objects.filter(key=digest(subject)).update(
        try_1=Value(0), try_2=F("try_1"), try_3=F("try_2"), try_4=F("try_3"), try_5=F("try_4")
    )


def _sweep(now: int) -> None:
    # Row by row: two sweeps at once would otherwise wait for each other's rows.
    stale = SignInTries.objects.filter(try_5__lt=now - _WINDOW_MS)
    for row in stale[:_SWEPT_AT_ONCE]:
        stale.filter(pk=row.pk).delete()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
