"""A made-up record is one that the services could have written."""

from collections.abc import Iterator

import pytest
from django.test import Client

from assessments.models import Publication, Revision, Technology
from assessments.selectors import revisions_in_review
from assessments.services.publication import publication_body
from benchmarks.documents import technology_plans
from benchmarks.installation import fill
from record.canonical import digest
from record.clock import today
from record.errors import DomainError
from record.models import Change
from scoring.models import OF_THE_RECORD
from scoring.selectors import latest_finished
from tests.databases import OpenDatabase

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_up(open_database: OpenDatabase) -> Iterator[None]:
    with open_database("made_up"):
        fill(technologies=10, seed=1)
        yield


def test_the_first_technologies_are_those_of_any_number() -> None:
    few = technology_plans(technologies=3, seed=5, today=today())
    many = technology_plans(technologies=30, seed=5, today=today())
    assert few == many[:3]
    assert few != technology_plans(technologies=3, seed=6, today=today())
    assert len({plan.facts.slug for plan in many}) == 30


@pytest.mark.usefixtures("made_up")
def test_every_body_and_hash_is_the_one_that_the_service_would_make() -> None:
    rows = Publication.objects.select_related("revision__card__technology")
    assert rows.count() > 10
    for row in rows:
        assert row.body == publication_body(row.revision)
        assert row.body_hash == digest(row.body)
    for revision in Revision.objects.select_related("parent"):
        assert revision.content_hash == digest(revision.content)
        assert revision.parent_hash == (revision.parent.content_hash if revision.parent else "")


@pytest.mark.usefixtures("made_up")
def test_the_record_holds_every_kind_of_row_in_the_order_of_its_time() -> None:
    seen = set(Change.objects.values_list("kind", flat=True))
    assert seen >= {"card.saved", "card.submitted", "card.approved", "card.published"}
    assert "card.revised" in seen
    shown = list(Publication.objects.order_by("seq").values_list("at", flat=True))
    assert shown == sorted(shown)
    assert revisions_in_review(Revision.objects.all())
    assert Technology.objects.published().count() == 10


@pytest.mark.usefixtures("made_up")
def test_its_runs_are_finished_and_name_every_technology() -> None:
    for kind in OF_THE_RECORD:
        found = latest_finished(kind)
        assert found is not None
        assert len(found.headline["technologies"]) == 10


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("path", ["/", "/ranking/", "/technologies/", "/changes/", "/runs/"])
def test_its_pages_answer(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("made_up")
def test_a_record_that_holds_something_is_left_alone() -> None:
    with pytest.raises(DomainError, match="not empty"):
        fill(technologies=3, seed=1)
