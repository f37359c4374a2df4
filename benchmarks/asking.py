"""Asks a server over connections that stay open, the same way whichever server it is."""

import http.client
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlsplit

WARM_UP, MEASURED = 3, 15


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the first answer and the median of those that follow the warm-up."""

    first: float
    median: float
    bytes: int
    etag: str


class Connection:
    """One connection; a status other than the one expected ends the measurement."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._headers = dict(headers or {})

    def ask(self, path: str, *, status: int = 200) -> tuple[int, str]:
        """The size of the answer and its ETag."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != status:
            raise SystemExit(f"{path} answered {answer.status} instead of {status}.")
        return len(body), answer.headers.get("ETag", "")

    def close(self) -> None:
        self._connection.close()


def timing(address: str, path: str, headers: Mapping[str, str] | None = None) -> Timing:
    connection = Connection(address, headers)
    taken = []
    for _ in range(1 + WARM_UP + MEASURED):
        begun = time.perf_counter()
        size, etag = connection.ask(path)
        taken.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return Timing(taken[0], median(taken[1 + WARM_UP :]), size, etag)


@dataclass(frozen=True)
class Load:
    """What is asked for, and how: by so many connections at once for so many seconds."""

    address: str
    path: str
    headers: Mapping[str, str]
    connections: int = 1
    seconds: float = 3.0
    status: int = 200


def rate(load: Load) -> float:
    """Answers a second."""
    counts = [0] * load.connections
    end = time.perf_counter() + load.seconds

    def ask(place: int) -> None:
        connection = Connection(load.address, load.headers)
        while time.perf_counter() < end:
            connection.ask(load.path, status=load.status)
            counts[place] += 1
        connection.close()

    begun = time.perf_counter()
    threads = [
        threading.Thread(target=ask, args=(place,), daemon=True)
        for place in range(load.connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def rates_by_turns(loads: Sequence[Load], *, rounds: int) -> list[float]:
    """The median rate of each, measured by turns so that all share the machine's moods."""
    found: list[list[float]] = [[] for _ in loads]
    for _ in range(rounds):
        for place, load in enumerate(loads):
            found[place].append(rate(load))
    return [median(rates) for rates in found]
