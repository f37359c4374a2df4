"""A run as files: all of it as JSON, and what it says of each technology as CSV."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rest.bodies import csv_lines
from scoring.api import run_records
from scoring.models import OF_THE_RECORD, Run, RunKind
from scoring.tables import rows_of

BY_YEAR = "p_open_by_year"


def run_json(*, run: Run) -> str:
    """Run, receipt, inputs and result, as they are stored; the run has a result."""
    (facts,) = run_records([run])
    result = run.job.result
    whole = {
        "run": facts,
        "receipt": result.receipt | {"result_digest": result.digest},
        "inputs": json.loads(run.job.inputs),
        "result": json.loads(result.headline),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=str) + "\n"


def run_csv(*, run: Run) -> str:
    """A row a technology; what is a table within the row becomes columns of its own. Of another
    kind of run, a row for each year of a forecast and one for each score."""
    headline = json.loads(run.job.result.headline)
    if run.kind not in OF_THE_RECORD:
        return _written(rows_of(RunKind(run.kind), headline))
    years = headline.get("years", [])
    rows = [dict(_flat(row, years)) for row in headline["technologies"]]
    return _written(rows)


def _written(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row)) or ["id"]
    cells = ([row.get(name) for name in columns] for row in rows)
    return b"".join(csv_lines(columns, cells)).decode()


def _flat(row: Mapping[str, Any], years: Sequence[int]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}_{name}", part) for name, part in value.items())
        elif key == BY_YEAR:
            by_year = zip(years, value, strict=False)
            yield from ((f"p_open_by_{year}", chance) for year, chance in by_year)
        else:
            yield key, value
