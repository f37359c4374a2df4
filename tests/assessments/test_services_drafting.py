import threading

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from assessments.models import Revision, Score
from assessments.selectors import document_of
from assessments.services.drafting import Save, open_card, save_revision
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from tests.assessments.factories import document, person, saved, score


@pytest.mark.django_db
def test_a_save_reads_back_as_it_was_written() -> None:
    revision = saved(impact=score("5", level_to="5+"), p_never=0.2)
    assert document_of(revision).scores["impact"].level_to == "5+"
    assert document_of(revision).p_never == 0.2


@pytest.mark.django_db
def test_score_rows_say_what_the_content_says() -> None:
    revision = saved(novelty=score(None), viability=score("3", level_to="4"))
    rows = {row.dimension: row for row in revision.scores.all()}
    assert len(rows) == 6
    assert rows["novelty"].unscored_reason == "not yet assessed"
    assert (rows["viability"].level, rows["viability"].level_to) == ("3", "4")
    assert (rows["timing"].year_from, rows["timing"].year_to) == (2026, 2029)


@pytest.mark.django_db
def test_a_save_on_an_older_parent_is_refused_and_changes_nothing() -> None:
    first = saved()
    saved(parent=first.content_hash, viability=score("4"))
    with pytest.raises(Conflict, match="newest revision is number 2"):
        saved(parent=first.content_hash, viability=score("5"))
    assert Revision.objects.count() == 2


@pytest.mark.django_db
def test_a_changed_score_without_a_reason_is_refused() -> None:
    first = saved()
    with pytest.raises(DomainError, match="You changed viability") as refusal:
        saved(parent=first.content_hash, viability=score("4"), reason="")
    assert refusal.value.field == "reason"


@pytest.mark.django_db
def test_a_changed_text_needs_no_reason() -> None:
    first = saved()
    assert saved(parent=first.content_hash, text="More.", reason="").number == 2


@pytest.mark.django_db
def test_a_date_in_the_future_is_refused() -> None:
    with pytest.raises(DomainError, match="in the future"):
        saved(as_of="2199-01-01")


@pytest.mark.django_db
def test_a_card_cannot_speak_of_a_date_before_its_parent() -> None:
    first = saved()
    with pytest.raises(DomainError, match="already speaks of 2026-05-04"):
        saved(parent=first.content_hash, as_of="2026-05-03", text="Older.")


@pytest.mark.django_db
def test_a_second_opinion_belongs_to_its_analyst() -> None:
    first = saved(author="dora", role="second opinion")
    with pytest.raises(NotAllowed, match="only by the analyst"):
        save_revision(
            card=first.card,
            document=document(role="second opinion", parent=first.content_hash, text="Mine."),
            save=Save(by=person("anna")),
        )


@pytest.mark.django_db
def test_a_reader_opens_no_card() -> None:
    technology = saved().card.technology
    with pytest.raises(NotAllowed, match="Only analysts"):
        open_card(technology=technology, role="second opinion", owner=person("rita", "reader"))


@pytest.mark.django_db
def test_a_save_stands_in_the_change_log_and_not_in_public() -> None:
    saved()
    change = Change.objects.get(kind="card.saved")
    assert change.reason == "First assessment."
    assert not change.is_public


@pytest.mark.django_db
def test_revisions_and_scores_refuse_change_and_deletion() -> None:
    revision = saved()
    for attack in (
        lambda: Revision.objects.filter(pk=revision.pk).update(reason="x"),
        lambda: Score.objects.filter(revision=revision).delete(),
    ):
        with pytest.raises(DatabaseError, match="keeps every row"), transaction.atomic():
            attack()


def test_ten_saves_at_once_leave_one_child(committed_db: str) -> None:
    first = saved()
    outcomes: list[str] = []

    def save(number: int) -> None:
        try:
            saved(parent=first.content_hash, text=f"Text {number}.")
            outcomes.append("saved")
        except Conflict:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 9 + ["saved"]
    assert Revision.objects.count() == 2
