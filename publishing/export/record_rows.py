"""How good the forecasts were, as rows of data: one for each score of each record."""

from collections.abc import Iterator, Mapping

from publishing.data import Record
from publishing.pages.prediction.record import name_of
from scoring.track_record import Tally, TrackRecord


def score_rows(found: TrackRecord | None, names: Mapping[int, str]) -> list[Record]:
    """Of what has resolved often enough; real forecasts and the demonstration's stay apart."""
    if found is None:
        return []
    sets = (("real", found.real), ("demonstration", found.demonstration))
    return [
        row
        for name, record in sets
        for tally in record.tallies
        for row in _rows(name, tally, names)
    ]


def _rows(name: str, tally: Tally, names: Mapping[int, str]) -> Iterator[Record]:
    for score, figure in tally.figures.items():
        yield {
            "set": name,
            "forecaster": name_of(tally.who, names),
            "scored": tally.scored,
            "by": tally.by,
            "value": tally.value,
            "n": tally.n,
            "score": score,
            "mean": figure.value,
            "low": figure.low,
            "high": figure.high,
        }
