"""Public changes are numbered one by one, whoever else writes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from record.models import Change, PublicChange
from record.selectors import last_public_change, newest_public_seq
from record.services import log_change


def log(key: str, *, is_public: bool = True) -> Change:
    return log_change(
        kind="test", subject_kind="thing", subject_key=key, actor_id=None, is_public=is_public
    )


@pytest.mark.django_db
def test_private_changes_leave_no_gap() -> None:
    assert (newest_public_seq(), last_public_change()) == (0, None)
    log("a")
    log("b", is_public=False)
    last = log("c")
    assert list(PublicChange.objects.values_list("seq", "change__subject_key")) == [
        (1, "a"),
        (2, "c"),
    ]
    assert last_public_change() == last


@pytest.mark.django_db
def test_what_is_rolled_back_gives_its_number_back() -> None:
    with transaction.atomic():
        log("a")
        transaction.set_rollback(True)
    log("b")
    assert PublicChange.objects.get().seq == 1


def test_writers_at_the_same_time_wait_for_each_other(committed_db: str) -> None:
    writers, each = 5, 6
    together = Barrier(writers)

    def write(writer: int) -> None:
        together.wait()
        for turn in range(each):
            with transaction.atomic():
                log(f"{writer}-{turn}")
        connection.close()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    numbers = PublicChange.objects.values_list("seq", flat=True)
    assert list(numbers) == list(range(1, writers * each + 1))
