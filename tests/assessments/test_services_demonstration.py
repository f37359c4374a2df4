"""Loading the demonstration on another day, and where it would take somebody's name."""

import datetime

import pytest
from pytest_django import Settings

from assessments.challenges import WAITING, challenge_records
from assessments.models import Challenge, Forecast, Opening, Prediction, Publication
from assessments.selectors import published_cards
from assessments.services.demonstration import load_demonstration
from assessments.signals import demonstration_loaded
from jobs.models import Job
from jobs.services import execute_job
from record.errors import DomainError
from scoring.models import Run
from tests.assessments.factories import person

pytestmark = pytest.mark.django_db


def test_somebody_of_the_name_of_an_author_is_left_alone() -> None:
    marta = person("marta")
    with pytest.raises(DomainError, match="somebody's account"):
        load_demonstration(editor=person("editor", "editor"))
    marta.refresh_from_db()
    assert marta.is_active


@pytest.mark.parametrize(
    ("day", "outcomes"),
    [
        (datetime.date(2026, 4, 1), {WAITING, "declined"}),
        (datetime.date(2025, 8, 1), set()),
        (datetime.date(2023, 3, 1), set()),
        (datetime.date(2010, 1, 1), set()),
    ],
)
def test_a_moved_day_finds_the_record_of_its_time(
    settings: Settings, day: datetime.date, outcomes: set[str]
) -> None:
    settings.BELLWETHER_TODAY = day
    assert len(loaded()) == 1
    assert Publication.objects.exists() == (day.year > 2023)
    assert all(card.as_of <= day for card in published_cards())
    assert all(year <= day.year for year in Opening.objects.values_list("year", flat=True))
    assert all(row.made_at.date() <= day for row in Prediction.objects.all())
    assert all(said.made_at.date() <= day for said in Forecast.objects.all())
    records = challenge_records(Challenge.objects.all())
    assert {record.outcome for record in records} == outcomes
    assert all(record.said_on <= day for record in records)
    if not outcomes:
        # A record without challenges is the one that is computed nowhere else.
        for job in Job.objects.all():
            execute_job(job_id=job.pk)
        assert not Run.objects.exclude(job__state=Job.State.DONE).exists()


def loaded() -> list[object]:
    """Those named as proposers to whoever listens for a loaded demonstration."""
    heard: list[object] = []

    def hear(**told: object) -> None:
        heard.append(told["proposer"])

    demonstration_loaded.connect(hear)
    load_demonstration(editor=person("ed", "editor"))
    demonstration_loaded.disconnect(hear)
    return heard
