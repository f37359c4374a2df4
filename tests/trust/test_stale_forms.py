"""Two people with one form of one thing: whoever is second sees both texts and loses neither."""

from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from assessments.models import Technology
from evidence.models import Indicator
from evidence.services import create_indicator
from scoring.models import LensVersion
from scoring.services.lenses import LensDraft, create_lens
from tests.assessments.factories import person, saved
from tests.assessments.typed_cards import resent
from tests.evidence.builders import facts

pytestmark = pytest.mark.django_db

FUND = {"region": {"kind": "whole simplex"}, "horizon": None, "spacing": None, "rule": "mean"}


def editor() -> Client:
    client = Client()
    client.force_login(person("ben", "editor"))
    return client


def technology() -> None:
    saved()


def indicator() -> None:
    create_indicator(facts=facts(), by=person("anna"))


def lens() -> None:
    draft = LensDraft(name="City fund", note="", definition=FUND)
    create_lens(draft=draft, by=person("ben", "editor"))


def noted() -> str:
    return str(LensVersion.objects.filter(key="city-fund").latest("seq").note)


FORMS = [
    (technology, "/technologies/edge-ai/edit/", "name", lambda: Technology.objects.get().name),
    (indicator, "/indicators/module-price/edit/", "name", lambda: Indicator.objects.get().name),
    (lens, "/lenses/city-fund/edit/", "note", noted),
]

NAMES = ["technology", "indicator", "lens"]


@pytest.mark.parametrize(("begin", "path", "field", "kept"), FORMS, ids=NAMES)
def test_the_second_sees_both_texts_and_may_save_again_knowing_it(
    begin: Callable[[], None], path: str, field: str, kept: Callable[[], str]
) -> None:
    begin()
    client = editor()
    read = resent(client.get(path).content.decode())
    assert client.post(path, read | {field: "Their text"}).status_code == 302
    answer = client.post(path, read | {field: "My text"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert kept() == "Their text"
    assert "changed by somebody else while you edited it" in page
    assert page.count("Now: ") == 1
    assert "Now: Their text" in page
    again = resent(answer.content.decode())
    assert again[field] == "My text"
    assert client.post(path, again).status_code == 302
    assert kept() == "My text"


def test_links_that_changed_meanwhile_are_told_in_words() -> None:
    saved()
    saved("chiplets")
    client, path = editor(), "/technologies/edge-ai/edit/"
    read = resent(client.get(path).content.decode())
    link = {"links-0-kind": "requires", "links-0-to": "chiplets", "links-0-note": "A lot."}
    assert client.post(path, read | link).status_code == 302
    page = unescape(client.post(path, read).content.decode())
    assert "Its links now: requires chiplets (A lot.)." in page.replace("Chiplets", "chiplets")


def test_no_administration_site_goes_round_the_services() -> None:
    client = Client()
    client.force_login(person("root", "admin"))
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert client.get("/admin/").status_code == 404
