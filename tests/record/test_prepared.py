import pytest

from record.models import Change
from record.prepared import Prepared
from record.services import log_change


@pytest.mark.django_db
def test_a_prepared_question_sees_what_came_since() -> None:
    newest = Prepared(lambda: Change.objects.order_by("-seq").values_list("seq", "at")[:1])
    assert newest.first() is None
    for key in "ab":
        change = log_change(kind="test", subject_kind="thing", subject_key=key, actor_id=None)
        assert newest.first() == (change.seq, change.at)
    assert len(newest.rows()) == 1
