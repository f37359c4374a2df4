"""Datasette beside the site: the same rows in a table of SQLite, served by its JSON API."""

import json
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.serving import PROJECT, free_port, server

PROGRAM = PROJECT / ".tools/bench/bin/datasette"
TABLE = "technologies"
PATH = f"/rows/{TABLE}.json?_shape=objects&_size=max"


@contextmanager
def datasette(rows: list[dict[str, Any]], folder: Path) -> Iterator[str]:
    """Its address; the file is opened as immutable, which is how it is fastest."""
    path = folder / "rows.db"
    write_rows(rows, path)
    port = free_port()
    command = [str(PROGRAM), "serve", "-i", str(path), "--port", str(port), "--host", "127.0.0.1"]
    command += ["--setting", "max_returned_rows", str(len(rows))]
    command += ["--setting", "default_page_size", str(len(rows))]
    address = f"http://127.0.0.1:{port}"
    with server(command, address, folder / "datasette.log"):
        yield address


def write_rows(rows: list[dict[str, Any]], path: Path) -> None:
    """A column a key; what is no plain value is kept as the JSON that the site answers."""
    path.unlink(missing_ok=True)
    columns = list(rows[0])
    with sqlite3.connect(path) as database:
        named = ", ".join(f'"{column}"' for column in columns)
        database.execute(f'CREATE TABLE {TABLE} ({named}, PRIMARY KEY ("{columns[0]}"))')
        marks = ", ".join("?" for _ in columns)
        values = [[_plain(row[column]) for column in columns] for row in rows]
        database.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", values)  # noqa: S608
    database.close()


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


def rows_of(address: str, path: str) -> list[dict[str, Any]]:
    """The rows as the site's own API answers them."""
    with urllib.request.urlopen(address + path, timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)["results"]
    return found
