"""What rests on an item, on its page and at the desk."""

import pytest
from django.test import Client

from tests.assessments.cited import QUOTE, citation, item, retracted
from tests.assessments.factories import published, saved, score
from tests.assessments.typed_cards import resent, signed_in

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_an_item_lists_what_rests_on_it_and_cites_it_on_more() -> None:
    cited, client = item(), signed_in()
    first = published(citations=[citation(cited, quote=QUOTE)])
    saved("fusion", citations=[citation(cited, "timing", direction="lowers")])
    shown = page(client, f"/evidence/{cited.key}/")
    assert "What rests on this" in shown
    assert "viability: raises it, moderate" in shown
    assert "timing: points to earlier, moderate" in shown
    assert "readers see it" in shown
    assert "in a draft; readers do not see it" in shown
    assert f"/cards/{first.card.pk}/edit/#viability" in shown
    asked = f"/cards/new/?cite={cited.key}&technology=edge-ai&dimension=impact&passage=1"
    assert all(f'name="{name}"' in shown for name in ("cite", "technology", "passage"))
    form = page(client, client.get(asked).headers["Location"].replace("#citations", ""))
    assert resent(form)["citations-1-quote"] == QUOTE


def test_a_retracted_item_shows_every_score_it_touches_and_takes_no_more() -> None:
    cited, client = item(), signed_in()
    published(citations=[citation(cited)])
    retracted(cited)
    shown = page(client, f"/evidence/{cited.key}/")
    assert "Every score that it touches" in shown
    assert "Weigh it again" in shown
    assert 'name="cite"' not in shown


def test_an_item_that_nothing_cites_says_so() -> None:
    shown = page(signed_in(), f"/evidence/{item().key}/")
    assert "No card cites it." in shown


def test_the_desk_names_cards_whose_source_was_retracted() -> None:
    cited, client = item(), signed_in()
    first = published(citations=[citation(cited)])
    assert "A source was retracted" not in page(client, "/desk/")
    retracted(cited)
    desk = page(client, "/desk/")
    assert "A source was retracted" in desk
    assert "“Third year of the array”: The operator withdrew the figures." in desk
    assert f"/cards/{first.card.pk}/edit/#viability" in desk
    assert "Weigh its viability again" in desk


def test_the_desk_names_scores_that_did_not_follow_their_evidence() -> None:
    cited, client = item(), signed_in()
    first = published()
    assert "Evidence and score apart" not in page(client, "/desk/")
    strong = citation(cited, strength="strong")
    second = published(parent=first.revision.content_hash, citations=[strong], reason="Seen.")
    desk = page(client, "/desk/")
    assert "“Third year of the array” (new) points up by 3, and the score stayed" in desk
    assert "Move the score, or say why it stays" in desk
    published(
        parent=second.revision.content_hash,
        citations=[strong],
        viability=score("4"),
        reason="It followed.",
    )
    assert "Evidence and score apart" not in page(client, "/desk/")


def test_the_desk_names_scores_that_moved_alone() -> None:
    cited, client = item(), signed_in()
    strong = citation(cited, "impact")
    first = published(citations=[strong])
    published(
        parent=first.revision.content_hash,
        citations=[strong],
        viability=score("4"),
        reason="So I feel.",
    )
    desk = page(client, "/desk/")
    assert "the level moved up and no citation came or went with it" in desk
    assert "Cite what moved it" in desk
