from django.http import HttpResponseBase

from assessments.openings import DEFAULT_TEST, ENOUGH_OPENINGS, told_openings
from publishing.api.link_shapes import OPENINGS
from publishing.api.record import OfRecord
from publishing.data import Record
from publishing.pages.published import Published
from publishing.selectors import published
from rest.operations import Answered, Operation


class OpeningList(OfRecord):
    operations = {
        "GET": Operation(
            id="listOpenings",
            tag="Outlooks",
            summary="Markets that opened, or closed again",
            description="The record against which stated windows are scored.",
            answers={200: Answered("The openings.", OPENINGS, headers=("ETag", "Last-Modified"))},
        )
    }

    def answer(self) -> HttpResponseBase:
        record = published()
        answer = {
            "openings": openings_of(record),
            "default_test": DEFAULT_TEST,
            "on_record": record.openings,
            "needed": ENOUGH_OPENINGS,
        }
        return self.json(answer)


def openings_of(record: Published) -> list[Record]:
    """What publications say of each market, with the evidence that was confirmed for it."""
    told = told_openings()
    rows = []
    for card in sorted(record.leads, key=lambda row: row.slug):
        opening = card.body["opening"]
        if opening is not None:
            found = told.get((card.slug, opening["status"], opening["year"]))
            rows.append(
                {
                    "slug": card.slug,
                    "name": card.technology["name"],
                    "status": opening["status"],
                    "year": opening["year"],
                    "evidence": found.evidence if found else "",
                    "test": found.test if found else "",
                }
            )
    return rows
