import csv
import io

import pytest

from rest.bodies import csv_lines

ACTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")', "=1\n=2")


@pytest.mark.parametrize("text", ACTS)
def test_no_cell_and_no_heading_is_run_by_a_spreadsheet(text: str) -> None:
    written = b"".join(csv_lines([text, "b"], [[text, -1.5], [None, True]])).decode()
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows == [[f"'{text}", "b"], [f"'{text}", "-1.5"], ["", "true"]]
