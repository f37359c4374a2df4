"""Two people save one card: both texts are shown and none is lost."""

import re

import pytest

from assessments.models import Buffer, Card, Revision
from assessments.opinions import content_of
from assessments.selectors import state_of
from assessments.services.publication import publish_revision
from assessments.services.review import approve_revision, submit_revision
from assessments.states import State
from record.errors import DomainError
from tests.assessments.factories import person, saved
from tests.assessments.typed_cards import (
    edit_path,
    first_saved,
    resent,
    signed_in,
    technology,
    typed,
)

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


def settled(page: str, *choices: str) -> dict[str, str]:
    """The form of the page with a choice for each field, in its order."""
    names = list(dict.fromkeys(re.findall(r'name="(settle-[0-9a-f]{16})"', page)))
    sent = resent(page) | {"then": "draft"}
    assert len(names) == len(choices)
    return sent | {name: choice for name, choice in zip(names, choices, strict=True) if choice}


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
    answer = signed_in("anna").post(edit_path(revision), settled(page, "mine"))
    assert answer.status_code == 302
    saved_third = Revision.objects.get(number=3)
    assert saved_third.parent == newest
    assert content_of(saved_third)["summary"] == MINE
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


def test_a_score_that_otto_moved_stays_where_he_put_it() -> None:
    revision = first_saved()
    parent = revision.content_hash
    moved = typed(parent=parent, impact__level="4", reason="A third vendor.")
    signed_in("otto").post(edit_path(revision), moved)
    mine = typed(parent=parent, summary=MINE)
    answer = signed_in("anna").post(edit_path(revision), mine, follow=True)
    newest = content_of(Revision.objects.get(number=3))
    assert (newest["scores"]["impact"]["level"], newest["summary"]) == ("4", MINE)
    page = answer.content.decode()
    assert "otto had saved revision 2 meanwhile; the two were merged." in page
    assert "from otto: impact; from you: summary." in page
    assert "It is a draft" in page
    assert not Buffer.objects.exists()


def test_a_merge_that_moves_a_score_says_why() -> None:
    revision = first_saved()
    parent = revision.content_hash
    signed_in("otto").post(edit_path(revision), typed(parent=parent, summary=THEIRS))
    mine = typed(parent=parent, impact__level="4")
    answer = signed_in("anna").post(edit_path(revision), mine)
    assert answer.status_code == 422
    assert "You changed impact." in answer.content.decode()
    mine["reason"] = "A third vendor."
    assert signed_in("anna").post(edit_path(revision), mine).status_code == 302
    newest = content_of(Revision.objects.get(number=3))
    assert (newest["summary"], newest["scores"]["impact"]["level"]) == (THEIRS, "4")


def test_a_conflict_over_a_score_asks_for_the_reason_on_the_page() -> None:
    revision = first_saved()
    parent = revision.content_hash
    theirs = typed(parent=parent, impact__level="4", reason="A third vendor.")
    signed_in("otto").post(edit_path(revision), theirs)
    mine = typed(parent=parent, impact__level="2", reason="")
    page = signed_in("anna").post(edit_path(revision), mine).content.decode()
    assert ">Impact</h3>" in page
    again = settled(page, "mine")
    answer = signed_in("anna").post(edit_path(revision), again)
    assert answer.status_code == 409
    assert "You changed impact." in answer.content.decode()
    assert 'value="mine" required checked' in answer.content.decode()
    again["reason"] = "Both left."
    assert signed_in("anna").post(edit_path(revision), again).status_code == 302
    assert content_of(Revision.objects.get(number=3))["scores"]["impact"]["level"] == "2"


def test_one_field_is_theirs_and_another_mine() -> None:
    revision = first_saved(text="Old.")
    parent = revision.content_hash
    theirs = typed(parent=parent, summary=THEIRS, text="Their text.")
    signed_in("otto").post(edit_path(revision), theirs)
    mine = typed(parent=parent, summary=MINE, text="My text.", p_never="0.1", reason="Doubt.")
    page = signed_in("anna").post(edit_path(revision), mine).content.decode()
    assert "changed the same fields." in page
    assert 'The probability of never</span> <span class="muted">from you' in page
    sent = settled(page, "theirs", "mine")
    assert signed_in("anna").post(edit_path(revision), sent).status_code == 302
    newest = content_of(Revision.objects.get(number=3))
    assert (newest["summary"], newest["text"], newest["p_never"]) == (THEIRS, "My text.", 0.1)


def test_what_is_not_chosen_is_asked_again() -> None:
    revision = first_saved(text="Old.")
    parent = revision.content_hash
    theirs = typed(parent=parent, summary=THEIRS, text="Their text.")
    signed_in("otto").post(edit_path(revision), theirs)
    mine = typed(parent=parent, summary=MINE, text="My text.")
    page = signed_in("anna").post(edit_path(revision), mine).content.decode()
    answer = signed_in("anna").post(edit_path(revision), settled(page, "mine", ""))
    assert answer.status_code == 409
    assert "Choose one for every field." in answer.content.decode()
    assert Revision.objects.count() == 2


def test_neither_alone_is_written_on_the_page() -> None:
    revision, page, _ = collide()
    sent = settled(page, "hand")
    name = next(key for key in sent if key.startswith("settle-words-"))
    sent[name] = "Ours: a chip in\r\nevery thing."
    assert signed_in("anna").post(edit_path(revision), sent).status_code == 302
    newest = content_of(Revision.objects.get(number=3))
    assert newest["summary"] == "Ours: a chip in\nevery thing."


def test_a_score_is_settled_by_hand_in_the_form_with_all_else_merged() -> None:
    revision = first_saved()
    parent = revision.content_hash
    theirs = typed(parent=parent, impact__level="4", text="Theirs.", reason="A third vendor.")
    signed_in("otto").post(edit_path(revision), theirs)
    mine = typed(parent=parent, impact__level="2", summary=MINE, reason="Both left.")
    page = signed_in("anna").post(edit_path(revision), mine).content.decode()
    answer = signed_in("anna").post(edit_path(revision), settled(page, "hand"), follow=True)
    again = resent(answer.content.decode())
    assert again["parent"] == Revision.objects.get(number=2).content_hash
    assert (again["impact-level"], again["summary"]) == ("2", MINE)
    assert (again["text"], again["reason"]) == ("Theirs.", "Both left.")
    assert signed_in("anna").post(edit_path(revision), again).status_code == 302
    assert Revision.objects.count() == 3


def test_a_third_save_meanwhile_is_merged_or_asked_about_anew() -> None:
    revision, page, _ = collide()
    newest = Revision.objects.get(number=2)
    third = typed(parent=newest.content_hash, summary="Third: a chip in every shoe.")
    signed_in("carl").post(edit_path(revision), third)
    answer = signed_in("anna").post(edit_path(revision), settled(page, "mine"))
    assert answer.status_code == 409
    assert "carl saved" in answer.content.decode()
    assert "shoe." in answer.content.decode()


def test_a_merge_leaves_what_was_approved_as_it_was() -> None:
    revision = first_saved()
    approved = saved(parent=revision.content_hash, summary=THEIRS, reason="Two.", author="otto")
    submit_revision(revision=approved, by=person("otto"))
    ben = person("ben", "editor")
    approve_revision(revision=approved, by=ben, shown_hash=approved.content_hash)
    mine = typed(parent=revision.content_hash, text="Mine.")
    assert signed_in("anna").post(edit_path(revision), mine).status_code == 302
    merged = Revision.objects.get(number=3)
    assert state_of(merged) is State.DRAFT
    assert state_of(approved) is State.APPROVED
    with pytest.raises(DomainError):
        publish_revision(revision=merged, by=ben)


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
