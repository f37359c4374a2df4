"""The published record as files of data, spelt as the API spells it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publishing.data import (
    Record,
    flat_technology,
    ranking_document,
    technology_records,
)
from publishing.export.dictionary import COLUMNS
from publishing.export.frame import LICENCE, Edition
from publishing.export.record_rows import score_rows
from publishing.indicator_data import indicator_document, indicator_record, observation_rows
from publishing.prediction_data import (
    flat_prediction,
    prediction_document,
    prediction_records,
    worded_document,
)
from rest.bodies import csv_lines


@dataclass(frozen=True)
class Dataset:
    """One subject as it lies in data/: every record with all it has, and a flat table. `kinds` are
    the endings of its files."""

    name: str
    words: str
    document: Mapping[str, Any]
    rows: Sequence[Record]
    kinds: tuple[str, ...] = ("csv", "json")

    @property
    def contents(self) -> dict[str, bytes]:
        """The files by their endings."""
        spelled = {"csv": self.csv_bytes, "json": self.json_bytes}
        return {kind: spelled[kind]() for kind in self.kinds}

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(COLUMNS[self.name])

    def json_bytes(self) -> bytes:
        return (json.dumps(self.document, ensure_ascii=False, indent=1) + "\n").encode()

    def csv_bytes(self) -> bytes:
        """RFC 4180 in UTF-8, with nothing in it that a spreadsheet would run: an empty cell is a
        value that nobody gave."""
        rows = ([row[column] for column in self.columns] for row in self.rows)
        return b"".join(csv_lines(self.columns, rows))


def datasets(edition: Edition) -> tuple[Dataset, ...]:
    """Technologies, ranking, predictions and what these are read from, of one state."""
    published = edition.state.published
    technologies = technology_records(published)
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
        _predictions(edition),
        *_indicators(edition),
        _scores(edition),
    )


def _predictions(edition: Edition) -> Dataset:
    """Those in parts come in JSON with all that is published of them."""
    state = edition.state
    records = prediction_records(state.published, state.predictions)
    whole = {one.record.key: prediction_document(one) for one in state.predictions}
    return Dataset(
        "predictions",
        "Every published prediction with its parts, its deadline and rule, what people and model"
        " say of it, and what came of it; and what lead cards predict in words alone.",
        _head(edition)
        | {"predictions": [whole.get(row["id"]) or worded_document(row) for row in records]},
        [flat_prediction(record) for record in records],
    )


def _indicators(edition: Edition) -> tuple[Dataset, Dataset]:
    series = edition.state.indicators
    return (
        Dataset(
            "indicators",
            "The measured series by which published predictions are decided. Each is its"
            " publisher’s work, under the licence that its row names.",
            _head(edition) | {"indicators": [indicator_document(one) for one in series]},
            [indicator_record(one) for one in series],
        ),
        Dataset(
            "observations",
            "The figures of those indicators, the newest of each period; figures whose licence is"
            " not known are left to their publisher.",
            {},
            [row for one in series for row in observation_rows(one)],
            kinds=("csv",),
        ),
    )


def _scores(edition: Edition) -> Dataset:
    rows = score_rows(edition.state.record, edition.state.names)
    return Dataset(
        "scores",
        "How good the forecasts of people, pool and model were, from ten resolved predictions on,"
        " with their number and a band.",
        _head(edition) | {"scores": rows},
        rows,
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
