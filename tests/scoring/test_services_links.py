import json

import pytest

from assessments.models import Link, Technology
from assessments.services.facts import revise_facts
from assessments.services.technologies import Facts
from jobs.models import Job
from record.clock import today
from scoring.models import Run, RunKind
from scoring.services.links import open_due_links_run
from scoring.services.repeats import Verdict, repeat_run
from scoring.services.runs import Question, open_run
from tests.assessments.factories import card_json, person, published
from tests.scoring.made import finish_all

pytestmark = pytest.mark.django_db


def timed(slug: str, start: int, end: int) -> None:
    scores = card_json()["scores"]
    window = {"from": start, "to": end, "certainty": "high", "unscored_reason": None}
    published(slug, scores=scores | {"timing": scores["timing"] | window}, p_never=0.05)


def accelerate(source: str, target: str) -> None:
    technology, other = (Technology.objects.get(slug=slug) for slug in (source, target))
    revise_facts(
        technology=technology,
        facts=Facts(slug=source, name=technology.name),
        links=[Link(source=technology, target=other, kind="accelerates")],
        version=technology.version,
        by=person("ed", "editor"),
    )


@pytest.fixture
def outlook() -> Run:
    year = today().year
    timed("llm", year, year + 4)
    timed("photonic", year + 2, year + 8)
    accelerate("llm", "photonic")
    run = open_run(question=Question(RunKind.OUTLOOK, as_of=today()), reason="all")
    finish_all()
    return run


def links_runs() -> list[Run]:
    return list(Run.objects.filter(kind=RunKind.LINKS).select_related("job"))


def test_a_finished_outlook_is_followed_by_what_its_links_do_once(outlook: Run) -> None:
    for _ in range(2):
        open_due_links_run()
        finish_all()
    (run,) = links_runs()
    assert (run.as_of, run.publication_seq) == (outlook.as_of, outlook.publication_seq)
    (row,) = json.loads(run.job.result.headline)["links"]
    assert (row["by"], row["moved"], row["is_kept"]) == ("llm", "photonic", True)
    assert row["base"]["year_p50"] < row["slip"]["year_p50"]
    assert row["base"]["year_p50"] < row["cut"]["year_p50"]


def test_its_base_is_the_median_of_the_outlook(outlook: Run) -> None:
    open_due_links_run()
    finish_all()
    (row,) = json.loads(links_runs()[0].job.result.headline)["links"]
    outlooks = json.loads(Job.objects.get(pk=outlook.job_id).result.headline)["technologies"]
    stated = {line["id"]: line for line in outlooks}["photonic"]
    assert row["base"]["year_p50"] == stated["year_p50"]
    assert row["base"]["p_open_by_2030"] == pytest.approx(stated["p_open_by_2030"], abs=1e-4)


def test_it_repeats_byte_for_byte(outlook: Run) -> None:
    open_due_links_run()
    finish_all()
    run = Run.objects.select_related("job__result").get(pk=links_runs()[0].pk)
    assert repeat_run(run=run).verdict is Verdict.SAME


def test_an_outlook_without_links_is_left_alone() -> None:
    timed("llm", today().year, today().year + 4)
    open_run(question=Question(RunKind.OUTLOOK, as_of=today()), reason="all")
    finish_all()
    open_due_links_run()
    assert links_runs() == []


def test_a_newer_outlook_asks_for_another(outlook: Run) -> None:
    open_due_links_run()
    finish_all()
    timed("sensors", today().year + 1, today().year + 3)
    open_run(question=Question(RunKind.OUTLOOK, as_of=today()), reason="all")
    open_due_links_run()
    assert len(links_runs()) == 1
    finish_all()
    open_due_links_run()
    assert len(links_runs()) == 2
