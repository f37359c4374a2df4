"""The life of the site as `make run` leads it, with real processes."""

import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.env import PROJECT
from config.up.broker import answers
from config.up.places import Places
from config.up.web import is_ready
from tests.site import Site, process_of, processes_of, start_site
from tests.stack import wait_until

pytestmark = pytest.mark.worker


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """An empty site in a folder so deep that its path is too long for a socket."""
    with tempfile.TemporaryDirectory() as folder:
        started = start_site(Path(folder) / ("deep" * 30), DEMO="0")
        yield started
        if started.process.poll() is None:
            started.stop()


def run_up(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.up"],
        cwd=PROJECT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_second_start_refuses_politely(site: Site) -> None:
    outcome = run_up(VAR_DIR=str(site.var_dir))
    assert outcome.returncode == 1
    assert (
        f"already runs in {site.var_dir} ({site.url}, process {site.card['pid']})" in outcome.stdout
    )
    assert is_ready(site.url.rstrip("/"))


@pytest.mark.parametrize(
    ("query", "headers", "status", "code"),
    [
        ("x" * 9_000, {}, 414, "address_too_long"),
        ("x", {"X-Long": "x" * 9_000}, 431, "headers_too_large"),
    ],
)
def test_what_is_too_long_is_refused_in_words(
    query: str, headers: dict[str, str], status: int, code: str, site: Site
) -> None:
    asked = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=20)
    asked.request("GET", f"/api/v1/technologies/?q={query}", headers=headers)
    answer = asked.getresponse()
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.read())["code"] == code
    asked.close()


@pytest.mark.parametrize("part", ["celery", "gunicorn"])
def test_a_killed_part_is_started_again(site: Site, part: str) -> None:
    first = process_of(site.var_dir, part)
    os.kill(first, signal.SIGKILL)
    wait_until(
        lambda: first not in processes_of(site.var_dir), seconds=10, what=f"the end of {part}"
    )
    wait_until(
        lambda: any(part in command for command in processes_of(site.var_dir).values()),
        seconds=60,
        what=f"the new start of {part}",
    )
    wait_until(lambda: is_ready(site.url.rstrip("/")), seconds=60, what="a ready site")


def test_a_killed_broker_comes_back_without_its_files(site: Site) -> None:
    places = Places(site.var_dir)
    url = places.broker_note.read_text()
    os.kill(process_of(site.var_dir, "broker.sock"), signal.SIGKILL)
    for path in places.broker_data.rglob("*"):
        if path.is_file():
            path.unlink()
    wait_until(lambda: answers(url), seconds=20, what="the broker's return")
    wait_until(lambda: is_ready(site.url.rstrip("/")), seconds=60, what="a ready site")


def test_a_killed_supervisor_leaves_no_process_behind_and_the_next_one_nothing_at_all(
    site: Site,
) -> None:
    """The last that is done to the site of this module; the next one runs in its folder."""
    places = Places(site.var_dir)
    assert any("broker.sock" in command for command in processes_of(site.var_dir).values())
    site.stop(signal.SIGKILL)
    wait_until(lambda: not processes_of(site.var_dir), seconds=60, what="the end of all parts")
    following = start_site(site.var_dir, DEMO="0")
    url, broker = following.url, places.broker_note.read_text()
    code, output = following.stop()
    assert code == 0
    assert output.startswith(f"ready {url}\n")
    assert "create_user NAME --role admin" in output
    assert processes_of(site.var_dir) == {}
    assert not answers(broker)
    assert list(places.run.iterdir()) == []
    assert not places.card.exists()


def test_a_broker_that_does_not_answer_is_named(tmp_path: Path) -> None:
    outcome = run_up(VAR_DIR=str(tmp_path), REDIS_URL=f"unix://{tmp_path}/none.sock")
    assert outcome.returncode == 1
    assert "REDIS_URL names does not answer" in outcome.stdout
    assert "Traceback" not in outcome.stdout + outcome.stderr
