"""Each parameter that a page or the API reads, one by one, with what nobody means."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Card, Revision
from evidence.models import Item, Tag
from tests.trust.conftest import program, row_counts, visitor
from tests.trust.hostile import VALUES

# No database keeps such a number as a key, and each stands in an address as it is.
NUMBERS = {
    "beyond 64 bits": "9223372036854775808",
    "below 64 bits": "-9223372036854775809",
    "a fraction": "1.5",
}
TRIED = VALUES | NUMBERS | {"half a character inside": "a%ED%A0%80b%00"}
FEW = (
    "NUL",
    "lone surrogate",
    "beyond 64 bits",
    "below 64 bits",
    "beyond a float",
    "bidi override",
)
# Each parameter is tried with those, and with another quarter of the rest.
STRIDE = 4
# What each page of the team reads beside its path; the words in capitals are put in below.
PAGES = {
    "/evidence/": "q tag kind state year author page licence publisher cited bears sort order",
    "/evidence/tags/": "q page",
    "/evidence/tags/TAG/": "into page",
    "/evidence/new/": "url title text cut",
    "/evidence/ITEM/": "page place passage q",
    "/evidence/ITEM/edit/": "place version",
    "/evidence/ITEM/read/": "as place",
    "/evidence/ITEM/card/": "part technology role card",
    "/evidence/ITEM/card/next/": "part technology role card",
    "/cards/new/": "technology cite dimension passage",
    "/cards/CARD/edit/": "cite dimension passage from place",
    "/cards/CARD/compare/": "old new",
    "/review/REVISION/": "page",
    "/review/": "page",
    "/desk/": "card page",
    "/sketches/new/": "technology q",
    "/predictions/": "q state technology page kind",
    "/predictions/new/": "technology parent replaces kind",
    "/challenges/": "q state outcome technology page seen",
    "/technologies/": "q field page t tag sort",
    "/technologies/alpha/": "page seen as_of lens",
    "/technologies/alpha/challenge/": "from dimension",
    "/changes/": "page since",
    "/runs/": "page seen",
    "/compare/": "t page",
    "/runs/compare/": "old new a b page",
    "/accounts/sign-in/": "next",
}


@pytest.fixture(scope="module")
def record(planted: object) -> dict[str, str]:
    return {
        "TAG": Tag.objects.earliest("pk").slug,
        "ITEM": Item.objects.filter(state="inbox").earliest("pk").key,
        "CARD": str(Card.objects.earliest("pk").pk),
        "REVISION": str(Revision.objects.filter(events__kind="submitted").latest("pk").pk),
    }


def failing(client: Client, address: str, name: str, tried: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, value in tried.items():
        answer: Any = client.get(f"{address}?{name}={value}")
        answer.close()
        if answer.status_code >= 500:
            found[f"{address}?{name}, {kind}"] = answer.status_code
    return found


@pytest.mark.parametrize("asked", PAGES)
def test_no_parameter_of_a_page_fails_or_writes(asked: str, record: dict[str, str]) -> None:
    address = re.sub("[A-Z]+", lambda found: record[found.group()], asked)
    client, before, wrong = visitor("root"), row_counts(), {}
    for place, name in enumerate(PAGES[asked].split()):
        names = dict.fromkeys([*FEW, *list(TRIED)[place % STRIDE :: STRIDE]])
        wrong |= failing(client, address, name, {one: TRIED[one] for one in names})
    assert wrong == {}
    assert row_counts() == before


def test_every_page_that_is_tried_is_there(record: dict[str, str]) -> None:
    client = visitor("root")
    asked = [re.sub("[A-Z]+", lambda found: record[found.group()], page) for page in PAGES]
    codes = {one: client.get(one).status_code for one in asked}
    assert [one for one, code in codes.items() if code not in {200, 302}] == []


def test_no_parameter_of_the_api_fails_or_writes(record: dict[str, str]) -> None:
    schema = visitor().get(reverse("api:schema"), headers={"Accept": "application/json"}).json()
    client, before, wrong = program("root", "read:public", "read:drafts"), row_counts(), {}
    tried = {name: TRIED[name] for name in FEW}
    asked = 0
    for path, methods in schema["paths"].items():
        address = re.sub(r"\{[^}]+\}", "alpha", path)
        for one in methods.get("get", {}).get("parameters", []):
            if one["in"] == "query":
                asked += 1
                wrong |= failing(client, address, one["name"], tried)
    assert asked > 100
    assert wrong == {}
    assert row_counts() == before


KEYS = ["9223372036854775808", "9" * 100, "%00", "a%00b", "%ED%A0%80", "%E2%80%AE", "-1", "٣"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.usefixtures("record")
def test_no_key_of_a_thing_that_is_not_there_fails(key: str) -> None:
    client = visitor("root")
    paths = [
        *("/evidence/{}/", "/evidence/{}/edit/", "/evidence/{}/read/?as=digest"),
        *("/evidence/tags/{}/", "/cards/{}/edit/", "/cards/{}/compare/", "/review/{}/"),
        *("/cards/{}/revisions/{}/", "/cards/{}/minor/{}/", "/challenges/{}/", "/predictions/{}/"),
        *("/api/v1/evidence/{}/", "/api/v1/cards/{}/", "/api/v1/rankings/{}/", "/runs/{}/"),
    ]
    codes = {path: client.get(path.replace("{}", key)).status_code for path in paths}
    assert {path: code for path, code in codes.items() if code >= 500 or code == 200} == {}
