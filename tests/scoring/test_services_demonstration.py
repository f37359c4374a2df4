import json
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, models, transaction
from django.db.models.sql import DeleteQuery
from pytest_django import Settings

import scoring.services.demonstration as removal
from accounts.models import User
from assessments.models import Card, Link, Publication, Revision, Technology
from assessments.services.technologies import record_opening
from config.env import PROJECT
from evidence.models import Indicator, Observation
from evidence.services import load_demonstration_indicators
from jobs.models import Job, JobResult
from jobs.services import execute_job, open_job
from publishing.selectors import published as read_published
from record.append_only import lifted, missing_triggers
from record.errors import DomainError
from record.models import Change, PublicChange
from record.selectors import newest_public_seq
from record.verification import verify
from scoring.models import Run, Sensitivity
from scoring.services.demonstration import demonstration_holdings, remove_demonstration
from scoring.services.sensitivities import open_sensitivity
from tests.assessments.factories import person, published, saved
from tests.evidence.builders import indicator, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return person("ben", "editor")


@pytest.fixture
def house(editor: User) -> User:
    """A house with a small demonstration and a card of its own; the demonstration's author
    cannot sign in."""
    for slug in ("chiplets", "edge-ai"):
        publication = published(slug, author="marta")
        record_opening(
            technology=publication.technology,
            year=2023,
            evidence="The register of openings.",
            by=person("marta"),
            confirmed_by=editor,
        )
    Technology.objects.update(is_demonstration=True)
    User.objects.filter(username="marta").update(is_active=False)
    published("own-thing")
    own, other = Technology.objects.get(slug="own-thing"), publication.technology
    Link.objects.create(source=own, target=other, kind="requires")
    return editor


@pytest.fixture
def computed(house: User) -> User:
    """The same with finished runs on both."""
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    return house


def rows() -> dict[str, list[Any]]:
    """Every row of the tables that the demonstration writes to, own rows and its own."""
    kept = (Technology, Card, Revision, Publication, Change, PublicChange, User)
    return {model.__name__: list(models.QuerySet(model).order_by("pk").values()) for model in kept}


def test_what_was_computed_from_its_rankings_goes_with_it(computed: User) -> None:
    run = Run.objects.filter(kind="ranking").select_related("job__result").first()
    assert run is not None
    assert open_sensitivity(run=run)
    values = json.loads(run.job.inputs)
    inputs = {"before": values, "after": values}
    open_job(kind="attribution", inputs=inputs, engine_version="attribution/0", seed=1)
    remove_demonstration(by=computed)
    assert not Sensitivity.objects.exists()
    assert not any("chiplets" in inputs for inputs in Job.objects.values_list("inputs", flat=True))


def test_the_demonstration_goes_and_ones_own_stays_as_it_was(house: User) -> None:
    before = rows()
    gone = remove_demonstration(by=house)
    assert (gone.technologies, gone.kept_technologies) == (2, 1)
    after = rows()
    assert [row["slug"] for row in after["Technology"]] == ["own-thing"]
    assert after["User"] == before["User"]
    for name in ("Card", "Revision", "Publication"):
        assert after[name]
        assert all(row in before[name] for row in after[name])
    (last,) = [row for row in after["Change"] if row not in before["Change"]]
    assert (last["kind"], last["actor_id"]) == ("demonstration.removed", house.pk)


def test_indicators_of_the_demonstration_go_with_their_figures_and_ones_own_stay(
    house: User,
) -> None:
    load_demonstration_indicators(by=person("marta"))
    indicator("own-series", row("2020", "1"))
    gone = remove_demonstration(by=house)
    assert gone.indicators == 10
    assert list(Indicator.objects.values_list("slug", flat=True)) == ["own-series"]
    assert Observation.objects.count() == 1
    assert not Change.objects.filter(subject_key="pv-module-price").exists()


def test_nothing_points_at_what_is_gone_and_the_triggers_stand(house: User) -> None:
    remove_demonstration(by=house)
    connection.check_constraints()
    assert missing_triggers() == []
    left = list(Revision.objects.values_list("pk", flat=True))
    assert left
    with pytest.raises(DatabaseError, match="keeps every row"), transaction.atomic():
        DeleteQuery(Revision).delete_batch(left, "default")
    with pytest.raises(DatabaseError, match="keeps every row"), transaction.atomic():
        Change.objects.filter(pk__gt=0).update(reason="")


def test_only_changes_about_the_demonstration_leave_the_log(house: User) -> None:
    slugs = set(Technology.objects.filter(is_demonstration=True).values_list("slug", flat=True))
    remove_demonstration(by=house)
    left = Change.objects.filter(subject_kind="technology").values_list("subject_key", flat=True)
    assert slugs.isdisjoint(left)
    assert "own-thing" in left


def test_public_numbers_go_on_so_that_readers_of_changes_hear_of_it(house: User) -> None:
    before = newest_public_seq()
    remove_demonstration(by=house)
    newest = PublicChange.objects.select_related("change").order_by("-seq").first()
    assert newest
    assert (newest.seq, newest.change.kind) == (before + 1, "demonstration.removed")


def test_the_record_verifies_since_the_log_says_which_numbers_went(house: User) -> None:
    remove_demonstration(by=house)
    assert [finding for finding in verify() if finding.broken] == []
    removed = Change.objects.get(kind="demonstration.removed")
    assert (removed.after or {})["public_numbers"] == [[1, 2]]


def test_a_number_that_went_otherwise_is_still_missed(house: User) -> None:
    remove_demonstration(by=house)
    with lifted([PublicChange]):
        DeleteQuery(PublicChange).delete_batch([3], "default")
    assert sum(finding.broken for finding in verify()) > 0


def test_pages_are_built_from_what_is_left(house: User) -> None:
    assert len(read_published().leads) == 3
    remove_demonstration(by=house)
    assert [card.slug for card in read_published().leads] == ["own-thing"]


def test_runs_on_the_demonstration_go_and_new_ones_open_for_the_rest(computed: User) -> None:
    results = JobResult.objects.count()
    remove_demonstration(by=computed)
    assert JobResult.objects.count() < results
    opened = Run.objects.all()
    assert {run.kind for run in opened} == {"ranking", "outlook"}
    for run in opened:
        assert "edge-ai" not in run.job.inputs
        assert "own-thing" in run.job.inputs


def test_what_people_here_wrote_on_it_is_counted_and_goes_along(house: User) -> None:
    assert demonstration_holdings().written_here == 0
    saved("chiplets", author="anna", role="second opinion")
    assert demonstration_holdings().written_here == 1
    remove_demonstration(by=house)
    assert not Card.objects.filter(owner__username="anna").exclude(technology__slug="own-thing")


def test_a_failure_in_the_middle_leaves_everything(
    house: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows()
    calls = []

    def fail_later(model: Any, keys: Any) -> None:
        calls.append(model)
        if len(calls) == 5:
            raise RuntimeError("the disk is full")
        remove(model, keys)

    remove = removal._delete
    monkeypatch.setattr(removal, "_delete", fail_later)
    with pytest.raises(RuntimeError):
        remove_demonstration(by=house)
    assert rows() == before
    assert missing_triggers() == []


def test_without_a_demonstration_nothing_is_removed(editor: User) -> None:
    published("own-thing")
    before = rows()
    with pytest.raises(DomainError, match="no demonstration"):
        remove_demonstration(by=editor)
    assert rows() == before


def test_in_production_nothing_is_removed(house: User, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(DomainError, match="not made for demonstrations"):
        remove_demonstration(by=house)
    assert Technology.objects.filter(is_demonstration=True).count() == 2


def test_the_lifting_is_for_the_named_tables_alone(house: User) -> None:
    keys = list(Revision.objects.values_list("pk", flat=True))
    with pytest.raises(DatabaseError, match="keeps every row"), lifted([Publication]):
        DeleteQuery(Revision).delete_batch(keys, "default")
    assert missing_triggers() == []


def test_a_role_that_may_only_add_rows_is_refused_in_words(postgres: None, house: User) -> None:
    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE only_adds")
        cursor.execute("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO only_adds")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO only_adds")
        cursor.execute("SET LOCAL ROLE only_adds")
    with pytest.raises(DomainError, match="not to remove any"), transaction.atomic():
        remove_demonstration(by=house)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert rows() == before
    assert missing_triggers() == []


def test_the_command_says_first_what_it_would_take(
    house: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("remove_demonstration")
    assert "2 technologies" in capsys.readouterr().out
    assert Technology.objects.filter(is_demonstration=True).exists()
    call_command("remove_demonstration", "--yes")
    assert "Removed 2 technologies" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("remove_demonstration", "--yes")


def test_receipts_of_the_rest_still_name_their_inputs(house: User) -> None:
    remove_demonstration(by=house)
    for job in Job.objects.all():
        assert json.loads(job.inputs)["computation"] in {"ranking", "outlook", "forecast"}


def test_nothing_else_in_the_project_lifts_the_triggers() -> None:
    callers = [
        path.relative_to(PROJECT).as_posix()
        for app in (
            "config",
            "publishing",
            "scoring",
            "assessments",
            "evidence",
            "jobs",
            "accounts",
            "record",
        )
        for path in (PROJECT / app).rglob("*.py")
        if "lifted(" in path.read_text("utf-8")
    ]
    assert sorted(callers) == ["record/append_only.py", "scoring/services/demonstration.py"]
