"""What a supervisor or a load balancer asks: is the process alive, and can it do its work?"""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.up.broker import answers
from jobs.selectors import seconds_waited
from record.schema import missing_migrations

BROKER_TIMEOUT_SECONDS = 0.5
LATE_SECONDS = 60


@never_cache
@require_safe
def process_alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be answered and work handed over; 503 with the reasons when not."""
    checks = {
        "database": _outcome(_database),
        "migrations": _outcome(_migrations),
        "broker": _outcome(_broker),
    }
    is_ready = set(checks.values()) == {"ok"}
    body = {"status": "ok" if is_ready else "not ready", "checks": checks, "jobs": _waiting_jobs()}
    return JsonResponse(body, status=200 if is_ready else 503)


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    missing = missing_migrations()
    return f"{len(missing)} to apply" if missing else "ok"


def _broker() -> str:
    return "ok" if answers(settings.REDIS_URL, BROKER_TIMEOUT_SECONDS) else "no answer"


def _waiting_jobs() -> dict[str, float | bool | None]:
    """How long the oldest job has waited. Lateness slows results, not pages: no reason for 503."""
    try:
        seconds = round(seconds_waited(), 1)
    except DatabaseError:
        return {"oldest_waiting_seconds": None, "is_late": None}
    return {"oldest_waiting_seconds": seconds, "is_late": seconds > LATE_SECONDS}
