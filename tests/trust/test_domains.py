"""Domains and aliases are made by whoever writes a card, so their names may be anything."""

import pytest

from assessments.models import Domain
from assessments.services.technologies import Facts, create_technology, domain_named, domain_slug
from record.errors import DomainError
from tests.assessments.factories import person

pytestmark = pytest.mark.django_db

# Each pair once shared an address, a letter that did not fit or a name that a database took
# for equal; the last is as long as a name may be.
NAMES = [
    "AI",
    "AI 3",
    "AI?",
    "AI!",
    "AI-3",
    "!",
    "?",
    "ΐ",
    "ﬃ",
    "ǰ",
    "量子",
    "x" * 80,
    "x" * 79 + "!",
]


def test_every_name_is_a_domain_of_its_own() -> None:
    slugs = [domain_named(name=name).slug for name in NAMES]
    assert len(set(slugs)) == len(NAMES)
    assert Domain.objects.filter(name__in=NAMES).count() == len(NAMES)


@pytest.mark.parametrize(("one", "other"), [("Édition", "ÉDITION"), ("Straße", "STRASSE")])
def test_case_makes_no_second_domain(one: str, other: str) -> None:
    assert domain_named(name=one) == domain_named(name=other)


def test_what_stands_in_the_address_of_a_domain_follows_from_its_name_alone() -> None:
    before = domain_slug("Ocean energy")
    domain_named(name="Ocean energy for islands")
    assert domain_named(name="Ocean energy").slug == before == "ocean-energy"


def test_a_name_that_only_the_database_takes_for_another_is_refused() -> None:
    domain_named(name="Robots")
    Domain.objects.filter(name="Robots").update(slug="moved")
    with pytest.raises(DomainError, match="spelt almost like") as caught:
        domain_named(name="robots")
    assert caught.value.field == "domains"


def test_aliases_that_differ_in_case_are_refused_in_words() -> None:
    facts = Facts(slug="edge-ai", name="Edge AI", aliases=("On device", "on device"))
    with pytest.raises(DomainError, match="capitals alone") as caught:
        create_technology(facts=facts, by=person("anna"))
    assert caught.value.field == "aliases"
