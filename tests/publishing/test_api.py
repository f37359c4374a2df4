"""What the endpoints on the published record answer."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from assessments.models import Card, Technology
from assessments.selectors import last_published
from assessments.services.publication import withdraw_card
from assessments.values.card import content_json, parse_card
from benchmarks.installation import fill
from publishing.data import ranking_answer, ranking_document, technology_records
from publishing.selectors import published
from record.canonical import canonical_json, digest
from record.clock import today
from rest.about import description
from scoring.inputs import JUDGED
from scoring.models import Run

API = "/api/v1"
LISTS = ("technologies", "rankings", "predictions", "runs", "changes", "cards")
pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Client:
    return Client()


def get(api: Client, path: str, **headers: str) -> Any:
    answer = api.get(f"{API}/{path}", headers=headers)
    assert answer.status_code == 200, answer.getvalue()
    return answer


def links(answer: Any) -> dict[str, str]:
    found = re.findall(r'<([^>]+)>; rel="([^"]+)"', answer["Link"])
    return {relation: address for address, relation in found}


def walk(api: Client, path: str, between: Any = lambda: None) -> Iterator[dict[str, Any]]:
    address: str | None = f"{API}/{path}"
    while address:
        answer = api.get(address)
        yield from answer.json()["results"]
        between()
        address = links(answer).get("next")


def withdraw(slug: str) -> None:
    card = Card.objects.get(technology__slug=slug, role="lead")
    shown = last_published(card)
    assert shown
    withdraw_card(revision=shown, by=User.objects.get(username="ben"), reason="It was wrong.")


def test_the_list_is_the_record_as_everything_else_spells_it(api: Client) -> None:
    fill(technologies=12, seed=1)
    body = get(api, "technologies/?count=true").json()
    assert body["results"] == json.loads(json.dumps(technology_records(published())))
    assert (body["count"], body["next"], body["previous"]) == (12, None, None)
    listed = body["results"][3]
    whole = get(api, f"technologies/{listed['slug']}/").json()
    assert {key: whole[key] for key in listed} == listed
    assert whole["card"]["summary"] == listed["summary"]
    assert whole["card"]["author"] == listed["author"]
    document = parse_card(whole["card"])
    assert digest(canonical_json(content_json(document))) == listed["content_hash"]


def test_a_walk_by_link_sees_each_row_that_stood_throughout_once(api: Client) -> None:
    fill(technologies=24, seed=2)
    slugs = [row["slug"] for row in technology_records(published())]
    gone = iter([slugs[1], slugs[4], slugs[5], slugs[20], slugs[23]])
    withdrawn = []

    def between() -> None:
        for slug in gone:
            withdraw(slug)
            withdrawn.append(slug)
            break

    seen = [row["slug"] for row in walk(api, "technologies/?limit=3", between)]
    assert len(withdrawn) == 5
    assert len(seen) == len(set(seen))
    assert set(slugs) - set(withdrawn) <= set(seen)


def test_a_walk_over_changes_goes_on_while_changes_come(api: Client) -> None:
    fill(technologies=6, seed=2)
    slugs = iter([row["slug"] for row in technology_records(published())][:3])
    first = [row["seq"] for row in walk(api, "changes/?since=0&limit=1000")]

    def between() -> None:
        for slug in slugs:
            withdraw(slug)
            break

    seen = [row["seq"] for row in walk(api, "changes/?limit=2", between)]
    assert seen == list(range(1, len(first) + 4))


def test_pages_lead_back_as_they_led_on(api: Client) -> None:
    fill(technologies=10, seed=2)
    for path in ("technologies", "changes", "predictions", "runs", "cards"):
        pages, address = [], f"{API}/{path}/?limit=1"
        while address:
            answer = api.get(address)
            pages.append([json.dumps(row) for row in answer.json()["results"]])
            back, address = links(answer).get("prev"), links(answer).get("next", "")
        again = [pages[-1]]
        while back:
            answer = api.get(back)
            again.insert(0, [json.dumps(row) for row in answer.json()["results"]])
            back = links(answer).get("prev")
        assert again == pages


@pytest.mark.parametrize("path", LISTS)
def test_a_file_holds_the_whole_list(api: Client, path: str) -> None:
    fill(technologies=5, seed=2)
    pages = list(walk(api, f"{path}/?limit=2"))
    lines = get(api, f"{path}.jsonl").getvalue().decode()
    assert [json.loads(line) for line in lines.splitlines()] == pages
    table = get(api, f"{path}.csv")
    text = table.getvalue()
    rows = list(csv.reader(io.StringIO(text.decode(), newline="")))
    assert len(rows) == len(pages) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert table["Content-Disposition"].endswith('.csv"')
    assert text == get(api, f"{path}/", accept="text/csv").getvalue()


def test_impact_has_two_columns_and_one_to_show(api: Client) -> None:
    fill(technologies=60, seed=1)
    records = {row["slug"]: row["scores"]["impact"] for row in technology_records(published())}
    text = get(api, "technologies.csv").getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert any(row["impact_plus"] == "true" for row in rows)
    for row in rows:
        score = records[row["slug"]]
        assert row["impact_display"] == (score["display"] or "")
        if score["level"]:
            assert row["impact"] + "+" * (row["impact_plus"] == "true") == score["level"]


def test_filters_are_those_of_the_page_and_stay_with_the_next_page(api: Client) -> None:
    fill(technologies=60, seed=1)
    found = list(walk(api, "technologies/?impact=4&impact=5%2B&limit=2"))
    levels = {
        (row["scores"]["impact"]["level"], row["scores"]["impact"]["level_to"]) for row in found
    }
    assert len(found) > 2
    assert all({"4", "5+"} & set(pair) for pair in levels)
    assert {level for pair in levels for level in pair} >= {"4", "5+"}


def test_a_ranking_is_told_as_the_contract_has_it(api: Client) -> None:
    fill(technologies=8, seed=1)
    ranking = published().ranking
    assert ranking
    latest = get(api, "rankings/latest/").json()
    contract = ranking_document(ranking)
    assert latest == ranking_answer(ranking, ranking.rows)
    assert latest["run"] == contract["run"]
    for row, stated in zip(latest["technologies"], contract["technologies"], strict=True):
        assert list(row.items())[: len(stated)] == list(stated.items())
    assert get(api, f"rankings/{latest['run']['id']}/").json() == latest
    assert [row["id"] for row in get(api, "rankings/").json()["results"]] == [latest["run"]["id"]]
    outlook = get(api, "outlooks/latest/").json()
    assert {"slug", "p_open_by_2030", "year_p50", "p_never"} <= set(outlook["technologies"][0])
    absent = Run.objects.get(kind="outlook").pk
    assert api.get(f"{API}/rankings/{absent}/").status_code == 404


def test_a_ranking_is_narrowed_and_sorted_as_its_page_is(api: Client) -> None:
    fill(technologies=30, seed=1)
    rows = get(api, "rankings/latest/?sort=p_top_10").json()["technologies"]
    shares = [row["p_top_10"] for row in rows if row["is_ranked"]]
    assert shares == sorted(shares, reverse=True)
    run = get(api, "rankings/latest/").json()["run"]["id"]
    fives = get(api, "rankings/latest/?impact=5&sort=entropy").json()["technologies"]
    assert 0 < len(fives) < len(rows)
    assert get(api, f"rankings/{run}/?impact=5&sort=entropy").json()["technologies"] == fives
    assert api.get(f"{API}/rankings/latest/?sort=luck").status_code == 400
    assert api.get(f"{API}/rankings/{run}/?lens=moonshot").status_code == 400


def test_a_ranking_under_a_lens_is_that_of_its_run_or_on_its_way(api: Client) -> None:
    fill(technologies=5, seed=1)
    assert api.get(f"{API}/rankings/latest/?lens=moonshot").status_code == 404
    dated = get(api, f"rankings/latest/?lens=moonshot&as_of={today()}").json()
    assert (dated["run"]["lens"], dated["run"]["id"]) == ("moonshot", None)
    assert get(api, f"rankings/latest/?as_of={today()}").json()["run"]["lens"] == "even-handed"
    assert api.get(f"{API}/rankings/latest/?lens=nobody").status_code == 404
    assert get(api, "rankings/?lens=moonshot").json()["results"] == []


def test_weights_of_one_s_own_rank_the_record_for_the_call(api: Client) -> None:
    fill(technologies=5, seed=1)
    runs = Run.objects.count()
    asked = f"rankings/latest/?weights={weights(30, 0, 0, 0, 10)}"
    answer = get(api, asked)
    document = answer.json()
    assert (document["run"]["id"], document["run"]["lens"]) == (None, "own-weights")
    same_shares = f"rankings/latest/?weights={weights(75, 0, 0, 0, 25)}"
    assert get(api, same_shares).json() == document
    assert api.get(f"{API}/{asked}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert Run.objects.count() == runs
    sizes = ("0", "-1", "NaN", "1000000000", "2.5", "")
    for bad in ("", "impact:20", *(weights(0, 0, 0, 0, size) for size in sizes)):
        assert api.get(f"{API}/rankings/latest/?weights={bad}").status_code == 400, bad
    assert api.get(f"{API}/{asked}&as_of={today()}").status_code == 409


def weights(*sizes: object) -> str:
    return ",".join(f"{name}:{size}" for name, size in zip(JUDGED, sizes, strict=True))


def test_a_ranking_of_today_by_its_date_is_the_run_that_was_stored(api: Client) -> None:
    fill(technologies=8, seed=1)
    latest = get(api, "rankings/latest/").json()
    dated = get(api, f"rankings/latest/?as_of={today()}").json()
    assert dated == latest


def test_a_ranking_of_an_earlier_day_is_computed_and_stored_nowhere(api: Client) -> None:
    fill(technologies=8, seed=1)
    runs = Run.objects.count()
    day = today() - timedelta(days=200)
    dated = get(api, f"rankings/latest/?known_on={day}").json()
    record = published(known_on=day)
    assert (dated["run"]["id"], dated["run"]["known_on"]) == (None, str(day))
    assert {row["slug"] for row in dated["technologies"]} <= {card.slug for card in record.leads}
    assert Run.objects.count() == runs


def test_a_large_ranking_of_another_day_is_left_to_a_worker(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(technologies=5, seed=1)
    latest = get(api, "rankings/latest/").json()
    monkeypatch.setattr("scoring.services.dated.AT_ONCE", 10)
    asked = f"{API}/rankings/latest/?as_of={today() + timedelta(days=4000)}"
    answer = api.get(asked)
    assert (answer.status_code, answer["Retry-After"]) == (202, "5")
    assert "ETag" not in answer.headers
    assert api.get(asked).status_code == 202
    # Nobody takes the ranking of a date for that of now.
    assert get(api, "rankings/latest/").json() == latest


def test_a_list_costs_as_many_queries_at_thirty_as_at_three(api: Client) -> None:
    counts, lengths = [], []
    for number in (3, 30):
        with transaction.atomic():
            fill(technologies=number, seed=1)
            counts.append({path: queries(api, f"{API}/{path}/") for path in LISTS})
            lengths.append(len(get(api, "technologies/").json()["results"]))
            transaction.set_rollback(True)
    assert lengths == [3, 30]
    assert counts[0] == counts[1]


def queries(api: Client, address: str) -> int:
    api.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert api.get(address).status_code == 200
    return len(asked)


def test_compressed_answers_have_tags_that_work(api: Client) -> None:
    fill(technologies=5, seed=1)
    address = f"{API}/technologies/"
    plain, pressed = api.get(address), api.get(address, headers={"accept-encoding": "gzip"})
    assert pressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(pressed.content) == plain.content
    assert pressed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in plain["Vary"]
    for tag in (plain["ETag"], pressed["ETag"], f"W/{plain['ETag']}", f"W/{pressed['ETag']}"):
        for coding in ("gzip", "identity", "gzip;q=0"):
            headers = {"if-none-match": tag, "accept-encoding": coding}
            assert api.get(address, headers=headers).status_code == 304
    table = api.get(f"{API}/technologies.csv", headers={"accept-encoding": "gzip, br"})
    whole = api.get(f"{API}/technologies.csv").getvalue()
    assert gzip.decompress(table.getvalue()) == whole


def test_a_tag_ends_when_the_record_moves(api: Client) -> None:
    fill(technologies=4, seed=1)
    tag = get(api, "technologies/")["ETag"]
    withdraw(str(Technology.objects.order_by("slug").values_list("slug", flat=True)[0]))
    answer = get(api, "technologies/", **{"if-none-match": tag})
    assert answer["ETag"] != tag


def test_each_example_is_true_to_its_shape() -> None:
    schemas = description()["components"]["schemas"]
    assert len(schemas) > 20
    for name, schema in schemas.items():
        for example in schema.get("examples", ()):
            wanted, allowed = set(schema.get("required", ())), set(schema.get("properties", ()))
            if allowed:
                assert wanted <= set(example) <= allowed, name
