import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from record.append_only import install_triggers, missing_triggers
from record.models import Change
from record.services import log_change

pytestmark = pytest.mark.django_db


def a_change() -> Change:
    return log_change(kind="test", subject_kind="thing", subject_key="1", actor_id=7)


def refused(statement: str) -> str:
    with (
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_change SET reason = 'other'",
        "DELETE FROM record_change",
        "UPDATE record_change SET seq = seq + 1000",
    ],
)
def test_sql_that_changes_a_row_is_refused_in_words(statement: str) -> None:
    a_change()
    assert "record_change keeps every row as written" in refused(statement)


def test_replacing_a_row_by_its_key_is_refused() -> None:
    seq = a_change().seq
    columns = "(seq, at, kind, subject_kind, subject_key, is_public, reason, request_id)"
    values = f"({seq}, '2026-01-01', 'forged', 'thing', '1', false, '', '')"
    insert = f"INTO record_change {columns} VALUES {values}"
    if connection.vendor == "sqlite":
        statement = f"INSERT OR REPLACE {insert}"
    else:
        statement = f"INSERT {insert} ON CONFLICT (seq) DO UPDATE SET kind = 'forged'"
    assert "rows cannot be changed or deleted" in refused(statement)
    assert Change.objects.get(seq=seq).kind == "test"


def test_truncate_is_refused_or_unknown() -> None:
    a_change()
    if connection.vendor == "postgresql":
        assert "rows cannot be changed or deleted" in refused("TRUNCATE record_change CASCADE")
    else:
        assert "rows cannot be changed or deleted" in refused("DELETE FROM record_change WHERE 1")


def test_the_object_layer_is_refused_too() -> None:
    change = a_change()
    change.reason = "rewritten"
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(seq=F("seq"))
    with pytest.raises(IntegrityError), transaction.atomic():
        change.delete()


def test_a_dropped_trigger_is_missed_and_comes_back() -> None:
    assert missing_triggers() == []
    if connection.vendor == "postgresql":
        drop, name = "DROP TRIGGER append_only_row ON record_change", "append_only_row"
    else:
        name = "append_only_delete_record_change"
        drop = f"DROP TRIGGER {name}"
    with connection.cursor() as cursor:
        cursor.execute(drop)
    assert missing_triggers() == [f"record_change: {name}"]
    install_triggers()
    assert missing_triggers() == []
