"""One FilterSet a list: which rows stay, and what is said of values that cannot be read."""

from typing import Any

import pytest
from django.http import QueryDict

from publishing.filters import (
    CardFilters,
    ChangeFilters,
    Entry,
    PredictionFilters,
    TechnologyFilters,
    entries_of,
)
from publishing.pages.published import Past
from publishing.prediction_data import prediction_records
from publishing.selectors import public_changes
from publishing.selectors import published as read_published
from scoring.filters import RankingFilters, RunFilters
from scoring.models import Run
from tests.assessments.factories import published as publish
from tests.publishing.made import card, published, score, window

RATING = {"value": "underrated", "perspective": "ten-year venture fund", "note": ""}
RECORD = published(
    card("edge-ai", impact=score("5+"), timing=window(2027, 2029, "high"), rating=RATING),
    card("fusion", impact=score("3", level_to="4"), timing=window(2035, None, "low")),
    card("chiplets", opened=2020, impact=score("4"), summary="Small dies side by side."),
    card("pills", impact=score(None), timing=window(None, None, None)),
)


def found(query: str) -> list[str]:
    rows: list[Entry] = TechnologyFilters(QueryDict(query), entries_of(RECORD)).qs
    return [row.card.slug for row in rows]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["edge-ai", "fusion", "chiplets", "pills"]),
        ("q=SIDE", ["chiplets"]),
        ("domain=ai", ["edge-ai", "fusion", "chiplets", "pills"]),
        ("domain=energy", []),
        ("impact=5%2B", ["edge-ai"]),
        ("impact=5+", ["edge-ai"]),
        ("impact=3&impact=5%2B", ["edge-ai", "fusion"]),
        ("impact=4", ["fusion", "chiplets"]),
        ("certainty=low", ["fusion"]),
        ("rating=underrated", ["edge-ai"]),
        ("window=now", ["edge-ai"]),
        ("window=later", ["fusion"]),
        ("window=open", ["chiplets"]),
        ("window=open&impact=5", []),
        ("unheard=of", ["edge-ai", "fusion", "chiplets", "pills"]),
    ],
)
def test_a_filter_keeps_the_rows_that_it_names(query: str, slugs: list[str]) -> None:
    assert found(query) == slugs


def test_an_impact_of_5_is_not_one_of_5_plus() -> None:
    assert "edge-ai" not in found("impact=5")


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("impact=6", "impact", "choose out of 1, 2, 3, 4, 5, 5+"),
        ("certainty=sure", "certainty", "choose out of low, medium, high"),
        ("window=1", "window", "choose out of now, soon, later, open"),
        ("domain=%2e%2e/", "domain", "not spelt like the part of an address"),
        ("as_of=2026-02-30", "as_of", "is no date"),
        ("known_on=yesterday", "known_on", "write it as 2026-11-21"),
        ("q=%00", "q", "search"),
        ("rating=overrated&rating=underrated", "rating", "stands 2 times"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_in_a_sentence(
    query: str, name: str, words: str
) -> None:
    filters = TechnologyFilters(QueryDict(query), entries_of(RECORD))
    assert words in filters.sentences()[name]
    assert len(filters.qs) == 4


def test_a_refused_value_leaves_the_others_in_force() -> None:
    assert found("impact=9&window=open") == ["chiplets"]


def test_a_choice_is_counted_among_what_the_other_filters_keep() -> None:
    filters = TechnologyFilters(QueryDict("window=open&impact=4"), entries_of(RECORD))
    assert [row.card.slug for row in filters.without("window")] == ["fusion", "chiplets"]


def test_the_dates_choose_the_record() -> None:
    asked = TechnologyFilters(QueryDict("as_of=2026-01-31"), ())
    assert asked.past is not None
    assert asked.past.as_of is not None
    assert asked.past.as_of.isoformat() == "2026-01-31"
    assert asked.past == Past(as_of=asked.past.as_of)
    assert TechnologyFilters(QueryDict("q=x"), ()).past is None


def test_cards_are_found_by_technology_role_and_detail() -> None:
    cards = (card("a"), card("a", role="second opinion"), card("b", detail="sketch"))

    def slugs(query: str) -> list[str]:
        return [row.slug + row.role[0] for row in CardFilters(QueryDict(query), cards).qs]

    assert slugs("technology=a&role=lead") == ["al"]
    assert slugs("detail=sketch") == ["bl"]
    assert slugs("series=other") == []


def test_predictions_are_found_by_deadline_and_field() -> None:
    def prediction(deadline: str | None) -> dict[str, Any]:
        texts = ("metric", "direction", "threshold", "population", "baseline", "kind")
        more = ("resolution_rule", "resolvability", "wording_problem", "later_status")
        empty = dict.fromkeys((*texts, *more))
        return empty | {"statement": "It sells.", "deadline": deadline}

    record = published(
        card("a", predictions=[prediction("2030-12-31")]), card("b", predictions=[prediction(None)])
    )

    def ids(query: str) -> list[str]:
        rows = prediction_records(record)
        filters = PredictionFilters(QueryDict(query), rows, published=record)
        return [row["id"] for row in filters.qs]

    assert ids("") == ["a-1", "b-1"]
    assert ids("deadline_before=2031-01-01") == ["a-1"]
    assert ids("deadline_after=2030-12-31") == []
    assert ids("domain=ai&technology=b") == ["b-1"]
    assert ids("domain=energy") == []


@pytest.mark.django_db
def test_changes_are_found_by_number_kind_technology_and_field() -> None:
    publish("edge-ai")
    publish("fusion")
    record = read_published()

    def subjects(query: str) -> list[str]:
        rows = ChangeFilters(QueryDict(query), public_changes(), published=record).qs
        return [row.change.subject_key for row in rows]

    assert subjects("") == ["fusion", "edge-ai"]
    assert subjects("since=1") == ["fusion"]
    assert subjects("technology=edge-ai") == ["edge-ai"]
    assert subjects("kind=card.revised") == []
    assert subjects("domain=ai") == ["fusion", "edge-ai"]
    assert subjects("domain=energy") == []
    refused = ChangeFilters(QueryDict("since=-1"), public_changes(), published=record)
    assert "write digits alone" in refused.sentences()["since"]


@pytest.mark.django_db
def test_runs_are_found_by_kind_state_and_lens() -> None:
    publish("edge-ai")
    runs = Run.objects.all()
    assert RunFilters(QueryDict("kind=outlook"), runs).qs.count() == 1
    assert RunFilters(QueryDict("state=done"), runs).qs.count() == 0
    assert RankingFilters(QueryDict("lens=even-handed"), runs).qs.count() == 1
    assert RunFilters(QueryDict("kind=guess"), runs).sentences()
