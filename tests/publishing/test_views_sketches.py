"""Sketches in a ranking of their own: seen by the team, stored nowhere."""

import pytest
from django.test import Client

from jobs.models import Job
from record.models import Change
from scoring.models import Run
from tests.assessments.factories import JUDGED, person, published, saved, score
from tests.assessments.typed_cards import signed_in

pytestmark = pytest.mark.django_db


def sketch(slug: str, author: str = "anna", level: str = "4", **changes: object) -> int:
    levels = {name: score(level, certainty=None, rationale="") for name in JUDGED}
    card = {"detail": "sketch", "summary": f"Seen by {author}.", **levels, **changes}
    return int(saved(slug, author, **card).card_id)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_sketch_stands_among_the_published_technologies() -> None:
    published("edge-ai", impact=score("5"))
    published("sand-batteries", impact=score("1"))
    sketch("kelp")
    page = text(signed_in(), "/sketches/")
    assert "One sketched technology among 3 that are ranked: Kelp." in page
    assert page.count('class="rank-drawing"') == 1
    assert "Seen by anna." in page


def test_what_others_sketched_is_shown_where_it_is_asked_for() -> None:
    sketch("kelp", "otto")
    client = signed_in()
    assert "You have no sketch that can be ranked yet." in text(client, "/sketches/")
    assert "Seen by otto." in text(client, "/sketches/?whose=team")


def test_a_sketch_is_set_against_the_published_card() -> None:
    published("kelp", novelty=score("4"), impact=score("1"), viability=score("4", level_to="5"))
    card = sketch("kelp", "otto", role="second opinion", drivers=score(None))
    page = text(signed_in("otto"), f"/sketches/{card}/")
    assert "You and the team agree on two of five dimensions of Kelp." in page
    for words in ("three levels higher", "half a level lower", "you leave it open", "the same"):
        assert words in page
    assert "If this counted, its expected rank would" in page


def test_the_first_to_speak_is_told_so() -> None:
    published("edge-ai")
    page = text(signed_in(), f"/sketches/{sketch('kelp')}/")
    assert "The team has published no card on it." in page
    assert "If this counted, its expected rank would be 1." in page


def test_a_newer_sketch_of_a_published_card_takes_its_place() -> None:
    card = published("kelp", impact=score("1"), detail="sketch").revision
    published("edge-ai", impact=score("3"))
    head = card.content_hash
    levels = {name: score("5", certainty="high") for name in JUDGED}
    saved("kelp", detail="sketch", parent=head, as_of="2026-06-01", **levels)
    page = text(signed_in(), f"/sketches/{card.card_id}/")
    assert "expected rank would be 1.0" in page or "to 1.0" in page


def test_a_private_ranking_leaves_no_trace() -> None:
    published("edge-ai")
    card = sketch("kelp")
    client = signed_in()
    before = (Run.objects.count(), Job.objects.count(), Change.objects.count())
    text(client, "/sketches/")
    text(client, f"/sketches/{card}/")
    assert (Run.objects.count(), Job.objects.count(), Change.objects.count()) == before


def test_what_was_published_or_is_full_is_no_sketch() -> None:
    done = published("edge-ai", detail="sketch").card_id
    full = saved("kelp").card_id
    client = signed_in()
    assert [client.get(f"/sketches/{card}/").status_code for card in (done, full)] == [404, 404]


def test_a_sketch_with_too_little_to_rank_says_so() -> None:
    sketch("kelp", impact=score(None))
    page = text(signed_in(), "/sketches/")
    assert "Sketched, without a rank" in page


def test_readers_and_visitors_get_none_of_it() -> None:
    card = sketch("kelp")
    person("rita", "reader")
    for path in ("/sketches/", f"/sketches/{card}/", "/sketches/new/", "/sketches/paste/"):
        assert signed_in("rita", "reader").get(path).status_code == 403
        assert Client().get(path).status_code == 302
