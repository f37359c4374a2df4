from typing import Any

import pytest
from django.test import Client

from assessments.selectors import PublishedCard
from jobs.models import Job
from jobs.services import execute_job
from publishing.explanations import Reasons
from publishing.pages.compare.choice import choose
from publishing.pages.compare.page import compare_page, profile_chart
from publishing.pages.compare.reasons import reasons_chart
from publishing.pages.compare.sentences import headline
from publishing.pages.published import Published
from record.clock import today
from scoring.models import RunKind
from scoring.services.runs import Question, open_run
from tests.assessments import factories
from tests.publishing.made import card, made_contrast, published, ranked, ranking, score, window

HIGH = {"diffusion": score("5"), "novelty": score("2")}
LOW = {"diffusion": score("2"), "novelty": score("3")}
HTML = "</script><b>bold</b>"


def record(*slugs: str, ahead: float = 0.83, **changes: Any) -> Published:
    rows = [ranked(slug, place + 1, place + 1.5) for place, slug in enumerate(slugs)]
    cards = [card(slug, **changes) for slug in slugs]
    return published(*cards, ranking=ranking(*rows, ahead=ahead))


def two(ahead: float) -> tuple[tuple[PublishedCard, ...], Any]:
    rows = (ranked("fusion", 1, 1.4), ranked("lidar", 2, 1.9))
    return (card("lidar", **LOW), card("fusion", **HIGH)), ranking(*rows, ahead=ahead)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (0.83, "Fusion is ahead of Lidar in 83 of 100 draws, mostly by diffusion."),
        (0.7, "Fusion is leaning ahead of Lidar in 70 of 100 draws, mostly by diffusion."),
        (0.55, "Fusion and Lidar are level: Fusion is ahead in 55 of 100 draws."),
    ],
)
def test_the_headline_of_two_names_the_better_one_and_why(ahead: float, said: str) -> None:
    reasons = Reasons({("fusion", "lidar"): made_contrast("lidar", ahead, diffusion=0.1)})
    assert headline(*two(ahead), reasons) == said


def test_what_cannot_be_taken_apart_is_not_given_a_reason() -> None:
    assert headline(*two(0.83)) == "Fusion is ahead of Lidar in 83 of 100 draws."


def reasoned(*slugs: str) -> tuple[Published, Reasons]:
    """Each ahead of all that follow, by diffusion; novelty speaks for the other."""
    pairs = {
        (one, other): made_contrast(other, 0.83, diffusion=0.1, novelty=-0.02)
        for place, one in enumerate(slugs)
        for other in slugs[place + 1 :]
    }
    return record(*slugs), Reasons(pairs)


def test_a_pair_is_drawn_and_listed_by_dimension() -> None:
    here, reasons = reasoned("a", "b")
    chart = reasons_chart(here, choose(["b", "a"], here), reasons)
    assert chart is not None
    assert chart.sentence == (
        "Diffusion speaks most for A and decides 50 of 100 draws; novelty speaks for B."
    )
    assert [row[:4] for row in chart.table.rows][2:4] == [
        ("A", "B", "novelty", -2.0),
        ("A", "B", "diffusion", 10.0),
    ]
    assert "−2.0" in str(chart.figure["data"])


def test_among_more_every_pair_is_listed_and_the_first_is_drawn() -> None:
    here, reasons = reasoned("a", "b", "c")
    chart = reasons_chart(here, choose(["a", "b", "c"], here), reasons)
    assert chart is not None
    assert len(chart.table.rows) == 15
    assert chart.sentence.startswith("Against B: diffusion speaks most for A")
    assert str(chart.figure["data"]).count("'name': 'against") == 2


def test_without_reasons_there_is_no_chart_of_them() -> None:
    here = record("a", "b")
    assert reasons_chart(here, choose(["a", "b"], here), Reasons()) is None


def test_among_more_the_headline_names_those_whose_order_is_open() -> None:
    slugs = ("a", "b", "c")
    all_ahead = record(*slugs, ahead=0.9)
    none_ahead = record(*slugs, ahead=0.6)
    assert headline(all_ahead.leads, all_ahead.ranking) == (
        "A is ahead of the other two, in at least 90 of 100 draws."
    )
    assert headline(none_ahead.leads, none_ahead.ranking) == (
        "A has the best expected rank, but the order against B and C is open."
    )


def test_without_a_rank_the_headline_speaks_of_levels_and_the_lede_says_why() -> None:
    cards, _ = two(0.9)
    page = compare_page(published(*cards), choose(["fusion", "lidar"], published(*cards)))
    assert page.headline == "They differ most in diffusion: Fusion has 5, Lidar 2."
    assert "No ranking has been computed yet" in page.lede


def test_technologies_are_found_by_slug_name_or_alias_and_once() -> None:
    here = record("fusion", "edge-ai", "lidar")
    chosen = choose(["edge ai", "fusion", "FUSION", " "], here)
    assert [card.slug for card in chosen.cards] == ["edge-ai", "fusion"]
    assert chosen.is_complete


@pytest.mark.parametrize(
    ("named", "status", "said"),
    [
        ([], 200, ""),
        (["a"], 200, "One technology is named. Name two to five."),
        (["a", "nowhere"], 404, "One name below cannot be found."),
        (["a", "b", "c", "d", "e", "f"], 400, "6 technologies are named. Name at most five."),
        (["a", "x" * 201], 404, "One name below cannot be found."),
        (["a", "b\u202e"], 404, "One name below cannot be found."),
    ],
)
def test_what_cannot_be_compared_is_said(named: list[str], status: int, said: str) -> None:
    chosen = choose(named, record("a", "b", "c", "d", "e", "f"))
    assert (chosen.is_complete, chosen.status, chosen.trouble) == (False, status, said)


def test_a_bar_is_longer_where_the_analyst_is_less_sure() -> None:
    sure = record("a", "b", impact=score("3", certainty="high"))
    unsure = record("a", "b", impact=score("3", certainty="low"))

    def reach(of: Published) -> float:
        row = profile_chart(of, choose(["a", "b"], of)).table.rows[4]
        assert row[:4] == ("A", "impact", "3", "high" if of is sure else "low")
        return float(row[5] or 0) - float(row[4] or 0)

    assert 0 < reach(sure) < reach(unsure)


def test_what_is_not_scored_says_why_in_chart_and_table() -> None:
    here = record("a", "b", novelty=score(None))
    chart = profile_chart(here, choose(["a", "b"], here))
    assert chart.table.rows[2] == ("A", "novelty", "not yet assessed", None, None, None)
    assert "not yet assessed" in str(chart.figure["data"])


def test_names_do_nothing_in_a_chart() -> None:
    here = published(card("a"), card("b"))
    for lead in here.leads:
        lead.technology["name"] = HTML
    chart = profile_chart(here, choose(["a", "b"], here))
    printed = str(chart.figure["data"])
    assert "<b>bold" not in printed
    assert "&lt;b&gt;bold" in printed


def test_windows_name_what_is_open_what_is_next_and_what_is_not_stated() -> None:
    cards = (
        card("fusion", timing=window(2035, 2045)),
        card("lidar", opened=2020),
        card("blimps", timing=window(None, None, None)),
    )
    here = published(*cards)
    page = compare_page(here, choose(["fusion", "lidar", "blimps"], here))
    assert page.windows_sentence == (
        "Lidar is open by the record. Next is Fusion, 2035 to 2045."
        " For one technology no window is stated."
    )
    assert page.windows.count("<svg") == 3


@pytest.mark.django_db
def test_the_form_leads_to_the_address_of_the_choice(client: Client) -> None:
    factories.published()
    factories.published("fusion")
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    answer = client.get("/compare/?t=Edge+ai&t=fusion&t=&t=")
    assert answer.headers["Location"] == "/compare/?t=edge-ai&t=fusion"
    text = client.get(answer.headers["Location"]).content.decode()
    assert "data-chart" in text
    assert "of 100 draws" in text


@pytest.mark.django_db
def test_the_file_holds_the_rows_of_the_chart(client: Client) -> None:
    factories.published()
    factories.published("fusion")
    answer = client.get("/compare/profile.csv?t=edge-ai&t=fusion")
    rows = answer.content.decode().splitlines()
    assert rows[0] == "Technology,Dimension,Level,Certainty,Bar from,Bar to"
    assert len(rows) == 11
    assert client.get("/compare/profile.csv?t=edge-ai&t=nowhere").status_code == 404


@pytest.mark.django_db
def test_the_reasons_of_a_pair_are_a_file_too(client: Client) -> None:
    factories.published()
    address = "/compare/reasons.csv?t=edge-ai&t=fusion"
    assert client.get(address).status_code == 404
    factories.published("fusion", diffusion=score("5"))
    open_run(question=Question(RunKind.RANKING, as_of=today()), reason="both")
    for job in Job.objects.all():
        execute_job(job_id=job.pk)
    rows = client.get(address).content.decode().splitlines()
    assert rows[0].startswith("Technology,Against,Dimension,")
    assert rows[4].startswith("Fusion,Edge ai,diffusion,")
    text = client.get("/compare/?t=fusion&t=edge-ai").content.decode()
    assert "mostly by diffusion" in text
    assert "mostly by diffusion" in client.get("/technologies/fusion/").content.decode()
