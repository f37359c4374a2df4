from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, Resolver404, resolve

from assessments.models import Technology
from publishing.middleware import keep_tour
from publishing.pages import tour
from publishing.pages.tour import strip_at, tour_stops
from tests.assessments.factories import person
from tests.assessments.factories import published as publish
from tests.publishing.made import card, published

DEMONSTRATION = published(
    card("neuromorphic-computing"), card("photonic-computing"), card("edge-ai")
)


def test_every_stop_is_a_page_of_the_site() -> None:
    for stop in tour_stops(DEMONSTRATION):
        try:
            resolve(stop.address.partition("?")[0])
        except Resolver404:
            pytest.fail(f"{stop.title} leads nowhere")


def test_stops_are_numbered_in_their_order_and_lead_on() -> None:
    stops = tour_stops(DEMONSTRATION)
    assert [stop.number for stop in stops] == list(range(1, len(stops) + 1))
    strip = strip_at("2", DEMONSTRATION)
    assert strip
    assert strip.next == stops[2]
    last = strip_at(str(len(stops)), DEMONSTRATION)
    assert last
    assert last.next is None


@pytest.mark.parametrize("wanted", ["", "0", "99", "x", "-1", "²", "1" * 5000])
def test_what_is_no_stop_has_no_strip(wanted: str) -> None:
    assert strip_at(wanted, DEMONSTRATION) is None


def test_a_page_that_is_not_there_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_the_ranking(name: str) -> str:
        if name != "publishing:ranking-detail":
            raise NoReverseMatch
        return "/ranking/"

    monkeypatch.setattr(tour, "reverse", only_the_ranking)
    assert [stop.url for stop in tour_stops(DEMONSTRATION)] == ["/ranking/?tour=1"]


def test_the_stops_name_technologies_that_are_published() -> None:
    addresses = " ".join(stop.address for stop in tour_stops(DEMONSTRATION))
    assert "technology=neuromorphic-computing" in addresses
    assert "t=neuromorphic-computing&t=photonic-computing" in addresses
    assert "analog" not in addresses
    empty = " ".join(stop.address for stop in tour_stops(published()))
    assert "technology=" not in empty
    assert "/compare/" not in empty


def test_the_past_is_a_year_before_today() -> None:
    (past,) = [stop for stop in tour_stops(DEMONSTRATION) if "as_of" in stop.address]
    assert past.address == f"/?as_of={date(2025, 11, 1)}"


@pytest.mark.parametrize(
    ("location", "led"),
    [
        ("/sketches/7/", "/sketches/7/?tour=2"),
        ("/compare/?t=a", "/compare/?t=a&tour=2"),
        ("/sketches/?tour=3#x", "/sketches/?tour=3#x"),
        ("//evil.example/", "//evil.example/"),
        ("https://evil.example/", "https://evil.example/"),
    ],
)
def test_a_redirect_keeps_the_stop(location: str, led: str) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(location)

    response = keep_tour(answer)(RequestFactory().get("/x/?tour=2"))
    assert response.headers["Location"] == led
    plain = keep_tour(answer)(RequestFactory().get("/x/?tour=<b>"))
    assert plain.headers["Location"] == location


@pytest.mark.django_db
def test_the_strip_leads_on_and_out_of_the_tour(client: Client) -> None:
    publish("neuromorphic-computing")
    text = client.get("/?tour=1").content.decode()
    assert "Stop 1 of" in text
    assert 'href="/sketches/new/?technology=neuromorphic-computing&amp;tour=2"' in text
    assert "Stop 1 of" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_first_visit_is_offered_on_the_map_of_a_demonstration_alone(client: Client) -> None:
    publish()
    assert "First visit" not in client.get("/").content.decode()
    Technology.objects.update(is_demonstration=True)
    assert "First visit" in client.get("/").content.decode()
    assert "First visit" not in client.get("/ranking/").content.decode()


@pytest.mark.django_db
def test_a_stop_behind_a_sign_in_says_so_until_one_is_signed_in(client: Client) -> None:
    publish()
    assert "Asks for the sign-in of an analyst." in client.get("/tour/").content.decode()
    client.force_login(person("anna"))
    assert "Asks for the sign-in" not in client.get("/tour/").content.decode()
