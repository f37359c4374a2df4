"""Measures the evidence library at 100 and at 10,000 items: make bench-evidence."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import django
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from accounts.models import User  # noqa: E402 models want the settings
from benchmarks.evidence_items import Maker, fill_library  # noqa: E402
from benchmarks.verdicts import Verdict, report  # noqa: E402
from evidence.values.item import tag_slug  # noqa: E402

FEW, MANY, SEED = 100, 10_000, 1
WARM_UP, MEASURED = 2, 9
MOST_MS = 300


@dataclass(frozen=True)
class Row:
    """Medians by the clock and of the processor, and how often the database was asked."""

    milliseconds: float
    processor: float
    questions: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=MANY)
    many = parser.parse_args().items
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run")
    print(f"{connection.vendor}, {FEW} and {many:,} items, {MEASURED} answers after {WARM_UP}")
    few, larger = measured_at(FEW), measured_at(many)
    verdicts = []
    for name, row in larger.items():
        print(f"{name:<40}{few[name].milliseconds:8.0f} ms {row.milliseconds:8.0f} ms", end=" ")
        print(f"({row.processor:.0f} of the processor)", end=" ")
        print(f"{few[name].questions:4} and {row.questions} questions")
        words = f"{name}: {row.milliseconds:.0f} ms of at most {MOST_MS}"
        verdicts.append(Verdict(row.milliseconds <= MOST_MS, words))
    same = all(few[name].questions == row.questions for name, row in larger.items())
    verdicts.append(Verdict(same, f"as many questions at {FEW} as at {many:,}"))
    print(f"load {os.getloadavg()[0]:.1f} after the run")
    return report(verdicts)


def measured_at(items: int) -> dict[str, Row]:
    with a_database_of_its_own(f"evidence_{items}"):
        call_command("migrate", verbosity=0)
        anna = User.objects.create_user(username="anna", password=None, role="analyst")
        begun = time.perf_counter()
        fill_library(items=items, seed=SEED, by=anna)
        print(f"{items:,} items written and indexed in {time.perf_counter() - begun:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = Client()
        client.force_login(anna)
        asked = addresses(Maker(SEED))
        return {name: measured(client, address) for name, address in asked.items()}


def addresses(maker: Maker) -> dict[str, str]:
    """Every way of asking, by its name."""
    often, seldom, rare = maker.words[1], maker.words[12], maker.words[40]
    one, other = tag_slug(maker.tags[1]), tag_slug(maker.tags[2])
    memo = " ".join(maker.memos[1].replace(".", "").split()[:4])
    asked: dict[str, dict[str, object]] = {
        "all": {},
        "search: a word of nearly all": {"q": f"{often} "},
        "search: a seldom word": {"q": f"{seldom} "},
        "search: a rare word": {"q": f"{rare} "},
        "search: three words": {"q": f"{often} {maker.words[3]} {maker.words[4]} "},
        "search: a beginning": {"q": often[:2]},
        "search: a phrase": {"q": f'"{memo}"'},
        "search: without": {"q": f"{often} -{seldom} "},
        "search: only without": {"q": f"-{seldom} "},
        "state": {"state": "inbox"},
        "kind": {"kind": "paper"},
        "tag": {"tag": one},
        "two tags": {"tag": [one, other]},
        "author": {"author": maker.authors[1]},
        "publisher": {"publisher": maker.publishers[1]},
        "year": {"year": "2023"},
        "cited": {"cited": "no"},
        "last published first": {"order": "published"},
        "page 3": {"page": 3},
        "search and every facet": {
            "q": f"{often} ",
            "state": "kept",
            "kind": "paper",
            "tag": one,
            "cited": "no",
        },
    }
    lists = {name: f"/evidence/?{urlencode(one, doseq=True)}" for name, one in asked.items()}
    items = {f"related reading, item {place}": f"item-{place:06}" for place in (1, 37, 99)}
    programs = {
        f"API, {name}": f"/api/v1/evidence/?{urlencode(one, doseq=True)}"
        for name, one in asked.items()
        if not {"order", "page"} & one.keys()
    }
    return (
        lists
        | {name: f"/evidence/{key}/" for name, key in items.items()}
        | {"list of tags": "/evidence/tags/"}
        | programs
        | {f"API, {name}": f"/api/v1/evidence/{key}/related/" for name, key in items.items()}
    )


def measured(client: Client, address: str) -> Row:
    taken, used = [], []
    for _ in range(WARM_UP + MEASURED):
        begun, before = time.perf_counter(), time.process_time()
        answer = client.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
        used.append((time.process_time() - before) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return Row(median(taken[WARM_UP:]), median(used[WARM_UP:]), len(asked))


@contextmanager
def a_database_of_its_own(label: str) -> Iterator[None]:
    """Empty, of the kind that DATABASE_URL names, and gone at the end."""
    described = connections.settings["default"]
    with TemporaryDirectory() as directory:
        if connection.vendor == "postgresql":
            name = f"{described['NAME']}_{label}"
            command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            command(f'CREATE DATABASE "{name}" TEMPLATE template0')
        else:
            name = str(Path(directory) / "evidence.sqlite3")
        before = described["NAME"]
        use(name)
        try:
            yield
        finally:
            use(before)
            if connection.vendor == "postgresql":
                command(f'DROP DATABASE "{name}" WITH (FORCE)')


def use(name: str) -> None:
    connection.close()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def command(statement: str) -> None:
    """Runs beside the databases that are measured."""
    before = connection.settings_dict["NAME"]
    use("postgres")
    with connection.cursor() as cursor:
        cursor.execute(statement)
    use(before)


if __name__ == "__main__":
    sys.exit(main())
