"""Measures the faces of the record at ten and at a thousand technologies: make bench-faces."""

import argparse
import gzip
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.asking import Load, Timing, rates_by_turns, timing
from benchmarks.peer import PATH as PEER_PATH
from benchmarks.peer import datasette, rows_of
from benchmarks.serving import environment, run, site
from benchmarks.verdicts import Verdict, report

FEW, MANY, SEED = 10, 1_000, 1
WHOLE_LIST = f"/api/v1/technologies/?limit={MANY}"
ROUNDS = 5
MOST_MS, MOST_EXPORT_SECONDS, MOST_MAP_BYTES, LEAST_GAIN = 300, 30, 120_000, 5


@dataclass(frozen=True)
class Installation:
    technologies: int
    env: dict[str, str]
    folder: Path
    counts: dict[str, int]
    cookie: str


PARTS = ("lists", "api", "export")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faces")
    parser.add_argument("parts", nargs="*", help=f"which of {', '.join(PARTS)}; all without one")
    parts = parser.parse_args().parts or PARTS
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory(prefix="bench-faces-") as name:
        folder = Path(name)
        with installation(MANY, folder) as many:
            if "lists" in parts:
                with installation(FEW, folder) as few:
                    verdicts += lists(few, many)
            if "api" in parts:
                verdicts += whole_list(many)
            if "export" in parts:
                verdicts.append(export(many))
    return report(verdicts)


@contextmanager
def installation(technologies: int, folder: Path) -> Iterator[Installation]:
    """A database of that size, made for this run and thrown away after it."""
    place = folder / str(technologies)
    place.mkdir()
    with database(technologies, place) as address:
        env = environment(place, address)
        size = ["--technologies", str(technologies), "--seed", str(SEED)]
        print(run("benchmarks.generate", *size, env=env).strip(), flush=True)
        paths = json.loads(run("benchmarks.questions", "--paths", env=env))
        asked = json.loads(run("benchmarks.questions", *paths, env=env))
        yield Installation(technologies, env, place, asked["counts"], asked["cookie"])


@contextmanager
def database(technologies: int, place: Path) -> Iterator[str]:
    """A file, or a database beside the one that DATABASE_URL names on PostgreSQL."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith(("postgres://", "postgresql://")):
        yield f"sqlite:///{place}/bellwether.sqlite3"
        return
    name = f"bellwether_bench_{os.getpid()}_{technologies}"
    before, _, _ = address.rpartition("/")
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{before}/{name}"
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            admin.execute(drop)


def lists(few: Installation, many: Installation) -> list[Verdict]:
    """Every list at both sizes: the first answer, the median of those after it, questions."""
    small, large = timings(few), timings(many)
    sizes = f"{FEW:>7} {'first':>7}    {MANY:>7} {'first':>7}"
    print(f"\n{'list, median ms':<48} {sizes}  {'KB':>6}  questions")
    for path, timed in large.items():
        asked = f"{few.counts[path]} and {many.counts[path]}"
        before = small[path]
        print(
            f"{path:<48} {before.median:7.1f} {before.first:7.0f}   "
            f" {timed.median:7.1f} {timed.first:7.0f}  {timed.bytes / 1000:6.0f}  {asked}"
        )
    # A file holds the whole list, which is read a thousand rows at a time.
    pages = [path for path in large if not path.endswith(".csv")]
    slowest = max(pages, key=lambda path: large[path].median)
    differing = [path for path in pages if few.counts[path] != many.counts[path]]
    return [
        Verdict(
            large[slowest].median <= MOST_MS,
            f"median at {MANY} at most {MOST_MS} ms, whole files as CSV apart:"
            f" {large[slowest].median:.0f} ms, {slowest}",
        ),
        Verdict(
            not differing,
            f"as many questions at {MANY} as at {FEW}, whole files as CSV apart:"
            f" {', '.join(differing) or 'every list'}",
        ),
    ]


def timings(found: Installation) -> dict[str, Timing]:
    with site(found.folder, found.env) as address:
        headers = {"Cookie": found.cookie}
        return {path: timing(address, path, headers) for path in found.counts}


def whole_list(many: Installation) -> list[Verdict]:
    """The list of all technologies beside Datasette with the same rows, and its 304."""
    with site(many.folder, many.env) as address:
        first = timing(address, WHOLE_LIST)
        rows = rows_of(address, WHOLE_LIST)
        if len(rows) != MANY:
            raise SystemExit(f"The list holds {len(rows)} rows instead of {MANY}.")
        with datasette(rows, many.folder) as peer:
            theirs = timing(peer, PEER_PATH)
            print(f"\n{MANY} rows as JSON: ours {first.bytes:,} bytes, Datasette {theirs.bytes:,}")
            verdicts = [beside(address, peer, connections) for connections in (1, 4)]
        return [*verdicts, unmoved(address, first.etag)]


def beside(address: str, peer: str, connections: int) -> Verdict:
    loads = [
        Load(address, WHOLE_LIST, {}, connections),
        Load(peer, PEER_PATH, {}, connections),
    ]
    ours, theirs = rates_by_turns(loads, rounds=ROUNDS)
    return Verdict(
        ours >= theirs,
        f"a list of {MANY}, {connections} connection{'s'[: connections > 1]}, at least as often as"
        f" Datasette: {ours:.1f} and {theirs:.1f} answers a second",
    )


def unmoved(address: str, etag: str) -> Verdict:
    whole = Load(address, WHOLE_LIST, {})
    same = Load(address, WHOLE_LIST, {"If-None-Match": etag}, status=304)
    answered, told = rates_by_turns([whole, same], rounds=ROUNDS)
    return Verdict(
        told >= LEAST_GAIN * answered,
        f"304 at least {LEAST_GAIN} times as often as 200: {told:.0f} and {answered:.1f} a second",
    )


def export(many: Installation) -> Verdict:
    """The public map of all technologies: how long it takes, and its map page compressed."""
    target = many.folder / "map"
    begun = time.perf_counter()
    run("manage", "export_map", str(target), env=many.env)
    seconds = time.perf_counter() - begun
    size = len(gzip.compress((target / "index.html").read_bytes()))
    shutil.rmtree(target)
    return Verdict(
        seconds <= MOST_EXPORT_SECONDS and size <= MOST_MAP_BYTES,
        f"export of {MANY} in at most {MOST_EXPORT_SECONDS} s, its map page at most"
        f" {MOST_MAP_BYTES // 1000} KB gzipped: {seconds:.1f} s, {size / 1000:.1f} KB",
    )


if __name__ == "__main__":
    sys.exit(main())
