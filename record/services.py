import logging
from functools import partial
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from record.models import Change
from record.trace import current_request_id

logger = logging.getLogger(__name__)


class ChangeEntry(TypedDict):
    kind: str
    subject_kind: str
    subject_key: str
    actor_id: int | None
    reason: NotRequired[str]
    before: NotRequired[Any]
    after: NotRequired[Any]
    is_public: NotRequired[bool]


def log_change(**entry: Unpack[ChangeEntry]) -> Change:
    """The change stands in the log, with the id of the request that caused it.

    Call it in the transaction of the change itself, so that neither exists without the other.
    """
    change = Change.objects.create(request_id=current_request_id(), **entry)
    transaction.on_commit(partial(logger.info, "change %s: %s", change.seq, change.kind))
    return change
