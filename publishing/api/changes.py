from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from publishing.api.record import OfRecord
from publishing.filters import ChangeFilters
from publishing.pages.changes import KINDS, publication_of, technology_of
from publishing.pages.published import Published
from publishing.selectors import public_changes, published, standing
from record.models import Change, PublicChange
from rest.filters import filter_parameters
from rest.formats import OF_LISTS
from rest.operations import Answered, Operation
from rest.paging import NUMBER, Page, Record, Source, Table
from rest.reading import ListEndpoint
from rest.shapes import (
    BOOLEAN,
    INSTANT,
    TEXT,
    Shape,
    list_of,
    one_of,
    or_null,
    page_shape,
    whole,
)

EXAMPLE: dict[str, Any] = {
    "seq": 17,
    "at": "2026-11-09T14:02:00.120000Z",
    "kind": "card.revised",
    "technology": {"slug": "tidal-stream-power", "name": "Tidal stream power"},
    "prediction": None,
    "role": "lead",
    "scores": [{"dimension": "impact", "from": "3", "to": "4"}],
    "reason": "A second tender was won.",
    "is_withdrawn": False,
}
CHANGE = Shape(
    "Change",
    {
        "seq": whole(1),
        "at": INSTANT,
        "kind": one_of(*KINDS),
        "technology": Shape("ChangedTechnology", {"slug": TEXT, "name": TEXT}),
        "prediction": or_null(
            Shape(
                "ChangedPrediction",
                {"id": TEXT, "statement": TEXT, "outcome": or_null(TEXT)},
                "What was published, withdrawn, resolved or opened again; outcome where it was"
                " resolved.",
            )
        ),
        "role": or_null(TEXT),
        "scores": list_of(
            Shape("ScoreChange", {"dimension": TEXT, "from": or_null(TEXT), "to": or_null(TEXT)})
        ),
        "reason": TEXT,
        "is_withdrawn": BOOLEAN,
    },
    "A public change. Its number has no gap before it. What was withdrawn since keeps its line,"
    " without scores and reason.",
    EXAMPLE,
)
_COLUMNS = ("seq", "at", "kind", "slug", "name", "role", "scores", "reason", "is_withdrawn")
_OF_PREDICTIONS = ("prediction", "statement", "outcome")


def change_record(
    row: PublicChange, names: Mapping[str, str], *, is_withdrawn: bool
) -> dict[str, Any]:
    change, slug = row.change, technology_of(row.change)
    return {
        "seq": row.seq,
        "at": change.at,
        "kind": change.kind,
        "technology": {"slug": slug, "name": names.get(slug, slug)},
        "prediction": _prediction(change),
        "role": (change.after or {}).get("role"),
        "scores": [] if is_withdrawn else _scores(change),
        "reason": "" if is_withdrawn else change.reason,
        "is_withdrawn": is_withdrawn,
    }


def _prediction(change: Change) -> dict[str, Any] | None:
    if change.subject_kind != "prediction":
        return None
    after: Mapping[str, Any] = change.after or {}
    stated = {"id": change.subject_key, "statement": after.get("statement", "")}
    return stated | {"outcome": after.get("outcome") or None}


def _scores(change: Change) -> list[dict[str, Any]]:
    before: Mapping[str, Any] = change.before or {}
    after: Mapping[str, Any] = (change.after or {}).get("scores", {})
    return [
        {"dimension": dimension, "from": before.get(dimension), "to": new}
        for dimension, new in after.items()
    ]


class ChangeList(OfRecord, ListEndpoint):
    parameters = filter_parameters(ChangeFilters)
    cursor_key = (NUMBER, "17")
    columns = _COLUMNS + _OF_PREDICTIONS
    file_name = "changes"
    operations = {
        "GET": Operation(
            id="listChanges",
            tag="Changes",
            summary="Public changes, oldest first",
            description="Ask with since=0, keep next_since, and ask with it the next time: every"
            " change comes once.",
            answers={
                200: Answered(
                    "A page of changes.",
                    page_shape(
                        CHANGE,
                        next_since=whole(0)
                        | {"description": "What since should say the next time."},
                    ),
                    OF_LISTS,
                    ("ETag", "Last-Modified", "Link"),
                )
            },
        )
    }

    def source(self) -> Source:
        record = published()
        filters = ChangeFilters(self.request.query_params, public_changes(), published=record)
        return Table(filters.qs, lambda rows: _records(rows, record), "seq")

    def more(self, page: Page) -> Mapping[str, Any]:
        since = self.asked["since"] or 0
        return {"next_since": page.records[-1]["seq"] if page.records else since}

    def row(self, record: Record) -> Sequence[object]:
        scores = "; ".join(
            f"{row['dimension']}: {row['from'] or '-'} to {row['to'] or '-'}"
            for row in record["scores"]
        )
        flat = dict(record) | dict(record["technology"]) | {"scores": scores}
        flat["at"] = record["at"].isoformat()
        said = record["prediction"] or {}
        flat |= {"prediction": said.get("id"), "statement": said.get("statement")}
        flat["outcome"] = said.get("outcome")
        return [flat[column] for column in self.columns]


def _records(rows: Iterable[PublicChange], record: Published) -> list[dict[str, Any]]:
    changes = list(rows)
    names = {card.slug: card.technology["name"] for card in record.leads}
    kept = standing(row.change for row in changes)
    return [
        change_record(
            row,
            names,
            is_withdrawn=(made := publication_of(row.change)) is not None and made not in kept,
        )
        for row in changes
    ]
