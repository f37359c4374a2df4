"""Evidence on the pages and in the data that readers get."""

import json

import pytest
from django.test import Client

from assessments.services.publication import withdraw_card
from evidence.services.items import edit_item, restore_item
from evidence.values.item import ItemFacts
from record.models import PublicChange
from tests.assessments.cited import QUOTE, citation, item, retracted
from tests.assessments.factories import person, published, saved
from tests.assessments.typed_cards import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/technologies/edge-ai/"
API = "/api/v1/technologies/edge-ai/"


def page(address: str = PAGE) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def evidence() -> list[dict[str, object]]:
    found = json.loads(Client().get(API).content)
    records: list[dict[str, object]] = found["evidence"]
    return records


def test_a_reader_finds_the_evidence_beside_its_score() -> None:
    cited = item(notes="Only for the team.", tags=("secret",), publisher="A private newsletter")
    published(
        citations=[
            citation(cited, quote=QUOTE, strength="strong"),
            citation(cited, "timing", direction="lowers", belief="was 2028, now 2026"),
        ]
    )
    shown = page()
    link = f'<a href="{cited.url}" rel="nofollow noopener" dir="auto">{cited.title}</a>'
    assert shown.count(link) == 2
    assert "▲ </span>raises it, strong" in shown
    assert "▼ </span>points to earlier, moderate" in shown
    assert f'<blockquote dir="auto">{QUOTE}</blockquote>' in shown
    assert "was 2028, now 2026" in shown
    for hidden in ("Only for the team", "secret", "A private newsletter"):
        assert hidden not in shown
    assert [one["dimension"] for one in evidence()] == ["viability", "timing"]
    assert {one["retracted_on"] for one in evidence()} == {None}


def test_a_card_without_evidence_shows_no_empty_list() -> None:
    published()
    assert 'class="evidence"' not in page()
    assert evidence() == []


def test_what_the_library_learns_later_does_not_reach_readers() -> None:
    cited = item()
    published(citations=[citation(cited)])
    before = page()
    facts = ItemFacts(kind="news", title="A newer title", url="https://example.org/moved/")
    edit_item(item=cited, facts=facts, version=cited.version, by=person("anna"))
    assert page() == before


def test_a_retraction_is_told_on_the_page_in_the_data_and_among_the_changes() -> None:
    cited = item()
    published(citations=[citation(cited)])
    old = Client().get(API).headers["ETag"]
    gone = retracted(cited)
    shown = page()
    assert Client().get(API).headers["ETag"] != old
    assert "retracted on " in shown
    assert "The operator withdrew the figures." in shown
    (record,) = evidence()
    assert record["retracted_on"] == gone.retracted_on.isoformat()
    assert record["retracted_reason"] == "The operator withdrew the figures."
    changes = page("/changes/")
    assert "a cited source was retracted" in changes
    assert "“Third year of the array”: The operator withdrew the figures." in changes
    restore_item(item=gone, version=gone.version, by=person("anna"), reason="They stand again.")
    assert "The operator withdrew" not in page()
    assert "“Third year of the array”: They stand again." in page("/changes/")


def test_of_an_item_that_no_publication_cites_readers_learn_nothing() -> None:
    first = published()
    cited, withdrawn = item(), item("Withdrawn with its card")
    saved(citations=[citation(cited)], parent=first.revision.content_hash, reason="A draft.")
    other = published("fusion", citations=[citation(withdrawn)])
    withdraw_card(revision=other.revision, by=person("ben", "editor"), reason="Too early.")
    before, count = page(), PublicChange.objects.count()
    retracted(cited, "Hidden reason.")
    retracted(withdrawn, "Hidden reason.")
    assert page() == before
    assert PublicChange.objects.count() == count
    assert "Hidden reason" not in page("/changes/")


def test_whoever_retracts_is_told_who_reads_the_reason() -> None:
    form = signed_in().get(f"/evidence/{item().key}/retract/").content.decode()
    assert "Where a published card cites it, readers see your sentence and the day." in form


def test_whoever_retracts_sees_every_score_that_it_touches() -> None:
    cited = item()
    address = f"/evidence/{cited.key}/retract/"
    assert "a retraction touches no score" in signed_in().get(address).content.decode()
    published(citations=[citation(cited), citation(cited, "timing", direction="lowers")])
    published("tidal-arrays", citations=[citation(cited, quote=QUOTE), citation(cited)])
    form = signed_in().get(address).content.decode()
    assert "A retraction touches three scores of two technologies." in form
    assert form.count('<th scope="row">') == 4
    refused = signed_in().post(address, {"version": str(cited.version), "reason": ""})
    assert "touches three scores" in refused.content.decode()
