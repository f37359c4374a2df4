"""Radars of four tools become sketches: each ring mapped by somebody, each row accounted for."""

import contextlib
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from assessments.importing.radars.radar import Radar
from assessments.importing.radars.reader import read_radar
from assessments.models import Revision, Technology
from intake.errors import IntakeError
from tests.assessments.factories import published
from tests.assessments.typed_cards import signed_in, technology

PAGE = "/technologies/import/"
IS_IN = "The radar is in:"
BYOR = """name,ring,quadrant,isNew,description,owner
Peat,adopt,Energy,TRUE,"Burns <b>well</b>, they say.",Ida
Kelp,trial,Food,FALSE,,
Moss,adopt,Energy,FALSE,Grows.,
"""
ZALANDO = {
    "date": "2025-03-01",
    "rings": [{"name": "ADOPT"}, {"name": "HOLD"}],
    "entries": [
        {"quadrant": 3, "ring": 0, "label": "Peat", "active": True, "moved": 1},
        {"quadrant": 0, "ring": 1, "label": "Kelp", "active": False, "moved": 2, "link": "/k"},
    ],
}
AOE = {
    "releases": ["2024-10-01", "2025-04-01"],
    "tags": ["sea"],
    "items": [
        {
            "id": "kelp",
            "title": "Kelp",
            "ring": "trial",
            "segment": "food",
            "body": "It grows.",
            "flag": "changed",
            "tags": ["sea"],
            "featured": True,
            "release": "2025-04-01",
            "revisions": [{"release": "2024-10-01", "ring": "assess"}],
        }
    ],
}
BACKSTAGE = {
    "quadrants": [{"id": "1", "name": "Tools"}],
    "rings": [{"id": "use", "name": "USE", "color": "#0f0"}, {"id": "stop", "name": "STOP"}],
    "entries": [
        {
            "key": "peat",
            "id": "peat-1",
            "title": "Peat",
            "quadrant": "1",
            "timeline": [
                {
                    "date": "2025-06-01T00:00:00Z",
                    "ringId": "use",
                    "description": "Warm.",
                    "moved": 1,
                },
                {"date": "2024-01-01", "ringId": "stop"},
            ],
        },
        {"key": "old", "title": "Old style", "quadrant": "1", "ring": "stop", "moved": 0},
    ],
}
AOE_FILES = """---
title: "Kelp"
ring: trial
quadrant: food
tags: [sea, green]
---
It grows.

---

And grows.
---
title: Moss
ring: hold
segment: walls
tags:
  - soft
---
Leave it.
"""


def blips(radar: Radar) -> list[tuple[str, str, str]]:
    return [(blip.name, blip.ring, blip.sector) for blip in radar.blips]


def sent(text: str = BYOR, **changes: str) -> dict[str, str]:
    said = {"text": text, "name": "House radar", "as_of": "2026-01-31", "then": "save"}
    rings = {"ring-0": "diffusion=4", "ring-1": "timing=Soon"}
    return said | rings | {"sector-0": "=", "sector-1": "-"} | changes


def contents() -> dict[str, dict[str, Any]]:
    rows = Revision.objects.order_by("id").select_related("card__technology")
    return {row.card.technology.slug: json.loads(row.content) for row in rows}


def test_each_format_is_recognised_with_its_reason() -> None:
    read = [read_radar(text) for text in (BYOR, AOE_FILES)]
    read += [read_radar(json.dumps(one)) for one in (ZALANDO, AOE, BACKSTAGE)]
    assert [radar.format.split()[0] for radar in read] == [
        "radar",
        "set",
        "Zalando",
        "AOE",
        "Backstage",
    ]
    assert all(radar.why for radar in read)


def test_a_table_keeps_every_column_of_every_row() -> None:
    radar = read_radar(BYOR)
    assert blips(radar)[0] == ("Peat", "adopt", "Energy")
    assert radar.blips[0].facts == (("isnew", "TRUE"), ("owner", "Ida"))
    assert (radar.rings, radar.sectors) == (("adopt", "trial"), ("Energy", "Food"))


def test_numbered_rings_take_their_names_or_keep_their_numbers() -> None:
    radar = read_radar(json.dumps(ZALANDO))
    assert blips(radar) == [("Peat", "ADOPT", "quadrant 3"), ("Kelp", "HOLD", "quadrant 0")]
    assert radar.blips[1].facts == (("moved", "new"), ("active", "no"), ("link", "/k"))
    assert str(radar.dated) == "2025-03-01"


def test_a_built_radar_keeps_what_an_item_was_before() -> None:
    radar = read_radar(json.dumps(AOE))
    assert blips(radar) == [("Kelp", "trial", "food")]
    assert ("earlier", "2024-10-01: assess") in radar.blips[0].facts
    assert str(radar.dated) == "2025-04-01"


def test_the_newest_step_of_a_timeline_gives_the_ring() -> None:
    radar = read_radar(json.dumps(BACKSTAGE))
    assert blips(radar) == [("Peat", "USE", "Tools"), ("Old style", "STOP", "Tools")]
    assert ("earlier", "2024-01-01: STOP") in radar.blips[0].facts


def test_what_an_item_was_before_keeps_its_text() -> None:
    old = {"release": "2024-10-01", "ring": "assess", "body": "It floats.", "by": {"name": "Ida"}}
    radar = read_radar(json.dumps({"items": [{"title": "Kelp", "revisions": [old]}]}))
    earlier = '2024-10-01: assess · It floats. · by: {"name":"Ida"}'
    assert ("earlier", earlier) in radar.blips[0].facts


def test_steps_and_rings_of_backstage_keep_what_they_say() -> None:
    old = {"date": "2024-01-01", "ringId": "stop", "moved": -1, "description": "Cold.", "by": "Ida"}
    new = {"date": "2025-01-01", "ringId": "use", "mood": "glad"}
    said = {
        "quadrants": [{"id": "1", "name": "Tools", "description": "For the hand."}],
        "rings": [{"id": "use", "name": "USE", "description": "Take it."}],
        "entries": [{"id": "peat", "title": "Peat", "quadrant": "1", "timeline": [old, new]}],
    }
    (peat,) = read_radar(json.dumps(said)).blips
    assert peat.facts == (
        ("earlier", "2024-01-01: stop · moved out · Cold. · by: Ida"),
        ("mood", "glad"),
        ("ring, described", "Take it."),
        ("sector, described", "For the hand."),
    )


@pytest.mark.django_db
def test_one_entry_of_a_radar_is_told_in_the_singular() -> None:
    sent_once = {"text": json.dumps(AOE), "name": "Sea", "then": "preview"}
    page = signed_in().post(PAGE, sent_once).content.decode()
    assert "Read as an AOE radar:" in page
    assert "ring and quadrant. 1 entry.</p>" in page


def test_a_rule_inside_a_body_is_no_new_file() -> None:
    kelp, moss = read_radar(AOE_FILES).blips
    assert (kelp.text, moss.sector) == ("It grows.\n\n---\n\nAnd grows.", "walls")
    assert ("tags", "soft") in moss.facts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no radar that is known"),
        ("title,ring\nPeat,adopt", "no radar that is known"),
        ('{"entries": []}', "no radar that is known"),
        ('{"entries": [{"label": 1}', "not JSON"),
        ("[]", "has no entries"),
        ("name,ring,quadrant\nPeat,adopt", "Line 2 has 2 cells"),
        ("[" * 100, "deep"),
    ],
)
def test_what_is_no_radar_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(IntakeError, match=words):
        read_radar(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["entries", "items", "rings", "quadrants", "label", "title", "timeline"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_json_of_any_shape_is_read_or_refused(value: object) -> None:
    with contextlib.suppress(IntakeError):
        assert read_radar(json.dumps(value)).format


def test_a_row_that_cannot_be_read_names_its_place_and_column() -> None:
    (trouble,) = read_radar("name,ring,quadrant\nPeat,,Energy\nKelp,hold,Food").troubles
    assert (trouble.place, trouble.column) == ("line 2", "ring")


@pytest.mark.django_db
def test_a_radar_becomes_sketches_with_one_level_each() -> None:
    assert IS_IN in signed_in().post(PAGE, sent()).content.decode()
    cards = contents()
    assert list(cards) == ["peat", "kelp", "moss"]
    peat, kelp = cards["peat"], cards["kelp"]
    assert (peat["detail"], peat["origin"], peat["as_of"]) == ("sketch", "imported", "2026-01-31")
    assert peat["scores"]["diffusion"]["level"] == "4"
    assert peat["scores"]["viability"]["unscored_reason"] == "not yet assessed"
    assert (kelp["scores"]["timing"]["from"], kelp["scores"]["timing"]["to"]) == (2028, 2030)
    assert peat["summary"] == "Burns well, they say."
    assert kelp["summary"] == "trial in “House radar”."
    assert "- owner: Ida" in peat["text"]
    domains = {one.slug: one.domains.get().name for one in Technology.objects.all()}
    assert domains == {"peat": "Energy", "kelp": "unsorted", "moss": "Energy"}


@pytest.mark.django_db
def test_the_same_radar_again_changes_nothing_and_a_changed_one_only_what_changed() -> None:
    client = signed_in()
    client.post(PAGE, sent())
    again = client.post(PAGE, sent(as_of="2026-03-31", then="preview")).content.decode()
    assert "Of 3 entries: 3 skipped." in again
    assert "Save all of it" not in again
    changed = sent(BYOR.replace("Moss,adopt", "Moss,trial"), as_of="2026-03-31")
    page = client.post(PAGE, changed).content.decode()
    assert f"{IS_IN} 0 created, 1 updated, 2 skipped." in page
    told = " ".join(strip_tags(page).split())
    assert "skipped Peat line 2: as it was imported before" in told
    assert "updated Moss line 4: revision 2 of the sketch that was imported before" in told
    assert [one.number for one in Revision.objects.order_by("id")] == [1, 1, 1, 2]
    assert contents()["moss"]["scores"]["timing"]["from"] == 2028


@pytest.mark.django_db
def test_what_is_there_already_is_shown_so_and_left_alone() -> None:
    published("peat")
    technology("kelp")
    page = signed_in("otto").post(PAGE, sent(then="preview")).content.decode()
    assert "Of 3 entries: 2 created, 1 skipped." in page
    assert "there already, with a card by anna" in page
    assert "a sketch of a technology that is there already" in page


@pytest.mark.django_db
def test_nothing_is_guessed_of_rings_sectors_and_day() -> None:
    answer = signed_in().post(PAGE, {"text": BYOR, "name": "House radar", "then": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("Needed: choose what it becomes.") >= 4
    assert "Needed: the file does not give its day." in page
    assert not Technology.objects.exists()


@pytest.mark.django_db
def test_one_row_that_cannot_be_read_keeps_the_whole_radar_out() -> None:
    text = BYOR + "漢字,adopt,Energy,TRUE,It has no address.,\n"
    answer = signed_in().post(PAGE, sent(text))
    assert answer.status_code == 422
    assert "line 5, 漢字: No address can be made" in answer.content.decode()
    assert not Technology.objects.exists()


@pytest.mark.django_db
def test_a_file_is_read_as_well_as_a_text() -> None:
    file = SimpleUploadedFile("radar.json", json.dumps(ZALANDO).encode())
    page = signed_in().post(PAGE, {"name": "Z", "then": "preview", "file": file}).content.decode()
    assert "Read as a Zalando radar" in page
    assert 'value="2025-03-01"' in page


@pytest.mark.django_db
def test_any_number_of_rings_and_sectors_is_mapped() -> None:
    rows = "\n".join(f"Thing {n},ring {n},sector {n}" for n in range(30))
    text = f"name,ring,quadrant\n{rows}"
    mapped = {f"ring-{n}": "none" for n in range(30)} | {f"sector-{n}": "-" for n in range(30)}
    assert IS_IN in signed_in().post(PAGE, sent(text) | mapped).content.decode()
    assert Technology.objects.count() == 30
