"""Review and publication by script: who may, of what, and what readers get."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Publication, ReviewEvent, Revision
from scoring.models import Run, RunKind
from tests.assessments.factories import card_json, person, published, saved, score
from tests.assessments.programs import Program
from tests.assessments.typed_cards import technology

pytestmark = pytest.mark.django_db

EDGE = "/cards/edge-ai/"


def tag(revision: Revision) -> str:
    return f'"{revision.content_hash}"'


def in_review(**changes: Any) -> Revision:
    revision = saved(**changes)
    answer = Program("anna").post(f"{EDGE}submit/")
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "in review"
    return revision


def test_score_review_and_publish_by_script() -> None:
    technology()
    anna, ben = Program("anna"), Program("ben", "editor")
    begun = anna.post("/cards/", card_json())
    assert anna.post(f"{EDGE}submit/", {"note": "Ready."}).json()["state"] == "in review"
    read = ben.get(EDGE)
    assert read["ETag"] == begun["ETag"]
    assert Program().get(EDGE).status_code == 404
    approved = ben.post(f"{EDGE}approve/", {"note": "Well argued."}, If_Match=read["ETag"])
    told = approved.json()
    assert told.pop("checklist")
    assert told == {
        "key": "edge-ai",
        "content_hash": Revision.objects.get().content_hash,
        "state": "approved",
        "approvals": 1,
        "approvals_needed": 1,
    }
    assert not Run.objects.exists()
    assert ben.post(f"{EDGE}publish/").json()["state"] == "published"
    assert Run.objects.filter(kind=RunKind.RANKING).exists()
    assert Program().get(EDGE).json()["summary"] == "Models that run where the data arise."
    assert Publication.objects.get().oversight == "approved by one editor"
    notes = list(ReviewEvent.objects.order_by("id").values_list("note", flat=True))
    assert notes == ["Ready.", "Well argued."]


def test_nobody_approves_what_they_wrote() -> None:
    saved(author="ben")
    User.objects.filter(username="ben").update(role="editor")
    ben = Program("ben")
    ben.post(f"{EDGE}submit/")
    answer = ben.post(f"{EDGE}approve/", If_Match=tag(Revision.objects.get()))
    assert answer.status_code == 403
    assert "somebody else has to approve it" in answer.json()["detail"]
    assert not ReviewEvent.objects.filter(kind="approved").exists()


def test_an_administrator_approves_alone_with_a_reason_that_readers_see() -> None:
    revision = in_review()
    alone = {"override_reason": "Nobody else is here."}
    ben = Program("ben", "editor")
    assert ben.post(f"{EDGE}approve/", alone, If_Match=tag(revision)).status_code == 403
    root = Program("root", "admin")
    assert root.post(f"{EDGE}approve/", alone, If_Match=tag(revision)).status_code == 200
    assert root.post(f"{EDGE}publish/").status_code == 200
    rows = Program().get(f"{EDGE}revisions/").json()["results"]
    assert rows[0]["oversight"] == "approved without a second person: Nobody else is here."


def test_an_approval_names_what_was_read() -> None:
    revision = in_review()
    ben = Program("ben", "editor")
    assert ben.post(f"{EDGE}approve/").status_code == 428
    assert ben.post(f"{EDGE}approve/", If_Match="*").status_code in {412, 428}
    assert ben.post(f"{EDGE}approve/", If_Match=f'"{"0" * 64}"').status_code == 412
    newer = saved(parent=revision.content_hash, summary="Newer.")
    stale = ben.post(f"{EDGE}approve/", If_Match=tag(revision))
    assert stale.status_code == 412
    assert stale.json()["newest"]["content_hash"] == newer.content_hash
    Program("anna").post(f"{EDGE}submit/")
    assert ben.post(f"{EDGE}approve/", If_Match=tag(revision)).status_code == 412
    assert not ReviewEvent.objects.filter(kind="approved").exists()
    answer = ben.post(f"{EDGE}approve/", If_Match=f"W/{ben.get(EDGE)['ETag']}")
    assert answer.status_code == 200


def test_impact_beyond_five_takes_two_approvers() -> None:
    revision = in_review(impact=score("5+"))
    ben, carla = Program("ben", "editor"), Program("carla", "editor")
    first = ben.post(f"{EDGE}approve/", If_Match=tag(revision)).json()
    assert (first["state"], first["approvals"], first["approvals_needed"]) == ("in review", 1, 2)
    assert ben.post(f"{EDGE}approve/", If_Match=tag(revision)).status_code == 409
    assert ben.post(f"{EDGE}publish/").status_code == 409
    assert carla.post(f"{EDGE}approve/", If_Match=tag(revision)).json()["state"] == "approved"
    assert ben.post(f"{EDGE}publish/").status_code == 200
    assert Publication.objects.get().oversight == "approved by two editors"


def test_a_return_says_what_to_change() -> None:
    in_review()
    ben = Program("ben", "editor")
    for body in (None, {}, {"note": " "}, {"note": 1}, {"note": "x", "to": "anna"}, []):
        answer = ben.post(f"{EDGE}return/", body)
        assert answer.status_code == 422, body
        assert answer.json()["errors"], body
    answer = ben.post(f"{EDGE}return/", {"note": "Say where."})
    assert answer.json()["state"] == "returned"
    assert ReviewEvent.objects.latest("id").note == "Say where."


def test_a_step_out_of_turn_is_refused_in_words() -> None:
    saved()
    ben = Program("ben", "editor")
    head = tag(Revision.objects.get())
    for step, body in (("approve", None), ("publish", None), ("return", {"note": "No."})):
        answer = ben.post(f"{EDGE}{step}/", body, If_Match=head)
        assert answer.status_code == 409, step
        assert "is draft" in answer.json()["detail"]
    anna = Program("anna")
    assert anna.post(f"{EDGE}submit/", If_Match=f'"{"0" * 64}"').status_code == 412
    assert anna.post(f"{EDGE}submit/", If_Match=head).status_code == 200
    assert anna.post(f"{EDGE}submit/", If_Match=head).status_code == 409


def test_publishing_names_one_revision_or_means_the_newest() -> None:
    revision = in_review()
    ben = Program("ben", "editor")
    ben.post(f"{EDGE}approve/", If_Match=tag(revision))
    saved(parent=revision.content_hash, summary="Newer, a draft.")
    assert ben.post(f"{EDGE}publish/").status_code == 409
    assert ben.post(f"{EDGE}publish/", If_Match=f'"{"0" * 64}"').status_code == 412
    assert ben.post(f"{EDGE}publish/", If_Match=tag(revision)).status_code == 200
    assert Program().get(EDGE)["ETag"].startswith(tag(revision)[:-1])


def test_a_reviewer_without_sight_of_drafts_acts_on_what_it_can_name() -> None:
    revision = in_review()
    ben = Program("ben", "editor", "review")
    assert ben.post(f"{EDGE}return/", {"note": "No."}).status_code == 404
    assert ben.post(f"{EDGE}approve/", If_Match=f'"{"0" * 64}"').status_code == 404
    assert ben.post(f"{EDGE}approve/", If_Match=tag(revision)).status_code == 200
    assert ben.post(f"{EDGE}publish/", If_Match=tag(revision)).status_code == 200


def test_what_a_reviewer_without_sight_is_told_counts_no_drafts() -> None:
    first = saved()
    shown = published(parent=first.content_hash, summary="Shown.").revision
    saved(parent=shown.content_hash, summary="Unseen.")
    ben = Program("ben", "editor", "review")
    for step, body in (("approve", None), ("publish", None), ("return", {"note": "No."})):
        for headers in ({}, {"If_Match": tag(shown)}):
            answer = ben.post(f"{EDGE}{step}/", body, **headers)
            assert answer.status_code in {409, 428}, (step, headers)
            assert "Revision 2" not in answer.json()["detail"]
            assert "newest" not in answer.json()


def test_a_role_taken_away_ends_what_its_token_may() -> None:
    revision = in_review()
    ben = Program("ben", "editor")
    User.objects.filter(username="ben").update(role="analyst")
    answer = ben.post(f"{EDGE}approve/", If_Match=tag(revision))
    assert answer.status_code == 403
    assert "scope review" in answer.json()["detail"]


def test_each_step_tells_what_the_card_lacks_as_the_page_of_its_review() -> None:
    low = {"name": "low", "text": "Nobody buys one.", "impact_level": "1", "probability": None}
    revision = saved(scenarios=[low])
    listed = Program("anna").post(f"{EDGE}submit/").json()["checklist"]
    parts = {item["part"] for item in listed}
    assert "predictions" in parts
    assert "scenarios" not in parts
    weights = [item["weight"] for item in listed]
    assert weights == sorted(weights, reverse=True)
    client = Client()
    client.force_login(person("ben", "editor"))
    page = unescape(client.get(f"/review/{revision.pk}/").content.decode())
    assert [item["sentence"] for item in listed if item["sentence"] not in page] == []
    returned = Program("ben", "editor").post(f"{EDGE}return/", {"note": "Predict something."})
    assert returned.json()["checklist"] == listed
