"""Calls are counted in Redis, by one atomic step each, so that no burst gets one too many.

The count protects the machine from a program gone wild; it is no lock. Where Redis is silent,
reading goes on uncounted: passwords have a limit of their own, kept in the database.
"""

import logging
import time
from functools import cache

import redis
from django.conf import settings

from record.canonical import digest
from rest.problems import Problem

WINDOW_SECONDS = 60
_PATIENCE_SECONDS = 0.2
_PAUSE_SECONDS = 5.0
_COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[1])
if count == tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return {count, redis.call('PTTL', KEYS[1])}
"""

logger = logging.getLogger("bellwether.throttling")


class Counter:
    """Counts calls of this process and of all others on the same Redis."""

    def __init__(self, address: str) -> None:
        self._redis = redis.Redis.from_url(
            address,
            socket_timeout=_PATIENCE_SECONDS,
            socket_connect_timeout=_PATIENCE_SECONDS,
            retry=None,
        )
        self._script = self._redis.register_script(_COUNT)
        self._silent_until = 0.0

    def take(self, caller: str, cost: int) -> tuple[int, int] | None:
        """What the caller took in this window and the milliseconds left of it; None untold."""
        if time.monotonic() < self._silent_until:
            return None
        key = f"{settings.REDIS_KEY_PREFIX}calls:{digest(caller)[:32]}"
        try:
            count, left = self._script(keys=[key], args=[cost, WINDOW_SECONDS * 1000])
        except redis.RedisError as error:
            self._silent_until = time.monotonic() + _PAUSE_SECONDS
            logger.warning("calls go uncounted: %s", error)
            return None
        return int(count), int(left)


@cache
def _counter(address: str) -> Counter:
    return Counter(address)


def take_call(caller: str, *, cost: int = 1) -> None:
    """The call is counted, or refused with 429 once the caller's minute is used up."""
    limit = settings.API_CALLS_A_MINUTE
    if not limit:
        return
    taken = _counter(settings.REDIS_URL).take(caller, cost)
    if taken is not None and taken[0] > limit:
        seconds = max(1, -(-taken[1] // 1000))
        raise Problem(
            429,
            f"{limit} calls a minute are the limit. Wait {seconds} seconds, then go on.",
            headers={"Retry-After": str(seconds)},
        )
