from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from assessments.api.technologies import START_TECHNOLOGY, StartsTechnologies
from assessments.selectors import PublishedCard
from publishing.api.record import OfRecord, records_of
from publishing.api.shapes import EXAMPLE_TECHNOLOGY, TECHNOLOGY, TECHNOLOGY_WHOLE
from publishing.data import flat_technology
from publishing.filters import TechnologyFilters, entries_of
from publishing.pages.published import Published
from publishing.selectors import published
from rest.filters import filter_parameters
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import Record, Rows, Source
from rest.parameters import day
from rest.reading import ListEndpoint
from rest.shapes import page_shape, text

AS_OF = day("as_of", "What the record says about this date.")
KNOWN_ON = day("known_on", "What was in the record at the end of this date.")
SLUG_PARAMETER = {
    "slug": {
        "description": "The technology, as in the address of its page.",
        "schema": text(pattern="^[a-z0-9_-]+$", longest=100),
        "example": "tidal-stream-power",
    }
}


class TechnologyList(OfRecord, ListEndpoint):
    parameters = filter_parameters(TechnologyFilters)
    columns = tuple(flat_technology(EXAMPLE_TECHNOLOGY))
    file_name = "technologies"
    operations = {
        "GET": Operation(
            id="listTechnologies",
            tag="Technologies",
            summary="Technologies, by slug",
            description="Every technology that is published, with the levels of its lead card,"
            " its place in the last finished ranking and its outlook. With a date the record"
            " of that date, without ranking and outlook.",
            answers={
                200: Answered(
                    "A page of technologies.",
                    page_shape(TECHNOLOGY),
                    OF_LISTS,
                    ("ETag", "Last-Modified", "Link"),
                )
            },
        )
    }

    def source(self) -> Source:
        record = published(as_of=self.asked["as_of"], known_on=self.asked["known_on"])
        filters = TechnologyFilters(self.request.query_params, entries_of(record))
        kept = {entry.card.slug for entry in filters.qs}
        rows = records_of(record)
        return Rows([row for slug, row in rows.items() if slug in kept], "slug")

    def row(self, record: Record) -> Sequence[object]:
        return list(flat_technology(record).values())


class TechnologyCollection(StartsTechnologies, TechnologyList):
    operations = {**TechnologyList.operations, "POST": START_TECHNOLOGY}


class TechnologyDetail(OfRecord):
    parameters = (AS_OF, KNOWN_ON)
    path_parameters = SLUG_PARAMETER
    operations = {
        "GET": Operation(
            id="getTechnology",
            tag="Technologies",
            summary="One technology",
            description="The technology as the list has it, with its published cards whole.",
            answers={
                200: Answered(
                    "The technology.",
                    TECHNOLOGY_WHOLE,
                    headers=("ETag", "Last-Modified", "Link"),
                )
            },
        )
    }

    def answer(self) -> HttpResponseBase:
        record = published(as_of=self.asked["as_of"], known_on=self.asked["known_on"])
        slug = self.kwargs["slug"]
        lead, found = record.lead(slug), records_of(record).get(slug)
        if lead is None or found is None:
            raise Http404
        others = [card for card in record.cards if card.slug == slug and card.role != lead.role]
        opinions = [_opinion(card, record) for card in others]
        return self.json(dict(found) | {"card": _card(lead, record), "second_opinions": opinions})


def _opinion(card: PublishedCard, record: Published) -> dict[str, Any]:
    return {
        "as_of": card.as_of,
        "published_at": card.at,
        "oversight": card.oversight,
        "content_hash": card.body["content_hash"],
        "card": _card(card, record),
    }


def _card(card: PublishedCard, record: Published) -> dict[str, Any]:
    """As the contract has it. What it is a variant of is told once readers see that too."""
    facts = card.technology
    variant = facts["variant_of"] if record.lead(facts["variant_of"] or "") else None
    return card.card | {"author": card.author, "technology": facts | {"variant_of": variant}}
