"""What each public face says of the technologies' levels and ranks, read as its users read it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

Reader = Callable[[str], "Said"]
DIMENSIONS = ("viability", "drivers", "novelty", "diffusion", "impact")
ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
LEVEL = re.compile(r'data-level="([^"]+)"')
NAME = re.compile(r'<th scope="row">(?:<a[^>]*>)?([^<]+)')
DRAWN = re.compile(
    r'<div class="name[^"]*">.*?<a href="[^"]*">([^<]+)</a>.*?'
    r'aria-label="expected rank ([\d.]+); 90 of 100 draws between (\d+) and (\d+)"',
    re.DOTALL,
)
MARK = re.compile(r"<title>([^<:]+): impact ([^,<]+),")


POOLED = re.compile(r'<span class="big-number">([^<]+)</span>')
PREDICTED = re.compile(r'<div class="statement">.*?<span class="due">', re.DOTALL)
KEY = re.compile(r'href="[^"]*predictions/([-\w]+)/')
CHANCE = re.compile(r"pooled </span><b>([^<]+) of 100</b>")


@dataclass
class Said:
    """By the technology's name: levels by dimension, "" where unscored, and the rank's expected
    value to one decimal with both ends of its interval, None where it is not ranked."""

    levels: dict[str, dict[str, str]] = field(default_factory=dict)
    ranks: dict[str, tuple[str, int, int] | None] = field(default_factory=dict)


def of_records(records: Iterable[Mapping[str, Any]]) -> Said:
    """A list of technologies as JSON."""
    said = Said()
    for record in records:
        said.levels[record["name"]] = {
            dimension: record["scores"][dimension]["display"] or "" for dimension in DIMENSIONS
        }
        said.ranks[record["name"]] = _rank(record["ranking"])
    return said


def of_lines(text: str) -> Said:
    return of_records(json.loads(line) for line in text.splitlines())


def of_table(text: str) -> Said:
    """The same as CSV; impact is read from its two columns of numbers."""
    said = Said()
    for row in csv.DictReader(io.StringIO(text)):
        levels = {dimension: row[f"{dimension}_display"] for dimension in DIMENSIONS}
        for dimension in DIMENSIONS:
            plus = "+" if dimension == "impact" and row["impact_plus"] == "true" else ""
            parts = [row[dimension] and row[dimension] + plus, row[f"{dimension}_to"]]
            assert "/".join(filter(None, parts)) == levels[dimension]
        said.levels[row["name"]] = levels
        said.ranks[row["name"]] = _rank(row)
    return said


def of_ranking(rows: Iterable[Mapping[str, Any]]) -> Said:
    """The rows of a ranking as JSON or CSV."""
    return Said(ranks={row["name"]: _rank(row) for row in rows})


def _rank(row: Mapping[str, Any] | None) -> tuple[str, int, int] | None:
    if row is None or not row["expected_rank"]:
        return None
    expected = f"{float(row['expected_rank']):.1f}"
    return expected, int(row["rank_low"]), int(row["rank_high"])


def of_technology_page(name: str, html: str) -> Said:
    table = html.split('<table class="scores">')[1].split("</table>", maxsplit=1)[0]
    found = {}
    for row in ROW.findall(table):
        heading, level = NAME.search(row), LEVEL.search(row)
        if heading and level:
            found[heading[1].strip().lower()] = _level(level[1])
    return Said(levels={name: {key: found[key] for key in DIMENSIONS}})


def of_map_page(html: str) -> Said:
    """The table under the map; `marks_of` reads the drawing."""
    said = Said()
    for row in ROW.findall(html):
        heading, level = NAME.search(row), LEVEL.search(row)
        if heading and level:
            said.levels[unescape(heading[1]).strip()] = {"impact": _level(level[1])}
    return said


def marks_of(html: str) -> Said:
    return Said(levels={unescape(name): {"impact": level} for name, level in MARK.findall(html)})


def of_ranking_page(html: str) -> Said:
    """The figures of the table; `drawings_of` reads the words of the drawings."""
    said = Said()
    table = html.split("The ranking in figures</caption>")[1].split("</table>", maxsplit=1)[0]
    for row in ROW.findall(table):
        heading = NAME.search(row)
        expected = re.search(r"expected rank </span>([\d.]+)", row)
        ends = re.search(r"90 of 100 draws </span>(\d+)–(\d+)", row)
        if heading and expected and ends:
            name = unescape(heading[1]).strip()
            said.ranks[name] = (expected[1], int(ends[1]), int(ends[2]))
    return said


def drawings_of(html: str) -> Said:
    found = DRAWN.findall(html)
    return Said(
        ranks={
            unescape(name): (expected, int(low), int(high)) for name, expected, low, high in found
        }
    )


def of_json_ld(html: str) -> Said:
    """What a technology's page of the export tells search engines."""
    text = html.split('<script type="application/ld+json">')[1].split("</script>", maxsplit=1)[0]
    data = json.loads(text)
    values = {row["propertyID"]: row for row in data["variableMeasured"]}
    name = data["about"]["name"]
    levels = {key: str(values[key].get("value", "")) if key in values else "" for key in DIMENSIONS}
    rank = values.get("expected_rank")
    said = (f"{rank['value']:.1f}", rank["minValue"], rank["maxValue"]) if rank else None
    return Said(levels={name: levels}, ranks={name: said})


def of_prediction_page(html: str) -> str | None:
    """The pooled chance, as the page opens with it."""
    found = POOLED.search(html)
    return unescape(found[1]) if found else None


def of_prediction_list(html: str) -> dict[str, str | None]:
    """The same by key, as the list prints it."""
    said: dict[str, str | None] = {}
    for row in PREDICTED.findall(html):
        key, chance = KEY.search(row), CHANCE.search(row)
        if key:
            said[key[1]] = unescape(chance[1]) if chance else None
    return said


def read(path: Path) -> str:
    return path.read_text("utf-8")


def _level(shown: str) -> str:
    return "" if shown == "unscored" else shown
