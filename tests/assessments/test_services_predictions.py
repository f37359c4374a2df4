"""Making predictions and what happens to them among people."""

import datetime
import json

import pytest
from django.test import override_settings

from assessments.predictions import prediction_record, predictions, public_predictions
from assessments.services.prediction_steps import (
    close_prediction,
    publish_prediction,
    reopen_prediction,
    withdraw_prediction,
)
from assessments.services.predictions import last_day_of_stone
from assessments.services.publication import withdraw_card
from assessments.signals import prediction_published
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from tests.assessments.factories import person
from tests.assessments.predicted import made, measured_json, published, spec_json, technology

pytestmark = pytest.mark.django_db


def test_a_prediction_says_what_its_parts_say() -> None:
    row = made(measured_json())
    assert row.statement == (
        "Output per hour (OECD) is at least 120 (index, 2022 = 100) on 31 December 2030."
    )
    assert json.loads(row.spec)["threshold"] == 120.0
    assert row.key.startswith("edge-ai-2030-")


def test_a_draft_is_not_public_and_a_published_one_is() -> None:
    draft, shown = made(), published(measured_json())
    assert [record.key for record in public_predictions()] == [shown.key]
    assert {record.key for record in predictions()} == {draft.key, shown.key}


def test_a_key_does_not_count_the_drafts() -> None:
    first = made()
    withdraw_prediction(prediction=first, by=first.author, reason="Said twice.")
    made(measured_json())
    assert made(spec_json(event="Another thing")).key == _key_alone(
        spec_json(event="Another thing")
    )


def _key_alone(parts: dict[str, str]) -> str:
    row = prediction_record(next(r.key for r in predictions() if r.spec.event == parts["event"]))
    assert row is not None
    return f"edge-ai-2030-{int(row.content_hash[:15], 16) % 1000}"


def test_the_same_prediction_is_not_made_twice() -> None:
    made()
    with pytest.raises(Conflict, match="stands already"):
        made()


def test_readers_cannot_predict() -> None:
    with pytest.raises(NotAllowed, match="Only analysts"):
        made(author=person("rita", "reader"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline": "2020-12-31", "reads_on": "2021-01-01"}, "not in the future"),
        ({"resolution_rule": ""}, "resolution rule"),
        ({"event": ""}, "what happens"),
        ({"reads_on": "2030-01-01"}, "on or after the deadline"),
        ({"window": "average over"}, "first period"),
    ],
)
def test_what_cannot_be_overruled_is_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        made(spec_json(**changes))
    assert predictions() == []


def test_an_author_does_not_publish_their_own() -> None:
    published()
    own = made(measured_json(), author=person("ben", "editor"))
    with pytest.raises(NotAllowed, match="another editor"):
        publish_prediction(prediction=own, by=person("ben", "editor"))
    publish_prediction(prediction=own, by=person("carla", "editor"))
    assert prediction_record(own.key).is_public  # type: ignore[union-attr]


@override_settings(TWO_EYES=False)
def test_a_team_of_one_publishes_its_own() -> None:
    published()
    own = made(measured_json(), author=person("ben", "editor"))
    publish_prediction(prediction=own, by=person("ben", "editor"))
    assert len(public_predictions()) == 2


def test_an_administrator_publishes_their_own_with_a_reason_that_is_printed() -> None:
    published()
    root = person("root", "admin")
    own = made(measured_json(), author=root)
    with pytest.raises(NotAllowed):
        publish_prediction(prediction=own, by=root)
    publish_prediction(prediction=own, by=root, reason="Nobody else is in today.")
    change = Change.objects.get(kind="prediction.published", subject_key=own.key)
    assert (change.reason, change.is_public) == ("Nobody else is in today.", True)


def test_it_waits_until_its_technology_is_published() -> None:
    row = made()
    with pytest.raises(DomainError, match="Publish its card first"):
        publish_prediction(prediction=row, by=person("ben", "editor"))


def test_it_goes_with_its_technology() -> None:
    row = published()
    card = row.technology.publications.get()
    withdraw_card(revision=card.revision, by=person("ben", "editor"), reason="Wrong throughout.")
    assert public_predictions() == []
    assert not prediction_record(row.key).is_public  # type: ignore[union-attr]


def test_publishing_is_told_once() -> None:
    heard = []

    def hear(**told: object) -> None:
        heard.append(told["prediction"])

    prediction_published.connect(hear)
    row = published()
    with pytest.raises(DomainError, match="published already"):
        publish_prediction(prediction=row, by=person("ben", "editor"))
    prediction_published.disconnect(hear)
    assert heard == [row]


def test_a_withdrawal_needs_a_reason_and_an_editor() -> None:
    row = published()
    with pytest.raises(NotAllowed):
        withdraw_prediction(prediction=row, by=row.author, reason="Too vague.")
    with pytest.raises(DomainError, match="Say in a sentence"):
        withdraw_prediction(prediction=row, by=person("ben", "editor"), reason=" ")
    withdraw_prediction(prediction=row, by=person("ben", "editor"), reason="Too vague.")
    assert public_predictions() == []
    with pytest.raises(DomainError, match="replaces it"):
        publish_prediction(prediction=row, by=person("ben", "editor"))


def test_another_replaces_what_no_longer_stands() -> None:
    old = published()
    with pytest.raises(DomainError, match="still stands"):
        made(measured_json(), replaces=old)
    withdraw_prediction(prediction=old, by=person("ben", "editor"), reason="Too vague.")
    new = made(measured_json(), replaces=old)
    assert prediction_record(old.key).replaced_by == (new.key,)  # type: ignore[union-attr]


def test_three_stepping_stones_stand_beneath_a_prediction() -> None:
    parent = made()
    soon = (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=300)).isoformat()
    parts = spec_json(deadline=soon, reads_on=soon)
    stones = [made(parts | {"event": f"Step {i}"}, parent=parent).key for i in range(3)]
    assert set(prediction_record(parent.key).stones) == set(stones)  # type: ignore[union-attr]
    with pytest.raises(DomainError, match="3 stepping stones already"):
        made(parts, parent=parent)


def test_a_stepping_stone_is_due_within_18_months() -> None:
    parent = made()
    with pytest.raises(DomainError, match="within 18 months"):
        made(spec_json(deadline="2030-06-30"), parent=parent)
    with pytest.raises(DomainError, match="same technology"):
        made(parent=parent, slug="edge-ai-2")


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-11-21", "2028-05-21"), ("2026-08-31", "2028-02-29"), ("2026-06-30", "2027-12-30")],
)
def test_eighteen_months_end_on_the_same_day_of_the_month(day: str, last: str) -> None:
    assert last_day_of_stone(datetime.date.fromisoformat(day)).isoformat() == last


def test_a_prediction_is_closed_and_opened_again() -> None:
    row, ben = published(), person("ben", "editor")
    end = prediction_record(row.key).closes_at  # type: ignore[union-attr]
    assert end == datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC)
    closing = close_prediction(prediction=row, by=ben, reason="Resolved.")
    assert prediction_record(row.key).closes_at == closing.at  # type: ignore[union-attr]
    reopen_prediction(prediction=row, by=ben, reason="Undone.")
    assert prediction_record(row.key).closes_at == end  # type: ignore[union-attr]


def test_the_name_of_a_technology_is_the_published_one_for_readers() -> None:
    row = published()
    thing = technology()
    thing.name = "A name that nobody published"
    thing.save()
    assert public_predictions()[0].technology_name == "Edge ai"
    assert prediction_record(row.key).technology_name == thing.name  # type: ignore[union-attr]
