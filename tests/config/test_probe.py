import os
import time
from pathlib import Path

import pytest

from config import alive, probe


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_part_that_showed_life_is_alive(part: str) -> None:
    assert probe.main([part]) == 1
    alive.show_life(part)
    assert probe.main([part]) == 0


def test_a_part_that_fell_silent_is_not(tmp_path: Path) -> None:
    alive.show_life("worker")
    then = time.time() - alive.SILENT_SECONDS - 1
    os.utime(tmp_path / "run" / "worker.alive", (then, then))
    assert probe.main(["worker"]) == 1


def test_a_web_server_that_is_not_there_is_not_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    assert probe.main(["web"]) == 1


@pytest.mark.parametrize("words", [[], ["broker"], ["web", "worker"]])
def test_another_part_is_refused(words: list[str]) -> None:
    assert probe.main(words) == 2


@pytest.mark.parametrize(
    ("names", "host"),
    [("a.example, b.example", "a.example"), (".example.org", "example.org"), ("*", "localhost")],
)
def test_the_web_server_is_asked_under_a_name_of_the_site(
    names: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", names)
    assert probe._host() == host
