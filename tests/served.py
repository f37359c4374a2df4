"""The site of this process behind a real socket, and programs that talk to it over HTTP."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Thread
from typing import Any, NamedTuple

from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler

from config.wsgi import application


class Heard(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        is_packed = self.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.body) if is_packed else self.body)


class Line:
    """One connection to the site, kept open between requests."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.headers = headers
        self._connection = HTTPConnection("localhost", port, timeout=60)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Heard:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body or None, self.headers | named)
        response = self._connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Heard(response.status, found, response.read())

    def hang_up(self) -> None:
        self._connection.close()


@contextmanager
def served() -> Iterator[Callable[[dict[str, str]], Line]]:
    """Opens lines to the site, which answers each in a thread of its own."""
    server = ThreadedWSGIServer(("localhost", 0), QuietWSGIRequestHandler)
    server.set_app(application)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    lines: list[Line] = []

    def opened(headers: dict[str, str]) -> Line:
        lines.append(Line(server.server_port, headers))
        return lines[-1]

    try:
        yield opened
    finally:
        for line in lines:
            line.hang_up()
        server.shutdown()
        thread.join(timeout=20)
        server.server_close()
