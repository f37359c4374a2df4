"""Citing items in the card editor, without any script."""

from html import unescape

import pytest

from assessments.models import Citation, Revision
from assessments.selectors import document_of
from assessments.services.drafting import keep_buffer
from tests.assessments.cited import QUOTE, citation, item, retracted
from tests.assessments.factories import person, saved
from tests.assessments.typed_cards import edit_path, first_saved, resent, signed_in, typed

pytestmark = pytest.mark.django_db


def row(named: str, **changes: str) -> dict[str, str]:
    given = {
        "item_named": named,
        "dimension": "viability",
        "direction": "raises",
        "strength": "strong",
        "belief": "was 2, now 3",
    } | changes
    return {f"citations-0-{name}": value for name, value in given.items()}


def cited_in(revision: Revision) -> list[tuple[str, ...]]:
    return [
        (one.dimension, one.item, one.title, one.direction, one.strength, one.quote, one.belief)
        for one in document_of(revision).citations
    ]


@pytest.mark.parametrize("by", ["key", "title", "url", "page", "whole page"])
def test_an_item_is_cited_by_its_key_title_or_address(by: str) -> None:
    cited = item()
    page = f"/evidence/{cited.key}/"
    named = {
        "key": cited.key,
        "title": "third year of the ARRAY",
        "url": cited.url,
        "page": page,
        "whole page": f"https://our.example{page}",
    }[by]
    revision = first_saved(**row(named, quote=QUOTE))
    expected = ("viability", cited.key, cited.title, "raises", "strong", QUOTE, "was 2, now 3")
    assert cited_in(revision) == [expected]
    assert Citation.objects.get().item == cited


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"item_named": "no such thing"}, "The library holds no such item."),
        ({"item_named": ""}, "Name the item, or empty the whole row."),
        ({"dimension": ""}, "A citation needs its dimension; choose one."),
        ({"direction": ""}, "A citation needs its direction; choose one."),
        ({"strength": "huge"}, "The strength must be one of: weak, moderate, strong."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    changes: dict[str, str], message: str
) -> None:
    cited = item()
    first = first_saved()
    sent = typed(parent=first.content_hash, **row(cited.key, **changes))
    page = signed_in().post(edit_path(first), sent)
    assert page.status_code == 422
    content = page.content.decode()
    assert content.count(message) == 2, "once above the form and once at the field"
    assert "was 2, now 3" in content
    assert Revision.objects.count() == 1


def test_a_title_that_several_items_share_asks_for_the_key() -> None:
    one, other = item(), item(text="Another text.")
    first = first_saved()
    page = signed_in().post(
        edit_path(first), typed(parent=first.content_hash, **row("Third year of the array"))
    )
    content = page.content.decode()
    assert "Several items are called so" in content
    assert one.key in content
    assert other.key in content


def test_the_form_sends_back_what_was_cited_without_changing_a_word() -> None:
    cited = item()
    client = signed_in()
    first = first_saved(client, **row(cited.key, quote=QUOTE))
    cited.title = "A newer title"
    cited.save()
    sent = resent(client.get(edit_path(first)).content.decode()) | {"as_of": "2026-05-04"}
    again = client.post(edit_path(first), sent)
    assert again.status_code == 302
    assert Revision.objects.count() == 1


def test_emptying_the_item_takes_the_citation_out() -> None:
    client = signed_in()
    first = first_saved(client, **row(item().key))
    sent = resent(client.get(edit_path(first)).content.decode())
    sent |= {"citations-0-item_named": "", "citations-0-belief": "", "reason": "It was wrong."}
    assert client.post(edit_path(first), sent).status_code == 302
    assert cited_in(Revision.objects.get(number=2)) == []


def test_a_retracted_item_shows_its_retraction_and_is_not_cited_anew() -> None:
    client, cited = signed_in(), item()
    first = first_saved(client, **row(cited.key))
    retracted(cited)
    page = client.get(edit_path(first)).content.decode()
    assert "The operator withdrew the figures." in page
    sent = resent(page) | {"citations-0-dimension": "impact", "reason": "It bears on impact."}
    refused = client.post(edit_path(first), sent)
    assert refused.status_code == 422
    assert refused.content.decode().count("was retracted: The operator withdrew") == 2


def test_an_address_begins_a_row_with_its_item_dimension_and_words() -> None:
    client, cited = signed_in(), item()
    asked = f"cite={cited.key}&dimension=impact&passage=1"
    fresh = client.get(f"/cards/new/?technology={saved('fusion').card.technology.slug}&{asked}")
    assert fresh.status_code == 302
    sent = resent(client.get(fresh.headers["Location"]).content.decode())
    assert sent["citations-0-item_named"] == cited.key
    assert sent["citations-0-dimension"] == "impact"
    assert sent["citations-0-quote"] == QUOTE


def test_to_cite_an_item_one_revises_the_lead_card_of_somebody_else() -> None:
    first, cited, client = saved("fusion"), item(), signed_in("otto")
    asked = f"cite={cited.key}&dimension=impact&passage=1"
    answer = client.get(f"/cards/new/?technology=fusion&{asked}")
    assert answer.headers["Location"] == f"{edit_path(first)}?{asked}#citations"
    lead = client.get(answer.headers["Location"]).content.decode()
    assert resent(lead)["citations-0-quote"] == QUOTE
    shown = asked.replace("&", "&amp;")
    second_path = f"/cards/new/?technology=fusion&amp;role=second+opinion&amp;{shown}"
    assert f'href="{second_path}"' in lead
    second = client.get(unescape(second_path)).content.decode()
    assert f'href="{edit_path(first)}?{shown}#citations"' in second
    sent = resent(second)
    assert (sent["role"], sent["citations-0-quote"]) == ("second opinion", QUOTE)
    refused = client.post(unescape(second_path), sent | {"impact-level": "9"})
    assert refused.status_code == 422
    assert f'href="{edit_path(first)}?{shown}#citations"' in refused.content.decode()


def test_to_cite_an_item_one_revises_the_own_second_opinion() -> None:
    saved("fusion")
    own = saved("fusion", author="otto", role="second opinion")
    answer = signed_in("otto").get(f"/cards/new/?technology=fusion&cite={item().key}")
    assert answer.headers["Location"].startswith(f"{edit_path(own)}?cite=")


def test_the_row_is_added_to_what_was_kept_and_to_a_card_that_is_new() -> None:
    client, cited, other = signed_in(), item(), item("Another")
    first = first_saved(client, **row(cited.key))
    fields: dict[str, object] = {
        name: [value]
        for name, value in resent(client.get(edit_path(first)).content.decode()).items()
    }
    keep_buffer(card=first.card, user=person("anna"), parent_hash=first.content_hash, fields=fields)
    sent = resent(client.get(f"{edit_path(first)}?cite={other.key}").content.decode())
    rows = {value for name, value in sent.items() if name.endswith("-item_named") and value}
    assert rows == {cited.key, other.key}


@pytest.mark.parametrize(
    "asked", ["cite=nothing", "cite=KEY&dimension=charm&passage=99999999", "passage=-1"]
)
def test_an_address_that_names_nothing_begins_no_row_or_an_open_one(asked: str) -> None:
    client, cited = signed_in(), item()
    first = first_saved(client)
    page = client.get(f"{edit_path(first)}?{asked.replace('KEY', cited.key)}")
    assert page.status_code == 200
    sent = resent(page.content.decode())
    assert sent.get("citations-0-dimension", "") == ""
    assert sent.get("citations-0-quote", "") == ""


def test_each_dimension_says_how_much_is_cited_on_it() -> None:
    cited = item()
    first = saved(
        citations=[citation(cited), citation(cited, quote="x"), citation(cited, "timing")]
    )
    page = signed_in().get(edit_path(first)).content.decode()
    assert page.count("2 items cited on it.") == 1
    assert page.count("1 item cited on it.") == 1
    assert page.count("Cite evidence on it") == 4
