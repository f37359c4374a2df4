"""The published record as files of data, spelt as the API spells it."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publishing.data import (
    Record,
    flat_prediction,
    flat_technology,
    prediction_records,
    ranking_document,
    technology_records,
)
from publishing.export.dictionary import COLUMNS
from publishing.export.frame import LICENCE, Edition


@dataclass(frozen=True)
class Dataset:
    """One subject as it lies in data/: every record with all it has, and a flat table."""

    name: str
    words: str
    document: Mapping[str, Any]
    rows: Sequence[Record]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(COLUMNS[self.name])

    def json_bytes(self) -> bytes:
        return (json.dumps(self.document, ensure_ascii=False, indent=1) + "\n").encode()

    def csv_bytes(self) -> bytes:
        """RFC 4180 in UTF-8: an empty cell is a value that nobody gave."""
        written = io.StringIO()
        table = csv.writer(written)
        table.writerow(self.columns)
        table.writerows([_cell(row[column]) for column in self.columns] for row in self.rows)
        return written.getvalue().encode()


def datasets(edition: Edition) -> tuple[Dataset, ...]:
    """Technologies, ranking and predictions of one state of the record."""
    published = edition.state.published
    technologies, predictions = technology_records(published), prediction_records(published)
    ranking = ranking_document(published.ranking) if published.ranking else _NO_RANKING
    return (
        Dataset(
            "technologies",
            "Every published technology: facts, six scores with their reasons, rank and outlook.",
            _head(edition) | {"technologies": technologies},
            [flat_technology(record) for record in technologies],
        ),
        Dataset(
            "ranking",
            "The ranking with its intervals and bands, and what is listed without a rank.",
            _head(edition) | ranking,
            ranking["technologies"],
        ),
        Dataset(
            "predictions",
            "What the lead cards predict, with deadline and the rule by which it is resolved.",
            _head(edition) | {"predictions": predictions},
            [flat_prediction(record) for record in predictions],
        ),
    )


_NO_RANKING: Record = {"run": None, "technologies": []}


def _head(edition: Edition) -> Record:
    """What the file says of itself, wherever it is copied to."""
    state = edition.state
    return {
        "change": state.seq,
        "as_of": state.day.isoformat(),
        "licence": LICENCE,
        "publisher": edition.publisher,
        "is_demonstration": state.is_demonstration,
    }


def _cell(value: object) -> object:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
