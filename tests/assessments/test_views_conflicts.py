"""Two people save one card: both texts are shown and none is lost."""

import pytest

from assessments.models import Buffer, Card, Revision
from tests.assessments.factories import person
from tests.assessments.typed_cards import edit_path, first_saved, signed_in, technology, typed

pytestmark = pytest.mark.django_db

THEIRS = "Theirs: a chip in every lamp."
MINE = "Mine: a chip in every door."


def collide() -> tuple[Revision, str, int]:
    """Otto saves while anna writes; her revision, the page she gets, and its status."""
    revision = first_saved()
    parent = revision.content_hash
    signed_in("otto").post(edit_path(revision), typed(parent=parent, summary=THEIRS))
    answer = signed_in("anna").post(edit_path(revision), typed(parent=parent, summary=MINE))
    return revision, answer.content.decode(), answer.status_code


def test_both_texts_and_the_old_one_are_shown() -> None:
    _, page, status = collide()
    assert status == 409
    assert "otto saved" in page
    for words in ("Models that run where the data arise.", "lamp.", "door."):
        assert words in page
    assert Revision.objects.count() == 2


def test_mine_is_kept_whatever_happens_next() -> None:
    revision, _, _ = collide()
    kept = Buffer.objects.get(user=person("anna"), card=revision.card)
    assert kept.fields["summary"] == [MINE]
    page = signed_in("anna").get(edit_path(revision)).content.decode()
    assert MINE in page
    assert "Meanwhile otto saved revision 2" in page


def test_mine_is_saved_on_top_of_the_newest() -> None:
    revision, page, _ = collide()
    newest = Revision.objects.get(number=2)
    assert f'name="parent" value="{newest.content_hash}"' in page
    answer = signed_in("anna").post(
        edit_path(revision), typed(parent=newest.content_hash, summary=MINE)
    )
    assert answer.status_code == 302
    assert Revision.objects.get(number=3).parent == newest
    assert not Buffer.objects.exists()


def test_theirs_is_taken_by_throwing_mine_away() -> None:
    revision, _, _ = collide()
    answer = signed_in("anna").post(
        f"/cards/{revision.card_id}/buffer/", {"then": "discard"}, follow=True
    )
    page = answer.content.decode()
    assert THEIRS in page
    assert MINE not in page


def test_mine_can_be_edited_on_top_of_the_newest() -> None:
    revision, _, _ = collide()
    newest = Revision.objects.get(number=2)
    answer = signed_in("anna").post(
        f"/cards/{revision.card_id}/buffer/",
        typed(then="continue", parent=newest.content_hash, summary=MINE),
        follow=True,
    )
    page = answer.content.decode()
    assert MINE in page
    assert "Meanwhile" not in page
    assert f'value="{newest.content_hash}"' in page


def test_a_score_that_otto_moved_is_not_moved_back_in_silence() -> None:
    revision = first_saved()
    parent = revision.content_hash
    moved = typed(parent=parent, impact__level="4", reason="A third vendor.")
    signed_in("otto").post(edit_path(revision), moved)
    answer = signed_in("anna").post(edit_path(revision), typed(parent=parent, summary=MINE))
    assert "<h3>Impact</h3>" in answer.content.decode()
    newest = Revision.objects.get(number=2)
    again = typed(parent=newest.content_hash, summary=MINE)
    answer = signed_in("anna").post(edit_path(revision), again)
    assert answer.status_code == 422
    assert "You changed impact." in answer.content.decode()


def test_two_first_revisions_collide_too() -> None:
    technology()
    first_saved(signed_in("otto"), summary=THEIRS)
    answer = signed_in("anna").post("/cards/new/?technology=edge-ai", typed(summary=MINE))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "lamp." in page
    assert "door." in page
    assert Card.objects.count() == 1
    assert Buffer.objects.get(user=person("anna")).fields["summary"] == [MINE]


@pytest.mark.parametrize("parent", ["", "0" * 64])
def test_a_parent_that_is_not_the_newest_never_overwrites(parent: str) -> None:
    revision = first_saved()
    answer = signed_in().post(edit_path(revision), typed(parent=parent, summary=MINE))
    assert answer.status_code == 409
    assert Revision.objects.count() == 1
