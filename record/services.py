import logging
from functools import partial
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction

from record.models import Change, PublicChange
from record.selectors import newest_public_seq
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


@transaction.atomic
def log_change(**entry: Unpack[ChangeEntry]) -> Change:
    """The change stands in the log, with the id of the request that caused it.

    Call it in the transaction of the change itself, so that neither exists without the other.
    """
    change = Change.objects.create(request_id=current_request_id(), **entry)
    if change.is_public:
        _number(change)
    transaction.on_commit(partial(logger.info, "change %s: %s", change.seq, change.kind))
    return change


def _number(change: Change) -> None:
    """The next number: who takes it waits for whoever took it first and has not committed yet."""
    newest = newest_public_seq()
    try:
        with transaction.atomic():
            PublicChange.objects.create(seq=newest + 1, change=change)
    except IntegrityError:
        if newest_public_seq() == newest:
            raise
        _number(change)
