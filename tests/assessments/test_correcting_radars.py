"""Every entry of a radar can be corrected before it is a sketch; its mapping is remembered."""

import json
from typing import Any

import pytest
from django.test import Client

from assessments.models import Revision, Technology
from record.models import Change
from tests.assessments.test_radars import BYOR, IS_IN, PAGE, ZALANDO, contents, sent
from tests.assessments.typed_cards import signed_in
from tests.evidence.test_correcting_files import Typed

pytestmark = pytest.mark.django_db


def post(client: Client, fields: dict[str, str], **more: str) -> tuple[int, str, dict[str, str]]:
    answer: Any = client.post(PAGE, fields | more)
    page = answer.content.decode()
    return answer.status_code, page, Typed(page).fields


def shown(client: Client, text: str = BYOR) -> dict[str, str]:
    return post(client, sent(text), then="preview")[2]


def test_every_field_of_an_entry_becomes_what_was_typed() -> None:
    client = signed_in()
    fields = shown(client)
    assert fields["e0-facts"] == "isnew: TRUE\r\nowner: Ida"
    typed = {
        "e1-name": "Sugar kelp",
        "e1-ring": "adopt",
        "e1-sector": "Energy",
        "e1-text": "It grows fast.",
        "e1-facts": "moved: new\nno name here",
    }
    assert IS_IN in post(client, fields | typed, then="save")[1]
    kelp = contents()["sugar-kelp"]
    assert (kelp["scores"]["diffusion"]["level"], kelp["summary"]) == ("4", "It grows fast.")
    assert "- ring: adopt\n- sector: Energy\n- moved: new\n- no name here" in kelp["text"]
    technology = Technology.objects.get(slug="sugar-kelp")
    assert (technology.name, technology.domains.get().name) == ("Sugar kelp", "Energy")
    # It is known again by the name that it has in the file.
    assert kelp["sources"][0]["title"] == "House radar: kelp"


def test_what_is_left_as_it_is_becomes_what_the_file_says() -> None:
    client = signed_in()
    post(client, shown(client), then="save")
    page = post(client, sent(), then="preview")[1]
    assert "Of 3 entries: 3 skipped." in page


def test_an_entry_without_a_tick_stays_out_and_is_counted() -> None:
    client = signed_in()
    fields = shown(client)
    fields.pop("e2-is_taken")
    answer: Any = client.post(PAGE, fields | {"then": "save"}, follow=True)
    assert "2 created, 0 updated, 0 skipped, 1 left out" in answer.content.decode()
    assert sorted(contents()) == ["kelp", "peat"]


def test_an_entry_that_lacks_its_ring_is_filled_in_on_the_page() -> None:
    client = signed_in()
    status, page, fields = post(client, sent(BYOR.replace("Moss,adopt", "Moss,")), then="preview")
    assert (status, "The ring is empty; fill it in." in page) == (200, True)
    assert "Save all of it" not in page
    assert IS_IN in post(client, fields | {"e2-ring": "trial"}, then="save")[1]
    assert contents()["moss"]["scores"]["timing"]["from"] == 2028


def test_a_name_that_makes_no_address_is_corrected_on_the_page() -> None:
    client = signed_in()
    fields = shown(client, BYOR + "漢字,adopt,Energy,TRUE,It has no address.,\n")
    assert IS_IN in post(client, fields | {"e3-name": "Kanji"}, then="save")[1]
    assert "kanji" in contents()


def test_a_ring_that_is_none_of_the_file_keeps_the_other_corrections() -> None:
    client = signed_in()
    typed = {"e0-ring": "outer", "e1-name": "Sugar kelp"}
    status, page, fields = post(client, shown(client) | typed, then="save")
    assert status == 422
    assert "line 2, Peat: The ring is" in page
    assert fields["e1-name"] == "Sugar kelp"
    assert not Revision.objects.exists()


def test_entries_of_another_text_are_looked_at_again() -> None:
    client = signed_in()
    fields = shown(client) | {"text": BYOR.replace("Kelp,", "Dulse,"), "e1-name": "Sugar kelp"}
    status, _, again = post(client, fields, then="save")
    assert (status, again["e1-name"]) == (200, "Dulse")
    assert not Revision.objects.exists()


def test_an_uploaded_file_is_the_same_text_in_the_second_step() -> None:
    client = signed_in()
    text = json.dumps(ZALANDO, indent=1)
    fields = shown(client, text)
    typed = {"e0-name": "Bog peat", "then": "save"}
    assert IS_IN in post(client, fields | typed)[1]
    assert "bog-peat" in contents()


def test_a_mapping_is_proposed_the_next_time_and_confirmed() -> None:
    client = signed_in()
    post(client, sent(), then="save")
    start = {"text": BYOR.replace("Moss,adopt", "Moss,hold"), "name": "House radar"}
    _, page, fields = post(client, start | {"as_of": "2026-03-31"}, then="preview")
    assert "Remembered from" in page
    asked = ("ring-0", "ring-1", "ring-2", "sector-0", "sector-1")
    assert [fields.get(name, "") for name in asked] == ["diffusion=4", "timing=Soon", "", "=", "-"]
    assert "Entry by entry" not in page
    assert post(client, start | {"as_of": "2026-03-31"}, then="save")[0] == 422
    assert IS_IN in post(client, fields | {"ring-2": "none"}, then="save")[1]
    assert Change.objects.filter(kind="radar.imported").count() == 2


def test_another_radar_remembers_nothing() -> None:
    client = signed_in()
    post(client, sent(), then="save")
    _, page, _ = post(client, {"text": BYOR, "name": "Another radar"}, then="preview")
    assert "Remembered from" not in page


def test_a_radar_too_large_for_the_second_step_is_refused_in_the_first() -> None:
    text = "name,ring,quadrant,description\n" + f"Peat,adopt,Energy,{'ß' * 19_000}\n" * 60
    status, page, _ = post(signed_in(), {"text": text, "name": "Large"}, then="preview")
    assert status == 422
    assert "can be looked at entry by entry. Send it in parts." in page
