"""A record full of payloads in a real browser: nothing runs, with the content policy and without.

Every page is fetched from the views and served to the browser as it stands; what the browser makes
of it, after our own scripts have worked on it, is looked through.
"""

import mimetypes
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Dialog, Page
from pytest_django import DjangoDbBlocker

from config.env import PROJECT
from tests.databases import SqliteTemplate, connected_to
from tests.evidence.test_correcting_files import Typed
from tests.trust.conftest import visitor
from tests.trust.crawl import addresses
from tests.trust.payloads import SHORT, plant_payloads
from tests.trust.previews import previews
from tests.trust.test_hostile_texts import PAYLOADS

pytestmark = pytest.mark.e2e
POLICY = "Content-Security-Policy"
DRAWN = ("text/html",)
ISSUE = PROJECT / "tests" / "assessments" / "data" / "newsletter" / "flow_batteries.txt"
# Numbers and names of the record are many; of those that differ in them alone one is opened.
EACH = 1
# In what the browser made of a page, whatever would run, lead to a script or load from elsewhere.
FOUND = """() => {
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    if (["iframe", "object", "embed", "base", "frame", "math", "applet"].includes(name)) {
      found.push(name);
    }
    const isData = one.type === "application/json";
    if (name === "script" && !isData && !(one.getAttribute("src") || "").startsWith("/static/")) {
      found.push("script");
    }
    if (name === "meta" && one.httpEquiv) found.push("refresh");
    for (const part of one.attributes) {
      if (/^(on|hx-on)/i.test(part.name) || part.name === "srcdoc") found.push(part.name);
      const leads = ["href", "src", "action", "formaction", "xlink:href", "data"];
      const bare = part.value.replace(/[\\s\\u0000-\\u001f]/g, "").toLowerCase();
      if (leads.includes(part.name) && /^(javascript|vbscript|data:text)/.test(bare)) {
        found.push(part.name + "=" + part.value.slice(0, 60));
      }
    }
  }
  return found;
}"""
# The bookmark that sends a page to the inbox: our own words, and nothing that anybody typed.
BOOKMARK = "href=javascript:(()=>{const e=encodeURIComponent,"


@dataclass(frozen=True)
class Answer:
    kind: str
    policy: str
    body: bytes


Record = dict[str, Answer]


@pytest.fixture(scope="module")
def record(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Record]:
    """What the site answers, by person and address. A browser that is open in this thread keeps
    Django from every database, so another one makes its own and asks."""
    folder = tmp_path_factory.mktemp("hostile")
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as other:
        yield other.submit(_collected, folder).result()


def _collected(folder: Path) -> Record:
    template = SqliteTemplate(folder)
    with connected_to(template.copy("browser")):
        issue = re.sub(r"(?m)^(.{3,60})$", rf"\1 {SHORT[1]}", ISSUE.read_text("utf-8"))
        plant_payloads(["\n\n".join(PAYLOADS.values()), issue])
        return _answers("root", [*_asked(), *addresses()]) | _answers(
            "", [one for one in addresses() if not one.startswith("/api/")]
        )


def _asked() -> list[str]:
    """Searches for payloads, what a bookmark brings, two revisions side by side."""
    words = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    pages = ("/evidence/", "/evidence/tags/", "/technologies/", "/predictions/", "/challenges/")
    return [
        *(f"{page}?q={words}" for page in pages),
        *(f"{page}?q=alert" for page in pages),
        f"/evidence/new/?url=javascript:alert(1)&title={words}&text={words}&cut=1",
        *(f"/evidence/payload-1/read/?as={kind}" for kind in ("digest", "essay", "links")),
        "/evidence/payload-1/card/?technology=alpha",
        *(f"/cards/{number}/compare/?old=1&new=2" for number in range(1, 8)),
        "/compare/?t=alpha&t=beta&t=gamma",
        f"/accounts/sign-in/?next={words}",
    ]


def _answers(person: str, asked: list[str]) -> Record:
    client, found, seen = visitor(person), dict[str, Answer](), dict[str, int]()
    for address in asked:
        shape = re.sub(r"zq[0-9a-f]{12}|/(alpha|beta|gamma|delta)\b|\d+", "*", address)
        seen[shape] = seen.get(shape, 0) + 1
        if seen[shape] <= EACH and "sign-out" not in address:
            _keep(found, f"/{person or 'nobody'}{address}", client.get(address))
    for name, answer in previews(client) if person else ():
        _keep(found, f"/{person}/previews/{name}", answer)
    return found


def _keep(found: Record, name: str, answer: Any) -> None:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    body = answer.getvalue()
    if kind in DRAWN and "attachment" not in answer.headers.get("Content-Disposition", ""):
        found[name] = Answer(answer.headers["Content-Type"], answer.headers[POLICY], body)


class Replay(BaseHTTPRequestHandler):
    """Answers once more what the site answered, with its policy or without."""

    record: Record
    has_policy: bool

    def do_GET(self) -> None:
        path = unquote(self.path) if self.path.startswith(settings.STATIC_URL) else self.path
        if path.startswith(settings.STATIC_URL):
            self._send_file(PROJECT / "static" / path.partition("?")[0].split("/", 2)[2])
        elif answer := self.record.get(path):
            policy = {POLICY: answer.policy} if self.has_policy else {}
            self._send(200, answer.kind, answer.body, policy)
        else:
            self._send(404, "text/plain", b"", {})

    def _send_file(self, file: Path) -> None:
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        body = file.read_bytes() if file.is_file() else b""
        self._send(200 if body else 404, kind, body, {"Cache-Control": "max-age=3600"})

    def _send(self, status: int, kind: str, body: bytes, more: dict[str, str]) -> None:
        self.send_response(status)
        fixed = {"Content-Type": kind, "X-Content-Type-Options": "nosniff"}
        for name, value in (fixed | more | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def replayed(record: Record, *, has_policy: bool) -> Iterator[str]:
    """The origin at which the record is answered."""
    handler = type("Replayed", (Replay,), {"record": record, "has_policy": has_policy})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@dataclass
class Watched:
    """A window that is shown the record, with what ran in it."""

    page: Page
    origin: str

    def __post_init__(self) -> None:
        self.ran: list[str] = []
        self.page.on("dialog", self._hear)

    def _hear(self, dialog: Dialog) -> None:
        self.ran.append(f"{self.page.url}: {dialog.message}")
        dialog.dismiss()

    def dangers(self, name: str) -> list[str]:
        self.page.goto(f"{self.origin}{name}", wait_until="load")
        found = self.page.evaluate(FOUND)
        return [what for what in found if not what.startswith(BOOKMARK)]


@pytest.mark.parametrize("has_policy", [True, False], ids=["with policy", "without policy"])
def test_nothing_of_a_hostile_record_runs(
    record: Record, browser: Browser, *, has_policy: bool
) -> None:
    # The policy is the same on every page, so where it stands guard a tenth of them is enough.
    names = list(record)[::10] if has_policy else list(record)
    with replayed(record, has_policy=has_policy) as origin, opened(browser, origin) as watched:
        found = {name: dangers for name in names if (dangers := watched.dangers(name))}
        assert watched.ran == []
    assert found == {}


@contextmanager
def opened(browser: Browser, origin: str) -> Iterator[Watched]:
    context = browser.new_context()
    try:
        yield Watched(context.new_page(), origin)
    finally:
        context.close()


def test_the_record_holds_what_would_run(record: Record, browser: Browser) -> None:
    assert sum(b"alert(1)" in answer.body for answer in record.values()) > 100
    hurt = {
        f"/nobody/{place}": Answer("text/html", "", f"<!doctype html><p>{text}".encode())
        for place, text in enumerate((SHORT[1], SHORT[2], SHORT[3]))
    }
    with replayed(hurt, has_policy=False) as origin, opened(browser, origin) as watched:
        assert all(watched.dangers(name) for name in hurt)
        assert len(watched.ran) == len(hurt)


def test_a_preview_shows_the_file_as_text(record: Record) -> None:
    names = [name for name in record if name.startswith("/root/previews/")]
    assert len(names) > 6
    for name in names:
        fields = Typed(record[name].body.decode()).fields
        assert any("alert(1)" in text for text in fields.values()), name
