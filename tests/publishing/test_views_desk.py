"""The desk and the monthly round."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.services.drafting import Save, open_card, save_revision
from assessments.services.review import approve_revision, return_revision, submit_revision
from assessments.services.technologies import Facts, create_technology
from jobs.models import Job
from jobs.services import execute_job
from publishing.pages import round as rounds
from record.clock import today
from scoring.models import RunKind
from scoring.services.runs import Question, open_run
from tests.assessments.factories import JUDGED, document, person, published, saved, score
from tests.assessments.typed_cards import signed_in

pytestmark = pytest.mark.django_db


def text(client: Client, path: str = "/desk/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", str(answer.content.decode()))


def rank() -> None:
    open_run(question=Question(kind=RunKind.RANKING, as_of=today()), reason="test")
    for job in Job.objects.filter(state=Job.State.QUEUED, kind="ranking"):
        execute_job(job_id=job.pk)


def publish(number: int, **changes: object) -> None:
    levels = {name: score(str(1 + (number + place) % 5)) for place, name in enumerate(JUDGED)}
    published(f"tech-{number:03}", **{**levels, **changes})


def test_an_empty_house_says_so() -> None:
    page = text(signed_in())
    assert "Nothing waits for you." in page
    assert "Nor does anything wait for the team." in page
    assert "The round is empty" in page


def test_drafts_and_what_a_reviewer_asked_wait_for_their_author() -> None:
    saved("kelp")
    returned = saved("peat")
    submit_revision(revision=returned, by=person("anna"))
    return_revision(revision=returned, by=person("ben", "editor"), note="Say where.")
    page = text(signed_in())
    assert "Two things wait for you." in page
    assert page.index("Say where.") < page.index("Finish it")
    assert f"/cards/{returned.card_id}/edit/" in page
    assert "Nothing waits for you." in text(signed_in("otto"))


def test_reviews_wait_for_those_who_may_end_them() -> None:
    person("ben", "editor")
    by_anna, by_ben = saved("kelp"), saved("peat", "ben")
    for revision in (by_anna, by_ben):
        submit_revision(revision=revision, by=revision.author)
    editor = signed_in("ben", "editor")
    page = text(editor)
    assert "One thing waits for you." in page
    assert f"/review/{by_anna.pk}/" in page
    assert f"/review/{by_ben.pk}/" not in page
    assert "Nothing waits for you." in text(signed_in())


def test_who_approved_waits_for_the_second_editor_who_then_may_publish() -> None:
    revision = saved("kelp", impact=score("5+"))
    submit_revision(revision=revision, by=person("anna"))
    first, second = person("ben", "editor"), person("carla", "editor")
    approve_revision(revision=revision, by=first, shown_hash=revision.content_hash)
    assert "Nothing waits for you." in text(signed_in("ben", "editor"))
    assert "Review it" in text(signed_in("carla", "editor"))
    approve_revision(revision=revision, by=second, shown_hash=revision.content_hash)
    assert "Publish it" in text(signed_in("ben", "editor"))


def test_what_could_move_the_ranking_most_comes_first() -> None:
    for number in range(6):
        publish(number)
    publish(7, novelty=score(None), drivers=score(None, unscored_reason="not applicable"))
    publish(8, novelty=score("3"), impact=score("1"), viability=score("1"))
    published("kelp", novelty=score(None), timing=unscored_window())
    rank()
    page = text(signed_in())
    assert "Score its novelty" in page
    assert "a level could move it by about" in page
    assert page.index("Score its novelty") < page.index("Score its timing")
    assert "Score its drivers" not in page


def unscored_window() -> dict[str, object]:
    years = {"from": None, "to": None, "certainty": None, "rationale": "Nobody knows."}
    return years | {"unscored_reason": "looked and found nothing"}


def test_old_cards_are_named_and_those_without_a_rank_first() -> None:
    publish(1, as_of=ago(20))
    publish(2, as_of=ago(40))
    publish(3, as_of=ago(1))
    rank()
    page = text(signed_in())
    assert page.index("listed without a rank") < page.index("a second look could move it by")
    assert 'Old cards <span class="muted">2</span>' in page


def test_the_part_that_could_move_the_ranking_most_stands_above_the_others() -> None:
    for number in range(6):
        publish(number, as_of=ago(1))
    publish(7, novelty=score(None), as_of=ago(1))
    rank()
    unscored = text(signed_in())
    assert unscored.index("Unscored dimensions") < unscored.index("Old cards")
    publish(8, as_of=ago(34))
    rank()
    page = text(signed_in())
    moved = [float(ranks) for ranks in re.findall(r"could move it by about ([\d.]+) ranks", page)]
    assert page.index("Old cards") < page.index("Unscored dimensions")
    assert len(moved) == 2
    assert moved[0] == max(moved)


def ago(months: int) -> str:
    return (today() - datetime.timedelta(days=31 * months)).isoformat()


def prediction(days: int, **changes: object) -> dict[str, object]:
    deadline = (today() + datetime.timedelta(days=days)).isoformat()
    return {"statement": f"Held in {days} days.", "deadline": deadline} | changes


def test_predictions_are_due_ninety_days_before_their_deadline() -> None:
    rows = [prediction(-3), prediction(90), prediction(91), prediction(5, later_status="true")]
    publish(1, predictions=rows)
    page = text(signed_in())
    assert "was due" in page
    assert page.index("Held in -3 days.") < page.index("Held in 90 days.")
    assert "Held in 91 days." not in page
    assert "Held in 5 days." not in page


def test_the_backlog_leads_to_a_sketch() -> None:
    create_technology(facts=Facts(slug="kelp", name="Kelp"), by=person("anna"))
    create_technology(facts=Facts(slug="pv", name="PV"), by=person("anna"), is_yardstick=True)
    page = text(signed_in())
    assert "/sketches/new/?technology=kelp" in page
    assert "technology=pv" not in page


def test_a_round_asks_for_ten_and_is_taken_up_where_it_was_left() -> None:
    for number in range(12):
        publish(number)
    rank()
    client = signed_in()
    assert "Ten cards are left" in text(client, "/desk/round/")
    first = current(client)
    client.post(f"/desk/round/{first}/", {"answer": "still right"})
    second = current(client)
    client.post(f"/desk/round/{second}/", {"answer": "open"})
    page = text(signed_in("otto"), "/desk/round/")
    assert "2 of 10 done" in page
    assert "still right, anna" in page
    assert current(client) not in {first, second}
    desk = text(client)
    assert "Found open in a round" in desk
    assert f"/cards/{second}/edit/" in desk


def current(client: Client) -> str:
    found = re.search(r'action="/desk/round/(\d+)/"', text(client, "/desk/round/"))
    assert found
    return found[1]


def test_a_round_can_be_finished_and_begins_anew_next_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(3):
        publish(number)
    rank()
    client = signed_in()
    for _ in range(3):
        client.post(f"/desk/round/{current(client)}/", {"answer": "still right"})
    page = text(client, "/desk/round/")
    assert "is done." in page
    assert "3 of 3 done" in page
    later = today() + datetime.timedelta(days=32)
    monkeypatch.setattr(rounds, "first_of_month", lambda _: later)
    assert "Three cards are left" in text(client, "/desk/round/")


def test_a_card_that_was_answered_can_be_chosen_again() -> None:
    for number in range(3):
        publish(number)
    rank()
    client = signed_in()
    first = current(client)
    client.post(f"/desk/round/{first}/", {"answer": "open"})
    page = text(client, f"/desk/round/?card={first}")
    assert f'action="/desk/round/{first}/"' in page
    assert "open since" in page


def test_readers_and_visitors_have_no_desk() -> None:
    for path in ("/desk/", "/desk/round/"):
        assert signed_in("rita", "reader").get(path).status_code == 403
        assert Client().get(path).status_code == 302


def fill(first: int, last: int) -> None:
    """Published, open, drafted, returned, submitted, sketched: some of each."""
    anna, ben = person("anna"), person("ben", "editor")
    for number in range(first, last):
        publish(number, novelty=score(None), as_of=ago(20), predictions=[prediction(number)])
        for kind in ("draft", "review", "returned", "sketch"):
            slug = f"{kind}-{number}"
            detail = {"detail": "sketch" if kind == "sketch" else "full"}
            technology = create_technology(facts=Facts(slug=slug, name=slug), by=anna)
            author = person("otto") if kind == "review" else anna
            card = open_card(technology=technology, role="lead", owner=author)
            card_document = document(slug, author=author.username, **detail)
            revision = save_revision(card=card, document=card_document, save=Save(by=author))
            if kind in {"review", "returned"}:
                submit_revision(revision=revision, by=author)
            if kind == "returned":
                return_revision(revision=revision, by=ben, note="Why?")
        create_technology(facts=Facts(slug=f"new-{number}", name=f"New {number}"), by=anna)


def questions_of_each_page() -> dict[tuple[str, str], int]:
    """How often the database is asked for each page of the team, by each who may see it."""
    asked = {}
    for who in (("anna", "analyst"), ("carla", "editor")):
        client = signed_in(*who)
        for path in ("/desk/", "/desk/round/", "/sketches/", "/sketches/new/"):
            client.get(path)
            with CaptureQueriesContext(connection) as questions:
                text(client, path)
            asked[who[0], path] = len(questions)
    return asked


def test_the_number_of_queries_is_the_same_for_3_and_for_30() -> None:
    fill(0, 3)
    rank()
    few = questions_of_each_page()
    fill(3, 30)
    rank()
    assert questions_of_each_page() == few
    assert {page: asked for page, asked in few.items() if asked > 40} == {}


def test_published_opinions_two_levels_apart_are_flagged() -> None:
    published("kelp", novelty=score("4"))
    page = text(signed_in())
    assert "Opinions far apart" not in page
    published("kelp", "dora", role="second opinion", novelty=score("1"))
    page = text(signed_in("ben"))
    assert "Opinions far apart" in page
    assert "novelty: 4 by anna, 1 by dora" in page
    assert "3 levels apart" in page
