import re

import pytest
from django.test import Client, RequestFactory

from publishing.templatetags.site import nav_link
from tests.assessments.factories import person

pytestmark = pytest.mark.django_db


def link(path: str, name: str) -> str:
    return nav_link({"request": RequestFactory().get(path)}, name, "Words")


def test_the_page_on_show_is_marked_in_the_navigation() -> None:
    assert 'aria-current="page"' in link("/technologies/", "publishing:technology-list")
    assert 'aria-current="true"' in link("/technologies/x/", "publishing:technology-list")
    assert "aria-current" not in link("/technologies/", "publishing:map")


def test_a_page_that_does_not_exist_has_no_link() -> None:
    assert link("/", "publishing:no-such-page") == ""


def test_every_link_of_the_frame_leads_somewhere(client: Client) -> None:
    client.force_login(person("ada", "admin"))
    frame = re.sub(r"<main.*</main>", "", client.get("/method/").content.decode(), flags=re.DOTALL)
    addresses = set(re.findall(r'href="(/[^"]*)"', frame)) - {"/"}
    for address in addresses:
        if not address.startswith("/static/"):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("reader", {"Sign out"}),
        ("analyst", {"Score a technology", "Review", "Sign out"}),
        ("admin", {"Score a technology", "Review", "People", "Sign out"}),
    ],
)
def test_the_frame_offers_what_the_role_may_do(client: Client, role: str, seen: set[str]) -> None:
    client.force_login(person("ada", role))
    text = client.get("/method/").content.decode()
    everything = {"Score a technology", "Review", "People", "Sign out", "Sign in"}
    assert {words for words in everything if f">{words}<" in text} == seen


def test_visitors_are_offered_to_sign_in(client: Client) -> None:
    assert ">Sign in<" in client.get("/method/").content.decode()


def test_a_visitor_who_only_reads_gets_no_cookie(client: Client) -> None:
    assert not client.get("/method/").cookies
