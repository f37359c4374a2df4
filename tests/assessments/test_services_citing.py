"""Citations of saved revisions: their rows, what is refused, and what a file brings with it."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Citation, Revision
from evidence.models import Item
from record.errors import DomainError
from record.verification import verify
from tests.assessments.card_files import exported, publish, write
from tests.assessments.cited import QUOTE, citation, item, retracted
from tests.assessments.factories import card_json, saved

pytestmark = pytest.mark.django_db


def test_a_revision_has_a_row_for_each_citation() -> None:
    cited = item()
    revision = saved(citations=[citation(cited, quote=QUOTE), citation(cited, "timing")])
    rows = Citation.objects.filter(revision=revision).values_list(
        "dimension", "item__key", "quote", "direction", "strength", "belief"
    )
    assert list(rows) == [
        ("viability", cited.key, QUOTE, "raises", "moderate", "was 2, now 3"),
        ("timing", cited.key, "", "raises", "moderate", "was 2, now 3"),
    ]


def test_what_the_library_does_not_hold_cannot_be_cited() -> None:
    with pytest.raises(DomainError) as caught:
        saved(citations=[citation(item()), citation("unknown-item", "impact")])
    assert caught.value.field == "citations/1/item"
    assert "holds no item “unknown-item”. Bring it in first" in caught.value.message
    assert not Revision.objects.exists()


def test_a_retracted_item_stays_cited_and_is_not_cited_anew() -> None:
    cited = item()
    first = saved(citations=[citation(cited)])
    retracted(cited)
    again = saved(
        citations=[citation(cited, strength="weak")],
        parent=first.content_hash,
        reason="It was withdrawn.",
    )
    assert again.number == 2
    with pytest.raises(DomainError) as caught:
        saved(
            citations=[citation(cited, strength="weak"), citation(cited, "impact")],
            parent=again.content_hash,
            reason="More of it.",
        )
    assert caught.value.field == "citations/1/item"
    assert "was retracted: The operator withdrew the figures. Cite another" in caught.value.message


def test_changing_what_is_cited_asks_for_what_was_learnt() -> None:
    first = saved()
    with pytest.raises(DomainError, match="You changed citations"):
        saved(citations=[citation(item())], parent=first.content_hash, reason="")


@pytest.mark.parametrize(
    "wrong", [{"dimension": "charm"}, {"direction": "up"}, {"strength": "huge"}]
)
def test_the_database_refuses_a_citation_off_the_lists(wrong: dict[str, str]) -> None:
    row = {"dimension": "impact", "direction": "raises", "strength": "weak"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(revision=saved(), item=item(), **row)


def test_verification_compares_the_rows_with_the_content() -> None:
    revision = saved(citations=[citation(item())])
    assert wrong_citations() == []
    Citation.objects.create(
        revision=revision,
        item=item("Another"),
        dimension="impact",
        direction="lowers",
        strength="weak",
    )
    assert wrong_citations() == [f"citations of revision {revision.pk}"]


def wrong_citations() -> list[str]:
    (finding,) = (one for one in verify() if one.kind == "citations")
    return [examined.row for examined in finding.named]


def test_a_file_leaves_an_item_that_is_here_as_it_is(tmp_path: Path) -> None:
    cited = item()
    other = citation(cited, title="As it is called elsewhere")
    assert publish(write(tmp_path / "cards.json", card_json(citations=[other])))[0] == 0
    cited.refresh_from_db()
    assert (cited.title, cited.version, Item.objects.count()) == ("Third year of the array", 1, 1)
    assert json.loads(exported())["cards"][0]["citations"] == [other]


def test_a_file_may_cite_what_was_retracted_here_since(tmp_path: Path) -> None:
    cited = retracted(item())
    assert publish(write(tmp_path / "cards.json", card_json(citations=[citation(cited)])))[0] == 0
