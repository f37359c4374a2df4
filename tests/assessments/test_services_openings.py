import datetime

import pytest

from assessments.models import Opening, OpeningStep, Publication, Technology
from assessments.openings import (
    DEFAULT_TEST,
    count_openings,
    opening_test,
    pending_step,
    told_openings,
)
from assessments.services.openings import (
    confirm_opening,
    propose_opening,
    refuse_opening,
    state_opening_test,
    withdraw_opening,
)
from record.clock import today
from record.errors import Conflict, DomainError, NotAllowed
from record.models import Change
from scoring.models import Run, RunKind
from scoring.services import runs
from tests.assessments.factories import person, published, saved
from tests.scoring.made import finish_all

pytestmark = pytest.mark.django_db


def edge() -> Technology:
    published()
    return Technology.objects.get(slug="edge-ai")


def proposed(technology: Technology, status: str = "open", **changes: object) -> OpeningStep:
    wanted = {"year": 2025, "evidence": "Three vendors sell; 2 billion USD in 2025 (trade press)."}
    return propose_opening(
        technology=technology, status=status, by=person("anna"), **wanted | changes
    )


def confirmed(technology: Technology, status: str = "open", **changes: object) -> Opening:
    step = proposed(technology, status, **changes)
    return confirm_opening(proposal=step, by=person("ben", "editor"))


def test_a_proposal_is_no_fact_until_a_second_person_confirms_it() -> None:
    technology = edge()
    step = proposed(technology)
    assert pending_step(technology) == step
    assert Opening.objects.count() == 0
    opening = confirm_opening(proposal=step, by=person("ben", "editor"))
    assert (opening.status, opening.year) == ("open", 2025)
    assert (opening.recorded_by.username, opening.confirmed_by.username) == ("anna", "ben")
    assert pending_step(technology) is None
    assert count_openings() == 1


def test_a_confirmed_opening_is_published_and_asks_for_an_outlook_and_a_ranking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    technology = edge()
    finish_all()
    before = Publication.objects.count()
    confirmed(technology)
    assert Publication.objects.count() == before + 1
    newest = Publication.objects.latest("seq")
    assert '"opening":{"status":"open","year":2025}' in newest.body
    monkeypatch.setattr(runs, "QUIET", datetime.timedelta(0))
    runs.open_due_runs()
    for kind in (RunKind.OUTLOOK, RunKind.RANKING):
        assert Run.objects.filter(kind=kind).count() == 2
    assert told_openings()["edge-ai", "open", 2025].test == DEFAULT_TEST
    change = Change.objects.get(kind="technology.opened")
    assert change.is_public
    assert change.after == {"status": "open", "year": 2025}


def test_nobody_answers_a_proposal_of_their_own() -> None:
    technology = edge()
    step = propose_opening(
        technology=technology,
        status="open",
        year=2025,
        evidence="Sold widely.",
        by=person("ben", "editor"),
    )
    with pytest.raises(NotAllowed, match="two people"):
        confirm_opening(proposal=step, by=person("ben", "editor"))
    with pytest.raises(NotAllowed, match="Only editors"):
        refuse_opening(proposal=step, by=person("anna"), note="No.")
    with pytest.raises(NotAllowed, match="take it back"):
        withdraw_opening(proposal=step, by=person("anna"))


def test_a_refusal_says_why_and_stays_in_the_record() -> None:
    technology = edge()
    step = proposed(technology)
    with pytest.raises(DomainError, match="why it is refused"):
        refuse_opening(proposal=step, by=person("ben", "editor"), note=" ")
    refused = refuse_opening(proposal=step, by=person("ben", "editor"), note="Pilots only.")
    assert (refused.answers, refused.note) == (step, "Pilots only.")
    with pytest.raises(Conflict, match="answered already"):
        confirm_opening(proposal=step, by=person("carla", "editor"))
    assert Opening.objects.count() == 0


def test_a_proposal_can_be_taken_back_by_whoever_made_it() -> None:
    technology = edge()
    withdraw_opening(proposal=proposed(technology), by=person("anna"))
    assert pending_step(technology) is None
    assert proposed(technology, year=2024).year == 2024


def test_only_what_is_open_closes_again() -> None:
    technology = edge()
    with pytest.raises(DomainError, match="not recorded as open"):
        proposed(technology, "closed again")
    confirmed(technology)
    with pytest.raises(DomainError, match="open since 2025 already"):
        proposed(technology)
    with pytest.raises(DomainError, match="opened in 2025"):
        proposed(technology, "closed again", year=2024)
    closed = confirmed(technology, "closed again", year=2026)
    assert [row.status for row in technology.openings.all()] == ["open", "closed again"]
    assert closed.status == "closed again"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"year": 1700}, "not between"),
        ({"year": today().year + 1}, "make a prediction"),
        ({"evidence": "  "}, "by what evidence"),
        ({"status": "ajar"}, "“open” or “closed again”"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(changes: dict[str, object], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        proposed(edge(), **changes)
    assert OpeningStep.objects.count() == 0


def test_one_proposal_at_a_time() -> None:
    technology = edge()
    proposed(technology)
    with pytest.raises(DomainError, match="waits already"):
        proposed(technology)


def test_readers_propose_nothing() -> None:
    with pytest.raises(NotAllowed, match="Only analysts"):
        propose_opening(
            technology=edge(), status="open", year=2025, evidence="x", by=person("rita", "reader")
        )


def test_an_opening_of_what_is_not_published_stays_inside() -> None:
    saved()
    technology = Technology.objects.get()
    confirmed(technology)
    assert not Change.objects.get(kind="technology.opened").is_public


def test_the_test_is_the_default_until_somebody_states_another() -> None:
    technology = edge()
    assert (opening_test(technology).text, opening_test(technology).version) == (DEFAULT_TEST, 0)
    state_opening_test(
        technology=technology, text="Two vendors ship.", version=0, by=person("anna")
    )
    assert (opening_test(technology).text, opening_test(technology).version) == (
        "Two vendors ship.",
        1,
    )
    assert proposed(technology).test == "Two vendors ship."


def test_the_test_is_edited_before_the_fact_alone() -> None:
    technology = edge()

    def state(text: str, version: int = 0) -> None:
        state_opening_test(technology=technology, text=text, version=version, by=person("anna"))

    with pytest.raises(DomainError, match="has to be so"):
        state(" ")
    with pytest.raises(DomainError, match="stand already"):
        state(DEFAULT_TEST)
    with pytest.raises(Conflict, match="Somebody stated another"):
        state("Late.", version=3)
    step = proposed(technology)
    with pytest.raises(DomainError, match="after the shot"):
        state("Easier.")
    confirm_opening(proposal=step, by=person("ben", "editor"))
    with pytest.raises(DomainError, match="so the words stay"):
        state("Easier.")
    confirmed(technology, "closed again", year=2026)
    state("Easier.")
    assert opening_test(technology).version == 1
