"""Remarks of reviewers: beside the part, on the author's form, resolved and kept."""

import re

import pytest
from django.test import Client

from assessments.models import Buffer, CommentResolution, ReviewComment, Revision
from assessments.services.comments import comment_on, resolve_comment
from assessments.services.review import submit_revision
from record.errors import DomainError, NotAllowed
from tests.assessments.factories import person, saved
from tests.assessments.typed_cards import edit_path, first_saved, signed_in, typed

pytestmark = pytest.mark.django_db


def ben() -> Client:
    return signed_in("ben", "editor")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", str(answer.content.decode()))


def say(client: Client, revision: Revision, part: str = "impact", words: str = "Why?") -> str:
    sent = {"part": part, "text": words}
    answer = client.post(f"/review/{revision.pk}/comments/", sent, follow=True)
    return re.sub(r"\s+", " ", str(answer.content.decode()))


def part(page: str, name: str) -> str:
    """The section of that part of the card."""
    after = page.split(f'<section class="review-part" id="{name}"', 1)[1]
    return after.split("</section>", maxsplit=1)[0]


def test_a_comment_stands_beside_its_part_and_is_counted() -> None:
    revision = first_saved(then="review")
    page = say(ben(), revision, "impact", "Why thirty million homes?")
    assert "Your comment stands beside that part" in page
    assert "Why thirty million homes?" in part(page, "impact")
    assert "Why thirty million homes?" not in part(page, "novelty")
    assert "1 open comment" in page
    assert "1 open comment" in text(ben(), "/review/")


def test_the_author_finds_it_by_the_field_and_resolves_it_without_losing_what_is_typed() -> None:
    revision = first_saved(then="review")
    say(ben(), revision, "drivers", "Whose budget?")
    author = signed_in()
    page = text(author, edit_path(revision))
    section = page.split('data-dimension="drivers"')[1].split("</section>")[0]
    assert "Whose budget?" in section
    comment = ReviewComment.objects.get()
    sent = typed(parent=revision.content_hash, summary="Half a sentence")
    answer = author.post(f"/comments/{comment.pk}/resolve/", sent)
    assert answer["Location"] == edit_path(revision)
    assert Buffer.objects.get().fields["summary"] == ["Half a sentence"]
    assert "Whose budget?" not in text(author, edit_path(revision))
    page = text(ben(), f"/review/{revision.pk}/")
    assert "resolved by anna" in part(page, "drivers")
    assert "open comment" not in page


def test_a_comment_is_carried_to_the_next_revision() -> None:
    revision = first_saved(then="review")
    say(ben(), revision, "summary", "Too short.")
    signed_in().post(
        edit_path(revision), typed(parent=revision.content_hash, summary="Longer.", then="review")
    )
    newer = Revision.objects.get(parent=revision)
    page = text(ben(), f"/review/{newer.pk}/")
    assert "Too short." in part(page, "summary")
    assert "on revision 1" in part(page, "summary")


def test_an_empty_comment_is_refused_beside_its_field() -> None:
    revision = first_saved()
    answer = ben().post(f"/review/{revision.pk}/comments/", {"part": "impact", "text": " "})
    assert answer.status_code == 422
    assert "Needed: the comment itself." in part(answer.content.decode(), "impact")
    assert "Name the part that you speak of" in say(ben(), revision, "weather")
    assert not ReviewComment.objects.exists()


def test_who_has_nothing_to_do_with_a_card_resolves_nothing() -> None:
    comment = comment_on(revision=saved(), part="impact", text="Why?", by=person("ben", "editor"))
    assert signed_in("otto").post(f"/comments/{comment.pk}/resolve/").status_code == 403
    with pytest.raises(NotAllowed):
        resolve_comment(comment=comment, by=person("rita", "reader"))
    assert not CommentResolution.objects.exists()
    resolve_comment(comment=comment, by=person("anna"))
    resolve_comment(comment=comment, by=person("ben"))
    assert CommentResolution.objects.get().by.username == "anna"


@pytest.mark.parametrize("words", ["", "  "])
def test_a_comment_says_something(words: str) -> None:
    with pytest.raises(DomainError, match="the comment itself"):
        comment_on(revision=saved(), part="impact", text=words, by=person("anna"))


def test_nobody_comments_on_what_is_kept_back() -> None:
    saved()
    hidden = saved(author="otto", role="second opinion")
    submit_revision(revision=hidden, by=person("otto"))
    with pytest.raises(NotAllowed, match="once your own opinion is in"):
        comment_on(revision=hidden, part="impact", text="Why?", by=person("nina"))


def test_the_checklist_leads_to_the_parts_of_the_card() -> None:
    revision = first_saved(then="review")
    page = text(ben(), f"/review/{revision.pk}/")
    assert "To look at" in page
    assert '<a href="#scenarios">Scenarios</a>: <span dir="auto">No low scenario' in page
    for place in set(re.findall(r'<a href="#(\w+)">', page)):
        assert f'id="{place}"' in page, place
