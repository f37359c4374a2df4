import pytest

from record.models import Change
from record.prepared import Prepared, columns
from record.services import log_change


@pytest.mark.django_db
def test_a_prepared_question_sees_what_came_since() -> None:
    newest = Prepared(lambda: Change.objects.order_by("-seq").values_list("seq", "at")[:1])
    assert newest.first() is None
    for key in "ab":
        change = log_change(kind="test", subject_kind="thing", subject_key=key, actor_id=None)
        assert newest.first() == (change.seq, change.at)
    assert len(newest.rows()) == 1


@pytest.mark.django_db
def test_rows_come_column_by_column_in_their_order() -> None:
    assert columns(Change.objects.all(), "seq", "subject_key") == [[], []]
    names = ['"a", b', "ä\\n", "c"]
    made = [
        log_change(kind="test", subject_kind="thing", subject_key=name, actor_id=None).seq
        for name in names
    ]
    newest = columns(Change.objects.order_by("-seq"), "seq", "subject_key")
    assert newest == [made[::-1], names[::-1]]
    by_hidden = columns(Change.objects.filter(kind="test").order_by("-at", "-seq"), "seq")
    assert by_hidden == [made[::-1]]


@pytest.mark.django_db
def test_a_question_that_nothing_can_answer_has_empty_columns() -> None:
    log_change(kind="test", subject_kind="thing", subject_key="a", actor_id=None)
    assert columns(Change.objects.none(), "seq", "subject_key") == [[], []]
    assert columns(Change.objects.filter(seq__in=[]), "seq") == [[]]
