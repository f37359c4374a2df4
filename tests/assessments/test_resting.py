"""From an item to the scores that rest on it."""

import pytest

from assessments.resting import cited_though_retracted, published_tensions, resting_on
from assessments.services.publication import withdraw_card
from tests.assessments.cited import citation, item, retracted
from tests.assessments.factories import person, published, saved, score

pytestmark = pytest.mark.django_db


def rows(cited: object, viewer: str = "anna", role: str = "analyst") -> list[tuple[object, ...]]:
    found = resting_on(item=cited, viewer=person(viewer, role))
    return [
        (one.slug, one.dimension, one.score, one.is_public, one.is_newest, one.may_revise)
        for one in found
    ]


def test_a_citation_is_listed_once_whether_published_or_newest() -> None:
    cited = item()
    first = published(citations=[citation(cited), citation(cited, "impact")])
    assert rows(cited) == [
        ("edge-ai", "viability", "3 (medium)", True, True, True),
        ("edge-ai", "impact", "3 (medium)", True, True, True),
    ]
    saved(
        parent=first.revision.content_hash,
        citations=[citation(cited), citation(cited, "novelty")],
        viability=score("4"),
        reason="Seen.",
    )
    assert rows(cited) == [
        ("edge-ai", "viability", "4 (medium)", True, True, True),
        ("edge-ai", "impact", "3 (medium)", True, False, True),
        ("edge-ai", "novelty", "3 (medium)", False, True, True),
    ]


def test_of_old_revisions_and_withdrawn_cards_only_the_newest_counts() -> None:
    cited = item()
    first = published(citations=[citation(cited)])
    second = published(parent=first.revision.content_hash, reason="It bore nothing.")
    assert rows(cited) == []
    other = published("fusion", citations=[citation(cited)])
    withdraw_card(revision=other.revision, by=person("ben", "editor"), reason="Too early.")
    assert rows(cited) == [("fusion", "viability", "3 (medium)", False, True, True)]
    assert second.revision.number == 2


def test_a_second_opinion_that_one_may_not_see_is_not_counted() -> None:
    cited = item()
    published(author="anna")
    saved(author="otto", role="second opinion", citations=[citation(cited)])
    assert rows(cited, "otto") == [("edge-ai", "viability", "3 (medium)", False, True, True)]
    assert rows(cited, "carla") == []
    assert cited_though_retracted(viewer=person("otto")) == []
    retracted(cited)
    assert len(cited_though_retracted(viewer=person("otto"))) == 1
    assert cited_though_retracted(viewer=person("carla")) == []


def test_a_card_that_cites_a_retracted_item_waits_until_it_is_taken_out() -> None:
    cited = item()
    first = published(citations=[citation(cited)])
    assert cited_though_retracted(viewer=person("carla")) == []
    retracted(cited)
    (waiting,) = cited_though_retracted(viewer=person("carla"))
    assert (waiting.slug, waiting.dimension, waiting.item) == ("edge-ai", "viability", cited)
    saved(parent=first.revision.content_hash, reason="Its source was withdrawn.")
    assert cited_though_retracted(viewer=person("carla")) == []


def test_tensions_are_those_of_what_readers_may_read() -> None:
    cited = item()
    first = published()
    assert published_tensions() == {}
    strong = citation(cited, strength="strong")
    saved(parent=first.revision.content_hash, citations=[strong], reason="A draft.")
    assert published_tensions() == {}
    head = first.card.revisions.get(number=2)
    published(parent=head.content_hash, citations=[strong], reason="Seen.")
    (found,) = published_tensions()["edge-ai"]
    assert found.net == 3
    retracted(cited)
    assert published_tensions() == {}
