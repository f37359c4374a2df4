"""A pasted text becomes a filled form, and the item holds what was confirmed."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from evidence.library import item_facts
from evidence.models import Indicator, Item
from evidence.services import create_item
from evidence.values.item import ItemFacts
from tests.evidence.builders import person
from tests.evidence.texts import of_others, own

pytestmark = pytest.mark.django_db
ERRORS = re.compile(r'<(?:ul|div)[^>]*class="[^"]*error[^"]*"[^>]*>.{0,300}', re.DOTALL)


class _Form(HTMLParser):
    """The fields of a page as a browser would send them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        name = known.get("name", "")
        if tag == "input" and name:
            is_box = known.get("type") == "checkbox"
            if not is_box or "checked" in known:
                self.fields[name] = known.get("value", "on" if is_box else "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in known or self._select not in self.fields):
            self.fields[self._select] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


@pytest.fixture
def team() -> Client:
    client = Client()
    client.force_login(person())
    return client


def pasted(text: str, **changes: Any) -> Item:
    return create_item(facts=ItemFacts(**({"kind": "note", "text": text} | changes)), by=person())


def address(item: Item, reader: str = "") -> str:
    return f"/evidence/{item.key}/read/" + (f"?as={reader}" if reader else "")


def opened(client: Client, item: Item, reader: str = "") -> tuple[dict[str, str], str]:
    response: Any = client.get(address(item, reader))
    assert response.status_code == 200
    text = response.content.decode()
    fields = _Form(text).fields
    return {name: value.removeprefix("\n") for name, value in fields.items()}, text


def saved(client: Client, item: Item, fields: dict[str, str], reader: str = "") -> ItemFacts:
    response: Any = client.post(address(item, reader), fields | {"then": "save"})
    assert response.status_code == 302, ERRORS.findall(response.content.decode())
    return item_facts(Item.objects.get(pk=item.pk))


def test_the_likeliest_reader_comes_first_and_the_others_are_offered(team: Client) -> None:
    item = pasted(own("digest"))
    _, text = opened(team, item)
    assert "Read as a digest of questions and answers" in text
    assert "2 numbered sections, 4 questions" in text
    for key in ("resource", "link-blog", "essay"):
        assert f'href="?as={key}"' in text


def test_a_resource_goes_in_as_proposed(team: Client) -> None:
    item = pasted(own("resource"))
    fields, _ = opened(team, item)
    facts = saved(team, item, fields)
    assert facts.title.startswith("The Kiln That Forgot")
    assert facts.authors == ("Ines Okafor",)
    assert facts.tags == ("energy saving", "kilns", "pottery", "vinterby")
    assert "Related reading:\n\n- A short history of wood firing" in facts.notes
    assert [one.kind for one in facts.passages] == ["quotation", "quotation"]
    assert facts.passages[0].exact.startswith("We stopped reading")
    assert facts.text == own("resource")
    assert Item.objects.get(pk=item.pk).state == "inbox"


def test_unplaced_text_becomes_a_note_or_a_passage_where_it_stood(team: Client) -> None:
    item = pasted(own("digest"))
    fields, text = opened(team, item)
    assert "2. Who paid for the cable?" in text
    as_note = saved(team, item, fields | {"u0-becomes": "note"})
    assert as_note.notes.endswith("2. Who paid for the cable?")
    fields, _ = opened(team, item)
    as_point = saved(team, item, fields | {"u0-becomes": "point"})
    assert as_point.passages[-1].text == "2. Who paid for the cable?"
    assert len(as_point.passages) == 5


def test_every_part_can_be_corrected_or_left_out(team: Client) -> None:
    item = pasted(own("digest"))
    fields, _ = opened(team, item)
    fields |= {
        "title": "Tides",
        "p0-text": "Water drives them.",
        "p0-comment": "See the map.",
        "p1-kind": "left out",
        "p2-kind": "observation",
        "p2-heading": "Blades",
    }
    facts = saved(team, item, fields)
    assert facts.title == "Tides"
    assert [(one.kind, one.text[:5], one.comment) for one in facts.passages] == [
        ("point", "Water", "See the map."),
        ("observation", "Sand ", ""),
        ("point", "It fe", ""),
    ]
    assert facts.passages[1].heading == "Blades"


def test_commentary_stands_with_the_quotation_below_it(team: Client) -> None:
    item = pasted(own("link_blog"))
    fields, _ = opened(team, item)
    facts = saved(team, item, fields)
    assert {one.kind for one in facts.passages} == {"quotation"}
    assert len(facts.passages) == 7
    assert facts.passages[0].comment.startswith("A weekly paper printed")
    assert facts.passages[0].comment.endswith("where the letter came from:")
    assert facts.notes.endswith("I recommend reading all of it.")


def test_one_switch_turns_a_quotation_into_commentary(team: Client) -> None:
    item = pasted(own("link_blog"))
    fields, _ = opened(team, item)
    place = next(name for name, value in fields.items() if value.startswith("While our own looms"))
    facts = saved(team, item, fields | {place.replace("text", "kind"): "commentary"})
    assert len(facts.passages) == 6
    assert "While our own looms" in facts.passages[1].comment


def test_figures_become_a_snapshot_with_their_days(team: Client) -> None:
    item = pasted(own("link_blog"))
    fields, _ = opened(team, item)
    given = fields | {"series-base": "2019-02-24", "series-vintage": "2019-05-04"}
    response: Any = team.post(address(item), given | {"then": "dates"})
    assert response.status_code == 200
    fields = {k: v.removeprefix("\n") for k, v in _Form(response.content.decode()).fields.items()}
    assert [fields[f"f{place}-period"] for place in range(5)] == [
        "2019-02-24",
        "2019-03-06",
        "2019-03-20",
        "",
        "",
    ]
    assert fields["series-make"] == "on"
    saved(team, item, fields | {"series-progress": "up", "series-kind": "count"})
    indicator = Indicator.objects.get(name="the weaving speeds of shared looms")
    assert indicator.is_snapshot
    assert [(row.label, row.period, row.entered) for row in indicator.observations.all()] == [
        ("Heron", "2019-02-24", "41"),
        ("Plover", "2019-03-06", "57"),
        ("Curlew", "2019-03-20", "83"),
        ("Guildmaster", "", "88"),
        ("Grand Jacquard", "", "95"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "5 figures of the text were left out."),
        ({"series-make": "on", "f1-is_kept": ""}, "1 figure of the text was left out."),
        ({"series-make": "on"}, ""),
    ],
)
def test_the_message_counts_the_figures_that_were_left_out(
    team: Client, changes: dict[str, str], words: str
) -> None:
    item = pasted(own("link_blog"))
    fields, _ = opened(team, item)
    given = {"series-vintage": "2019-05-04", "series-progress": "up", "series-kind": "count"}
    sent = fields | given | changes | {"then": "save"}
    response: Any = team.post(address(item), sent, follow=True)
    text = response.content.decode()
    assert "Saved, with 7 passages." in text
    assert words in text
    assert bool(words) == ("left out." in text)


def test_figures_that_lack_something_save_nothing(team: Client) -> None:
    item = pasted(own("link_blog"))
    fields, _ = opened(team, item)
    wanted = fields | {"series-make": "on", "then": "save"}
    response: Any = team.post(address(item), wanted)
    assert response.status_code == 422
    assert 'id="id_series-vintage_error"' in response.content.decode()
    response = team.post(address(item), wanted | {"series-vintage": "2019-05-04"})
    assert response.status_code == 422
    assert 'id="id_series-progress_error"' in response.content.decode()
    assert not Indicator.objects.exists()
    assert item_facts(item).passages == ()


def test_what_an_essay_foresees_opens_the_form_of_a_prediction(team: Client) -> None:
    item = pasted(own("essay"), published="2024-03")
    fields, text = opened(team, item)
    assert "2028 to 2030, counted from 2024-03-31" in text
    assert "/predictions/new/?sentence=By+the+end+of+2030" in text
    facts = saved(team, item, fields)
    kinds = {kind: sum(one.kind == kind for one in facts.passages) for kind in ("footnote",)}
    assert kinds == {"footnote": 3}
    assert [one.mark for one in facts.passages if one.kind == "observation" and one.mark] == [
        "1",
        "2",
    ]


def test_points_of_a_digest_find_their_sentences(team: Client) -> None:
    source = pasted(
        "Nothing about boats here. Twice a day the water leaves the bay through a gap that is"
        " ninety metres wide. The weather was fine. At slack tide two batteries bridge half an"
        " hour in which nothing turns."
    )
    item = pasted(own("digest"))
    fields, _ = opened(team, item)
    response: Any = team.post(address(item), fields | {"source": source.key, "then": "look"})
    text = response.content.decode()
    assert "“Twice a day the water leaves the bay" in text
    assert "alike to" in text
    assert "No sentence of" in text
    fields = {name: value.removeprefix("\n") for name, value in _Form(text).fields.items()}
    facts = saved(team, item, fields | {"p1-points": "no"})
    first, second = facts.passages[:2]
    assert (first.source, first.exact[:11]) == (source.key, "Twice a day")
    assert second.source == ""


def test_a_text_changed_by_somebody_else_is_not_overwritten(team: Client) -> None:
    item = pasted(own("digest"))
    fields, _ = opened(team, item)
    response: Any = team.post(
        address(item), fields | {"version": "7", "title": "Mine", "then": "save"}
    )
    assert response.status_code == 409
    assert "changed by somebody else" in response.content.decode()
    assert 'value="Mine"' in response.content.decode()
    assert item_facts(item).title == ""


def test_a_fault_stands_at_its_field_of_its_row(team: Client) -> None:
    item = pasted(own("digest"))
    fields, _ = opened(team, item)
    wrong = {"url": "not an address", "p2-text": "", "p1-kind": "left out"}
    response: Any = team.post(address(item), fields | wrong | {"then": "save"})
    assert response.status_code == 422
    text = response.content.decode()
    assert 'id="id_url_error"' in text
    assert 'id="id_p2-text_error"' in text
    assert item_facts(item).passages == ()


def test_an_item_without_text_and_one_of_too_many_parts_say_so(team: Client) -> None:
    bare = pasted("", url="https://example.org/a")
    assert "There is no text to read" in opened(team, bare)[1]
    long = pasted("# A\n\n# B\n\n" + "Aa bb cc. " * 3_000)
    assert "at most 2,000" in opened(team, long, "essay")[1]


@pytest.mark.parametrize(("number", "least"), [("000", 2), ("001", 17), ("002", 11), ("004", 60)])
def test_the_texts_of_others_go_through_the_form(team: Client, number: str, least: int) -> None:
    item = pasted(of_others(number))
    fields, _ = opened(team, item)
    facts = saved(team, item, fields)
    assert len(facts.passages) >= least
    assert facts.title
    assert facts.text == of_others(number)
