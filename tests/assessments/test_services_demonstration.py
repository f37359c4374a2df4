import datetime
import json

import pytest

from accounts.models import User
from assessments.models import Opening, Publication
from assessments.selectors import published_cards
from assessments.services.demonstration import FOLDER, load_demonstration
from jobs.models import Job
from jobs.services import execute_job
from record.errors import DomainError
from scoring.models import Run
from tests.assessments.factories import person

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_published_once() -> None:
    editor = person("editor", "editor")
    load_demonstration(editor=editor)
    shipped = json.loads((FOLDER / "cards.json").read_text())["cards"]
    assert Publication.objects.count() == len(shipped)
    assert load_demonstration(editor=editor).added == []
    assert Publication.objects.count() == len(shipped)


def test_its_authors_are_names_without_a_sign_in() -> None:
    load_demonstration(editor=person("editor", "editor"))
    active = User.objects.filter(is_active=True).values_list("username", flat=True)
    assert list(active) == ["editor"]


def test_somebody_of_the_name_of_an_author_is_left_alone() -> None:
    marta = person("marta")
    with pytest.raises(DomainError, match="somebody's account"):
        load_demonstration(editor=person("editor", "editor"))
    marta.refresh_from_db()
    assert marta.is_active


@pytest.mark.parametrize("day", [datetime.date(2025, 8, 1), datetime.date(2010, 1, 1)])
def test_a_moved_day_finds_the_record_of_its_time(
    settings: pytest.FixtureRequest, day: datetime.date
) -> None:
    settings.BELLWETHER_TODAY = day  # type: ignore[attr-defined]
    load_demonstration(editor=person("editor", "editor"))
    assert all(card.as_of <= day for card in published_cards())
    assert all(year <= day.year for year in Opening.objects.values_list("year", flat=True))
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    assert {run.job.state for run in Run.objects.select_related("job")} <= {Job.State.DONE}
